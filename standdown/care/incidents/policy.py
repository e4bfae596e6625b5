"""What an incident's facts may be, and when two of them are likely one. Plain Python; moments are aware."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

ALIKE_WITHIN = dt.timedelta(hours=2)  # same place and kind, ended so close together: perhaps one incident (R60)
JUST_NOW = dt.timedelta(minutes=5)  # clocks of phones and forces differ by so much


class Ended(StrEnum):
    """The quick answers to "When did it end?"."""

    NOW = "now"
    AN_HOUR = "an-hour"
    TWO_HOURS = "two-hours"
    OTHER = "other"


AGO: dict[Ended, dt.timedelta] = {
    Ended.NOW: dt.timedelta(0), Ended.AN_HOUR: dt.timedelta(hours=1), Ended.TWO_HOURS: dt.timedelta(hours=2),
}  # fmt: skip


class Problem(StrEnum):
    """What is wrong with the times of an incident."""

    IN_FUTURE = "in-future"
    ENDS_BEFORE_IT_STARTS = "ends-before-it-starts"


def problem(started_at: dt.datetime | None, ended_at: dt.datetime, at: dt.datetime) -> Problem | None:
    """What is wrong with when it was; None when nothing is. An incident that has not ended is not raised yet."""
    if ended_at > at + JUST_NOW:
        return Problem.IN_FUTURE
    if started_at is not None and started_at >= ended_at:
        return Problem.ENDS_BEFORE_IT_STARTS
    return None


def one_end(into: dt.datetime, started_at: dt.datetime | None, other: dt.datetime) -> dt.datetime:
    """The end (T0) of two incidents that turn out to be one: the earlier, so that nobody waits longer than promised.

    Unless the earlier lies before the start of the period that remains.
    """
    earlier = min(into, other)
    return into if started_at is not None and earlier <= started_at else earlier


def one_answer(into: str, other: str, worst: str) -> str:
    """What holds of two answers about one incident: the more careful one, else whichever was given."""
    return worst if worst in {into, other} else into or other
