from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standdown.care.clocks import policy
from standdown.care.clocks.policy import Call, Colour, Link, Round
from standdown.care.programme.policy import StepKind

LONDON = ZoneInfo("Europe/London")
DUE = dt.datetime(2026, 11, 23, 18, 0, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
CHAIN = [Link(-60, "owner"), Link(0, "owner"), Link(60, "duty-inspector"), Link(720, "coordinator")]
EVERYBODY = {"owner": ["Olga"], "duty-inspector": ["Ines"], "coordinator": ["Carl", "Cleo"]}
MOMENTS = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2031, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001


def round_at(at: dt.datetime, level: int = 0, holds: dict[str, list[str]] = EVERYBODY) -> Round[str]:
    return policy.go_on(CHAIN, level, DUE, at, lambda told: holds.get(told, []))


def test_each_link_is_told_in_its_time() -> None:
    first = round_at(DUE - HOUR)
    assert first == Round((Call(0, "owner", ("Olga",)),), 1, DUE)
    assert round_at(DUE, 1) == Round((Call(1, "owner", ("Olga",)),), 2, DUE + HOUR)
    assert round_at(DUE + HOUR, 2) == Round((Call(2, "duty-inspector", ("Ines",)),), 3, DUE + 12 * HOUR)
    assert round_at(DUE + 12 * HOUR, 3) == Round((Call(3, "coordinator", ("Carl", "Cleo")),), 4, None)


def test_after_a_day_without_a_worker_everybody_hears_of_it_once() -> None:
    late = round_at(DUE + DAY)
    assert [call.level for call in late.calls] == [0, 1, 2, 3]
    assert (late.level, late.next_at) == (4, None)


def test_where_nobody_holds_a_link_the_next_is_told_at_once() -> None:
    found = round_at(DUE - HOUR, holds={"duty-inspector": ["Ines"], "coordinator": ["Carl"]})
    assert found.calls == (Call(0, "owner", ()), Call(1, "owner", ()), Call(2, "duty-inspector", ("Ines",)))
    assert (found.level, found.next_at) == (3, DUE + 12 * HOUR)


def test_where_nobody_is_left_the_last_link_is_asked_again_and_again() -> None:
    at = DUE - HOUR
    first = round_at(at, holds={})
    assert ([call.people for call in first.calls], first.level, first.next_at) == ([()] * 4, 3, at + HOUR)
    again = round_at(at + HOUR, 3, holds={})
    assert (again.calls, again.level, again.next_at) == ((Call(3, "coordinator", ()),), 3, at + 2 * HOUR)
    assert round_at(at + 2 * HOUR, 3) == Round((Call(3, "coordinator", ("Carl", "Cleo")),), 4, None)


def test_a_step_without_a_chain_tells_nobody() -> None:
    assert policy.go_on([], 0, DUE, DUE, lambda _told: ["Olga"]) == Round((), 0, None)


@given(MOMENTS, st.integers(0, 3), st.sets(st.sampled_from(sorted(EVERYBODY))))
def test_no_level_is_passed_over_and_none_comes_twice(at: dt.datetime, level: int, present: set[str]) -> None:
    holds = {told: EVERYBODY[told] for told in present}
    found = round_at(at, level, holds)
    levels = [call.level for call in found.calls]
    assert levels == list(range(level, level + len(levels)))
    assert found.next_at is None or found.next_at > at
    assert found.next_at is not None or found.calls[-1].people


@pytest.mark.parametrize(
    ("kind", "after_due", "wakes"),
    [
        (StepKind.URGENT_HANDOVER, 30 * DAY, True),
        (StepKind.DEMOBILISE, -HOUR, True),
        (StepKind.DEMOBILISE, HOUR - MINUTE, True),
        (StepKind.DEMOBILISE, HOUR, False),
        (StepKind.BOOK, -HOUR, False),
        (StepKind.CONTACT_MONTH, dt.timedelta(0), False),
    ],
)
def test_only_what_cannot_wait_wakes(kind: StepKind, after_due: dt.timedelta, wakes: bool) -> None:
    assert policy.wakes(kind.value, DUE, DUE + after_due) is wakes


def test_a_link_means_posts_or_a_person() -> None:
    assert policy.posts("coordinator") == ("estip-coordinator", "estip-lead")
    assert policy.posts("estip-lead") == ("estip-lead",)
    assert policy.posts("occupational-health") == ("occupational-health",)
    assert policy.posts("owner") == ()


@pytest.mark.parametrize(
    ("closed", "at", "late"),
    [
        (None, DUE, False),
        (None, DUE + MINUTE, True),
        (DUE, DUE + DAY, False),
        (DUE + MINUTE, DUE + DAY, True),
        (DUE - MINUTE, DUE + DAY, False),
    ],
)
def test_late_stays_late(closed: dt.datetime | None, at: dt.datetime, late: bool) -> None:
    assert policy.is_late(DUE, closed, at) is late


@pytest.mark.parametrize(
    ("kind", "after_due", "colour"),
    [
        ("book", -13 * HOUR, Colour.GREEN),
        ("book", -12 * HOUR + MINUTE, Colour.AMBER),
        ("book", dt.timedelta(0), Colour.AMBER),
        ("book", MINUTE, Colour.RED),
        ("hold", dt.timedelta(0), Colour.GREEN),
        ("hold", MINUTE, Colour.AMBER),
        ("hold", 72 * HOUR, Colour.AMBER),
        ("hold", 72 * HOUR + MINUTE, Colour.RED),
    ],
)
def test_a_step_is_green_then_amber_then_red(kind: str, after_due: dt.timedelta, colour: Colour) -> None:
    assert policy.colour(kind, DUE, DUE + after_due, amber_hours=72) == colour


def test_every_kind_of_step_says_when_it_turns_amber() -> None:
    assert set(policy.AMBER) == set(StepKind)


@given(MOMENTS, st.integers(0, 400))
def test_hours_are_hours_over_every_change_of_the_clocks(t0: dt.datetime, hours: int) -> None:
    moment = policy.hours_after(t0.astimezone(LONDON).astimezone(dt.UTC), hours)
    assert (moment - t0).total_seconds() == hours * 3600


@given(MOMENTS, st.integers(0, 400))
def test_days_are_days_of_the_calendar_in_london(t0: dt.datetime, days: int) -> None:
    day = policy.day_after(t0, days)
    assert (day - t0.astimezone(LONDON).date()).days == days
    last = (policy.end_of(day) - dt.timedelta(microseconds=1)).astimezone(LONDON)
    first_of_next = policy.end_of(day).astimezone(LONDON)
    assert (last.date(), first_of_next.date(), first_of_next.time()) == (day, day + DAY, dt.time(0))


@pytest.mark.parametrize(
    ("t0", "hours", "wall"),
    [
        # 29 March 2026, forward at 1:00; 25 October 2026, back at 2:00
        (dt.datetime(2026, 3, 28, 12, 0), 72, dt.datetime(2026, 3, 31, 13, 0)),  # noqa: DTZ001
        (dt.datetime(2026, 10, 24, 12, 0), 72, dt.datetime(2026, 10, 27, 11, 0)),  # noqa: DTZ001
        (dt.datetime(2026, 10, 25, 1, 30), 1, dt.datetime(2026, 10, 25, 1, 30)),  # noqa: DTZ001
    ],
)
def test_the_wall_clock_shifts_and_the_hours_do_not(t0: dt.datetime, hours: int, wall: dt.datetime) -> None:
    due = policy.hours_after(t0.replace(tzinfo=LONDON).astimezone(dt.UTC), hours)
    assert due.astimezone(LONDON).replace(tzinfo=None, fold=0) == wall


@pytest.mark.parametrize(
    ("day", "hours"), [(dt.date(2026, 3, 29), 23), (dt.date(2026, 10, 25), 25), (dt.date(2026, 6, 1), 24)]
)
def test_a_day_has_as_many_hours_as_it_has(day: dt.date, hours: int) -> None:
    assert policy.end_of(day) - policy.end_of(day - DAY) == hours * HOUR
