"""Who may take whose place, and what a new order changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from standdown.training.exchanges import policy
from standdown.training.exchanges.policy import Name, No

ANN = Name("ann", "ashire", "monday", "accepted")
BEN = Name("ben", "ashire", "tuesday", "offered")


def test_a_substitute_is_of_the_same_force_and_the_place_not_an_exception() -> None:
    assert policy.substitute_bar(ANN, "ashire") is None
    assert policy.substitute_bar(ANN, "bshire") is No.OTHER_FORCE
    assert policy.substitute_bar(ANN, None) is No.OTHER_FORCE
    assert policy.substitute_bar(replace(ANN, aid=True), "ashire") is No.BY_EXCEPTION


@pytest.mark.parametrize(
    ("second", "no"),
    [
        (BEN, None),
        (replace(BEN, state="waiting"), No.NOTHING_TO_SWAP),
        (replace(BEN, session="monday", state="waiting"), None),
        (replace(BEN, session="monday"), No.NOTHING_TO_SWAP),
        (replace(BEN, force="bshire"), No.OTHER_FORCE),
        (replace(BEN, person="ann"), No.SAME_PERSON),
        (replace(BEN, aid=True), No.BY_EXCEPTION),
    ],
)
def test_two_swap_places_or_a_place_and_a_position(second: Name, no: No | None) -> None:
    assert policy.swap_bar(ANN, second) is no
    assert policy.swap_bar(second, ANN) is no


def test_two_who_wait_have_nothing_to_swap() -> None:
    waiting = replace(ANN, state="waiting")
    assert policy.swap_bar(waiting, replace(BEN, session="monday", state="waiting")) is No.NOTHING_TO_SWAP


def test_an_order_says_only_what_is_new() -> None:
    assert policy.new_order(["b", "a"], {"a": None, "b": None}) == {"b": 1, "a": 2}
    assert policy.new_order(["b", "a", "c"], {"a": 1, "b": 2, "c": 3}) == {"b": 1, "a": 2}
    assert policy.new_order(["a"], {"a": 1}) == {}


@pytest.mark.parametrize("wanted", [["a"], ["a", "a"], ["a", "b", "c"], ["a", "c"]])
def test_an_order_of_other_names_than_those_that_wait_is_none(wanted: list[str]) -> None:
    assert policy.new_order(wanted, {"a": None, "b": None}) is None
