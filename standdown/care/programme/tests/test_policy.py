from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db.models import PositiveSmallIntegerField
from hypothesis import given
from hypothesis import strategies as st

from standdown.care.programme import policy, shipped
from standdown.care.programme.models import CODE, Programme
from standdown.care.programme.policy import Disorder, Family, Lack, State, StepKind

TODAY = dt.date(2026, 11, 28)
DAY = dt.timedelta(days=1)
START: dict[str, int] = {
    field.name: field.get_default() for field in Programme._meta.fields if field.name in policy.BOUNDS
}


@pytest.mark.parametrize(
    ("ships", "first_day", "published", "holds", "state"),
    [
        (False, None, False, False, State.DRAFT),
        (False, None, True, False, State.DRAFT),
        (False, TODAY, False, False, State.DRAFT),
        (False, TODAY + DAY, True, False, State.SCHEDULED),
        (False, TODAY, True, True, State.HOLDS),
        (True, TODAY, True, True, State.HOLDS),
        (True, TODAY, True, False, State.SHIPS),
        (False, TODAY - DAY, True, False, State.OVER),
    ],
)
def test_a_version_stands_somewhere(
    ships: bool, first_day: dt.date | None, published: bool, holds: bool, state: State
) -> None:
    assert policy.state(ships=ships, first_day=first_day, published=published, holds=holds, today=TODAY) == state


def test_every_figure_of_a_version_has_its_bounds() -> None:
    numbers = {field.name for field in Programme._meta.fields if isinstance(field, PositiveSmallIntegerField)}
    assert set(policy.BOUNDS) == numbers - {"number"}


@pytest.mark.parametrize("family", Family)
def test_what_ships_is_within_bounds_and_in_order(family: Family) -> None:
    figures = {**START, **shipped.FIGURES[family]}
    assert (policy.out_of_bounds(figures), policy.disorders(figures, family.value)) == ([], [])


@pytest.mark.parametrize("name", policy.BOUNDS)
def test_a_figure_outside_its_bounds_is_named(name: str) -> None:
    least, most = policy.BOUNDS[name]
    assert policy.out_of_bounds({**START, name: least - 1}) == [name]
    assert policy.out_of_bounds({**START, name: most + 1}) == [name]
    assert policy.out_of_bounds({**START, name: least}) == policy.out_of_bounds({**START, name: most}) == []


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"defuse_green_from_hours": 96}, [("defuse_green_until_hours", Disorder.GREEN_ENDS_FIRST),
                                           ("defuse_target_hours", Disorder.TARGET_OUTSIDE)]),
        ({"defuse_target_hours": 97}, [("defuse_target_hours", Disorder.TARGET_OUTSIDE)]),
        ({"defuse_target_hours": 47}, [("defuse_target_hours", Disorder.TARGET_OUTSIDE)]),
        ({"defuse_target_hours": 96, "defuse_amber_until_hours": 96}, []),
        ({"defuse_amber_until_hours": 95}, [("defuse_amber_until_hours", Disorder.AMBER_ENDS_FIRST)]),
        ({"book_hours": 96}, [("book_hours", Disorder.BOOKED_TOO_LATE)]),
        ({"list_hours": 97}, [("list_hours", Disorder.LIST_TOO_LATE)]),
        ({"group_least": 7}, [("group_typical_from", Disorder.TYPICAL_BELOW_LEAST)]),
        ({"group_typical_from": 9}, [("group_typical_to", Disorder.TYPICAL_BACKWARDS)]),
        ({"group_most": 7}, [("group_most", Disorder.MOST_BELOW_TYPICAL)]),
        ({"group_most": 11}, [("group_most", Disorder.MOST_TOO_MANY)]),
        ({"contact_month_days": 14}, [("contact_month_days", Disorder.CONTACTS_BACKWARDS)]),
        ({"contact_three_months_days": 31}, [("contact_month_days", Disorder.CONTACTS_BACKWARDS)]),
    ],
)  # fmt: skip
def test_figures_that_do_not_fit_together_are_named(changed: dict[str, int], wrong: list[tuple[str, Disorder]]) -> None:
    assert policy.disorders({**START, **changed}, "estip-like") == wrong


def test_a_larger_group_is_another_way_of_working() -> None:
    assert policy.disorders({**START, "group_most": 11}, "cism-like") == []


@pytest.mark.parametrize(
    ("minutes", "fine"),
    [([], True), ([0], True), ([-60, 0, 60], True), ([0, 0], False), ([60, 0], False), ([policy.LONGEST + 1], False),
     ([-policy.LONGEST - 1], False)],
)  # fmt: skip
def test_a_chain_goes_on_in_time(minutes: list[int], fine: bool) -> None:
    assert policy.chain_in_order(minutes) is fine


def test_what_is_missing_is_named() -> None:
    whole = {"categories": 1, "roles": 1, "chains": [kind.value for kind in StepKind], "after": {"a": 1, "b": 1}}
    assert policy.lacks(**whole) == []  # type: ignore[arg-type]
    nothing = policy.lacks(categories=0, roles=0, chains=[], after={"a": 0, "b": 1})
    assert nothing == [*Lack]


def test_a_version_begins_today_or_later_and_is_withdrawn_before_it_does() -> None:
    assert [policy.may_begin(day, TODAY) for day in (TODAY - DAY, TODAY, TODAY + DAY)] == [False, True, True]
    asked = [(True, TODAY + DAY), (True, TODAY), (True, None), (False, TODAY + DAY)]
    answers = [policy.may_withdraw(published=published, first_day=day, today=TODAY) for published, day in asked]
    assert answers == [True, False, False, False]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Death of a child", "death-of-a-child"),
        ("Tân neu ddŵr", "tan-neu-ddwr"),
        ("999 calls", "calls"),
        ("?", "entry"),
        ("Suicide", "suicide-3"),
    ],
)
def test_a_code_is_made_from_words(words: str, code: str) -> None:
    assert policy.code_of(words, {"suicide", "suicide-2"}) == code


@given(st.text(max_size=80))
def test_a_code_is_always_one(words: str) -> None:
    first = policy.code_of(words, set())
    second = policy.code_of(words, {first})
    assert re.fullmatch(CODE.regex, first)
    assert re.fullmatch(CODE.regex, second)
    assert first != second
