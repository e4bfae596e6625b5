"""The rules of sending, in plain Python."""

from __future__ import annotations

import datetime as dt

LEASE = dt.timedelta(minutes=5)  # a worker that has not noted the outcome by then is taken to be dead
MOST_ATTEMPTS = 8
ALIVE = dt.timedelta(minutes=1)  # a worker says every two seconds that it is there
_WAITS = (1, 5, 15, 60, 180, 360, 720)  # minutes before the next try


def wait_after(attempts: int) -> dt.timedelta | None:
    """How long to wait after that many failed tries; None when it is given up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return dt.timedelta(minutes=_WAITS[min(attempts, len(_WAITS)) - 1])


def worker_is_there(last_seen: dt.datetime | None, at: dt.datetime) -> bool:
    """True when some worker said so within the last minute."""
    return last_seen is not None and at - last_seen <= ALIVE
