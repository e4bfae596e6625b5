"""The times that are looked at for a session: every second hour inside the programme's window."""

from __future__ import annotations

import datetime as dt

from standdown.care.matching.spans import Slot
from standdown.foundation import clock

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
NOTICE = dt.timedelta(hours=2)  # to reach those who are to come


def between(opens: dt.datetime, closes: dt.datetime, length: dt.timedelta, at: dt.datetime) -> list[Slot]:
    """Every second hour from `opens`, until a session of that length ends by `closes`; none too soon after `at`.

    In a window of less than a day every hour. Hours are those of London, day and night: whether somebody can be asked
    in then is a question of their duty.
    """
    first = max(opens, at + NOTICE)
    start = first.replace(minute=0, second=0, microsecond=0)
    start += HOUR if start < first else dt.timedelta(0)
    each, found = 1 if closes - opens < DAY else 2, []
    while start + length <= closes:
        here = clock.london(start)
        if not here.hour % each:
            found.append(Slot(start, start + length, here.date()))
        start += HOUR
    return found
