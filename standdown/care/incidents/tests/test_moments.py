"""Times as people say them, over both changes of the clocks (29 March and 25 October 2026)."""

from __future__ import annotations

import datetime as dt

import pytest

from standdown.care.incidents import moments
from standdown.foundation import clock


def utc(month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=dt.UTC)


def test_a_time_in_summer_is_an_hour_earlier_in_utc() -> None:
    assert moments.wall(dt.date(2026, 7, 1), dt.time(7)) == utc(7, 1, 6)


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    assert moments.wall(dt.date(2026, 10, 25), dt.time(1, 30)) == utc(10, 25, 0, 30)


def test_an_hour_that_is_skipped_is_refused() -> None:
    with pytest.raises(clock.NoSuchTime):
        moments.wall(dt.date(2026, 3, 29), dt.time(1, 30))


@pytest.mark.parametrize(
    ("time", "after", "found"),
    [
        (dt.time(7), utc(11, 23, 3), utc(11, 23, 7)),
        (dt.time(7), utc(11, 23, 7), utc(11, 24, 7)),
        (dt.time(2), utc(11, 23, 22), utc(11, 24, 2)),
        (dt.time(1, 30), utc(3, 28, 23), utc(3, 29, 1, 30)),  # skipped that night: an hour later by the clock
        (dt.time(7), utc(3, 28, 23), utc(3, 29, 6)),
    ],
)
def test_the_next_time_that_clocks_show_it(time: dt.time, after: dt.datetime, found: dt.datetime) -> None:
    assert moments.next_wall(time, after) == found
