"""Moments as people at work say them: a day and a time on London's clock, or only the time at which duty ends."""

from __future__ import annotations

import datetime as dt

from standdown.foundation import clock


def wall(day: dt.date, time: dt.time) -> dt.datetime:
    """The moment that London's clocks show so. Of an hour that comes twice it is the first: the careful reading.

    Raises `clock.NoSuchTime` for the hour that is skipped in March.
    """
    try:
        return clock.from_wall(day, time)
    except clock.TwiceThatNight:
        return dt.datetime.combine(day, time, tzinfo=clock.LONDON).astimezone(dt.UTC)


def next_wall(time: dt.time, after: dt.datetime) -> dt.datetime:
    """The first moment after another at which London's clocks show that time; an hour later where it is skipped."""
    day = clock.london_day(after)
    while True:
        try:
            found = wall(day, time)
        except clock.NoSuchTime:
            found = wall(day, time.replace(hour=time.hour + 1))
        if found > after:
            return found
        day += dt.timedelta(days=1)
