"""When a session may be booked, what an answer means, and what is owed after it. Plain Python; moments are aware."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

HOLDING_BACK = dt.timedelta(hours=12)  # before the start: without a defuser by then, those invited are told
ANSWER_UNTIL_START = dt.timedelta(0)
CHECK_OUT_WITHIN = dt.timedelta(hours=12)  # after the session (R91)
BUDDY_CALL_AFTER = dt.timedelta(hours=24)
TAKEN_OVER_WITHIN = dt.timedelta(minutes=30)  # an urgent handover
CAN_HOLD_BEFORE = dt.timedelta(minutes=15)  # the screen opens a little before the start


class Window(StrEnum):
    """Where a time lies in the programme's window, counted from T0 (S0: about three days after)."""

    EARLY = "early"
    GREEN = "green"
    AMBER = "amber"
    LATE = "late"


class No(StrEnum):
    """What speaks against booking a session."""

    PAST = "past"
    NOT_QUALIFIED = "not-qualified"
    EXPOSED = "exposed"
    ELSEWHERE = "elsewhere"
    BLOCKED = "blocked"
    REASON = "reason"
    NOT_OPEN = "not-open"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Hours:
    """A programme's window in hours after T0."""

    green_from: int
    green_until: int
    amber_until: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A booking that somebody asks for, as far as the rules must know it."""

    starts_at: dt.datetime
    is_open: bool  # the session is planned, asked for, accepted or booked
    has_defuser: bool
    qualified: bool  # the defuser, on that day
    exposed: bool  # the defuser, in this incident
    elsewhere: bool  # the defuser, in another session at that time
    blocked: bool  # it is a group, and a guard stops groups
    reason_given: bool  # why it lies outside the window


def window(t0: dt.datetime, starts_at: dt.datetime, hours: Hours) -> Window:
    """Where the start lies. Hours are hours, over a change of the clocks too."""
    after = (starts_at - t0) / dt.timedelta(hours=1)
    if after < hours.green_from:
        return Window.EARLY
    if after <= hours.green_until:
        return Window.GREEN
    return Window.AMBER if after <= hours.amber_until else Window.LATE


def why_not(wanted: Wanted, where: Window, at: dt.datetime) -> list[No]:
    """Every rule that speaks against the booking. Outside the green window a reason code is asked for (R90)."""
    bars = {
        No.NOT_OPEN: not wanted.is_open,
        No.PAST: wanted.starts_at <= at,
        No.NOBODY: not wanted.has_defuser,
        No.NOT_QUALIFIED: wanted.has_defuser and not wanted.qualified,
        No.EXPOSED: wanted.exposed,
        No.ELSEWHERE: wanted.elsewhere,
        No.BLOCKED: wanted.blocked,
        No.REASON: where is not Window.GREEN and not wanted.reason_given,
    }
    return [bar for bar, holds in bars.items() if holds]


class Then(StrEnum):
    """What an answer does to the person's part in the session."""

    STAYS = "stays"
    LEAVES = "leaves"  # for this session, and a session is owed still
    DONE = "done"  # their own choice: nothing more is owed but the contacts


THEN: dict[str, Then] = {
    "accepted": Then.STAYS, "not-now": Then.LEAVES, "declined": Then.DONE, "one-to-one": Then.LEAVES,
    "somebody-else": Then.LEAVES,
}  # fmt: skip


def may_answer(*, booked: bool, starts_at: dt.datetime | None, at: dt.datetime) -> bool:
    """True until the session begins: people may change their mind as often as they like."""
    return booked and starts_at is not None and at < starts_at


def may_hold(*, booked: bool, starts_at: dt.datetime | None, at: dt.datetime) -> bool:
    """True once the session is about to begin."""
    return booked and starts_at is not None and at >= starts_at - CAN_HOLD_BEFORE


def overlaps(one: tuple[dt.datetime, dt.datetime], other: tuple[dt.datetime, dt.datetime]) -> bool:
    """True when the two spans share a moment."""
    return one[0] < other[1] and other[0] < one[1]
