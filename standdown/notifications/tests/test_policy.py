from __future__ import annotations

import datetime as dt

import pytest

from standdown.notifications import policy
from standdown.notifications.policy import QUIET_HOURS, Quiet

DAYTIME: Quiet = (dt.time(9), dt.time(17))  # of somebody who works nights


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("at", "quiet", "end"),
    [
        ("2026-11-23 20:59", QUIET_HOURS, None),
        ("2026-11-23 21:00", QUIET_HOURS, "2026-11-24 07:00"),
        ("2026-11-24 00:30", QUIET_HOURS, "2026-11-24 07:00"),
        ("2026-11-24 06:59", QUIET_HOURS, "2026-11-24 07:00"),
        ("2026-11-24 07:00", QUIET_HOURS, None),
        ("2026-07-01 20:00", QUIET_HOURS, "2026-07-02 06:00"),  # British Summer Time
        ("2026-07-01 19:59", QUIET_HOURS, None),
        ("2026-10-24 20:30", QUIET_HOURS, "2026-10-25 07:00"),  # an hour longer: the clocks go back
        ("2027-03-27 21:30", QUIET_HOURS, "2027-03-28 06:00"),  # an hour shorter
        ("2026-11-23 09:00", DAYTIME, "2026-11-23 17:00"),
        ("2026-11-23 17:00", DAYTIME, None),
        ("2026-11-23 08:59", DAYTIME, None),
        ("2026-11-23 23:00", None, None),
        ("2026-11-23 23:00", (dt.time(22), dt.time(22)), None),
    ],
)
def test_when_quiet_hours_are_over(at: str, quiet: Quiet | None, end: str | None) -> None:
    assert policy.end_of_quiet(quiet, utc(at)) == (utc(end) if end else None)


@pytest.mark.parametrize(
    ("wanted_by", "goes_out"),
    [
        (None, "2026-11-24 07:00"),
        ("2026-11-24 07:01", "2026-11-24 07:00"),
        ("2026-11-24 07:00", "2026-11-23 22:00"),
        ("2026-11-23 23:00", "2026-11-23 22:00"),
    ],
)
def test_quiet_hours_give_way_to_what_would_come_too_late(wanted_by: str | None, goes_out: str) -> None:
    at = utc("2026-11-23 22:00")
    assert policy.due(at, QUIET_HOURS, utc(wanted_by) if wanted_by else None) == utc(goes_out)


def test_by_day_everything_goes_out_at_once() -> None:
    at = utc("2026-11-23 12:00")
    assert policy.due(at, QUIET_HOURS, None) == at


def test_tries_come_further_and_further_apart_and_end() -> None:
    waits = [policy.wait_after(attempts) for attempts in range(1, policy.MOST_ATTEMPTS + 1)]
    assert waits[:5] == [dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60)]
    assert set(waits[5:-1]) == {dt.timedelta(hours=1)}
    assert waits[-1] is None
