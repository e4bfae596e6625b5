from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from standdown.care.defusing import policy
from standdown.care.defusing.policy import Hours, No, Wanted, Window
from standdown.foundation import clock

T0 = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
HOURS = Hours(48, 96, 168)
AT = T0 + dt.timedelta(hours=20)
GOOD = Wanted(
    starts_at=T0 + dt.timedelta(hours=72), is_open=True, has_defuser=True, qualified=True, exposed=False,
    elsewhere=False, blocked=False, reason_given=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("hours", "where"),
    [
        (47.9, Window.EARLY), (48, Window.GREEN), (72, Window.GREEN), (96, Window.GREEN), (96.1, Window.AMBER),
        (168, Window.AMBER), (168.1, Window.LATE),
    ],
)  # fmt: skip
def test_the_window_is_counted_from_the_end_of_the_incident(hours: float, where: Window) -> None:
    assert policy.window(T0, T0 + dt.timedelta(hours=hours), HOURS) == where


def test_hours_are_hours_when_the_clocks_change() -> None:
    t0 = clock.from_wall(dt.date(2026, 10, 23), dt.time(12))  # the clocks go back on the 25th
    on_the_wall = clock.from_wall(dt.date(2026, 10, 27), dt.time(12))
    assert policy.window(t0, on_the_wall, HOURS) == Window.AMBER  # 97 hours after, although the wall says four days
    assert policy.window(t0, on_the_wall - dt.timedelta(hours=1), HOURS) == Window.GREEN


@pytest.mark.parametrize(
    ("changed", "bars"),
    [
        ({}, []),
        ({"is_open": False}, [No.NOT_OPEN]),
        ({"starts_at": AT}, [No.PAST, No.REASON]),
        ({"has_defuser": False, "qualified": False}, [No.NOBODY]),
        ({"qualified": False}, [No.NOT_QUALIFIED]),
        ({"exposed": True}, [No.EXPOSED]),
        ({"elsewhere": True}, [No.ELSEWHERE]),
        ({"blocked": True}, [No.BLOCKED]),
        ({"starts_at": T0 + dt.timedelta(hours=120)}, [No.REASON]),
        ({"starts_at": T0 + dt.timedelta(hours=120), "reason_given": True}, []),
    ],
)
def test_every_rule_that_speaks_against_a_booking_is_said(changed: dict[str, object], bars: list[No]) -> None:
    wanted = replace(GOOD, **changed)  # type: ignore[arg-type]
    assert policy.why_not(wanted, policy.window(T0, wanted.starts_at, HOURS), AT) == bars


@pytest.mark.parametrize(
    ("booked", "starts_at", "answer", "hold"),
    [
        (True, AT + dt.timedelta(minutes=1), True, True),
        (True, AT + dt.timedelta(minutes=16), True, False),
        (True, AT, False, True),
        (False, AT + dt.timedelta(hours=1), False, False),
        (True, None, False, False),
    ],
)
def test_people_answer_until_it_begins_and_it_is_recorded_from_then_on(
    booked: bool, starts_at: dt.datetime | None, answer: bool, hold: bool
) -> None:
    assert policy.may_answer(booked=booked, starts_at=starts_at, at=AT) == answer
    assert policy.may_hold(booked=booked, starts_at=starts_at, at=AT) == hold


def test_spans_that_only_touch_do_not_overlap() -> None:
    hour = dt.timedelta(hours=1)
    assert not policy.overlaps((T0, T0 + hour), (T0 + hour, T0 + 2 * hour))
    assert policy.overlaps((T0, T0 + 2 * hour), (T0 + hour, T0 + 3 * hour))
