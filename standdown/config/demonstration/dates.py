"""The dates of the demonstration: the month of August 2022 as it was, and a lively quarter from today."""

from __future__ import annotations

import datetime as dt

from standdown.config.demonstration import plan
from standdown.foundation import clock
from standdown.foundation.access import Actor
from standdown.people.models import Force, Person
from standdown.people.roles.policy import Role
from standdown.training.models import Course, Session
from standdown.training.sessions.actions import (
    assign_trainer,
    cancel_session,
    mark_held,
    move_session,
    plan_session,
    publish_session,
)
from standdown.training.sessions.models import SessionChange
from standdown.training.sessions.policy import ForcePlan, Plan

COURSE = "demobilising-and-defusing"
FRIDAY, DAYS_IN_WEEK = 4, 7
START, END = dt.time(9), dt.time(16)
FIRST_START, FIRST_END = 6, 10  # o'clock: the date of today neither begins nor ends before


def plan_dates(by: Actor, forces: dict[str, Force], at: dt.datetime) -> int:
    """Make every date of the plan through the ordinary acts; how many there are."""
    course = Course.objects.get(slug=COURSE)
    for day, slug in plan.ARCHIVE:
        _archive(by, course, day, forces[slug])
    trainers = list(Person.objects.filter(grants__role=Role.TRAINER.value).order_by("id"))
    for number, date in enumerate(plan.COMING):
        day = working_day(clock.london_day(at) + dt.timedelta(days=date.in_days))
        chosen = [forces[slug] for slug in date.forces]
        session = _make(by, at, course, day=day, date=date, chosen=chosen)
        if date.status == "published":
            assign_trainer(by=by, at=at, session=session, trainer=trainers[number % len(trainers)])
    return Session.objects.count()


def _archive(by: Actor, course: Course, day: dt.date, force: Force) -> None:
    before = clock.from_wall(day - dt.timedelta(days=28), START)
    session = plan_session(by=by, at=before, course=course, plan=planned(day, [force], plan.Date(0, (force.slug,))))
    session = publish_session(by=by, at=before, session=session, seen=session.changed_at)
    mark_held(by=by, at=session.ends_at + dt.timedelta(hours=1), session=session)


def _make(by: Actor, at: dt.datetime, course: Course, *, day: dt.date, date: plan.Date, chosen: list[Force]) -> Session:
    session = plan_session(by=by, at=at, course=course, plan=planned(day, chosen, date))
    if date.status == "draft":
        return session
    session = publish_session(by=by, at=at, session=session, seen=session.changed_at)
    if date.status == "moved":
        later = planned(working_day(day + dt.timedelta(days=7)), chosen, date)
        return move_session(
            by=by, at=at, session=session, starts_at=later.starts_at, ends_at=later.ends_at,
            nominations_close_at=later.nominations_close_at, delivery=later.delivery, platform=later.platform,
            place=later.place, reason=SessionChange.Reason.TRAINER, seen=session.changed_at,
        )  # fmt: skip
    if date.status == "cancelled":
        return cancel_session(
            by=by, at=at, session=session, reason=SessionChange.Reason.OPERATIONS, seen=session.changed_at
        )
    return session


def planned(day: dt.date, forces: list[Force], date: plan.Date) -> Plan:
    """A date of the plan as somebody would have entered it."""
    starts_at = clock.from_wall(day, START)
    allotments = date.allotments or (None,) * len(forces)
    return Plan(
        starts_at=starts_at,
        ends_at=clock.from_wall(day, END),
        nominations_close_at=starts_at - dt.timedelta(days=2),
        delivery=date.delivery,
        platform="" if date.delivery == "in-person" else "Microsoft Teams",
        place=date.place,
        capacity=date.capacity,
        language=date.language,
        forces=tuple(
            ForcePlan(key=str(force.pk), name=force.name, allotment=kept, stood_up=force.stood_up)
            for force, kept in zip(forces, allotments, strict=True)
        ),
    )


def hours_of_today(at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """From when until when a date of today ran that is over: its register can be closed at once.

    It ended with the last full hour, at four at the latest, and lasted seven hours where that leaves it a start at six
    or after. Before ten in the morning no such day can be over yet, and it is the day before.
    """
    day, hour = clock.london_day(at), min(clock.london(at).hour, END.hour)
    if hour < FIRST_END:
        return clock.from_wall(day - dt.timedelta(days=1), START), clock.from_wall(day - dt.timedelta(days=1), END)
    begins = max(FIRST_START, hour - (END.hour - START.hour))
    return clock.from_wall(day, dt.time(begins)), clock.from_wall(day, dt.time(hour))


def working_day(day: dt.date) -> dt.date:
    """The day itself, or the Monday after a weekend."""
    return day + dt.timedelta(days=max(0, DAYS_IN_WEEK - day.weekday()) if day.weekday() > FRIDAY else 0)
