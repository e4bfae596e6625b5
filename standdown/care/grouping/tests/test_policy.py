"""Whether two people, or a person and a group, may share a room; by hand."""

from __future__ import annotations

import pytest

from standdown.care.grouping.policy import Group, Member, Plan, Rule, Why, apart_of, between, commands, joining
from standdown.care.grouping.tests.made import OTHER_FORCE, SIZES, key, member, members, person
from standdown.care.models import Defusing

APART = apart_of([(person(1), person(2))])


def test_the_codes_are_those_that_the_record_keeps() -> None:
    assert [why.value for why in Why] == Defusing.WhyApart.values


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        (member(1), member(3), None),
        (member(1), member(2), Rule.APART),
        (member(2), member(1), Rule.APART),
        (member(1), member(3, force=OTHER_FORCE), Rule.FORCE),
        (member(1, 1), member(3, 2), None),
        (member(1, 1), member(3, 3), Rule.CLOSENESS),
        (member(4, 4), member(3, 1), Rule.CLOSENESS),
        (member(1), member(3, above=(1,)), Rule.COMMAND),
        (member(3, above=(9, 1)), member(1), Rule.COMMAND),
        (member(3, above=(9,)), member(4, above=(9,)), None),
        (member(1, alone=True), member(3), Rule.ASKED),
        (member(1), member(3, alone=True), Rule.ASKED),
        (member(1, alone=True), member(2), Rule.APART),
    ],
)
def test_two_people_share_a_room_unless_a_rule_says_why_not(one: Member, other: Member, rule: Rule | None) -> None:
    assert between(one, other, APART) == rule
    assert between(other, one, APART) == rule


def test_a_guard_keeps_any_two_apart() -> None:
    assert between(member(1), member(3), {}, blocked=True) is Rule.GUARD


def test_an_exclusion_holds_whoever_of_the_two_said_so() -> None:
    assert apart_of([(person(1), person(2)), (person(3), person(1))]) == {
        person(1): frozenset({person(2), person(3)}), person(2): frozenset({person(1)}),
        person(3): frozenset({person(1)}),
    }  # fmt: skip


def test_command_reaches_the_managers_manager_and_no_further() -> None:
    assert commands(member(1), member(2, above=(7, 1)))
    assert not commands(member(1), member(2, above=(7,)))


@pytest.mark.parametrize(
    ("who", "group", "rule"),
    [
        (member(1), [], None),
        (member(1), members(3, 4, 5), None),
        (member(1), members(2, 3), Rule.APART),
        (member(1), members(*range(20, 29)), None),
        (member(1), members(*range(20, 30)), Rule.FULL),
        (member(1, alone=True), members(3, 4), None),
        (member(1), members(3, alone=True), Rule.ASKED),
        (member(1, 1), [member(3, 2), member(4, 3)], Rule.CLOSENESS),
        (member(1, 2), [member(3, 1), member(4, 3)], Rule.CLOSENESS),
        (member(1), [member(3), member(4, above=(1,))], Rule.COMMAND),
        (member(1), members(3, force=OTHER_FORCE), Rule.FORCE),
    ],
)
def test_by_hand_somebody_joins_a_group_unless_a_rule_forbids_it(
    who: Member, group: list[Member], rule: Rule | None
) -> None:
    assert joining(who, group, SIZES, APART) == rule


def test_by_hand_nobody_joins_a_group_while_a_guard_stops_groups() -> None:
    assert joining(member(1), members(3), SIZES, {}, blocked=True) is Rule.GUARD
    assert joining(member(1), [], SIZES, {}, blocked=True) is None


def test_a_group_says_how_close_its_closest_was_and_whether_it_is_mixed() -> None:
    mixed = Group((member(1, 3), member(2, 2)), Why.NONE)
    assert (mixed.closeness, mixed.mixed) == (2, True)
    assert not Group(tuple(members(1, 2)), Why.NONE).mixed


def test_another_plan_has_another_fingerprint() -> None:
    group = Group(tuple(members(1, 2)), Why.NONE)
    plans = [
        Plan(), Plan(groups=(group,)), Plan(groups=(Group(group.members, Why.SIZE),)),
        Plan(joining=((key(9), member(1)),)), Plan(((key(9), member(1)),), (group,)),
    ]  # fmt: skip
    assert len({one.fingerprint for one in plans}) == len(plans)
    assert [bool(one) for one in plans] == [False, True, True, True, True]
    assert Plan(groups=(group,)).fingerprint == Plan(groups=(group,)).fingerprint
