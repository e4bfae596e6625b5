"""Nobody can work out a number under ten: asked of a solver, and of somebody who tries every filling."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from standdown.reporting.attack import Attack, Contradiction
from standdown.reporting.counts import Counts, grid
from standdown.reporting.suppression import Mark, PublishedTable, attack_on, plain_rule, publish
from standdown.reporting.tests.brute_force import given_away, spans

SMALL = some.integers(0, 22)
FEW, WITHHELD = Mark.FEW, Mark.WITHHELD
PAIR = Counts({"a": 10, "b": 4, "all": 14}, {"all": ("a", "b")})
patient = settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def tables(rows: int, columns: int) -> some.SearchStrategy[Counts]:
    lines = some.lists(some.lists(SMALL, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    return lines.map(lambda numbers: grid("xyz"[:rows], "abc"[:columns], numbers))


def test_ten_five_hides_what_is_under_ten_and_rounds_the_rest() -> None:
    counts = grid(["one"], ["a", "b", "c", "d", "e"], [[0, 9, 10, 12, 13]], totals=False)
    assert publish(counts, counts.numbers).cells == {
        "one|a": FEW, "one|b": FEW, "one|c": 10, "one|d": 10, "one|e": 15,
    }  # fmt: skip


def test_a_total_of_15_beside_a_10_gives_the_third_away_under_the_plain_rule_alone() -> None:
    counts = grid(["one"], ["a", "b"], [[10, 4]])
    told = plain_rule(counts, counts.numbers)
    assert (told["one|a"], told["one|b"], told["one|total"]) == (10, FEW, 15)
    assert attack_on(counts, told).span("one|b") == (1, 7)
    assert "one|b" in given_away(counts, told)


def test_a_second_cell_is_withheld_before_a_total_is() -> None:
    counts = Counts({"a": 4, "b": 30, "c": 18, "all": 52}, {"all": ("a", "b", "c")})
    assert publish(counts, counts.numbers).cells == {"a": FEW, "b": 30, "c": WITHHELD, "all": 50}


def test_a_total_is_withheld_when_no_second_cell_helps() -> None:
    counts = Counts({"a": 4, "b": 3, "all": 7, "c": 20, "more": 27}, {"all": ("a", "b"), "more": ("all", "c")})
    assert not given_away(counts, publish(counts, counts.numbers).cells)
    assert publish(PAIR, PAIR.numbers).cells == {"a": WITHHELD, "b": FEW, "all": WITHHELD}


def test_enough_told_around_it_keeps_the_total() -> None:
    numbers = {"a": 4, "b": 30, "c": 12, "d": 45}
    counts = Counts({**numbers, "all": 91}, {"all": tuple(numbers)})
    assert publish(counts, counts.numbers)["all"] == 90


def test_people_who_are_among_others_are_protected_by_them() -> None:
    counts = Counts({"exposed": 12, "late": 8}, within=(("late", "exposed"),))
    assert publish(counts, counts.numbers).cells == {"exposed": 10, "late": FEW}


def test_what_is_not_listed_is_protected_too() -> None:
    counts = Counts({"held": 22, "waiting": 3, "offered": 25}, {"offered": ("held", "waiting")})
    told = publish(counts, ["held", "offered"])
    assert not given_away(counts, told.cells)
    assert Mark.WITHHELD in told.cells.values()


def test_without_anything_that_ends_it_a_cell_has_no_end() -> None:
    assert Attack(Counts({"a": 3}), {}).span("a") == (0, None)


def test_what_was_told_of_other_cells_contradicts() -> None:
    counts = Counts({"a": 4, "b": 3, "all": 7}, {"all": ("a", "b")})
    with pytest.raises(Contradiction):
        publish(counts, [], earlier={"a": FEW, "b": FEW, "all": 50})


def test_what_was_given_away_before_cannot_be_put_right() -> None:
    with pytest.raises(AssertionError):
        publish(PAIR, [], earlier=plain_rule(PAIR, PAIR.numbers))


@patient
@given(tables(2, 2))
def test_the_solver_finds_what_every_filling_finds(counts: Counts) -> None:
    told = plain_rule(counts, counts.numbers)
    found, attack = spans(counts, told), attack_on(counts, told)
    assert {key: attack.span(key) for key in counts.numbers} == found
    small = [key for key, number in counts.numbers.items() if number < 10]
    assert attack.narrowed(small) == given_away(counts, told)


@patient
@given(tables(2, 2))
def test_no_filling_narrows_a_small_number(counts: Counts) -> None:
    assert given_away(counts, publish(counts, counts.numbers).cells) == []


@settings(patient, max_examples=3)
@given(tables(3, 2))
def test_nor_in_a_longer_table(counts: Counts) -> None:
    told = publish(counts, counts.numbers).cells
    endless = sum(told[key] is WITHHELD for key in told if not counts.is_total(key))
    if endless <= 1:  # every filling of more would be tens of millions; the solver alone is asked of those
        assert given_away(counts, told) == []
    small = [key for key, number in counts.numbers.items() if number < 10]
    assert attack_on(counts, told).narrowed(small) == []


def test_the_plain_rule_with_totals_is_the_control_that_fails() -> None:
    lots = random.Random(5)
    worlds = [grid("xy", "ab", [[lots.randrange(23) for _ in "ab"] for _ in "xy"]) for _ in range(60)]
    assert sum(bool(given_away(one, plain_rule(one, one.numbers))) for one in worlds) > 20


@patient
@given(tables(3, 3))
def test_the_same_table_is_always_told_alike(counts: Counts) -> None:
    again = Counts(dict(reversed(list(counts.numbers.items()))), counts.sums)
    assert publish(counts, counts.numbers).hash == publish(again, sorted(counts.numbers)).hash


@pytest.mark.parametrize("number", [0, 5, 9, 11, 12])
def test_a_published_table_takes_no_number_as_it_is(number: int) -> None:
    with pytest.raises(ValueError, match="may not be told"):
        PublishedTable({"a": number})


def test_a_cell_that_was_never_listed_is_withheld() -> None:
    assert PublishedTable({"a": 10})["b"] is WITHHELD


def test_counts_that_contradict_themselves_are_refused() -> None:
    with pytest.raises(ValueError, match="below nothing"):
        Counts({"a": -1})
    with pytest.raises(ValueError, match="not the sum"):
        Counts({"a": 1, "all": 2}, {"all": ("a",)})
    with pytest.raises(ValueError, match="more than"):
        Counts({"a": 3, "all": 2}, within=(("a", "all"),))
