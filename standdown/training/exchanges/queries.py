"""What the pages of exchanges show: the name, who or what could come instead, and what it would come to."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.design.times import plain_date
from standdown.foundation import access, clock
from standdown.foundation.access import Actor, Can
from standdown.people.accounts.queries import directory
from standdown.people.qualifications.cover import by_team
from standdown.training.exchanges import policy as exchange
from standdown.training.nominations import candidates, places, policy, screens_places
from standdown.training.nominations import queries as names
from standdown.training.nominations.candidates import Known
from standdown.training.nominations.models import Nomination, State
from standdown.training.nominations.policy import Deed
from standdown.training.nominations.sentences import NotNow, said
from standdown.training.sessions.models import Session, Status

Key = uuid.UUID
Choices = list[tuple[str, str]]
MOST_CHOICES = 60


def one(by: Actor, key: Key, can: Can) -> Nomination | None:
    """The name, where this actor may see it and do that to it; None else."""
    found = names.nomination(by, key)
    return found if found is not None and access.allows(by, can, found) else None


def stopped(row: Nomination, deed: Deed, at: dt.datetime) -> str:
    """Why that cannot be done to the name as it stands, in words; empty when it can be."""
    return "" if policy.may(deed, row.state, row.session.starts_at, at) else str(NotNow(deed).sentence)


def facts(row: Nomination, at: dt.datetime) -> list[tuple[str, str]]:
    """The name on its date, and where it stands."""
    return [
        (_("Name"), row.person.full_name),
        (_("Force"), row.force.name),
        (_("Date"), screens_places.when(row.session)),
        (_("Where it stands"), screens_places.stands(row, _line(row.session, at), at)),
    ]


def _line(session: Session, at: dt.datetime) -> dict[str, int]:
    waiting = places.laid_out(session, at).waiting
    return {one.key: number for number, one in enumerate(policy.in_turn(waiting), start=1)}


# -- somebody else instead ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who could come instead."""

    person: Key
    name: str
    facts: str


@dataclass(frozen=True, slots=True)
class Offered:
    """Who told the lead that they would like to be trained, who waits for the same date, and whom the search found."""

    told: list[Choice]
    waiting: list[Choice]
    found: list[Choice]
    more: bool


def offered(by: Actor, row: Nomination, words: str) -> Offered:
    """Whom to choose from as a substitute. At most four statements."""
    told = names.interests(by, [row.force_id])[:MOST_CHOICES]
    waiting = Nomination.objects.waiting().filter(session=row.session, force=row.force, mutual_aid=False)
    page = directory(by, words=words) if words else None
    return Offered(
        [
            Choice(one.person_id, one.person.full_name, _("Told you on %(day)s") % {"day": plain_date(one.told_at)})
            for one in told
        ],
        [Choice(one.pk, one.person.full_name, "") for one in waiting.select_related("person")],
        [Choice(one.id, one.name, _known_by(one)) for one in (page.people if page else [])],
        more=bool(page and page.last > 1),
    )


def _known_by(one: Any) -> str:
    return ", ".join(fact for fact in (one.number, one.team, one.base, one.force) if fact)


def known(by: Actor, row: Nomination, person: Key, at: dt.datetime) -> Known | None:
    """The person as a substitute for that date; None where this actor may not put them forward."""
    return candidates.known(by, person, names.skill_of(row.session_id), at)


def bars(row: Nomination, who: Known, at: dt.datetime) -> list[str]:
    """Every rule against this substitute that no tick on the page could meet, in words."""
    found = places.laid_out(row.session, at)
    other = candidates.others(who.person.pk, found, row.request_key)
    stands = candidates.candidate(who, other._replace(same_request=None), found, stated=True)
    nos = policy.why_not(stands, candidates.date_facts(who, found, substitute=True, cost_agreed=True), at)
    return [said(no, who.person.full_name) for no in nos]


# -- another date ------------------------------------------------------------------------------------------------------


def dates(row: Nomination, at: dt.datetime) -> tuple[Choices, dict[str, str]]:
    """The other dates that are open to the force, with what moving there would come to by each. Three statements."""
    coming = names.coming({row.force_id}, at).filter(course=row.session.course, nominations_close_at__gt=at)
    laid = [
        one
        for one in screens_places.laid_out(coming.exclude(pk=row.session_id), {row.force_id}, at)
        if one.board.is_for(row.force_id)
    ]
    choices = [(str(one.session.pk), screens_places.when(one.session)) for one in laid]
    return choices, {str(one.session.pk): _outlook(screens_places.share(one, row.force_id, at)) for one in laid}


def _outlook(part: screens_places.Share) -> str:
    if part.free:
        words = ngettext("%(count)s place is free for you", "%(count)s places are free for you", part.free)
        return words % {"count": part.free}
    words = ngettext(
        "No place is free: %(count)s name waits ahead", "No place is free: %(count)s names wait ahead", part.ahead
    )
    return words % {"count": part.ahead}


# -- two who change places ---------------------------------------------------------------------------------------------


def partners(row: Nomination, at: dt.datetime) -> Choices:
    """Names of the same force with which this one could be swapped: nearest date first. One statement."""
    rows = (
        Nomination.objects.live()
        .filter(force=row.force, session__status=Status.PUBLISHED, session__starts_at__gt=at)
        .filter(session__course=row.session.course)
        .exclude(pk=row.pk)
        .select_related("person", "session")
        .order_by("session__starts_at", F("place_no").asc(nulls_last=True), "queue_no", "pk")
    )
    own = exchange_name(row)
    return [
        (str(one.pk), _partner(one, row))
        for one in rows[: MOST_CHOICES * 4]
        if exchange.swap_bar(own, exchange_name(one)) is None
    ][:MOST_CHOICES]


def exchange_name(row: Nomination) -> exchange.Name:
    """The name as the rules of exchange see it."""
    return exchange.Name(str(row.person_id), str(row.force_id), str(row.session_id), row.state, row.mutual_aid)


def _partner(one: Nomination, row: Nomination) -> str:
    facts = {"name": one.person.full_name, "number": one.place_no, "when": screens_places.when(one.session)}
    if one.session_id != row.session_id:
        return _("%(name)s: place %(number)s on %(when)s") % facts
    if one.state == State.WAITING:
        return _("%(name)s: waits for this date") % facts
    return _("%(name)s: place %(number)s on this date") % facts


# -- the lead's order --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """A force's waiting names on one date, in the order in which they would be offered a place."""

    when: str
    force: str
    names: list[tuple[str, str, str]]  # key, name, why cover would have it there


def waiting(by: Actor, session: Key, force_id: Key, at: dt.datetime) -> Waiting | None:
    """The names that this actor may put into an order; None where none of that force waits. Four statements."""
    date = names.visible_date(by, session)
    if date is None:
        return None
    rows: Any = names.names_of(by, date).filter(force=force_id, state=State.WAITING, mutual_aid=False)
    found = list(rows.order_by(F("own_order").asc(nulls_last=True), "queue_no"))
    if not found:
        return None
    teams = by_team([force_id], clock.london_day(at))
    listed = [(str(one.pk), one.person.full_name, screens_places.reason(teams.get(one.team))) for one in found]
    return Waiting(screens_places.when(date), found[0].force.name, listed)
