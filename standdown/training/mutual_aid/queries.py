"""What the pages of mutual aid show: what waits for one's answer, what was asked, what came of it, counted apart."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standdown.design.times import date_time, plain_date, when_words
from standdown.foundation.access import Actor, Can
from standdown.people.accounts.queries import directory
from standdown.training.mutual_aid import policy
from standdown.training.mutual_aid.deciders import deciders
from standdown.training.mutual_aid.models import MutualAid, MutualAidQuerySet
from standdown.training.mutual_aid.permissions import decider, request_of
from standdown.training.mutual_aid.policy import Outcome, Side
from standdown.training.nominations import candidates, places, screens_places
from standdown.training.nominations import policy as rules
from standdown.training.nominations import queries as names
from standdown.training.nominations.candidates import Known
from standdown.training.nominations.sentences import said
from standdown.training.sessions import lines
from standdown.training.sessions.lines import SessionLine
from standdown.training.sessions.models import Session, Status

Key = uuid.UUID
OUTCOMES: dict[Outcome, Promise] = {
    Outcome.OPEN: gettext_lazy("Waits for an answer"),
    Outcome.AGREED: gettext_lazy("Agreed by both"),
    Outcome.REFUSED: gettext_lazy("Not agreed"),
    Outcome.NO_ANSWER: gettext_lazy("Nobody answered in time, which is no"),
    Outcome.ENDED: gettext_lazy("Ended before it was decided"),
}
TONES = {
    Outcome.OPEN: "due", Outcome.AGREED: "done", Outcome.REFUSED: "plain", Outcome.NO_ANSWER: "plain",
    Outcome.ENDED: "plain",
}  # fmt: skip
SIDES: dict[Side, Promise] = {
    Side.OWN_FORCE: gettext_lazy("The person's own force"),
    Side.OWNER: gettext_lazy("Who owns the date"),
}
MOST_LISTED, MOST_DATES = 100, 60
YEAR = dt.timedelta(days=365)


def _read(found: MutualAidQuerySet) -> MutualAidQuerySet:
    return found.select_related(
        "nomination__person", "nomination__force", "nomination__put_forward_by", "nomination__session__course",
        "nomination__session__version", "nomination__session__owner_force", "own_force_by", "owner_by", "refused_by",
    )  # fmt: skip


def is_open(aid: MutualAid) -> bool:
    """True while nobody has refused and an agreement is missing."""
    return outcome_of(aid) is Outcome.OPEN


def outcome_of(aid: MutualAid) -> Outcome:
    """What came of it."""
    both = aid.own_force_at is not None and aid.owner_at is not None
    return policy.outcome(aid.nomination.state, refused=aid.refused_at is not None, both=both)


def counted(by: Actor, at: dt.datetime) -> list[tuple[str, int]]:
    """Requests of the last year that this actor may see, by what came of them: apart from all other names (R29)."""
    found = MutualAid.objects.visible_to(by).filter(asked_at__gt=at - YEAR).select_related("nomination")
    tally = Counter(outcome_of(one) for one in found)
    return [(str(words), tally[one]) for one, words in OUTCOMES.items()]


# -- the list ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One request as a line of a list."""

    key: Key
    name: str
    force: str
    when: str
    note: str
    status: str
    tone: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What waits for this actor, what else they may see, and the figures."""

    waiting: list[Row]
    others: list[Row]
    counted: list[tuple[str, int]]
    more: bool


def listing(by: Actor, at: dt.datetime) -> Listing:
    """The requests that this actor may see, those that wait for their answer first. Three statements."""
    found = list(_read(MutualAid.objects.visible_to(by)).order_by("-asked_at", "-pk")[: MOST_LISTED + 1])
    waiting = [one for one in found if sides(by, one, at)]
    keys = {one.pk for one in waiting}
    others = [_row(one, at) for one in found[:MOST_LISTED] if one.pk not in keys]
    waiting.sort(key=lambda one: (one.decide_by, one.pk))
    return Listing([_row(one, at) for one in waiting], others, counted(by, at), more=len(found) > MOST_LISTED)


def waiting_for(by: Actor, at: dt.datetime) -> int:
    """How many requests wait for this actor's answer. One statement."""
    if not by.has(Can.AGREE_MUTUAL_AID):
        return 0
    return sum(1 for one in _read(MutualAid.objects.visible_to(by).open()) if sides(by, one, at))


def _row(aid: MutualAid, at: dt.datetime) -> Row:
    nomination, result = aid.nomination, outcome_of(aid)
    until = nomination.answer_by
    note = _("Answer wanted by %(when)s") % {"when": when_words(until, at)} if result is Outcome.OPEN and until else ""
    return Row(
        aid.pk, nomination.person.full_name, nomination.force.name, screens_places.when(nomination.session), note,
        str(OUTCOMES[result]), TONES[result],
    )  # fmt: skip


# -- one request -------------------------------------------------------------------------------------------------------


def one(by: Actor, key: Key) -> MutualAid | None:
    """The request, where this actor may see it; None else."""
    return _read(MutualAid.objects.visible_to(by)).filter(pk=key).first()


