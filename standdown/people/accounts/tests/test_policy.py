from __future__ import annotations

import datetime as dt

import pytest

from standdown.people.accounts import policy
from standdown.people.accounts.policy import AccountState, DayProblem, ManagerProblem

TODAY = dt.date(2026, 11, 23)


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


@pytest.mark.parametrize(
    ("on", "after", "problem"),
    [
        (0, None, None),
        (-9, None, None),
        (1, None, DayProblem.AHEAD),
        (0, -1, None),
        (-1, -1, DayProblem.TOO_EARLY),
        (-2, -1, DayProblem.TOO_EARLY),
    ],
)
def test_a_change_holds_after_the_last_one_and_not_before_its_day(
    on: int, after: int | None, problem: DayProblem | None
) -> None:
    before = None if after is None else day(after)
    assert policy.day_problem(day(on), after=before, today=TODAY) == problem


def test_a_row_holds_for_a_day_at_least() -> None:
    assert policy.end_of(day(-5), day(0)) == day(0)
    assert policy.end_of(day(0), day(0)) == day(1)


@pytest.mark.parametrize(
    ("manager", "current", "above", "together", "problem"),
    [
        ("b", None, None, True, None),
        ("b", "c", "c", True, None),
        ("a", None, None, True, ManagerProblem.ONESELF),
        ("b", "b", None, True, ManagerProblem.THE_SAME),
        ("b", None, "a", True, ManagerProblem.CIRCLE),
        ("b", None, None, False, ManagerProblem.ELSEWHERE),
    ],
)
def test_who_may_be_a_line_manager(
    manager: str, current: str | None, above: str | None, together: bool, problem: ManagerProblem | None
) -> None:
    found = policy.manager_problem("a", manager, current=current, managers_manager=above, together=together)
    assert found == problem


def test_access_goes_through_its_states() -> None:
    states = [None, AccountState.INVITED, AccountState.ACTIVE, AccountState.LEFT, AccountState.SUSPENDED]
    assert [policy.may_be_invited(one) for one in states] == [True, True, True, True, False]
    assert [policy.invited_state(one).value for one in states[:4]] == ["invited", "invited", "active", "invited"]
    assert [one.value for one in AccountState if policy.may_be_suspended(one)] == ["invited", "active"]
    assert policy.restored_state(signed_in_before=True) is AccountState.ACTIVE
    assert policy.restored_state(signed_in_before=False) is AccountState.INVITED


def test_a_number_handed_on_is_noticed() -> None:
    known = ("Sam", "Hill", "sam@a.example")
    assert policy.somebody_else(known, ("Ann", "Wood", "ann@a.example"))
    assert not policy.somebody_else(known, ("Sam", "Wood", "wood@a.example"))
    assert not policy.somebody_else(known, ("Ann", "Wood", "SAM@a.example"))


def test_who_comes_back_is_known_by_name_or_address() -> None:
    known = ("Sam", "Hill", "")
    assert policy.came_back(known, ("Samuel", "HILL", ""))
    assert not policy.came_back(known, ("Ann", "Wood", ""))
    assert policy.came_back(("Sam", "Hill", "sam@a.example"), ("Sam", "Wood", "Sam@a.example"))


@pytest.mark.parametrize(
    ("words", "kind"),
    [("PC", "officer"), ("Police  Officer", "officer"), ("PCSO", "staff"), ("special-constable", "special"),
     ("Volunteer", "volunteer"), ("", None), ("dog", None)],
)  # fmt: skip
def test_kinds_are_understood_as_forces_write_them(words: str, kind: str | None) -> None:
    assert policy.kind_of(words) == kind


def test_languages_are_understood() -> None:
    assert [policy.language_of(one) for one in ("English", "Cymraeg", "fr")] == ["en", "cy", None]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2026-08-31", dt.date(2026, 8, 31)),
        ("31/08/2026", dt.date(2026, 8, 31)),
        ("31.8.2026", dt.date(2026, 8, 31)),
        ("31/08/26", None),
        ("31 August", None),
        ("2026-02-30", None),
        ("2026-٣-01", None),
        ("99999999999/1/1", None),
        ("9" * 5000 + "/1/1", None),
        ("", None),
    ],
)
def test_days_are_understood_or_refused(words: str, found: dt.date | None) -> None:
    assert policy.day_of(words) == found
