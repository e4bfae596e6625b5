"""Reads of dates that anyone may see: few statements whatever the number, and no records built.

A draft is never public. A force that keeps its dates off the public pages (`Force.dates_public`) is left out of every
date; a date for such forces only is not there. A cancelled date stays, and says so.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import TruncMonth

from standdown.foundation.clock import LONDON, london_day, month_bounds
from standdown.training.courses.models import Course
from standdown.training.sessions import lines
from standdown.training.sessions.lines import SessionLine
from standdown.training.sessions.models import Session, SessionForce, SessionQuerySet

MOST_IN_FEED = 1000
_SHOWN = Q(for_forces__force__dates_public=True)


def _public(force: str | None = None) -> SessionQuerySet:
    """The dates that anyone may see, each once; for the force with that slug where one is given."""
    named = SessionForce.objects.filter(session=OuterRef("pk"), force__dates_public=True)
    if force is not None:
        named = named.filter(force__slug=force)
    return Session.objects.public().filter(Exists(named))


def month(course_id: uuid.UUID, year: int, month: int) -> list[SessionLine]:
    """The dates of a course that begin in that month in London, in order. Two statements.

    Raises ValueError when there is no such month.
    """
    first, until = month_bounds(year, month)
    return lines.read(Session.objects.public().filter(course_id=course_id).starting_between(first, until), _SHOWN)


def coming(course_id: uuid.UUID | None, at: dt.datetime, limit: int, force: str | None = None) -> list[SessionLine]:
    """The next dates that are not over at `at`, at most `limit`, in order. Two statements.

    Of one course, or of all where None; only those for the force with that slug where one is given.
    """
    found = _public(force).filter(ends_at__gt=at)
    if course_id is not None:
        found = found.filter(course_id=course_id)
    return _read_first(found, limit)


def session_line(session_id: uuid.UUID, course_slug: str | None = None) -> SessionLine | None:
    """One date (of the course with that slug, where given); None when it is not public. Two statements."""
    found = Session.objects.public().filter(pk=session_id)
    if course_slug is not None:
        found = found.filter(course__slug=course_slug)
    return next(iter(lines.read(found, _SHOWN)), None)


def feed(
    course_id: uuid.UUID, since: dt.datetime, until: dt.datetime | None = None, limit: int = MOST_IN_FEED
) -> list[SessionLine]:
    """The dates of a course that end after `since` (and begin before `until`), in order. Two statements."""
    found = _public().filter(course_id=course_id, ends_at__gt=since)
    if until is not None:
        found = found.filter(starts_at__lt=until)
    return _read_first(found, limit)


def months_with_sessions(course_id: uuid.UUID) -> list[tuple[int, int, int]]:
    """Every month of the course that has dates, as (year, month, how many), oldest first. One statement.

    It reads every date of the course: for an archive's page, not for the way from one month to the next.
    """
    rows = (
        _public()
        .filter(course_id=course_id)
        .order_by()
        .annotate(first=TruncMonth("starts_at", tzinfo=LONDON))
        .values("first")
        .annotate(dates=Count("pk"))
        .order_by("first")
        .values_list("first", "dates")
    )
    return [(first.year, first.month, dates) for first, dates in rows]


def neighbours(course_id: uuid.UUID, year: int, month: int) -> tuple[dt.date | None, dt.date | None]:
    """The first days of the nearest months before and after that have dates. One statement, by index.

    None where there is no such month. Raises ValueError when the month itself does not exist.
    """
    first, until = month_bounds(year, month)
    shown = _public().filter(course=OuterRef("pk"))
    before = shown.filter(starts_at__lt=first).order_by("-starts_at").values("starts_at")[:1]
    after = shown.filter(starts_at__gte=until).order_by("starts_at").values("starts_at")[:1]
    row = Course.objects.filter(pk=course_id).values_list(Subquery(before), Subquery(after)).first() or (None, None)
    earlier, later = (None if moment is None else london_day(moment).replace(day=1) for moment in row)
    return earlier, later


def _read_first(found: SessionQuerySet, limit: int) -> list[SessionLine]:
    """The first `limit` of these dates, with all of their forces."""
    keys = found.order_by("starts_at", "id").values("pk")[:limit]
    return lines.read(Session.objects.filter(pk__in=keys), _SHOWN)
