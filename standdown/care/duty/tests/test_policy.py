"""Duties, nights and rest, in plain Python; each table by hand, on London's clock."""

from __future__ import annotations

import datetime as dt

import pytest

from standdown.care.duty import policy
from standdown.care.duty.policy import Duty, Pattern, Shift, Source, Span

H = dt.timedelta(hours=1)
# Two early shifts, two late, two nights, four rest days: the rhythm of a response team.
SIX_ON_FOUR_OFF = tuple(
    Shift(day, dt.time(hour), 9 * 60) for day, hour in ((0, 7), (1, 7), (2, 15), (3, 15), (4, 22), (5, 22))
)
MONDAY = dt.date(2026, 11, 23)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A moment of November 2026, when London keeps UTC."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=dt.UTC)


def span(day: int, hour: int, until_day: int, until_hour: int) -> Span:
    """From one moment of November 2026 until another."""
    return Span(at(day, hour), at(until_day, until_hour))


def pattern(**facts: object) -> Pattern:
    """The rhythm above, from the Monday on."""
    made = {"anchor": MONDAY, "days": 10, "since": MONDAY, "until": None, "shifts": SIX_ON_FOUR_OFF, **facts}
    return Pattern(**made)  # type: ignore[arg-type]


# -- London's clock ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wall", "late", "utc"),
    [
        ("2026-07-01T09:00", False, dt.datetime(2026, 7, 1, 8, tzinfo=dt.UTC)),
        ("2026-12-01T09:00", False, dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)),
        ("2026-03-29T01:30", False, dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC)),  # skipped
        ("2026-10-25T01:30", False, dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)),  # twice
        ("2026-10-25T01:30", True, dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)),
    ],
)
def test_a_wall_clock_time_is_one_moment(wall: str, late: bool, utc: dt.datetime) -> None:
    assert policy.at_wall(dt.datetime.fromisoformat(wall), late=late) == utc


def test_a_day_in_summer_begins_an_hour_before_utc_does() -> None:
    assert policy.midnight(dt.date(2026, 7, 1)) == dt.datetime(2026, 6, 30, 23, tzinfo=dt.UTC)
    assert policy.day_of(dt.datetime(2026, 6, 30, 23, tzinfo=dt.UTC)) == dt.date(2026, 7, 1)


def test_the_days_of_a_span_do_not_reach_past_its_last_midnight() -> None:
    assert list(policy.days_of(span(23, 22, 25, 0))) == [dt.date(2026, 11, 23), dt.date(2026, 11, 24)]


# -- spans ------------------------------------------------------------------------------------------------------------


def test_spans_that_touch_or_overlap_become_one() -> None:
    made = policy.merged([span(24, 9, 24, 12), span(23, 7, 23, 16), span(23, 16, 23, 18), span(24, 10, 24, 11)])
    assert made == (span(23, 7, 23, 18), span(24, 9, 24, 12))


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ((), (span(23, 7, 23, 16),)),
        ((span(23, 9, 23, 10),), (span(23, 7, 23, 9), span(23, 10, 23, 16))),
        ((span(23, 6, 23, 9),), (span(23, 9, 23, 16),)),
        ((span(23, 15, 23, 18),), (span(23, 7, 23, 15),)),
        ((span(23, 7, 23, 16),), ()),
        ((span(22, 7, 22, 16), span(24, 7, 24, 16)), (span(23, 7, 23, 16),)),
        ((span(23, 8, 23, 9), span(23, 12, 23, 13)), (span(23, 7, 23, 8), span(23, 9, 23, 12), span(23, 13, 23, 16))),
    ],
)
def test_what_is_taken_out_of_a_span_is_gone(taken: tuple[Span, ...], left: tuple[Span, ...]) -> None:
    assert policy.without([span(23, 7, 23, 16)], taken) == left


