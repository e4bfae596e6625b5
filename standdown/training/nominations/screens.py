"""The wellbeing lead's first screen: dates with places, waiting names where cover is thinnest, who is lapsing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from standdown.design.times import day_and_month, long_date, plain_date
from standdown.foundation import clock
from standdown.foundation.access import Actor, Can
from standdown.people.adoption.models import AdoptionState
from standdown.people.models import Force
from standdown.people.qualifications.cover import TeamCover, by_team
from standdown.training.interest.models import Interest
from standdown.training.nominations import policy, queries, screens_answers, screens_places
from standdown.training.nominations.models import Nomination, State
from standdown.training.nominations.policy import Deed
from standdown.training.nominations.screens_answers import Answer, LapsingRow
from standdown.training.nominations.screens_places import Laid, Share

MOST_NAMES = 50  # on screen; the file has all
Key = uuid.UUID
Teams = dict[Key, TeamCover]


@dataclass(frozen=True, slots=True)
class Placed:
    """One of the force's people who holds a place on a date."""

    name: str
    stands: str
    address: str
    swap: str  # the address at which somebody else comes instead; empty where that cannot be


@dataclass(frozen=True, slots=True)
class DateRow:
    """A coming date with the force's part in it."""

    when: str
    names_by: str
    notes: list[str]
    part: Share
    placed: list[Placed]
    address: str
    put_forward: str  # where names are put forward; empty when nobody can be


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name that waits: who, why here in the order, since when, and what can be done."""

    person: Key | None  # who could be put forward; None for a name that is already on a date
    name: str
    number: str
    reason: str
    since: str
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class ForceBoard:
    """What a lead sees of one force."""

    force: Force
    leads: bool  # may put forward here; others only read
    exports: bool
    answers: list[Answer]
    dates: list[DateRow]
    names: list[NameRow]
    more_names: int
    lapsing: list[LapsingRow]


def board(by: Actor, at: dt.datetime, *, most: int | None = MOST_NAMES) -> list[ForceBoard]:
    """The first screen, a part for each force that this actor answers for. Seven statements, however much there is."""
    reach = by.reach(Can.SEE_NOMINATIONS).forces
    day = clock.london_day(at)
    forces = list(queries.forces_with_leads(reach, day))
    dates = screens_places.laid_out(queries.coming(reach, at), reach, at)
    deciding = by.reach(Can.DECIDE_INTEREST).forces & reach
    told = list(queries.interests(by, deciding)) if deciding else []
    ending = list(queries.lapsing(by, reach, day))
    teams = by_team(reach, day)
    return [
        _of_force(_Read(by, force, dates, told, ending, teams, at), most)
        for force in forces
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read, of which one force's part is made."""

    by: Actor
    force: Any
    dates: list[Laid]
    told: list[Any]
    ending: list[Any]
    teams: Teams
    at: dt.datetime

    @property
    def leads(self) -> bool:
        return self.by.reach(Can.PUT_FORWARD).covers(self.force.pk) and self.force.adoption == AdoptionState.ADOPTED

    @property
    def own(self) -> list[Laid]:
        """The dates that name the force, or that have one of its people on them."""
        return [one for one in self.dates if one.board.is_for(self.force.pk) or one.of(self.force.pk)]


def _of_force(read: _Read, most: int | None) -> ForceBoard:
    names = _names(read)
    shown = names if most is None else names[:most]
    return ForceBoard(
        force=read.force,
        leads=read.leads,
        exports=read.by.reach(Can.EXPORT_NOMINATIONS).covers(read.force.pk),
        answers=list(screens_answers.answers(read.force, read.own, read.at)),
        dates=[_date(read, one) for one in read.own],
        names=shown,
        more_names=len(names) - len(shown),
        lapsing=list(screens_answers.lapsing(read.force, read.ending, read.own, read.teams, clock.london_day(read.at))),
    )


# -- dates ----------------------------------------------------------------------------------------------------------


def _date(read: _Read, laid: Laid) -> DateRow:
    session, part = laid.session, screens_places.share(laid, read.force.pk, read.at)
    notes = screens_places.notes(laid, part, read.at)
    if not laid.board.is_for(read.force.pk):
        notes.insert(0, _("Mutual aid: another force's date"))
    return DateRow(
        when=long_date(session.starts_at),
        names_by=screens_places.names_by(session, read.at),
        notes=notes,
        part=part,
        placed=[_placed(read, laid, row) for row in laid.of(read.force.pk) if row.place_no is not None],
        address=reverse("nominations:date", args=[session.pk]),
        put_forward=put_forward_address(date=session.pk) if part.open and read.leads else "",
    )


def _placed(read: _Read, laid: Laid, row: Nomination) -> Placed:
    swaps = read.leads and policy.may(Deed.SUBSTITUTE, row.state, laid.session.starts_at, read.at)
    return Placed(
        name=row.person.full_name,
        stands=screens_places.stands(row, laid.line, read.at),
        address=screens_places.page_of(row),
        swap=screens_places.exchange("substitute", row) if swaps else "",
    )


def put_forward_address(**chosen: Key) -> str:
    """Where somebody is put forward, with what is already chosen: `date`, `person`."""
    return f"{reverse('nominations:put-forward')}?{urlencode({name: str(key) for name, key in chosen.items()})}"


# -- names ----------------------------------------------------------------------------------------------------------


def _names(read: _Read) -> list[NameRow]:
    """Who told their lead, and who waits for a place, the widest gap in cover first."""
    rows: dict[str, NameRow] = {}
    order = []
    live = {row.person_id for one in read.dates for row in one.of(read.force.pk) if row.state in policy.LIVE}
    for told in read.told:
        if told.force_id == read.force.pk and told.person_id not in live:
            rows[str(told.pk)] = _told(read, told)
            order.append((str(told.pk), screens_places.cover_of(read.teams.get(told.team)), told.told_at))
    for laid, row in _waiting(read):
        rows[str(row.pk)] = _waits(read, laid, row)
        team = read.teams.get(row.team)  # type: ignore[attr-defined]  # annotated by the query
        order.append((str(row.pk), screens_places.cover_of(team), row.put_forward_at))
    return [rows[key] for key in policy.in_cover_order(order)]


def _waiting(read: _Read) -> Iterator[tuple[Laid, Nomination]]:
    for laid in read.own:
        yield from ((laid, row) for row in laid.of(read.force.pk) if row.state == State.WAITING)


def _told(read: _Read, told: Any) -> NameRow:
    words = _("Kept for later, told you on %(day)s") if told.state == Interest.State.HELD else _("Told you on %(day)s")
    return NameRow(
        person=told.person_id if read.leads else None,
        name=told.person.full_name,
        number=told.number or "",
        reason=screens_places.reason(read.teams.get(told.team)),
        since=words % {"day": plain_date(told.told_at)},
        address=put_forward_address(person=told.person_id) if read.leads else "",
        words=_("Put forward"),
    )


def _waits(read: _Read, laid: Laid, row: Any) -> NameRow:
    facts = {"day": day_and_month(laid.session.starts_at), "number": laid.line.get(str(row.pk))}
    swap = read.leads and any(one.place_no is not None for one in laid.of(read.force.pk))
    return NameRow(
        person=None,
        name=row.person.full_name,
        number=row.number or "",
        reason=screens_places.reason(read.teams.get(row.team)),
        since=_("On the waiting list for %(day)s, number %(number)s") % facts,
        address=screens_places.exchange("swap", row) if swap else screens_places.page_of(row),
        words=_("Swap in") if swap else _("See"),
    )
