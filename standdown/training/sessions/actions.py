"""What people do to dates: prepare, publish, allot, move, cancel and close them, and name their trainers."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import BinaryIO

from standdown.audit.act import act
from standdown.foundation import csv_files, db
from standdown.foundation.access import Actor, Can
from standdown.foundation.csv_files import Report
from standdown.notifications.outbox import tell
from standdown.people.models import Force, Person
from standdown.training.courses.models import Course
from standdown.training.sessions import bulk, diary, hooks, import_rows, lines, messages, sentences
from standdown.training.sessions.models import Session, SessionChange, SessionForce, SessionTrainer, Status
from standdown.training.sessions.policy import Deed, Plan

Kind = SessionChange.Kind


def plan_session(*, by: Actor, at: dt.datetime, course: Course, plan: Plan, owner: Force | None = None) -> Session:
    """Prepare a date of a published course, owned nationally or by a force (R48). Raises PlanRefused."""
    session = diary.new(course, owner)
    with act(by, Can.PLAN_SESSION, on=session, at=at):
        diary.prepare(session, plan, by, at)
    return session


def plan_many(
    *, by: Actor, at: dt.datetime, course: Course, plans: Sequence[Plan], owner: Force | None = None
) -> list[Session]:
    """Prepare one or more dates at once, all or none. Raises PlanRefused for the first that cannot stand."""
    made = [diary.new(course, owner) for _plan in plans]
    with act(by, Can.PLAN_SESSION, on=made[0], at=at) as step:
        step.note(dates=len(made))
        for session, plan in zip(made, plans, strict=True):
            diary.prepare(session, plan, by, at)
    return made


def clone_session(*, by: Actor, at: dt.datetime, session: Session, day: dt.date) -> Session:
    """Prepare another date like this one on `day`: same times, place, forces and places kept. Raises PlanRefused."""
    made = diary.new(session.course, session.owner_force)
    with act(by, Can.PLAN_SESSION, on=made, at=at):
        diary.prepare(made, sentences.shifted(diary.plan_of(session), day), by, at)
    return made


def edit_draft(*, by: Actor, at: dt.datetime, session: Session, plan: Plan, seen: dt.datetime) -> Session:
    """Change a date in preparation. `seen` is its `changed_at` as the screen showed it.

    Raises PlanRefused, NotNow, or ChangedMeanwhile when somebody else was first.
    """
    with act(by, Can.PLAN_SESSION, on=session, at=at):
        held = diary.held(session, Deed.EDIT, at, seen)
        diary.check(plan, held.version)
        diary.write(held, plan, at)
        diary.name_forces(held, plan)
        diary.note(held, Kind.EDITED, by, at)
    return held


def publish_session(*, by: Actor, at: dt.datetime, session: Session, seen: dt.datetime) -> Session:
    """Publish a date with the course's current version, and tell the leads of its adopted forces (R9, R16).

    The date keeps this version, whatever is published of the course afterwards, because a certificate names it (R8).
    """
    with act(by, Can.PUBLISH_SESSION, on=session, at=at) as step:
        held = diary.held(session, Deed.PUBLISH, at, seen)
        version = held.course.current or held.version
        diary.check(diary.plan_of(held), version)
        held.version, held.status, held.changed_at = version, Status.PUBLISHED, at
        held.save(update_fields=["version", "status", "changed_at"])
        diary.note(held, Kind.PUBLISHED, by, at)
        step.note(told=diary.tell_of_publishing(held, at))
    return held


def allot_places(
    *, by: Actor, at: dt.datetime, session: Session, capacity: int, allotments: dict[uuid.UUID, int | None],
    seen: dt.datetime, until: dt.datetime | None = None,
) -> Session:  # fmt: skip
    """Change how many places a published date has, and how many are kept for each force by its key (R29).

    Kept places that are not used by `until` are open to every force of the date (None: when names close).
    Raises what a listener says, such as that more people have places than there would be.
    """
    with act(by, Can.CHANGE_SESSION, on=session, at=at) as step:
        held = diary.held(session, Deed.ALLOT, at, seen)
        now = diary.plan_of(held)
        forces = tuple(replace(one, allotment=allotments.get(uuid.UUID(one.key))) for one in now.forces)
        diary.check(replace(now, capacity=capacity, forces=forces), held.version)
        for one in forces:
            SessionForce.objects.filter(session=held, force_id=one.key).update(allotment=one.allotment)
        held.capacity, held.allotments_until, held.changed_at = capacity, until, at
        for listener in hooks.ALLOTTED:
            listener(held, at)
        held.save(update_fields=["capacity", "allotments_until", "changed_at"])
        diary.note(held, Kind.ALLOTTED, by, at)
        step.note(capacity=capacity)
    return held


def move_session(
    *, by: Actor, at: dt.datetime, session: Session, starts_at: dt.datetime, ends_at: dt.datetime,
    nominations_close_at: dt.datetime, delivery: str, platform: str, place: str,
    reason: SessionChange.Reason, seen: dt.datetime,
) -> Session:  # fmt: skip
    """Put a published date on another time or in another place, keep where it was, and tell all whom it concerns (R9).

    Raises NotNow (it is over, or the new time is past), PlanRefused, ChangedMeanwhile.
    """
    with act(by, Can.CHANGE_SESSION, on=session, at=at) as step:
        held = diary.held(session, Deed.MOVE, at, seen)
        was = lines.one(held)
        plan = replace(
            diary.plan_of(held), starts_at=starts_at, ends_at=ends_at, nominations_close_at=nominations_close_at,
            delivery=delivery, platform=platform, place=place,
        )  # fmt: skip
        diary.check_move(held, plan, at)
        held.calendar_sequence += 1
        diary.write(held, plan, at)
        before = {"previous_starts_at": was.starts_at, "previous_ends_at": was.ends_at}
        diary.note(held, Kind.MOVED, by, at, reason=reason, **before)
        step.note(reason=reason, told=diary.tell_of_move(held, was, reason, at))
        for listener in hooks.MOVED:
            listener(held, was, reason, at, by)
    return held


def cancel_session(
    *, by: Actor, at: dt.datetime, session: Session, reason: SessionChange.Reason, seen: dt.datetime
) -> Session:
    """Call a published date off, with a reason, and tell all whom it concerns which dates come next (R9)."""
    with act(by, Can.CHANGE_SESSION, on=session, at=at) as step:
        held = diary.held(session, Deed.CANCEL, at, seen)
        held.status, held.changed_at = Status.CANCELLED, at
        held.calendar_sequence += 1
        held.save(update_fields=["status", "changed_at", "calendar_sequence"])
        diary.note(held, Kind.CANCELLED, by, at, reason=reason)
        step.note(reason=reason, told=diary.tell_of_cancelling(held, reason, at))
        for listener in hooks.CANCELLED:
            listener(held, reason, at, by)
    return held


def mark_held(*, by: Actor, at: dt.datetime, session: Session) -> Session:
    """Record that a published date, now over, took place. Raises NotNow."""
    with act(by, Can.CHANGE_SESSION, on=session, at=at):
        held = diary.held(session, Deed.HOLD, at)
        held.status, held.changed_at = Status.HELD, at
        held.save(update_fields=["status", "changed_at"])
        diary.note(held, Kind.HELD, by, at)
    return held


def assign_trainer(
    *, by: Actor, at: dt.datetime, session: Session, trainer: Person,
    part: SessionTrainer.Part = SessionTrainer.Part.TRAINS,
) -> SessionTrainer:  # fmt: skip
    """Name somebody who holds the role of trainer on that day and is not training elsewhere then; tell them.

    `part`: they train, co-deliver as a candidate, or are observed (R46). Naming the same person again changes
    nothing. Raises TrainerRefused, NotNow.
    """
    with act(by, Can.PLAN_SESSION, on=session, at=at) as step:
        held = diary.held(session, Deed.CHANGE_TRAINERS, at)
        db.lock(Person.objects.filter(pk=trainer.pk)).get()  # two dates at once must not both have them
        diary.check_trainer(held, trainer, held.starts_at, held.ends_at)
        named, is_new = SessionTrainer.objects.get_or_create(session=held, person=trainer, defaults={"part": part})
        step.about(named)
        if is_new and trainer.work_email:
            tell(trainer, messages.AskedToTrain(about=named.pk, date=lines.one(held)), at=at)
    return named


def remove_trainer(*, by: Actor, at: dt.datetime, session: Session, trainer: Person) -> None:
    """Take somebody's name off a date. Where it was not on it, nothing changes."""
    with act(by, Can.PLAN_SESSION, on=session, at=at):
        held = diary.held(session, Deed.CHANGE_TRAINERS, at)
        SessionTrainer.objects.filter(session=held, person=trainer).delete()


def import_sessions(
    *, by: Actor, at: dt.datetime, source: BinaryIO, dry_run: bool, progress: Callable[[int, int], None]
) -> Report:
    """Bring in national dates from a file, all or none; the leads are told of those to come that it publishes.

    A date of the same course and start for the same forces is brought up to date while it is in preparation; once
    published it is left as it is, but for having been held. The same file twice changes nothing.
    """
    report = Report(dry_run=dry_run)
    with act(by, Can.PUBLISH_SESSION, on=Session, at=at) as step:
        rows = csv_files.read(source, import_rows.COLUMNS, report)
        reader = import_rows.Reader(report, at)
        wanted = [one for one in map(reader.wanted, rows) if one is not None]
        work = bulk.sorted_out(wanted, report)
        if report.ok and not dry_run:
            bulk.store(work, by, at, progress)
        step.note(rows=report.rows, added=report.added, changed=report.changed, dry_run=dry_run)
    return report
