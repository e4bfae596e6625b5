from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest

from standdown.care.matching import policy
from standdown.care.matching.policy import Part, Rule
from standdown.care.matching.spans import Times
from standdown.care.matching.tests import small
from standdown.care.matching.tests.small import LIMITS, defuser, group, member, session, times

SEEDS = range(400)
AT = times(60, 72, 84, 90)


def removed(who: policy.Defuser, of: policy.Group | None = None, limits: policy.Limits = LIMITS) -> list[Rule]:
    found = policy.look_for(of or group(AT, member(1)), [who], AT, limits)
    assert found.looked_at == len(found.candidates) + sum(found.removed.values())
    return [rule for rule, count in found.removed.items() if count]


# -- each rule by itself ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "rules"),
    [
        ({}, []),
        ({"force": small.ELSEWHERE}, [Rule.FORCE]),
        ({"valid_until": dt.date(2026, 11, 25)}, [Rule.QUALIFIED]),
        ({"valid_from": dt.date(2026, 11, 28)}, [Rule.QUALIFIED]),
        ({"valid_until": dt.date(2026, 11, 26)}, []),  # the first time is a day earlier
        ({"away": ((dt.date(2026, 11, 1), None),)}, [Rule.QUALIFIED]),
        ({"away": ((dt.date(2026, 11, 1), dt.date(2026, 11, 27)),)}, []),  # back for the last time
        ({"free": 0}, [Rule.FREE]),
        ({"sessions": (session(60), session(72), session(84), session(90))}, [Rule.FREE]),
        ({"sessions": (session(-100), session(-80), session(-60))}, [Rule.LOAD]),
        ({"sessions": (session(-24 * 27), session(-80), session(-60))}, []),  # the first is 28 days ago by the end
        ({"sessions": (session(50), session(95))}, [Rule.RESTED]),
        ({"sessions": (session(35),)}, []),
    ],
)
def test_each_rule_removes_whom_it_is_about(facts: dict[str, object], rules: list[Rule]) -> None:
    assert removed(defuser(1, **facts)) == rules


@pytest.mark.parametrize(
    ("facts", "rule"), [("exposed", Rule.EXPOSED), ("excluded", Rule.EXCLUDED), ("refused", Rule.REFUSED)]
)
def test_whom_the_group_rules_out_is_removed(facts: str, rule: Rule) -> None:
    of = group(AT, member(1), **{facts: frozenset({defuser(1).key})})
    assert removed(defuser(1), of) == [rule]


def test_the_time_between_two_sessions_may_be_exactly_the_rest() -> None:
    led = session(72 - 25)  # ends 24 hours before
    found = policy.look_for(group(times(72), member(1)), [defuser(1, sessions=(led,))], times(72), LIMITS)
    assert len(found.candidates) == 1


@pytest.mark.parametrize(
    ("person_says", "programme_allows", "rules"),
    [(False, True, []), (True, True, [Rule.MANAGER]), (False, False, [Rule.MANAGER]), (True, False, [Rule.MANAGER])],
)
def test_the_own_manager_leads_only_where_person_and_programme_let_them(
    person_says: bool, programme_allows: bool, rules: list[Rule]
) -> None:
    of = group(AT, member(1, manager=defuser(1).key, not_own_manager=person_says))
    assert removed(defuser(1), of, replace(LIMITS, own_manager=programme_allows)) == rules


def test_a_programme_that_allows_no_session_at_all_finds_nobody() -> None:
    assert removed(defuser(1), limits=replace(LIMITS, load_most=0)) == [Rule.LOAD]


def test_nobody_is_found_for_a_group_that_can_never_come() -> None:
    assert removed(defuser(1), group(AT, member(1), suits=0)) == []


# -- the order ------------------------------------------------------------------------------------------------------


def first(*people: policy.Defuser, of: policy.Group | None = None, at: Times = AT) -> list[int]:
    found = policy.look_for(of or group(at, member(1, team=small.TEAMS[0])), people, at, LIMITS)
    return [one.who.key.int - 1000 for one in found.candidates]


