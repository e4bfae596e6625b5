import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standdown.foundation import clock

MARCH, OCTOBER = dt.date(2026, 3, 29), dt.date(2026, 10, 25)


@pytest.mark.parametrize(
    ("day", "time", "moment"),
    [
        (dt.date(2022, 8, 31), dt.time(9), dt.datetime(2022, 8, 31, 8, tzinfo=dt.UTC)),
        (dt.date(2022, 1, 31), dt.time(9), dt.datetime(2022, 1, 31, 9, tzinfo=dt.UTC)),
        (MARCH, dt.time(0, 59), dt.datetime(2026, 3, 29, 0, 59, tzinfo=dt.UTC)),
        (MARCH, dt.time(2), dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC)),
        (OCTOBER, dt.time(0, 59), dt.datetime(2026, 10, 24, 23, 59, tzinfo=dt.UTC)),
        (OCTOBER, dt.time(2), dt.datetime(2026, 10, 25, 2, tzinfo=dt.UTC)),
    ],
)
def test_a_wall_clock_time_is_one_moment(day: dt.date, time: dt.time, moment: dt.datetime) -> None:
    assert clock.from_wall(day, time) == moment


def test_the_hour_that_is_skipped_is_refused() -> None:
    with pytest.raises(clock.NoSuchTime):
        clock.from_wall(MARCH, dt.time(1, 30))


def test_the_hour_that_comes_twice_is_refused() -> None:
    with pytest.raises(clock.TwiceThatNight):
        clock.from_wall(OCTOBER, dt.time(1, 30))


@given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2036, 12, 31)))  # noqa: DTZ001 - a wall clock has no zone
def test_every_accepted_time_reads_the_same_on_a_clock_in_london(wall: dt.datetime) -> None:
    try:
        moment = clock.from_wall(wall.date(), wall.time())
    except (clock.NoSuchTime, clock.TwiceThatNight):
        assert wall.month in {3, 10}
        assert wall.hour == 1
    else:
        assert clock.london(moment).replace(tzinfo=None) == wall
        assert moment.tzinfo is dt.UTC


@pytest.mark.parametrize(("year", "month", "days"), [(2026, 2, 28), (2028, 2, 29), (2026, 12, 31)])
def test_a_month_runs_from_midnight_to_midnight_in_london(year: int, month: int, days: int) -> None:
    first, following = clock.month_bounds(year, month)
    assert clock.london(first).replace(tzinfo=None) == dt.datetime(year, month, 1)  # noqa: DTZ001
    assert (clock.london_day(following) - clock.london_day(first)).days == days


def test_march_is_an_hour_short_and_october_an_hour_long() -> None:
    for month, hours in ((3, 31 * 24 - 1), (10, 31 * 24 + 1)):
        first, following = clock.month_bounds(2026, month)
        assert following - first == dt.timedelta(hours=hours)


@pytest.mark.parametrize(("year", "month"), [(2026, 0), (2026, 13), (0, 1), (10000, 1)])
def test_a_month_that_does_not_exist_is_an_error(year: int, month: int) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the calendar's own words
        clock.month_bounds(year, month)


def test_a_naive_moment_has_no_place_on_a_clock() -> None:
    with pytest.raises(ValueError, match="zone"):
        clock.london(dt.datetime(2026, 1, 1))  # noqa: DTZ001
