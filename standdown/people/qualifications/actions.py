"""What leads do to the register, and what people do to their own part in it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import BinaryIO

from standdown.audit.act import act
from standdown.foundation import clock, db
from standdown.foundation.access import Actor, Can
from standdown.people.accounts.models import Person
from standdown.people.forces.models import Base, Force, Team
from standdown.people.qualifications import hooks, import_rows, policy, register
from standdown.people.qualifications import refusals as no
from standdown.people.qualifications.import_rows import TrainingReport
from standdown.people.qualifications.models import Currency, Establishment, Qualification, RegisterMove, StandDown
from standdown.people.qualifications.practice import practice_of


def record_currency(
    *, by: Actor, at: dt.datetime, person: Person, kind: str, on: dt.date, minutes: int = 0
) -> list[Qualification]:
    """Record that somebody led a session, or was trained further for `minutes`; the qualifications that it extended.

    Only what stands on the register of the force in which they serve is kept current. Raises WrongDay, NothingToKeep,
    RecordedAlready.
    """
    minutes = minutes if kind == Currency.Kind.CPD else 0
    made = Currency(person=person, kind=kind, on=on, minutes=minutes, recorded_at=at, recorded_by_id=by.person_id)
    with act(by, Can.RECORD_CURRENCY, on=made, at=at) as step:
        problem = policy.day_problem(on, clock.london_day(at))
        if problem is not None:
            raise no.WrongDay(problem)
        rows = list(db.lock(Qualification.objects.standing().filter(person=person, force=person.home_force)))
        if not rows:
            raise no.NothingToKeep
        if Currency.objects.filter(person=person, kind=kind, on=on).exists():
            raise no.RecordedAlready
        made.save(force_insert=True)
        extended = _extend(rows, person, at, by.person_id)
        step.note(extended=len(extended))
    return extended


def _extend(rows: list[Qualification], person: Person, at: dt.datetime, by_id: uuid.UUID | None) -> list[Qualification]:
    events, today = practice_of([person.pk])[person.pk], clock.london_day(at)
    reached = [
        (row, policy.extension(row.skill, row.valid_until, row.latest_until, events, today).until) for row in rows
    ]
    return [register.extend(row, until, at=at, by_id=by_id) for row, until in reached if until > row.valid_until]


def export_register(*, by: Actor, at: dt.datetime, force: Force, people: int, kind: str) -> None:
    """Take the list of a force's qualified people away as a file. Records how many, and what kind of file."""
    with act(by, Can.EXPORT_QUALIFICATIONS, on=force, at=at) as step:
        step.note(people=people, kind=kind)


def stand_down(*, by: Actor, at: dt.datetime, person_id: uuid.UUID, since: dt.date, until: dt.date | None) -> StandDown:
    """Stand down from a day until the first day back (None: until one says so). No reason is asked (R53).

    Whoever said so before says it anew: the latest word holds. Raises WrongDay.
    """
    made = StandDown(person_id=person_id, since=since, until=until, said_at=at)
    with act(by, Can.KEEP_OWN_TRAINING, on=made, at=at):
        problem = policy.away_problem(since, until, clock.london_day(at))
        if problem is not None:
            raise no.WrongDay(problem)
        _cut_short(person_id, since)
        made.save(force_insert=True)
        for listener in hooks.STOOD_DOWN:
            listener(made, at)
    return made


def come_back(*, by: Actor, at: dt.datetime, person_id: uuid.UUID) -> None:
    """Be available again from now on, and on the days ahead for which one had stood down. Raises NotStoodDown."""
    today = clock.london_day(at)
    with act(by, Can.KEEP_OWN_TRAINING, on=StandDown(person_id=person_id, since=today), at=at) as step:
        ended = _cut_short(person_id, today)
        if not ended:
            raise no.NotStoodDown
        step.about(ended[-1])
        for listener in hooks.RETURNED:
            listener(ended[-1], at)


def _cut_short(person_id: uuid.UUID, day: dt.date) -> list[StandDown]:
    """End what reaches beyond that day; what was to begin later never begins."""
    rows = [
        row
        for row in db.lock(StandDown.objects.filter(person_id=person_id).order_by("since", "id"))
        if row.until is None or row.until > day
    ]
    for row in rows:
        row.until = max(row.since, day)
        row.save(update_fields=["until"])
    return rows


def decide_move(*, by: Actor, at: dt.datetime, move: RegisterMove, approved: bool) -> RegisterMove:
    """Say whether one's qualifications go on the register of the force where one serves now (R52).

    Who said no may say yes later, as long as they serve there. Raises MoveDecided.
    """
    with act(by, Can.KEEP_OWN_TRAINING, on=move, at=at) as step:
        held = db.lock(RegisterMove.objects.filter(pk=move.pk)).get()
        serves = Person.objects.filter(pk=held.person_id, home_force=held.to_force_id).exists()
        if held.approved or not serves or (held.decided_at is not None and not approved):
            raise no.MoveDecided
        held.decided_at, held.approved = at, approved
        held.save(update_fields=["decided_at", "approved"])
        elsewhere = Qualification.objects.standing().filter(person=held.person_id).exclude(force=held.to_force_id)
        rows = list(db.lock(elsewhere)) if approved else []
        register.move(rows, held.to_force_id, at=at)
        step.note(approved=approved, moved=len(rows))
    return held


def set_establishment(*, by: Actor, at: dt.datetime, place: Base | Force, wanted: Mapping[uuid.UUID, int]) -> None:
    """Say how many people able to defuse each team of a base needs, or of a force where a team has no base (R26).

    Raises TeamElsewhere.
    """
    with act(by, Can.SET_ESTABLISHMENT, on=place, at=at) as step:
        its = Team.objects.filter(base=place) if isinstance(place, Base) else place.teams.filter(base__isnull=True)
        teams = its.filter(closed_on__isnull=True).select_related("establishment")
        known = {team.pk: team.establishment.wanted if hasattr(team, "establishment") else 0 for team in teams}
        if wanted.keys() - known.keys():
            raise no.TeamElsewhere
        changed = [key for key, number in wanted.items() if known[key] != number]
        Establishment.objects.bulk_create(
            [Establishment(team_id=key, wanted=wanted[key], set_at=at, set_by_id=by.person_id) for key in changed],
            update_conflicts=True,
            unique_fields=["team"],
            update_fields=["wanted", "set_at", "set_by"],
        )
        step.note(teams=len(changed))


def import_qualifications(
    *, by: Actor, at: dt.datetime, force: Force, source: BinaryIO, dry_run: bool, progress: Callable[[int, int], None]
) -> TrainingReport:
    """Put training from before Standdown on a force's register, from a file with a note of what was seen (R49).

    The number in the force says who is meant. Nothing is written when any row is wrong; the same file twice changes
    nothing. What has ended already is kept as history.
    """
    report = TrainingReport(dry_run=dry_run)
    wishes = import_rows.read_training(source, report, today=clock.london_day(at))
    with act(by, Can.IMPORT_QUALIFICATIONS, on=force, at=at) as step:
        plan = import_rows.compare(wishes, report, force=force, at=at, by_id=by.person_id)
        if report.ok and not dry_run:
            register.write(plan.rows, plan.ending, at)
            progress(len(plan.rows), len(plan.rows))
        step.note(rows=report.rows, added=report.added, problems=len(report.problems), dry_run=dry_run)
    return report