def test_a_time_near_the_target_comes_before_a_lower_load() -> None:
    busy = defuser(1, sessions=(session(-200),))
    assert first(defuser(2, free=0b1000), busy) == [1, 2]  # the fourth time is 90 hours after


def test_a_lower_load_comes_before_another_team() -> None:
    stranger = defuser(1, sessions=(session(-200),), team=small.TEAMS[1])
    assert first(stranger, defuser(2, team=small.TEAMS[0])) == [2, 1]


def test_another_team_comes_before_a_wish() -> None:
    of = group(AT, member(1, team=small.TEAMS[0], wants_welsh=True))
    assert first(defuser(1, team=small.TEAMS[0], welsh=True), defuser(2, team=small.TEAMS[1]), of=of) == [2, 1]


def test_a_wish_comes_before_travel() -> None:
    of = group(AT, member(1, wants_sex="woman"), base=small.BASES[0])
    near, wished = defuser(1, base=small.BASES[0], sex="man"), defuser(2, base=small.BASES[1], sex="woman")
    assert first(near, wished, of=of) == [2, 1]


def test_who_need_not_travel_comes_before_who_must() -> None:
    of = group(AT, member(1), base=small.BASES[0])
    assert first(defuser(1, base=small.BASES[1]), defuser(2, base=small.BASES[0]), of=of) == [2, 1]


def test_of_equals_comes_first_who_led_longest_ago() -> None:
    lately, long_ago = defuser(1, sessions=(session(-200),)), defuser(2, sessions=(session(-500),))
    assert first(lately, long_ago) == [2, 1]


def test_the_time_at_which_most_of_the_group_are_on_duty_is_taken() -> None:
    of = group(AT, member(1), member(2), on_duty=(2, 1, 2, 0))
    found = policy.look_for(of, [defuser(1)], AT, LIMITS)
    assert (
        found.candidates[0].slot == AT.slots[0]
    )  # 60 and 84 hours are as far from the target, and the first is sooner


@pytest.mark.parametrize(
    ("wish", "facts", "met"),
    [
        ({"wants_sex": "woman"}, {"sex": "woman"}, 1),
        ({"wants_sex": "woman"}, {"sex": ""}, 0),
        ({"wants_welsh": True}, {"welsh": True}, 1),
        ({"wants_unit": "own", "team": small.TEAMS[0]}, {"team": small.TEAMS[0]}, 1),
        ({"wants_unit": "own"}, {}, 0),
        ({"wants_unit": "other", "team": small.TEAMS[0]}, {"team": small.TEAMS[1]}, 1),
        ({"wants_rank": "same", "rank": 2}, {"rank": 2}, 1),
        ({"wants_rank": "same", "rank": 2}, {"rank": 3}, 0),
        ({"wants_rank": "not-senior", "rank": 2}, {"rank": 1}, 1),
        ({"wants_rank": "not-senior", "rank": 2}, {"rank": 3}, 0),
        ({"wants_rank": "same"}, {"rank": 3}, 0),
        ({"wants_rank": "same", "rank": 2}, {}, 0),
        ({}, {"welsh": True}, 0),
    ],
)
def test_a_wish_is_met_only_by_what_is_known(wish: dict[str, object], facts: dict[str, object], met: int) -> None:
    (one,) = policy.look_for(group(AT, member(1, **wish)), [defuser(1, **facts)], AT, LIMITS).candidates
    wished = sum(name.startswith("wants") for name in wish)
    assert (one.met, one.order.unmet) == (met, wished - met)


# -- why nobody -------------------------------------------------------------------------------------------------------


