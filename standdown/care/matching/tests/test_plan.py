from __future__ import annotations

import datetime as dt
import random
import uuid
from dataclasses import replace

import pytest

from standdown.care.matching import plan, solver, weights
from standdown.care.matching.policy import Defuser, Group, Limits, Rule
from standdown.care.matching.spans import Times
from standdown.care.matching.tests import small
from standdown.care.matching.tests.small import HOUR, LIMITS, defuser, group, member, session, times

AT = times(60, 72, 84, 90)


def cost(who: Defuser, of: Group, number: int, at: Times, limits: Limits) -> int:
    """What a pairing costs, from the plain order."""
    outside, load, same_team, unmet, travel = small.order(who, of, number, at, limits)
    return (
        512 * bool(outside) + 32 * min(int(str(load)), 15) + 16 * bool(same_team) + 2 * min(int(str(unmet)), 7)
        + bool(travel)
    )  # fmt: skip


def best(groups: list[Group], people: list[Defuser], at: Times, limits: Limits) -> int:
    """The least that any plan costs, by trying every one."""
    options = [
        sorted(
            (cost(who, of, n, at, limits), place, n)
            for place, who in enumerate(people)
            for n in range(len(at.starts))
            if small.may_lead(who, of, n, at, limits)
        )
        for of in groups
    ]
    most = [_most(who, at, limits) for who in people]
    led: dict[int, list[int]] = {}

    def rested(person: int, number: int) -> bool:
        return all(abs(at.starts[number] - at.starts[other]) >= HOUR + limits.rest for other in led.get(person, []))

    def least(index: int, spent: int, bound: int) -> int:
        if index == len(groups):
            return min(bound, spent)
        for price, person, number in options[index]:
            before = len(led.get(person, []))
            more = spent + price + 32 * before
            if more < bound and before < most[person] and rested(person, number):
                led.setdefault(person, []).append(number)
                bound = least(index + 1, more, bound)
                led[person].pop()
        return least(index + 1, spent + 100_000, bound) if spent + 100_000 < bound else bound

    return least(0, 0, 10**9)


def _most(who: Defuser, at: Times, limits: Limits) -> int:
    """How many more somebody may lead: counted as at the earliest of the times that are open to them."""
    alone = group(at, member(1), force=who.force or small.FORCE)
    loads = [
        sum(began > at.starts[n] - limits.load for began, _end in who.sessions)
        for n in range(len(at.starts))
        if small.may_lead(who, alone, n, at, limits)
    ]
    return limits.load_most - max(loads, default=0)


def spent(made: plan.Planned) -> int:
    return 1000 * len(made.placed) - made.worth + 100_000 * len(made.left)


@pytest.mark.parametrize("seed", range(150))
def test_a_small_plan_costs_exactly_what_the_best_of_all_plans_costs(seed: int) -> None:
    draw = random.Random(seed)
    at, people, limits = small.some_times(draw), small.some_people(draw), small.some_limits(draw)
    groups = [small.some_group(draw, at, people, number) for number in range(draw.randint(1, 4))]
    made = plan.plan(groups, people, at, limits)
    assert spent(made) == best(groups, people, at, limits)
    assert made.at_best == made.worth
    assert made.gap == 0


@pytest.mark.parametrize("seed", range(150))
def test_nobody_whom_a_rule_stops_is_ever_in_a_plan(seed: int) -> None:
    draw = random.Random(1000 + seed)
    at, people, limits = small.some_times(draw), small.some_people(draw), small.some_limits(draw)
    groups = [small.some_group(draw, at, people, number) for number in range(draw.randint(1, 6))]
    made = plan.plan(groups, people, at, limits)
    by_key = {one.key: one for one in people}
    of = {one.key: one for one in groups}
    assert {one.group for one in made.placed} | set(made.left) == of.keys()
    assert len(made.placed) + len(made.left) == len(groups)
    for one in made.placed:
        # With the others of the plan in the diary the rules still let each of them lead.
        others = [other for other in made.placed if other is not one]
        (who,) = plan.with_plan([by_key[one.person]], others, HOUR)
        assert small.may_lead(who, of[one.group], at.starts.index(one.starts_at), at, limits)


