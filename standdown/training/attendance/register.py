"""The register of one date: marks stored with their history, and what came of each person's day. Only inside an act."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standdown.foundation import clock
from standdown.foundation.access import Actor
from standdown.training.attendance import policy, sentences
from standdown.training.attendance.models import Mark, Register
from standdown.training.attendance.policy import Day, Marked, Outcome
from standdown.training.nominations import places
from standdown.training.nominations.models import Nomination, NominationEvent, State
from standdown.training.nominations.policy import ALLOWED, Deed
from standdown.training.sessions.models import Session

Source = Mark.Source
Cell = tuple[uuid.UUID, str]  # a nomination, and a half


@dataclass(frozen=True, slots=True)
class Wanted:
    """A mark that somebody wishes to make."""

    nomination: uuid.UUID
    half: str
    there: str
    minutes_missed: int = 0


def check_open(session: Session, at: dt.datetime) -> Register | None:
    """Raises NotRecorded when nobody can be marked now; gives the closed register, which is being corrected then."""
    closed = Register.objects.filter(session=session).first()
    no = policy.why_not_mark(
        status=session.status,
        day_begins=clock.start_of_day(clock.london_day(session.starts_at)),
        closed_at=closed.closed_at if closed else None,
        at=at,
    )
    if no is not None:
        raise sentences.NotRecorded(no)
    return closed


def on_roster(session: Session) -> dict[uuid.UUID, Nomination]:
    """Everybody with a confirmed place, as they stand, by key. One statement."""
    found = Nomination.objects.filter(session=session, state__in=ALLOWED[Deed.MARK])
    rows = {one.pk: one for one in found.select_related("person", "force").order_by("place_no")}
    for row in rows.values():
        row.session = session
    return rows


def standing(nominations: Iterable[uuid.UUID]) -> dict[Cell, Mark]:
    """The marks of these nominations that hold now. One statement."""
    found = Mark.objects.filter(nomination_id__in=list(nominations), superseded_at__isnull=True)
    return {(one.nomination_id, one.half): one for one in found}


def write(
    session: Session, wishes: Sequence[Wanted], source: Source, by: Actor, at: dt.datetime
) -> dict[uuid.UUID, Nomination]:
    """Store the marks that are new; one that differs ends the one before it, which is kept (R37).

    Gives the nominations whose marks changed. Raises NotOnRoster, MinutesWanted. Four statements.
    """
    roster = on_roster(session)
    now = standing(roster)
    made, ended = [], []
    for wish in wishes:
        row = roster.get(wish.nomination)
        if row is None or wish.half not in policy.wanted(row.only_half):
            raise sentences.NotOnRoster
        mark = _mark(row, wish, source, by, at)
        before = now.get((row.pk, wish.half))
        if before is not None:
            if (before.there, before.minutes_missed) == (mark.there, mark.minutes_missed):
                continue
            ended.append(before.pk)
        made.append(mark)
    if ended:
        Mark.objects.filter(pk__in=ended).update(superseded_at=at)
    Mark.objects.bulk_create(made)
    return {mark.nomination_id: roster[mark.nomination_id] for mark in made}


def _mark(row: Nomination, wish: Wanted, source: Source, by: Actor, at: dt.datetime) -> Mark:
    minutes = wish.minutes_missed if wish.there in {policy.LATE, policy.LEFT} else 0
    most = lengths(row.session)[wish.half]
    if wish.there in {policy.LATE, policy.LEFT} and not 1 <= minutes <= most:
        raise sentences.MinutesWanted(row.person.full_name, most)
    return Mark(
        nomination=row, half=wish.half, there=wish.there, minutes_missed=minutes, source=source, at=at,
        by_id=by.person_id,
    )  # fmt: skip


def lengths(session: Session) -> dict[str, int]:
    """The minutes of each half of that date."""
    halves = policy.halves(session.starts_at, session.ends_at)
    return {half: policy.minutes_of(stay) for half, stay in halves.items()}


def outcomes(rows: Iterable[Nomination]) -> dict[uuid.UUID, Outcome]:
    """What came of each of these days, with what came before it where they make up for a part (R39)."""
    chains = {row.pk: _chain(row) for row in rows}
    marks = standing(one.pk for chain in chains.values() for one in chain)
    return {key: policy.outcome([_day(one, marks) for one in chain]) for key, chain in chains.items()}


def _chain(row: Nomination) -> list[Nomination]:
    """The nomination with those that it follows, the first of them first."""
    found = [row]
    while found[0].follows_id is not None:
        found.insert(0, Nomination.objects.select_related("session__version").get(pk=found[0].follows_id))
    return found


def _day(row: Nomination, marks: dict[Cell, Mark]) -> Day:
    version = row.session.version
    return Day(
        marks={
            half: Marked(marks[row.pk, half].there, marks[row.pk, half].minutes_missed)
            for half in policy.HALVES
            if (row.pk, half) in marks
        },
        minutes=lengths(row.session),
        percent=version.completion_percent,
        grace=version.grace_minutes,
    )


def settle_day(row: Nomination, found: Outcome, by: Actor, at: dt.datetime) -> None:
    """Write what came of somebody's day, and put it on record."""
    row.state, row.changed_at = State(found.state), at
    row.save(update_fields=["state", "changed_at"])
    places.note([row], NominationEvent.Kind.ATTENDANCE, by.person_id, at, found.state)


def check_all_marked(rows: Iterable[Nomination]) -> None:
    """Raises Unmarked with the names of those for whom a half is still open."""
    everybody = list(rows)
    marks = standing(row.pk for row in everybody)
    open_ = [
        row.person.full_name
        for row in everybody
        if any((row.pk, half) not in marks for half in policy.wanted(row.only_half))
    ]
    if open_:
        raise sentences.Unmarked(open_)
