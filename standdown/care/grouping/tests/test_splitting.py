"""Groups as proposed: by hand for the cases of the field, and held against many made-up incidents."""

from __future__ import annotations

import random
import time
from collections import Counter
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standdown.care.grouping.policy import Apart, Member, Plan, Rule, Sizes, Standing, Why, apart_of, between
from standdown.care.grouping.splitting import plan
from standdown.care.grouping.tests.made import FORCE, OTHER_FORCE, SIZES, key, member, members, number_of, person


def seen(made: Plan) -> list[tuple[list[int], str]]:
    """The groups by numbers, each with why."""
    return [([number_of(one) for one in group.members], group.why.value) for group in made.groups]


def sizes_of(made: Plan) -> list[int]:
    """How many sit in each."""
    return [len(group.members) for group in made.groups]


# -- the cases of the field -------------------------------------------------------------------------------------------


def test_nobody_makes_no_group() -> None:
    assert plan([], SIZES, {}) == Plan()


def test_equals_sit_together() -> None:
    assert seen(plan(members(1, 2, 3, 4, 5, 6), SIZES, {})) == [([1, 2, 3, 4, 5, 6], "")]


@pytest.mark.parametrize(
    ("people", "groups"),
    [(2, [2]), (8, [8]), (9, [5, 4]), (12, [6, 6]), (16, [8, 8]), (17, [6, 6, 5]), (40, [8, 8, 8, 8, 8])],
)
def test_more_than_eight_are_split_evenly(people: int, groups: list[int]) -> None:
    made = plan(members(*range(people)), SIZES, {})
    assert sizes_of(made) == groups
    assert {group.why for group in made.groups} == ({Why.SIZE} if len(groups) > 1 else {Why.NONE})


def test_those_who_work_together_stay_together_when_a_group_is_split() -> None:
    people = [member(number, near="ab"[number % 2]) for number in range(12)]
    assert seen(plan(people, SIZES, {})) == [([0, 2, 4, 6, 8, 10], "size"), ([1, 3, 5, 7, 9, 11], "size")]


def test_different_closeness_is_kept_apart() -> None:
    people = members(1, 2, closeness=1) + members(3, 4, 5, closeness=2) + members(6, 7, closeness=3)
    assert seen(plan(people, SIZES, {})) == [
        ([1, 2], "closeness"), ([3, 4, 5], "closeness"), ([6, 7], "closeness"),
    ]  # fmt: skip


def test_two_neighbouring_odd_ones_sit_together_rather_than_alone() -> None:
    made = plan([member(1, 2), member(2, 3)], SIZES, {})
    assert seen(made) == [([1, 2], "")]
    assert made.groups[0].mixed


def test_the_odd_one_who_was_much_closer_or_much_further_is_offered_one_to_one() -> None:
    people = [member(1, 1), member(2, 3), *members(3, 4, 5, closeness=4)]
    assert seen(plan(people, SIZES, {})) == [([3, 4, 5], "closeness"), ([1], "odd-one"), ([2], "odd-one")]


def test_another_force_never_sits_with_ours() -> None:
    people = [*members(1, 2), *members(3, force=OTHER_FORCE)]
    assert seen(plan(people, SIZES, {})) == [([1, 2], ""), ([3], "odd-one")]


def test_a_commander_does_not_sit_with_their_own_team() -> None:
    team = [member(1), *(member(number, above=(1,)) for number in range(2, 8))]
    assert seen(plan(team, SIZES, {})) == [([2, 3, 4, 5, 6, 7], "command"), ([1], "command")]


def test_two_sergeants_sit_together_apart_from_both_their_teams() -> None:
    team = [member(1), member(2)]
    team += [member(number, above=(1 if number < 7 else 2, 99)) for number in range(3, 11)]
    assert seen(plan(team, SIZES, {})) == [([1, 2], "command"), ([3, 4, 5, 6, 7, 8, 9, 10], "command")]


