"""Time: stored in UTC, spoken in Europe/London, read at the edges only.

Only views, commands and the worker call `now()`; everything below is handed `at`.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")
UTC = dt.UTC


class NoSuchTime(ValueError):
    """The clocks go forward and this wall-clock time is skipped that night."""


class TwiceThatNight(ValueError):
    """The clocks go back and this wall-clock time comes twice that night."""


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def london(moment: dt.datetime) -> dt.datetime:
    """The same moment on a clock in London. Refuses a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment.astimezone(LONDON)


def london_day(moment: dt.datetime) -> dt.date:
    """The calendar day in London at that moment."""
    return london(moment).date()


def from_wall(day: dt.date, time: dt.time) -> dt.datetime:
    """The moment (UTC) that clocks in London show as `day` and `time`.

    Raises `NoSuchTime` for the hour that is skipped in March and `TwiceThatNight` for the
    hour that comes twice in October, because a date that people travel to must mean one moment.
    """
    first = dt.datetime.combine(day, time, tzinfo=LONDON)
    moment = first.astimezone(UTC)
    if moment.astimezone(LONDON).replace(fold=0) != first.replace(fold=0):
        raise NoSuchTime(first.isoformat())
    if first.replace(fold=1).astimezone(UTC) != moment:
        raise TwiceThatNight(first.isoformat())
    return moment


def start_of_day(day: dt.date) -> dt.datetime:
    """Midnight in London at the start of `day`, as a moment in UTC."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=LONDON).astimezone(UTC)


def month_bounds(year: int, month: int) -> tuple[dt.datetime, dt.datetime]:
    """First moment of that month in London and first moment of the next. ValueError if there is none."""
    first = dt.date(year, month, 1)
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return start_of_day(first), start_of_day(following)