def test_it_says_which_single_rule_bent_brings_most() -> None:
    tired = [defuser(number, sessions=(session(70),), free=0b0100) for number in (1, 2)]
    full = [defuser(3, sessions=(session(-100), session(-80), session(-60)))]
    found = policy.look_for(group(AT, member(1)), [*tired, *full], AT, LIMITS)
    assert found.candidates == []
    assert found.would == {Rule.MANAGER: 0, Rule.LOAD: 1, Rule.RESTED: 2}
    assert found.helps_most is Rule.RESTED


def test_two_rules_in_the_way_at_once_are_not_called_one_relaxation() -> None:
    both = defuser(1, sessions=(session(66), session(67), session(70)), free=0b0100)
    found = policy.look_for(group(AT, member(1)), [both], AT, LIMITS)
    assert (found.would, found.helps_most) == (dict.fromkeys(policy.RELAXABLE, 0), None)


def test_a_persons_own_wish_about_their_manager_is_never_bent() -> None:
    limits = replace(LIMITS, own_manager=False)
    boss = defuser(1)
    wished = policy.look_for(group(AT, member(1, manager=boss.key, not_own_manager=True)), [boss], AT, limits)
    by_programme = policy.look_for(group(AT, member(1, manager=boss.key)), [boss], AT, limits)
    assert (wished.helps_most, by_programme.helps_most) == (None, Rule.MANAGER)


@pytest.mark.parametrize("rule", [rule for rule in Rule if rule not in policy.RELAXABLE])
def test_no_other_rule_may_be_bent(rule: Rule) -> None:
    judge = policy.Judge(group(AT, member(1)), AT, LIMITS)
    assert not judge.relaxable(rule, defuser(1))


# -- against the rules said plainly ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_who_is_found_and_in_which_order_is_what_the_plain_rules_say(seed: int) -> None:
    draw = random.Random(seed)
    at, people, limits = small.some_times(draw), small.some_people(draw), small.some_limits(draw)
    of = small.some_group(draw, at, people)
    found = policy.look_for(of, people, at, limits)
    pairs = {
        who.key: [n for n in range(len(at.starts)) if small.may_lead(who, of, n, at, limits)] for who in people
    }  # fmt: skip
    assert {one.who.key: small_bits(one.times) for one in found.candidates} == {key: n for key, n in pairs.items() if n}
    best = {
        who.key: min(small.order(who, of, n, at, limits) for n in pairs[who.key]) for who in people if pairs[who.key]
    }
    assert [tuple(one.order) for one in found.candidates] == sorted(best.values())
    assert all(tuple(one.order) == best[one.who.key] for one in found.candidates)
    assert found.looked_at == len(found.candidates) + sum(found.removed.values())


def small_bits(mask: int) -> list[int]:
    return [number for number in range(mask.bit_length()) if mask >> number & 1]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bent_rule_brings_exactly_those_whom_it_alone_keeps_out(seed: int) -> None:
    draw = random.Random(seed)
    at, people, limits = small.some_times(draw), small.some_people(draw), small.some_limits(draw)
    of = small.some_group(draw, at, people)
    found = policy.look_for(of, people, at, limits)
    bent = {
        Rule.LOAD: replace(limits, load_most=100),
        Rule.MANAGER: replace(limits, own_manager=True),
    }
    for rule, looser in bent.items():
        more = policy.look_for(of, people, at, looser)
        assert found.would[rule] == len(more.candidates) - len(found.candidates)


# -- as what --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "leads", "helps", "part"),
    [
        ("proposed", False, False, None),
        ("planned", False, False, Part.LEAD),
        ("asked", False, False, Part.LEAD),
        ("asked", True, False, Part.SECOND),
        ("accepted", True, False, Part.SECOND),
        ("booked", True, False, Part.SECOND),
        ("booked", True, True, None),
        ("accepted", False, False, None),
        ("held", True, False, None),
        ("stood-down", False, False, None),
    ],
)
def test_somebody_is_looked_for_to_lead_first_and_then_to_help(
    state: str, leads: bool, helps: bool, part: Part | None
) -> None:
    assert policy.wanted(state, leads=leads, helps=helps) is part
