"""Working hours: Monday to Friday, nine to five in London, and no bank holiday of the jurisdiction."""

import datetime as dt

import pytest

from standdown.foundation import working_time
from standdown.foundation.clock import LONDON, UTC

ENGLAND, SCOTLAND, JERSEY = "england-and-wales", "scotland", "jersey"


def london(text: str) -> dt.datetime:
    """A moment as clocks in London show it: "2026-12-24 14:00"."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("day", "where", "works"),
    [
        ("2026-11-23", ENGLAND, True),  # a Monday
        ("2026-11-21", ENGLAND, False),  # a Saturday
        ("2026-11-22", ENGLAND, False),  # a Sunday
        ("2026-04-03", ENGLAND, False),  # Good Friday
        ("2026-04-06", ENGLAND, False),  # Easter Monday
        ("2026-04-06", SCOTLAND, True),  # where it is no bank holiday
        ("2027-12-27", ENGLAND, False),  # Christmas Day fell on a Saturday
        ("2027-12-28", ENGLAND, False),  # and Boxing Day on a Sunday
        ("2027-12-29", ENGLAND, True),
        ("2026-12-28", ENGLAND, False),  # Boxing Day fell on a Saturday
        ("2026-01-02", SCOTLAND, False),
        ("2026-01-02", ENGLAND, True),
        ("2027-01-04", SCOTLAND, False),  # 2 January fell on a Saturday
        ("2028-05-09", JERSEY, False),  # Liberation Day
        ("2028-05-09", ENGLAND, True),
        ("2026-07-13", "northern-ireland", False),  # 12 July fell on a Sunday
        ("2026-07-06", "isle-of-man", False),  # Tynwald Day fell on a Sunday
        ("2028-05-09", "guernsey", False),
        ("2026-01-02", "great-britain", False),  # a force that works in several keeps the holidays of each
        ("2026-04-06", "great-britain", False),
        ("2026-03-17", "united-kingdom", False),
        ("2026-04-06", "atlantis", False),  # an unknown jurisdiction keeps those of England and Wales
    ],
)
def test_bank_holidays_are_those_of_the_jurisdiction(day: str, where: str, works: bool) -> None:
    assert working_time.is_working_day(dt.date.fromisoformat(day), where) is works


@pytest.mark.parametrize(
    ("moment", "hours", "where", "ends"),
    [
        ("2026-11-23 10:00", 4, ENGLAND, "2026-11-23 14:00"),
        ("2026-11-23 10:00", 16, ENGLAND, "2026-11-25 10:00"),
        ("2026-11-23 09:00", 8, ENGLAND, "2026-11-23 17:00"),  # a whole day ends with it, not with the next morning
        ("2026-11-23 17:00", 1, ENGLAND, "2026-11-24 10:00"),
        ("2026-11-23 03:00", 1, ENGLAND, "2026-11-23 10:00"),
        ("2026-11-20 16:00", 2, ENGLAND, "2026-11-23 10:00"),  # over a weekend
        ("2026-11-21 12:00", 1, ENGLAND, "2026-11-23 10:00"),
        ("2026-04-02 16:00", 2, ENGLAND, "2026-04-07 10:00"),  # over Easter
        ("2026-04-02 16:00", 2, SCOTLAND, "2026-04-06 10:00"),
        ("2027-12-24 16:00", 16, ENGLAND, "2027-12-30 16:00"),  # over Christmas and its two substitute days
        ("2025-12-31 16:00", 2, ENGLAND, "2026-01-02 10:00"),  # over a new year
        ("2025-12-31 16:00", 2, SCOTLAND, "2026-01-05 10:00"),
        ("2028-05-08 16:00", 2, JERSEY, "2028-05-10 10:00"),
    ],
)
def test_hours_pass_while_offices_are_open(moment: str, hours: int, where: str, ends: str) -> None:
    assert working_time.after(london(moment), hours, where) == london(ends)


@pytest.mark.parametrize(
    ("moment", "ends"),
    [
        ("2026-10-23 16:00", "2026-10-26 10:00"),  # the clocks go back in the night of 25 October
        ("2027-03-25 16:00", "2027-03-30 10:00"),  # Easter, and the clocks go forward in the night of 28 March
        ("2026-03-27 16:00", "2026-03-30 10:00"),
    ],
)
def test_a_night_in_which_the_clocks_change_takes_and_adds_nothing(moment: str, ends: str) -> None:
    assert working_time.after(london(moment), 2, ENGLAND) == london(ends)


def test_the_hour_that_comes_twice_counts_for_nothing_either_time() -> None:
    once, again = london("2026-10-25 01:30"), london("2026-10-25 01:30").replace(fold=1)
    assert once.astimezone(UTC) != again.astimezone(UTC)
    assert working_time.after(once, 1, ENGLAND) == working_time.after(again, 1, ENGLAND) == london("2026-10-26 10:00")


def test_the_end_is_told_in_utc() -> None:
    assert working_time.after(london("2026-07-01 10:00"), 1, ENGLAND).isoformat() == "2026-07-01T10:00:00+00:00"
