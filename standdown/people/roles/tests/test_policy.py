from __future__ import annotations

import datetime as dt

import pytest

from standdown.foundation.can import Can
from standdown.people.roles import policy
from standdown.people.roles.policy import RULES, Held, Place, Problem, Role, Span

TODAY = dt.date(2026, 11, 23)


def span(role: Role = Role.WELLBEING_LEAD, place: str | None = "a", start: int = 0, end: int = 100) -> Span:
    return Span(role, place, TODAY + dt.timedelta(days=start), TODAY + dt.timedelta(days=end))


def test_every_role_has_rules() -> None:
    assert set(RULES) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_who_proposes_and_who_approves_can(role: Role) -> None:
    rules = RULES[role]
    assert all(Can.PROPOSE_ROLE in RULES[one].cans for one in rules.proposed_by)
    assert all(Can.APPROVE_ROLE in RULES[one].cans for one in rules.approved_by)


def test_who_keeps_the_machine_decides_about_nobody() -> None:
    cans = RULES[Role.SYSTEM_ADMINISTRATOR].cans
    assert not cans & {Can.PROPOSE_ROLE, Can.APPROVE_ROLE, Can.LIST_PEOPLE, Can.SEE_ROLES, Can.READ_AUDIT}


@pytest.mark.parametrize(
    ("held", "asked", "met"),
    [
        (Role.DEFUSER, Role.SUPERVISOR, None),
        (Role.SYSTEM_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR, None),
        (Role.SYSTEM_ADMINISTRATOR, Role.DEFUSER, Role.SYSTEM_ADMINISTRATOR),
        (Role.DEFUSER, Role.PRIVACY_OFFICER, Role.DEFUSER),
        (Role.SYSTEM_ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.SYSTEM_ADMINISTRATOR),
    ],
)
def test_some_roles_stay_apart(held: Role, asked: Role, met: Role | None) -> None:
    assert policy.apart(frozenset({held}), asked) == met


@pytest.mark.parametrize("role", Role)
def test_a_role_fits_where_its_rules_say(role: Role) -> None:
    place = RULES[role].place
    assert policy.fits(role, in_force=True) == (place in {Place.FORCE, Place.EITHER})
    assert policy.fits(role, in_force=False) == (place in {Place.NATIONAL, Place.EITHER})


@pytest.mark.parametrize(
    ("asked", "others", "serves", "shares", "problem"),
    [
        (span(), [], True, False, None),
        (span(), [], False, True, None),
        (span(end=365), [span(Role.DEFUSER)], True, False, None),
        (span(start=100, end=200), [span()], True, False, None),
        (span(), [span(place="b")], True, False, None),
        (span(place=None), [], True, True, Problem.WRONG_PLACE),
        (span(start=-1), [], True, False, Problem.BEGINS_BEFORE_TODAY),
        (span(start=5, end=5), [], True, False, Problem.ENDS_BEFORE_IT_BEGINS),
        (span(end=366), [], True, False, Problem.TOO_LONG),
        (span(), [], False, False, Problem.ELSEWHERE),
        (span(Role.DEFUSER), [], False, True, Problem.ELSEWHERE),
        (span(), [span(start=99, end=120)], True, False, Problem.HELD),
        (span(), [span(Role.PRIVACY_OFFICER)], True, False, Problem.APART),
        (span(), [span(Role.PRIVACY_OFFICER, start=-9, end=0)], True, False, None),
    ],
)
def test_when_a_role_can_be_given(
    asked: Span, others: list[Span], serves: bool, shares: bool, problem: Problem | None
) -> None:
    assert policy.problem(asked, others, serves=serves, shares=shares, today=TODAY) == problem


def test_vacant_posts_and_those_that_end_soon_are_named_in_order() -> None:
    soon, later = TODAY + dt.timedelta(days=30), TODAY + dt.timedelta(days=31)
    held = {
        Role.ESTIP_LEAD: Held(Role.ESTIP_LEAD, 1, later),
        Role.ESTIP_COORDINATOR: Held(Role.ESTIP_COORDINATOR, 0, None),
        Role.WELLBEING_LEAD: Held(Role.WELLBEING_LEAD, 2, soon),
        Role.WELLBEING_DEPUTY: Held(Role.WELLBEING_DEPUTY, 1, None),
        Role.DEFUSER: Held(Role.DEFUSER, 0, None),
    }
    assert policy.vacancies(held, TODAY) == [(Role.ESTIP_COORDINATOR, True), (Role.WELLBEING_LEAD, False)]
    assert [role for role, _ in policy.vacancies({}, TODAY)] == [
        Role.ESTIP_LEAD, Role.ESTIP_COORDINATOR, Role.WELLBEING_LEAD, Role.WELLBEING_DEPUTY,
    ]  # fmt: skip


def test_what_is_seen_nationally_leaves_supporters_out() -> None:
    hidden = set(Role) - policy.SEEN_NATIONALLY
    assert hidden == {
        Role.SUPERVISOR, Role.PEER_SUPPORTER, Role.DEFUSER, Role.OCCUPATIONAL_HEALTH, Role.CONTROL_ROOM,
        Role.POST_INCIDENT_MANAGER,
    }  # fmt: skip
