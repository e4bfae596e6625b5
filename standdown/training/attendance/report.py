"""How a force's places were used, for the lead who answers for them: rounded figures, no names, no other force."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Q

from standdown.foundation import clock, working_time
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force
from standdown.training.attendance import figures
from standdown.training.attendance.figures import Counts
from standdown.training.nominations.models import EndReason, Nomination, State
from standdown.training.nominations.policy import ENDED


@dataclass(frozen=True, slots=True)
class Report:
    """The report of one force: the month, and the year that ends with it."""

    force: Force
    month: dt.date
    counts: Counts
    year: Counts


def month_before(day: dt.date) -> dt.date:
    """The first day of the month before the one in which that day lies."""
    return (day.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def version(month: dt.date) -> int:
    """The number under which that month is told, once: 202701 for January 2027."""
    return month.year * 100 + month.month


def is_due(day: dt.date) -> bool:
    """True from the first working day of a month on: later days make up for a worker that was down."""
    first = day.replace(day=1)
    while not working_time.is_working_day(first, "england-and-wales"):
        first += dt.timedelta(days=1)
    return day >= first


def forces(by: Actor) -> list[Force]:
    """The forces for whose names this actor answers. A national role is no lead: forces are not laid side by side."""
    return list(Force.objects.filter(pk__in=by.reach(Can.SEE_NOMINATIONS).forces).order_by("name"))


def of(force: Force, at: dt.datetime) -> Report:
    """The report of that force for the last whole month. Two statements."""
    month = month_before(clock.london_day(at))
    return Report(force, month, month_counts(force.pk, month), year_counts(force.pk, month))


def month_counts(force_id: uuid.UUID, month: dt.date) -> Counts:
    """The figures of the month that begins on that day. One statement."""
    first, until = clock.month_bounds(month.year, month.month)
    return _counts(force_id, first, until)


def year_counts(force_id: uuid.UUID, month: dt.date) -> Counts:
    """The figures of the twelve months of which that is the last. One statement."""
    until = clock.month_bounds(month.year, month.month)[1]
    begins = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return _counts(force_id, clock.start_of_day(begins.replace(year=begins.year - 1)), until)


def _counts(force_id: uuid.UUID, first: dt.datetime, until: dt.datetime) -> Counts:
    """Marked dates count when they took place, names taken back when they were. Counted raw, given out rounded."""
    held = Q(session__starts_at__gte=first, session__starts_at__lt=until)
    ended = Q(ended_at__gte=first, ended_at__lt=until, state__in=ENDED)
    substituted = Q(end_reason=EndReason.SUBSTITUTED)
    found = Nomination.objects.filter(force_id=force_id).aggregate(
        did_not_attend=Count("pk", filter=held & Q(state=State.DID_NOT_ATTEND)),
        part_attended=Count("pk", filter=held & Q(state=State.PART_ATTENDED)),
        late_withdrawals=Count("pk", filter=ended & Q(late=True) & ~substituted),
        substitutions=Count("pk", filter=ended & substituted),
    )
    return figures.counts(**found)
