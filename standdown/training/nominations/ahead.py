"""Which reminder of a date is due, and what a lead's summary covers: plain Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

_LONDON = ZoneInfo("Europe/London")
# Each reminder by how long before the start it is written, and until how long before it still helps to write it: a
# worker that was away must not remind of the week and of the day in the same minute (R36).
REMINDERS: Mapping[str, tuple[dt.timedelta, dt.timedelta]] = {
    "week": (dt.timedelta(days=7), dt.timedelta(days=4)),
    "day": (dt.timedelta(days=1), dt.timedelta(hours=3)),
    "hour": (dt.timedelta(hours=1), dt.timedelta(0)),
}
SUMMARY_AT, SUMMARY_UNTIL = dt.time(7, 30), dt.time(12)  # London: after noon it is not a morning's summary any more
SETTLES = dt.timedelta(minutes=1)  # an act that began before half past seven may end after it
FURTHEST_BACK = dt.timedelta(days=7)


def is_due(reminder: str, starts_at: dt.datetime, known_since: dt.datetime, at: dt.datetime) -> bool:
    """True when that reminder is to be written now to somebody who knows the place and time `known_since` a moment.

    Who accepted, or was told of a move, after its moment has just been told everything: only what is still ahead comes.
    """
    before, least = REMINDERS[reminder]
    moment = starts_at - before
    return known_since <= moment <= at < starts_at - least


def summary_moment(day: dt.date) -> dt.datetime:
    """When the summary of that day is written, and up to when it tells (UTC)."""
    return dt.datetime.combine(day, SUMMARY_AT, tzinfo=_LONDON).astimezone(dt.UTC)


def summary_day(at: dt.datetime, is_working_day: Callable[[dt.date], bool]) -> dt.date | None:
    """The day whose summary is to be written now; None at other times and on days on which nobody works."""
    local = at.astimezone(_LONDON)
    day = local.date()
    if at < summary_moment(day) + SETTLES or local.time() >= SUMMARY_UNTIL or not is_working_day(day):
        return None
    return day


def day_number(day: dt.date) -> int:
    """The day as a number that grows: the version of its summary."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_of(number: int) -> dt.date:
    """The day that `day_number` made."""
    return dt.date(number // 10_000, number // 100 % 100, number % 100)


def summary_since(last: int | None, day: dt.date) -> dt.datetime:
    """From when a summary tells: since the last one, and never longer ago than a week (`last`: its number)."""
    furthest = summary_moment(day) - FURTHEST_BACK
    return max(furthest, summary_moment(day_of(last))) if last else furthest