@pytest.mark.parametrize(("hour", "found"), [(6, False), (7, True), (15, True), (16, False)])
def test_a_span_holds_its_beginning_and_not_its_end(hour: int, found: bool) -> None:
    assert (policy.holding((span(23, 7, 23, 16),), at(23, hour)) is not None) == found


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (span(23, 5, 23, 7), False), (span(23, 5, 23, 8), True), (span(23, 9, 23, 10), True),
        (span(23, 15, 23, 17), True), (span(23, 16, 23, 17), False),
    ],
)  # fmt: skip
def test_spans_that_only_meet_share_no_time(other: Span, found: bool) -> None:
    assert policy.touching((span(23, 7, 23, 16),), other) == found


# -- one person -------------------------------------------------------------------------------------------------------

EARLY = Duty(Source.FILE, (span(23, 7, 23, 16),), (span(23, 10, 23, 12),), (span(23, 0, 25, 0),))


def test_free_is_on_duty_and_not_away() -> None:
    assert policy.free(EARLY) == (span(23, 7, 23, 10), span(23, 12, 23, 16))


@pytest.mark.parametrize(
    ("moment", "answer"),
    [(at(23, 8), True), (at(23, 11), False), (at(23, 20), False), (at(25, 8), None), (at(22, 8), None)],
)
def test_on_duty_is_said_only_where_it_is_known(moment: dt.datetime, answer: bool | None) -> None:
    assert policy.on_duty_at(EARLY, moment) is answer


@pytest.mark.parametrize(("t0", "ends"), [(at(23, 15, 30), at(23, 16)), (at(23, 17), None), (at(26, 12), None)])
def test_off_duty_after_t0_is_the_end_of_that_duty(t0: dt.datetime, ends: dt.datetime | None) -> None:
    assert policy.off_duty_after(EARLY, t0) == ends


@pytest.mark.parametrize(
    ("duty", "night"),
    [
        (span(23, 22, 24, 7), True), (span(23, 7, 23, 16), False), (span(23, 15, 24, 0), False),
        (span(23, 17, 24, 2), True), (span(23, 17, 24, 1), False), (span(23, 3, 23, 12), True),
    ],
)  # fmt: skip
def test_a_night_has_three_hours_between_23_and_6(duty: Span, night: bool) -> None:
    assert policy.is_night(duty) == night


def test_eleven_hours_after_a_night_are_for_sleep_unless_a_duty_comes_sooner() -> None:
    nights = Duty(Source.FILE, (span(23, 22, 24, 7), span(24, 16, 24, 20)), (), ())
    assert policy.after_nights(nights) == (span(24, 7, 24, 16),)


@pytest.mark.parametrize(
    ("sitting", "rested"),
    [
        (span(24, 8, 24, 9), False), (span(24, 18, 24, 19), True), (span(23, 17, 23, 18), True),
        (span(23, 18, 23, 19), False), (span(23, 23, 24, 0), True),
    ],
)  # fmt: skip
def test_rested_is_neither_just_after_a_night_nor_just_before(sitting: Span, rested: bool) -> None:
    night = Duty(Source.FILE, (span(23, 22, 24, 7),), (), (span(22, 0, 26, 0),))
    assert policy.rested(night, sitting) == rested


def test_a_rest_day_is_a_known_day_on_which_no_duty_begins() -> None:
    night = Duty(Source.FILE, (span(23, 22, 24, 7),), (), (span(22, 0, 25, 0),))
    assert policy.rest_days(night) == (span(22, 0, 23, 0), span(24, 7, 25, 0))
    assert policy.rest_days(policy.UNKNOWN) == ()


def test_off_hours_are_the_evening_and_the_early_morning_off_duty() -> None:
    night = Duty(Source.FILE, (span(23, 22, 24, 7),), (), ())
    within = span(23, 12, 24, 12)
    assert policy.off_hours(night, within) == (
        span(22, 20, 23, 8), span(23, 20, 23, 22), span(24, 7, 24, 8), span(24, 20, 25, 8),
    )  # fmt: skip


# -- shift patterns ---------------------------------------------------------------------------------------------------