def test_two_who_are_kept_apart_are_in_two_groups_of_a_size() -> None:
    made = plan(members(1, 2, 3, 4), SIZES, apart_of([(person(1), person(2))]))
    assert seen(made) == [([1, 3], "conflict"), ([2, 4], "conflict")]


def test_two_alone_who_are_kept_apart_are_each_offered_one_to_one() -> None:
    made = plan(members(1, 2), SIZES, apart_of([(person(1), person(2))]))
    assert seen(made) == [([1], "conflict"), ([2], "conflict")]


def test_where_command_and_an_exclusion_meet_the_reason_is_command() -> None:
    apart = apart_of([(person(2), person(1))])
    team = [member(1), member(2, above=(1,)), member(3, above=(1,))]
    assert seen(plan(team, SIZES, apart)) == [([2, 3], "command"), ([1], "command")]


def test_one_to_one_is_given_to_whoever_asks() -> None:
    people = [*members(1, 2, 3), member(4, alone=True)]
    assert seen(plan(people, SIZES, {})) == [([1, 2, 3], ""), ([4], "asked")]


def test_while_a_guard_stops_groups_everybody_is_offered_one_to_one() -> None:
    people = [*members(1, 2), member(3, alone=True)]
    assert seen(plan(people, SIZES, {}, blocked=True)) == [([1], "guard"), ([2], "guard"), ([3], "asked")]


def test_a_group_smaller_than_usual_takes_from_the_largest() -> None:
    # Nine pairs of manager and report: first fit alone would make groups of eight, eight and two.
    pairs = [member(number, above=(number - 9,) if number > 9 else ()) for number in range(1, 19)]
    assert sizes_of(plan(pairs, SIZES, {})) == [6, 6, 6]


# -- late additions ---------------------------------------------------------------------------------------------------


def standing(number: int, *people: Member) -> Standing:
    """A planned group of these."""
    return Standing(key(number), people)


def test_who_is_added_late_joins_the_smallest_planned_group_of_equals() -> None:
    groups = [standing(501, *members(1, 2, 3)), standing(502, *members(4, 5)), standing(503, *members(6, closeness=1))]
    made = plan(members(7, 8), SIZES, {}, standing=groups)
    assert [(group, number_of(one)) for group, one in made.joining] == [(key(502), 7), (key(501), 8)]
    assert made.groups == ()


def test_who_is_added_late_never_joins_a_full_group_or_somebody_kept_apart() -> None:
    full = standing(501, *members(*range(20, 28)))
    foe = standing(502, *members(1, 2))
    made = plan([member(7), member(8, alone=True)], SIZES, apart_of([(person(1), person(7))]), standing=[full, foe])
    assert made.joining == ()
    assert seen(made) == [([7], "odd-one"), ([8], "asked")]


def test_while_a_guard_stops_groups_nobody_joins_one() -> None:
    made = plan(members(7), SIZES, {}, standing=[standing(501, *members(1, 2))], blocked=True)
    assert (made.joining, seen(made)) == ((), [([7], "guard")])


# -- held against many made-up incidents ------------------------------------------------------------------------------


# How busy the machine is says nothing of the rules.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def incidents(draw: st.DrawFn) -> tuple[list[Member], Apart, Sizes]:
    """People of an incident, whom of them to keep apart, and the sizes of a programme."""
    count = draw(st.integers(0, 30))
    people = [
        member(
            number, draw(st.integers(1, 4)), above=tuple(draw(st.lists(st.integers(0, count), max_size=2))),
            force=draw(st.sampled_from([FORCE, FORCE, OTHER_FORCE])), near=draw(st.sampled_from("abc")),
            alone=draw(st.integers(0, 9)) == 0,
        )
        for number in range(count)
    ]  # fmt: skip
    pairs = draw(st.lists(st.tuples(st.integers(0, count), st.integers(0, count)), max_size=8))
    least = draw(st.integers(2, 3))
    typical = draw(st.integers(least, 8))
    return (
        people, apart_of((person(a), person(b)) for a, b in pairs if a != b),
        Sizes(least, min(6, typical), typical, typical + 2),
    )  # fmt: skip


