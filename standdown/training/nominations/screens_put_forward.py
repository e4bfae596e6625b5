"""Whom to put forward and for which date: what there is to choose, what speaks against it, and what came of it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.design.times import plain_date, when_words
from standdown.foundation import clock
from standdown.foundation.access import Actor
from standdown.people.accounts.queries import directory
from standdown.training.interest.models import Shift
from standdown.training.nominations import candidates, policy, queries, screens, screens_places, sentences
from standdown.training.nominations.candidates import Known
from standdown.training.nominations.models import Nomination, State
from standdown.training.nominations.screens_places import Laid, Share

Key = uuid.UUID


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody of the directory whose name fits."""

    name: str
    facts: str
    address: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom to choose from: names that wait first, then what the search found."""

    caption: str
    names: list[tuple[str, list[screens.NameRow]]]  # by force
    found: list[Found]
    more: bool


def choice(by: Actor, at: dt.datetime, words: str, date: Key | None) -> Choice:
    """The first step: names in the order of cover, and at most fifty of the directory that fit the words."""
    boards = [one for one in screens.board(by, at) if one.leads]
    names = [(one.force.name, [_for_date(row, date) for row in one.names if row.person]) for one in boards]
    page = directory(by, words=words) if words else None
    chosen = {"date": date} if date else {}
    return Choice(
        caption=_caption(date),
        names=[(force, rows) for force, rows in names if rows],
        found=[
            Found(one.name, _facts(one), screens.put_forward_address(**chosen, person=one.id))
            for one in (page.people if page else [])
        ],
        more=bool(page and page.last > 1),
    )  # fmt: skip


def _facts(one: Any) -> str:
    return ", ".join(fact for fact in (one.number, one.team, one.base, one.force) if fact)


def _for_date(row: screens.NameRow, date: Key | None) -> screens.NameRow:
    if date is None or row.person is None:
        return row
    return replace(row, address=screens.put_forward_address(date=date, person=row.person))


def _caption(date: Key | None) -> str:
    found = queries.published(date) if date else None
    return screens_places.when(found) if found else ""


# -- the second step: which date, and what the lead answers for ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Confirm:
    """One person and the dates that there are for them."""

    who: Known
    facts: list[tuple[str, str]]
    dates: list[tuple[str, str]]
    hints: dict[str, str]
    bars: list[tuple[str, list[str]]]  # dates that cannot be, each with every rule that speaks against it
    cautions: list[str]
    own: bool  # a lead looks at their own name


def is_own(by: Actor, known: Known) -> bool:
    """True when somebody would put themselves forward."""
    return policy.confirms_own(by.person_id, known.person.pk)


def who(by: Actor, person: Key | None, date: Key | None, at: dt.datetime) -> Known | None:
    """The person, where this actor may put them forward; None else. One statement."""
    if person is None:
        return None
    return candidates.known_for(by, person, date, at) if date else candidates.known(by, person, "defuse", at)


def confirm(by: Actor, known: Known, at: dt.datetime) -> Confirm:
    """The second step: the person's facts, and each coming date of their force with what it would come to."""
    own = is_own(by, known)
    alone = [] if known.managed_by or not own else [str(sentences.NobodyToAsk("", own=True).sentence)]
    force_id = known.person.home_force_id
    assert force_id is not None, "who is put forward has a force"
    laid = [
        one for one in screens_places.laid_out(queries.coming({force_id}, at), {force_id}, at)
        if one.board.is_for(force_id)
    ]  # fmt: skip
    live = queries.dates_of(known.person.pk)
    dates, hints, bars = [], {}, []
    for one in laid:
        nos = [*_why_not(known, one, live, at), *alone]
        if nos:
            bars.append((screens_places.when(one.session), nos))
            continue
        key = str(one.session.pk)
        dates.append((key, screens_places.when(one.session)))
        hints[key] = _outlook(one, screens_places.share(one, force_id, at), at)
    return Confirm(known, _about(known), dates, hints, bars, _cautions(known), own)


def _why_not(known: Known, laid: Laid, live: list[tuple[Key, dt.datetime, str]], at: dt.datetime) -> list[str]:
    """Every rule that no tick on the page could meet, in words."""
    day = clock.london_day(laid.session.starts_at)
    here = any(key == laid.session.pk for key, _starts, _state in live)
    same_day = any(clock.london_day(starts) == day for key, starts, _state in live if key != laid.session.pk)
    other = candidates.Others(None, here, same_day)
    facts = candidates.date_facts(known, laid.board, cost_agreed=True)
    nos = policy.why_not(candidates.candidate(known, other, laid.board, stated=True), facts, at)
    return [sentences.said(no, known.person.full_name) for no in nos]


def _outlook(laid: Laid, part: Share, at: dt.datetime) -> str:
    """What putting somebody forward for that date would come to now."""
    if part.free:
        free = ngettext("%(count)s place is free for you", "%(count)s places are free for you", part.free)
        words = free % {"count": part.free}
    elif part.ahead:
        ahead = ngettext("Full: %(count)s name is ahead", "Full: %(count)s names are ahead", part.ahead)
        words = ahead % {"count": part.ahead}
    else:
        words = _("No place is free for you now: the name goes on the waiting list")
    return _("%(places)s. %(names_by)s.") % {"places": words, "names_by": screens_places.names_by(laid.session, at)}


def _about(known: Known) -> list[tuple[str, str]]:
    person = known.person
    facts = [
        (_("Name"), person.full_name),
        (_("Force"), person.home_force.name if person.home_force else ""),
        (_("Works as"), person.get_kind_display()),
        (_("The course is for them as"), _grounds(known)),
        (_("Line manager"), known.managed_by or _("The directory knows nobody who could be asked")),
    ]
    if known.until is not None:
        facts.append((_("Qualified"), screens_places.until_words(known.until, dt.date.min)))
    return facts


def _grounds(known: Known) -> str:
    grounds = candidates.grounds(known)
    return str(Nomination.Eligibility(grounds).label) if grounds else _("Nothing that the directory knows")


def _cautions(known: Known) -> list[str]:
    """What speaks for a second look, but does not stop anybody (R31)."""
    told = queries.chosen_interest(known.person.pk) if known.interested else None
    if told is None:
        return []
    found = [_("They told you on %(day)s that they would like to be trained.") % {"day": plain_date(told.told_at)}]
    if told.shift in {Shift.NIGHTS, Shift.ROTATING}:
        found.append(_("They work nights at times. Make sure that the night before the day is free."))
    return found


# -- what came of it --------------------------------------------------------------------------------------------------


def outcome(made: Nomination, at: dt.datetime) -> str:
    """What to say at once: a place is held, the number in the list, or who is asked first."""
    name = made.person.full_name
    if made.state == State.OFFERED and made.answer_by is not None:
        facts = {"number": made.place_no, "name": name, "when": when_words(made.answer_by, at)}
        return _("Place %(number)s is held for %(name)s until %(when)s.") % facts
    if made.state == State.WAITING and made.ahead is not None:
        return _("%(name)s is on the waiting list, number %(number)s.") % {"name": name, "number": made.ahead + 1}
    if made.state == State.NOMINATED and made.answer_by is not None:
        facts = {"name": name, "when": when_words(made.answer_by, at)}
        return _("The line manager of %(name)s was asked and has until %(when)s. No place is held until then.") % facts
    return _("%(name)s is put forward: %(state)s.") % {"name": name, "state": State(made.state).label}
