from __future__ import annotations

import datetime as dt

import pytest

from standdown.care.follow_up import policy

DUE = dt.date(2026, 12, 20)


@pytest.mark.parametrize(
    ("days", "snoozed", "sent", "owed"),
    [
        (-4, None, 0, False), (-3, None, 0, True), (-3, None, 1, False), (-1, None, 1, True), (0, None, 2, False),
        (-2, 0, 0, False), (0, 0, 0, True),
    ],
)  # fmt: skip
def test_two_mails_go_out_before_the_contact_is_due(days: int, snoozed: int | None, sent: int, owed: bool) -> None:
    until = None if snoozed is None else DUE + dt.timedelta(days=snoozed)
    assert policy.mails_owed(DUE, until, sent, None, DUE + dt.timedelta(days=days)) == owed


@pytest.mark.parametrize(("since", "owed"), [(0, False), (1, True)])
def test_nobody_is_asked_twice_in_a_day_even_when_the_contact_is_due(since: int, owed: bool) -> None:
    assert policy.mails_owed(DUE, None, 1, DUE, DUE + dt.timedelta(days=since)) == owed


@pytest.mark.parametrize(("tries", "closes"), [(2, False), (3, True), (4, True)])
def test_after_three_tries_it_ends_kindly(tries: int, closes: bool) -> None:
    assert policy.closes_kindly(tries, 3) == closes


@pytest.mark.parametrize(("days", "problem"), [(0, True), (1, False), (14, False), (15, True)])
def test_later_is_within_two_weeks(days: int, problem: bool) -> None:
    assert policy.snooze_problem(DUE + dt.timedelta(days=days), DUE) == problem


def test_a_close_can_be_undone_for_a_year() -> None:
    assert policy.may_reopen(DUE, 365, DUE + dt.timedelta(days=365))
    assert not policy.may_reopen(DUE, 365, DUE + dt.timedelta(days=366))


def test_the_offer_after_several_is_a_count() -> None:
    assert [policy.offers_talk(number, 3) for number in (2, 3, 4)] == [False, True, True]
