"""The rules of sending, in plain Python."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

LEASE = dt.timedelta(minutes=5)  # a worker that has not noted the outcome by then is taken to be dead
ALIVE = dt.timedelta(minutes=1)  # a worker says every two seconds that it is there
TRIES_TO_NOTE = 5  # each as long as the database is waited for, and all of them well within the lease
TURN = dt.timedelta(seconds=20)  # a worker with much to send still says so, and does its jobs, that often
_WAITS = (1, 5, 15, 30)  # minutes before the next try; from then on an hour
_LATER = 60
MOST_ATTEMPTS = 75  # three days: a mail server that is down over a long weekend loses nothing

Quiet = tuple[dt.time, dt.time]  # from when until when, on London's clock; over midnight where it ends before it begins
QUIET_HOURS: Quiet = (dt.time(21), dt.time(7))  # of whoever has not chosen others
_LONDON = ZoneInfo("Europe/London")


def wait_after(attempts: int) -> dt.timedelta | None:
    """How long to wait after that many failed tries; None when it is given up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return dt.timedelta(minutes=_WAITS[attempts - 1] if attempts <= len(_WAITS) else _LATER)


def worker_is_there(last_seen: dt.datetime | None, at: dt.datetime) -> bool:
    """True when some worker said so within the last minute."""
    return last_seen is not None and at - last_seen <= ALIVE


def end_of_quiet(quiet: Quiet | None, at: dt.datetime) -> dt.datetime | None:
    """When the quiet hours that `at` lies in are over (UTC); None when it lies in none. Their end is not quiet."""
    if quiet is None or quiet[0] == quiet[1]:
        return None
    begins, ends = quiet
    local = at.astimezone(_LONDON)
    day, wall = local.date(), local.time()
    if begins < ends:
        inside, last = begins <= wall < ends, day
    else:
        inside, last = wall >= begins or wall < ends, day + dt.timedelta(days=1) if wall >= begins else day
    return dt.datetime.combine(last, ends, tzinfo=_LONDON).astimezone(dt.UTC) if inside else None


def due(at: dt.datetime, quiet: Quiet | None, wanted_by: dt.datetime | None) -> dt.datetime:
    """When a message written at `at` goes out: at once, or after the recipient's quiet hours.

    Quiet hours give way to what would come too late by their end: `wanted_by` is until when it helps (None: always).
    """
    end = end_of_quiet(quiet, at)
    if end is None or (wanted_by is not None and wanted_by <= end):
        return at
    return end
