from __future__ import annotations

import datetime as dt

import pytest

from standdown.reporting import policy

APRIL, MAY, SEPTEMBER = dt.date(2026, 4, 1), dt.date(2026, 5, 1), dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (dt.date(2026, 11, 1), SEPTEMBER),
        (dt.date(2026, 10, 31), dt.date(2026, 8, 1)),
        (dt.date(2026, 1, 1), dt.date(2025, 11, 1)),
        (dt.date(2026, 2, 28), dt.date(2025, 12, 1)),
    ],
)
def test_a_month_is_settled_when_one_whole_month_more_has_passed(day: dt.date, last: dt.date) -> None:
    assert policy.last_settled(day) == last


@pytest.mark.parametrize(
    ("month", "year"),
    [(APRIL, APRIL), (dt.date(2026, 3, 1), dt.date(2025, 4, 1)), (dt.date(2026, 12, 1), APRIL)],
)
def test_a_year_begins_in_april(month: dt.date, year: dt.date) -> None:
    assert policy.year_of(month) == year


def test_the_months_of_a_year_go_over_new_year() -> None:
    months = policy.months_until(dt.date(2026, 2, 1))
    assert (len(months), months[8], months[9]) == (11, dt.date(2025, 12, 1), dt.date(2026, 1, 1))


def test_a_year_has_twelve_months_until_march() -> None:
    assert policy.months_of(APRIL)[::11] == [APRIL, dt.date(2027, 3, 1)]


def test_the_whole_year_before_is_due_and_this_one_so_far() -> None:
    assert policy.due(dt.date(2026, 11, 28)) == [dt.date(2026, 3, 1), SEPTEMBER]


def test_one_month_has_no_total_beside_itself() -> None:
    assert len(policy.listed(APRIL)) == 25
    assert len(policy.listed(MAY)) == 75


def test_every_step_adds_up_to_the_same_people() -> None:
    numbers = {f"{step}|held": 20 for step in policy.STEPS} | {f"{step}|rest": 4 for step in policy.STEPS}
    counts = policy.counts({APRIL: numbers, MAY: {}}, [MAY])
    assert counts.numbers["2026-04|exposed"] == counts.numbers["2026-04..2026-05|exposed"] == 24
    assert counts.numbers["2026-04..2026-05|defuse|offered"] == 20
    with pytest.raises(ValueError, match="not the sum"):
        policy.counts({APRIL: {"defuse|held": 1}}, [APRIL])
