"""What comes after what for one exposed person. Plain Python; moments are aware."""

from __future__ import annotations

import datetime as dt

from standdown.care.programme.policy import NextStep

UNKNOWN_DUTY_END = dt.timedelta(hours=4)  # after T0, where nobody said when the person goes off duty
LEAST_TIME = dt.timedelta(minutes=30)  # to see to somebody who goes off duty at once
DEFUSED = frozenset({NextStep.DEFUSE_GROUP, NextStep.DEFUSE_ONE})


def demobilise_by(t0: dt.datetime, duty_end: dt.datetime | None, at: dt.datetime) -> dt.datetime:
    """By when the talk is due: the end of duty (S0), or four hours after T0 where it is unknown."""
    return max(duty_end or t0 + UNKNOWN_DUTY_END, at + LEAST_TIME)


def begins_with_talk(*, has_demobilise: bool, is_event: bool, duty_end: dt.datetime | None, at: dt.datetime) -> bool:
    """True when there is still a talk before off duty to be had: after one event, and not when duty is long over."""
    return has_demobilise and is_event and (duty_end is None or duty_end > at)


def hours_after(t0: dt.datetime, hours: int) -> dt.datetime:
    """The moment so many hours after T0. Hours are hours, also over a change of the clocks."""
    return t0 + dt.timedelta(hours=hours)