def test_a_pattern_goes_round_and_round_from_its_anchor() -> None:
    found = policy.shifts_between(pattern(), dt.date(2026, 11, 27), dt.date(2026, 12, 5))
    assert [(policy.day_of(one.starts).day, one.starts.hour, one.ends - one.starts) for one in found] == [
        (27, 22, 9 * H), (28, 22, 9 * H), (3, 7, 9 * H), (4, 7, 9 * H),
    ]  # fmt: skip


def test_a_pattern_holds_from_its_day_until_its_day() -> None:
    short = pattern(since=dt.date(2026, 11, 24), until=dt.date(2026, 11, 26))
    found = policy.shifts_between(short, MONDAY, dt.date(2026, 12, 31))
    assert [policy.day_of(one.starts).day for one in found] == [24, 25]


@pytest.mark.parametrize(
    ("night", "hours"), [(dt.date(2026, 3, 28), 8), (dt.date(2026, 10, 24), 10), (dt.date(2026, 11, 24), 9)]
)
def test_a_night_over_a_change_of_the_clocks_is_an_hour_shorter_or_longer(night: dt.date, hours: int) -> None:
    nights = Pattern(night, 1, night, None, (Shift(0, dt.time(22), 9 * 60),))
    (found,) = policy.shifts_between(nights, night, night + policy.DAY)
    assert found.ends - found.starts == hours * H
    assert found.ends.astimezone(policy.LONDON).time() == dt.time(7)


# -- file, then pattern, then nothing ---------------------------------------------------------------------------------

WINDOW = span(24, 0, 27, 0)


def test_without_file_or_pattern_nothing_is_known() -> None:
    assert policy.put_together((), (), (), WINDOW) == policy.UNKNOWN


def test_a_pattern_tells_duty_and_the_days_that_it_holds() -> None:
    made = policy.put_together((), (), [pattern(until=dt.date(2026, 11, 26))], WINDOW)
    assert made.source is Source.PATTERN
    assert made.on == (span(23, 7, 23, 16), span(24, 7, 24, 16), span(25, 15, 26, 0))
    assert made.known == (span(23, 0, 26, 0),)


def test_the_file_speaks_first_and_the_pattern_for_the_days_that_it_does_not_cover() -> None:
    filed = [(True, span(24, 9, 24, 17)), (False, span(25, 0, 26, 0))]
    made = policy.put_together(filed, [span(24, 0, 26, 0)], [pattern()], WINDOW)
    assert made.source is Source.FILE
    assert made.on == (span(23, 7, 23, 16), span(24, 9, 24, 17), span(26, 15, 27, 0), span(27, 22, 28, 7))
    assert made.away == (span(25, 0, 26, 0),)
    assert made.known == (span(23, 0, 28, 0),)


def test_a_pattern_that_is_over_before_the_window_says_nothing() -> None:
    old = pattern(since=dt.date(2026, 1, 1), until=dt.date(2026, 2, 1))
    assert policy.put_together((), (), [old], WINDOW) == policy.UNKNOWN


# -- many moments at once ---------------------------------------------------------------------------------------------


def test_bits_say_the_same_as_asking_one_sitting_at_a_time() -> None:
    starts = [at(23, 6) + H / 2 * number for number in range(60)]
    spans = (span(23, 7, 23, 16), span(23, 22, 24, 7))
    inside, meeting = policy.inside(spans, starts, H), policy.meeting(spans, starts, H)
    for index, start in enumerate(starts):
        sitting = Span(start, start + H)
        wholly = any(one.starts <= sitting.starts and sitting.ends <= one.ends for one in spans)
        assert bool(inside >> index & 1) == wholly
        assert bool(meeting >> index & 1) == policy.touching(spans, sitting)


def test_a_span_shorter_than_a_sitting_holds_none() -> None:
    assert policy.inside([span(23, 7, 23, 8)], [at(23, 6), at(23, 7), at(23, 8)], 2 * H) == 0
    assert policy.meeting([span(22, 7, 22, 8)], [at(23, 6)], H) == 0