def test_the_same_question_has_the_same_answer() -> None:
    draw = random.Random(7)
    at, people = small.some_times(draw), small.some_people(draw)
    groups = [small.some_group(draw, at, people, number) for number in range(6)]
    first = plan.plan(groups, people, at, LIMITS)
    again = plan.plan(list(reversed(groups)), list(reversed(people)), at, LIMITS)
    assert (first.placed, first.left, first.worth) == (again.placed, again.left, again.worth)


def test_nothing_to_plan_is_an_empty_plan() -> None:
    assert plan.plan([], [defuser(1)], AT, LIMITS).placed == []
    assert plan.plan([group(AT, member(1))], [], AT, LIMITS).left == [small.key(900)]
    assert plan.plan([group(AT, member(1))], [defuser(1, free=0)], AT, LIMITS).left == [small.key(900)]


def groups_of(number: int) -> list[Group]:
    return [group(AT, member(one), key=small.key(900 + one)) for one in range(number)]


def test_with_too_few_defusers_as_many_groups_as_possible_are_placed_and_the_rest_named() -> None:
    made = plan.plan(groups_of(5), [defuser(1), defuser(2)], AT, LIMITS)
    assert (len(made.placed), len(made.left)) == (4, 1)  # each at 60 or 72 and again a day and an hour later
    assert made.gap == 0


def test_sessions_are_spread_before_anybody_leads_twice() -> None:
    made = plan.plan(groups_of(3), [defuser(1), defuser(2), defuser(3)], AT, LIMITS)
    assert len({one.person for one in made.placed}) == 3


def test_who_is_left_learns_why_and_which_rule_would_help() -> None:
    people = [defuser(1, sessions=(session(-100), session(-80)))]
    groups, limits = groups_of(3), replace(LIMITS, rest=dt.timedelta())
    made = plan.plan(groups, people, AT, limits)
    assert len(made.left) == 2
    after = plan.with_plan(people, made.placed, HOUR)
    found, helped = plan.why_left([one for one in groups if one.key in made.left], after, AT, limits)
    assert {key: one.removed[Rule.LOAD] for key, one in found.items()} == dict.fromkeys(made.left, 1)
    assert (helped[Rule.LOAD], helped[Rule.MANAGER]) == (2, 0)


def test_candidates_alone_are_enough_where_there_are_very_many_pairings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "FEW", 0)
    draw = random.Random(3)
    at = small.some_times(draw)
    people = [defuser(number, team=draw.choice(small.TEAMS)) for number in range(60)]
    groups = [group(at, member(one, team=draw.choice(small.TEAMS)), key=uuid.UUID(int=one)) for one in range(40)]
    made = plan.plan(groups, people, at, LIMITS)
    assert (len(made.placed), made.gap) == (40, 0)


def test_a_plan_without_time_is_still_a_plan() -> None:
    draw = random.Random(5)
    people = [defuser(number, welsh=draw.random() < 0.5) for number in range(8)]
    made = plan.plan(groups_of(4), people, AT, replace(LIMITS, rest=dt.timedelta()), seconds=0)
    assert len(made.placed) == 4
    assert made.at_best >= made.worth


def test_the_weights_keep_the_order_of_the_policy() -> None:
    assert weights.UNMET > weights.TRAVEL
    assert weights.SAME_TEAM > weights.UNMET * weights.MOST_UNMET + weights.TRAVEL
    assert weights.LOAD > weights.SAME_TEAM + weights.UNMET * weights.MOST_UNMET + weights.TRAVEL
    assert weights.OUTSIDE > 15 * weights.LOAD + weights.SAME_TEAM + weights.UNMET * weights.MOST_UNMET + weights.TRAVEL