@unhurried
@given(incidents(), st.booleans())
def test_everybody_is_placed_exactly_once(made: tuple[list[Member], Apart, Sizes], blocked: bool) -> None:
    people, apart, sizes = made
    found = plan(people, sizes, apart, blocked=blocked)
    assert Counter(one for group in found.groups for one in group.members) == Counter(people)


@unhurried
@given(incidents())
def test_no_two_in_a_group_break_a_rule_and_no_group_is_too_small_or_too_large(
    made: tuple[list[Member], Apart, Sizes],
) -> None:
    people, apart, sizes = made
    for group in plan(people, sizes, apart).groups:
        assert {between(a, b, apart) for a, b in combinations(group.members, 2)} <= {None}
        assert len(group.members) == 1 or sizes.least <= len(group.members) <= sizes.typical_to
        assert max(one.closeness for one in group.members) - group.closeness <= 1


@unhurried
@given(incidents(), st.randoms())
def test_the_same_people_in_another_order_make_the_same_groups(
    made: tuple[list[Member], Apart, Sizes], order: random.Random
) -> None:
    people, apart, sizes = made
    mixed = list(people)
    order.shuffle(mixed)
    assert plan(mixed, sizes, apart) == plan(people, sizes, apart)


@unhurried
@given(incidents())
def test_who_did_not_ask_is_alone_only_when_nobody_equal_may_sit_with_them(
    made: tuple[list[Member], Apart, Sizes],
) -> None:
    people, apart, sizes = made
    alone = [group for group in plan(people, sizes, apart).groups if len(group.members) == 1]
    if sizes.least > 2:
        return
    lonely = [group.members[0] for group in alone if group.why is not Why.ASKED]
    for a, b in combinations(lonely, 2):
        assert between(a, b, apart) is not None or a.closeness != b.closeness


@unhurried
@given(incidents(), st.integers(0, 30))
def test_late_additions_leave_what_stands_and_break_no_rule(
    made: tuple[list[Member], Apart, Sizes], first: int
) -> None:
    people, apart, sizes = made
    before = plan(people[:first], sizes, apart)
    groups = [
        Standing(key(1000 + number), group.members)
        for number, group in enumerate(before.groups)
        if len(group.members) > 1
    ]
    late = plan(people[first:], sizes, apart, standing=groups)
    placed = [one for _key, one in late.joining] + [one for group in late.groups for one in group.members]
    assert Counter(placed) == Counter(people[first:])
    full = {one.key: list(one.members) for one in groups}
    for group, one in late.joining:
        full[group].append(one)
    for group_members in full.values():
        assert {between(a, b, apart) for a, b in combinations(group_members, 2)} <= {None}
        assert len(group_members) <= sizes.typical_to


def large(count: int) -> list[Member]:
    """A major incident: sergeants with eight constables each, inspectors above them, four kinds of closeness."""
    made: list[Any] = []
    for number in range(count):
        sergeant, inspector = number - number % 9, number - number % 90
        above = tuple({sergeant, inspector} - {number})
        made.append(member(number, 1 + number // 9 % 4, above=above, near=f"{number // 9:04}"))
    return made


def test_three_thousand_people_take_less_than_a_second() -> None:
    people = large(3000)
    apart = apart_of((person(number), person(number + 7)) for number in range(0, 2900, 29))
    began = time.process_time()
    made = plan(people, SIZES, apart)
    assert time.process_time() - began < 1
    assert sum(sizes_of(made)) == 3000
    assert Rule.COMMAND not in {
        between(a, b, apart) for group in made.groups for a, b in combinations(group.members, 2)
    }