def sides(by: Actor, aid: MutualAid, at: dt.datetime) -> list[Side]:
    """For which sides this actor may answer now."""
    until = aid.nomination.answer_by
    if outcome_of(aid) is not Outcome.OPEN or until is None or until <= at or not by.has(Can.AGREE_MUTUAL_AID):
        return []
    return policy.sides(decider(by), request_of(aid))


def facts(aid: MutualAid, at: dt.datetime) -> list[tuple[str, str]]:
    """The request: who, which date, why, how each side stands."""
    nomination, session, result = aid.nomination, aid.nomination.session, outcome_of(aid)
    asker = nomination.put_forward_by
    owner = session.owner_force
    found = [
        (_("Name"), nomination.person.full_name),
        (_("Force"), nomination.force.name),
        (_("Date"), screens_places.when(session)),
        (_("Given by"), owner.name if owner else _("The national body")),
        (_("Why"), str(MutualAid.Reason(aid.reason).label)),
        (_("Asked by"), _dated(asker, aid.asked_at)),
        (str(SIDES[Side.OWN_FORCE]), _stands(aid, Side.OWN_FORCE, result)),
        (str(SIDES[Side.OWNER]), _stands(aid, Side.OWNER, result)),
        (_("Where it stands"), str(OUTCOMES[result])),
    ]
    if nomination.terms == "by-agreement":
        found.insert(5, (_("Cost"), _("By agreement: the lead has confirmed that it is agreed")))
    if result is Outcome.OPEN and nomination.answer_by is not None:
        found.append((_("Answer wanted by"), when_words(nomination.answer_by, at)))
    if result is Outcome.AGREED:
        found.append((_("The name now"), screens_places.stands(nomination, {}, at)))
    return found


def _dated(person: Any, at: dt.datetime) -> str:
    return _("%(name)s, %(when)s") % {"name": person.full_name if person else "Standdown", "when": date_time(at)}


def _stands(aid: MutualAid, side: Side, result: Outcome) -> str:
    at, by = (aid.own_force_at, aid.own_force_by) if side is Side.OWN_FORCE else (aid.owner_at, aid.owner_by)
    if at is not None:
        return _("Agreed: %(who)s") % {"who": _dated(by, at)}
    if aid.refused_at is not None and aid.refused_side == side:
        return _("Not agreed: %(who)s") % {"who": _dated(aid.refused_by, aid.refused_at)}
    return _("No answer yet") if result is Outcome.OPEN else _("No answer")


def told(aid: MutualAid, at: dt.datetime) -> list[tuple[str, list[str]]]:
    """Who was asked, by side; an empty list where nobody could be."""
    return [(str(SIDES[side]), [one.full_name for one in deciders(aid, side, at)]) for side in Side]


# -- asking ------------------------------------------------------------------------------------------------------------


def dates(by: Actor, at: dt.datetime) -> list[SessionLine]:
    """Public dates to come whose names are open and that are for none of this actor's forces. Three statements."""
    own = by.reach(Can.PUT_FORWARD).forces
    found = Session.objects.filter(status=Status.PUBLISHED, nominations_close_at__gt=at)
    found = found.exclude(for_forces__force_id__in=own).order_by("starts_at", "pk")
    keys = list(found.values_list("pk", flat=True)[:MOST_DATES])
    return lines.read(Session.objects.filter(pk__in=keys), Q(for_forces__force__dates_public=True))


def date(by: Actor, key: Key) -> SessionLine | None:
    """One public date that is for none of this actor's forces; None where it is not there."""
    own = by.reach(Can.PUT_FORWARD).forces
    found = Session.objects.filter(pk=key, status=Status.PUBLISHED).exclude(for_forces__force_id__in=own)
    return next(iter(lines.read(found, Q(for_forces__force__dates_public=True))), None)


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who could be put forward by exception."""

    person: Key
    name: str
    facts: str


def people(by: Actor, words: str) -> tuple[list[Choice], list[Choice], bool]:
    """Who told their lead, whom the search found, and whether there are more. At most three statements."""
    told_lead = names.interests(by, by.reach(Can.PUT_FORWARD).forces)[:MOST_LISTED]
    page = directory(by, words=words) if words else None
    asked = [
        Choice(one.person_id, one.person.full_name, _("Told you on %(day)s") % {"day": plain_date(one.told_at)})
        for one in told_lead
    ]
    found = [
        Choice(one.id, one.name, ", ".join(fact for fact in (one.number, one.team, one.base, one.force) if fact))
        for one in (page.people if page else [])
    ]
    return asked, found, bool(page and page.last > 1)


def known(by: Actor, session: Key, person: Key, at: dt.datetime) -> Known | None:
    """The person for that date; None where this actor may not put them forward."""
    return candidates.known(by, person, names.skill_of(session), at)


def bars(session: Key, who: Known, at: dt.datetime) -> list[str]:
    """Every rule against this name that no tick on the page could meet, in words."""
    found = places.boards([session], at, locked=False)[session]
    other = candidates.others(who.person.pk, found, session)
    stands = candidates.candidate(who, other, found, stated=True)
    nos = rules.why_not(stands, candidates.date_facts(who, found, exception=True, cost_agreed=True), at)
    return [said(no, who.person.full_name) for no in nos]
