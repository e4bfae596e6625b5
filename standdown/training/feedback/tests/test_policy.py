from __future__ import annotations

import datetime as dt

import pytest

from standdown.training.feedback import policy
from standdown.training.feedback.policy import Total

CLOSED = dt.datetime(2027, 1, 12, 17, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("state", "only_half", "followed", "completed"),
    [
        ("attended", "", "", True),
        ("part-attended", "", "", False),
        ("accepted", "", "", False),
        ("attended", "morning", "part-attended", True),
        ("attended", "morning", "attended", False),
        ("attended", "morning", "", False),
    ],
)
def test_two_halves_count_once(state: str, only_half: str, followed: str, completed: bool) -> None:
    assert policy.completed(state, only_half, followed) is completed


def test_feedback_is_open_for_thirty_days_after_the_register_closed() -> None:
    moment, day = dt.timedelta(microseconds=1), dt.timedelta(days=1)
    moments = [CLOSED - moment, CLOSED, CLOSED + 30 * day - moment, CLOSED + 30 * day]
    assert [policy.is_open(CLOSED, at) for at in moments] == [False, True, True, False]


def test_whether_it_was_used_is_asked_after_three_months_and_not_for_ever() -> None:
    trained = dt.date(2026, 11, 30)  # February has no 30th
    days = [dt.date(2027, 2, 27), dt.date(2027, 2, 28), dt.date(2027, 3, 30), dt.date(2027, 3, 31)]
    assert [policy.follow_up_due(trained, day) for day in days] == [False, True, True, False]


def test_small_answers_are_hidden_and_never_one_alone() -> None:
    answers = ["a"] * 12 + ["b"] * 33 + ["c"] * 2
    assert policy.totals(answers, "abc") == [Total("a", None), Total("b", 35), Total("c", None)]
    assert policy.totals(answers, "abcd") == [Total("a", 10), Total("b", 35), Total("c", None), Total("d", None)]
    assert policy.totals(["a"] * 10 + ["b"] * 10, "ab") == [Total("a", 10), Total("b", 10)]
    assert policy.totals(["a"], "a") == [Total("a", None)]


def test_consent_is_the_newest_of_numbered_texts_that_never_change() -> None:
    assert policy.CONSENT_VERSION == 1
    assert sorted(policy.CONSENT) == list(range(1, len(policy.CONSENT) + 1))
    assert "without my name, my role and my force" in policy.CONSENT[1]
