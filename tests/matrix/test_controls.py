"""The matrix would notice: a door without a lock, a lock turned round, a power too many or too few."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import clear_url_caches

from standdown.care.models import Incident
from standdown.foundation import access
from standdown.foundation.access import EVERYWHERE, NOWHERE, Actor, Can
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, RoleGrant
from standdown.people.roles.policy import RULES, Role
from standdown.training.models import Session
from tests.house.test_routes import routes, without_gate
from tests.matrix.expectations import EXPECTED
from tests.matrix.machine import ROUTES, Knocking, deviations, unlisted
from tests.matrix.who import IN_A_FORCE, NATIONALLY, Row
from tests.matrix.world import World, actors_of

pytestmark = pytest.mark.django_db
# Permissions whose pages anyone, or anyone signed in, may open; the act itself asks for them. Certificates are issued
# by feedback and by the daily job, and by nobody's button.
WITHOUT_A_DOOR_OF_THEIR_OWN = {
    Can.REGISTER_DEMAND, Can.KEEP_OWN_ACCOUNT, Can.KEEP_OWN_TRAINING, Can.CONFIRM_RELEASE, Can.ISSUE_CERTIFICATE,
    Can.KEEP_OWN_CARE, Can.RAISE_INCIDENT, Can.DEMOBILISE, Can.LEAD_DEFUSING, Can.MAKE_CONTACT,
}  # fmt: skip


def door_of(can: Can) -> str | None:
    """An address at which that permission lets somebody in, the narrowest there is."""
    asking = [(len(route.gate.cans), name) for name, route in ROUTES.items() if route.gate and can in route.gate.cans]
    return min(asking)[1] if asking else None


@pytest.fixture
def back_door(settings: pytest.FixtureRequest) -> None:
    """Serve the two addresses that nobody agreed to."""
    settings.ROOT_URLCONF = "tests.matrix.back_door"  # type: ignore[attr-defined]
    clear_url_caches()


@pytest.mark.usefixtures("back_door")
def test_an_address_that_nobody_expected_is_noticed() -> None:
    assert unlisted({route.name: route for route in routes()}) == ["back-door", "side-door"]


@pytest.mark.usefixtures("back_door")
def test_a_door_without_a_lock_is_noticed_and_stays_shut() -> None:
    assert without_gate(routes()) == ["back-door"]
    assert Client().get("/back-door/").status_code == 404
    assert Client().get("/side-door/").status_code == 200


@pytest.mark.parametrize("can", sorted(set(Can) - WITHOUT_A_DOOR_OF_THEIR_OWN))
def test_a_power_taken_from_everybody_is_noticed(can: Can, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    door = door_of(can)
    assert door is not None, f"no address asks for {can}"
    for role, rules in list(RULES.items()):
        monkeypatch.setitem(RULES, role, replace(rules, cans=rules.cans - {can}))
    assert deviations(ROUTES[door], EXPECTED[door], world) != []


@pytest.mark.parametrize(
    ("can", "door"),
    [
        (Can.SEE_ADOPTION, "forces:list"),
        (Can.KEEP_FORCES, "forces:add"),
        (Can.KEEP_PEOPLE, "accounts:add"),
        (Can.PROPOSE_ROLE, "roles:propose"),
        (Can.READ_AUDIT, "audit:entries"),
        (Can.READ_OUTBOX, "notifications:one"),
        (Can.SEE_SESSIONS, "sessions:list"),
    ],
)
def test_a_power_too_many_is_noticed(can: Can, door: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    control_room = RULES[Role.CONTROL_ROOM]
    monkeypatch.setitem(RULES, Role.CONTROL_ROOM, replace(control_room, cans=control_room.cans | {can}))
    for knocking, seen in ((Knocking.EVERYBODY, world), (Knocking.BEYOND_THE_GATE, as_ruled(world))):
        assert "control-room" in "\n".join(deviations(ROUTES[door], EXPECTED[door], seen, knocking))


def as_ruled(world: World) -> World:
    """The same world as the gates see it by the rules of now."""
    return replace(world, actors=actors_of(world.clients))


def test_a_gate_that_lets_everybody_through_is_noticed_by_the_few(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Actor, "has", lambda _self, _can: True)
    found = deviations(ROUTES["forces:add"], EXPECTED["forces:add"], world, Knocking.A_FEW)
    assert "should have found nothing there" in "\n".join(found)


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Force, "forces:one"),
        (RoleGrant, "roles:end"),
        (Session, "sessions:one"),
        (OutboxMessage, "notifications:one"),
        (Incident, "boards:incident"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_records_shown_to_everybody_are_noticed(
    model: type[Any], name: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def all_of_them(self: QuerySet[Force], _actor: Actor) -> QuerySet[Force]:
        return self.all()

    monkeypatch.setattr(type(model.objects.all()), "visible_to", all_of_them)
    monkeypatch.setattr(access, "allows", lambda *_anything: True)
    found = "\n".join(deviations(ROUTES[name], EXPECTED[name], world))
    assert "in another force" in found


@pytest.mark.parametrize("name", ["accounts:list", "roles:list", "notifications:outbox"])
def test_a_list_that_shows_everybody_is_noticed(name: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Actor, "reach", lambda self, can: EVERYWHERE if can in self.powers else NOWHERE)
    assert "shows people of another force" in "\n".join(deviations(ROUTES[name], EXPECTED[name], world))


def test_a_rule_turned_round_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    right = access._rules[Can.APPROVE_ROLE]
    monkeypatch.setitem(access._rules, Can.APPROVE_ROLE, lambda by, can, on: not right(by, can, on))
    assert deviations(ROUTES["roles:decide"], EXPECTED["roles:decide"], world) != []


def test_an_expectation_that_is_wrong_is_noticed(world: World) -> None:
    right = EXPECTED["forces:one"]
    assert deviations(ROUTES["forces:one"], right, world) == []
    too_narrow = Row(get=right.get - {"wellbeing-lead here"})
    too_wide = Row(get=right.get | {"supervisor here"})
    assert len(deviations(ROUTES["forces:one"], too_narrow, world)) > 0
    assert len(deviations(ROUTES["forces:one"], too_wide, world)) > 0


def test_everybody_whom_the_code_knows_comes_to_the_door() -> None:
    in_a_force = {role.value for role, rules in RULES.items() if rules.place != "national"}
    national = {role.value for role, rules in RULES.items() if rules.place != "force"}
    assert (set(IN_A_FORCE), set(NATIONALLY)) == (in_a_force, national)
