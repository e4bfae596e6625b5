"""Where a session is held, said with the defuser's yes, so that the first invitation carries it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from standdown.care.defusing import actions
from standdown.care.defusing.tests.scene import Scene
from standdown.care.models import Ask
from standdown.foundation import clock, db
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Base, Posting, Team
from tests import care_cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


def base(scene: Scene, name: str, **facts: object) -> Base:
    with db.open_for("the test"):
        return Base.objects.create(force=scene.force, name=name, **facts)


def serve_at(scene: Scene, where: Base, *numbers: int) -> None:
    with db.open_for("the test"):
        team = Team.objects.create(force=scene.force, name=f"Team {where.name}", base=where)
        people = [scene.exposures[number].person for number in numbers]
        Posting.objects.filter(person__in=people).update(team=team)


def made() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(purpose="AppointmentMade", state="due").order_by("id"))


def test_the_first_invitation_says_where(scene: Scene) -> None:
    north = base(scene, "North station")
    actions.say_yes(by=scene.defuser, at=cast.AT, ask=scene.ask(), base=north)
    assert (scene.fresh().base, scene.fresh().calendar_sequence) == (north, 0)
    assert len(made()) == 4
    for message in made():
        assert "Where: North station." in message.text
        assert "LOCATION:North station\r\n" in message.calendar


def test_it_can_be_online(scene: Scene) -> None:
    actions.say_yes(by=scene.defuser, at=cast.AT, ask=scene.ask(), remote=True)
    assert {"LOCATION:Online\r\n" in one.calendar for one in made()} == {True}
    assert (scene.fresh().base, scene.fresh().remote) == (None, True)


def test_a_yes_that_says_nothing_of_it_keeps_the_place(scene: Scene) -> None:
    north = base(scene, "North station")
    scene.change(scene.session, base=north)
    scene.booked()
    assert (scene.fresh().base, scene.fresh().calendar_sequence) == (north, 0)


def test_whoever_leads_it_instead_and_elsewhere_moves_it(scene: Scene) -> None:
    """The time is kept while somebody else is found: those invited hear of another place, and of no other change."""
    north, south = base(scene, "North station"), base(scene, "South station")
    actions.say_yes(by=scene.defuser, at=cast.AT, ask=scene.ask(), base=north)
    actions.drop_out(by=scene.defuser, at=cast.AT, defusing=scene.fresh())
    olly = care_cast.qualified(cast.person(scene.force, "Olly"))
    actions.say_yes(by=cast.actor(olly), at=cast.AT, ask=scene.ask(olly), base=south)
    assert (scene.fresh().base, scene.fresh().calendar_sequence) == (south, 1)
    assert {"Where: South station." in one.text for one in made()} == {True}


# -- the page on which the defuser says yes ------------------------------------------------------------------------


@pytest.fixture
def dana(scene: Scene) -> Client:
    return cast.client_for(scene.defuser)


def waiting(scene: Scene) -> Ask:
    """An ask that waits at the moment of the test, for in three days."""
    now = clock.now()
    scene.change(scene.incident, ended_at=now - dt.timedelta(hours=2))
    return scene.ask(starts_at=now + dt.timedelta(hours=70), lapses_at=now + dt.timedelta(hours=12))


OPTION = re.compile(r'<option value="[^"]*"( selected)?>([^<]*)</option>')


def choices(page: bytes) -> list[tuple[str, bool]]:
    """The places that the page offers, and which of them it proposes."""
    return [(words.strip(), bool(selected)) for selected, words in OPTION.findall(page.decode())]


def test_the_page_proposes_where_most_of_the_group_serve(scene: Scene, dana: Client) -> None:
    north, south = base(scene, "North station"), base(scene, "South station")
    base(scene, "Old station", closed_on=dt.date(2026, 1, 1))
    serve_at(scene, north, 0)
    serve_at(scene, south, 1, 2)
    address = f"/care/defusing/asks/{waiting(scene).pk}/"
    assert choices(dana.get(address).content) == [
        ("Online", False), ("North station", False), ("South station", True), ("To be said later", False),
    ]  # fmt: skip
    dana.post(address, {"answer": "yes", "where": str(north.pk)})
    assert (scene.fresh().state, scene.fresh().base) == ("booked", north)


def test_the_page_proposes_the_incidents_base_first_and_what_was_said_before_that(scene: Scene, dana: Client) -> None:
    north, south = base(scene, "North station"), base(scene, "South station")
    scene.change(scene.incident, base=north)
    address = f"/care/defusing/asks/{waiting(scene).pk}/"
    assert ("North station", True) in choices(dana.get(address).content)
    scene.change(scene.session, base=south)
    said = choices(dana.get(address).content)
    assert ("South station", True) in said
    assert "To be said later" not in dict(said)
    scene.change(scene.session, base=None, remote=True)
    assert ("Online", True) in choices(dana.get(address).content)


def test_where_nothing_is_known_it_can_stay_open(scene: Scene, dana: Client) -> None:
    ask = waiting(scene)
    assert "You say where with your yes." in dana.get("/care/defusing/mine/").content.decode()
    address = f"/care/defusing/asks/{ask.pk}/"
    assert choices(dana.get(address).content) == [("Online", False), ("To be said later", True)]
    dana.post(address, {"answer": "yes", "where": ""})
    assert (scene.fresh().state, scene.fresh().base, scene.fresh().remote) == ("booked", None, False)


WHY = re.compile(r'name="moved" type="radio" value="([^"]*)"( checked)?')


def test_a_yes_outside_the_window_says_why(scene: Scene, dana: Client) -> None:
    """Such a time is proposed where nobody can lead it inside; the page that asks for a yes asks for the reason too."""
    now = clock.now()
    scene.change(scene.incident, ended_at=now - dt.timedelta(hours=2))
    ask = scene.ask(starts_at=now + dt.timedelta(hours=112), lapses_at=now + dt.timedelta(hours=12))
    address = f"/care/defusing/asks/{ask.pk}/"
    offered = WHY.findall(dana.get(address).content.decode())
    assert [value for value, chosen in offered if chosen] == ["no-defuser"]
    assert "Say why" in dana.post(address, {"answer": "yes", "where": "remote"}).content.decode()
    dana.post(address, {"answer": "yes", "where": "remote", "moved": "rest-days"})
    assert (scene.fresh().state, scene.fresh().moved) == ("booked", "rest-days")


def test_a_reason_that_stands_already_is_chosen_already(scene: Scene, dana: Client) -> None:
    now = clock.now()
    scene.change(scene.incident, ended_at=now - dt.timedelta(hours=2))
    scene.change(scene.session, moved="operations")
    ask = scene.ask(starts_at=now + dt.timedelta(hours=112), lapses_at=now + dt.timedelta(hours=12))
    offered = WHY.findall(dana.get(f"/care/defusing/asks/{ask.pk}/").content.decode())
    assert [value for value, chosen in offered if chosen] == ["operations"]


def test_a_yes_inside_the_window_is_not_asked_why(scene: Scene, dana: Client) -> None:
    address = f"/care/defusing/asks/{waiting(scene).pk}/"
    assert WHY.findall(dana.get(address).content.decode()) == []


def test_somebody_elses_base_is_not_taken(scene: Scene, dana: Client) -> None:
    with db.open_for("the test"):
        far = Base.objects.create(force=cast.force("far"), name="Far station")
    ask = waiting(scene)
    page = dana.post(f"/care/defusing/asks/{ask.pk}/", {"answer": "yes", "where": str(far.pk)})
    assert (page.status_code, scene.fresh().state) == (200, "asked")


@pytest.mark.parametrize("facts", [{"as_second": True}, {"starts_at": None}])
def test_whoever_is_to_help_or_has_no_time_yet_is_not_asked_where(
    scene: Scene, dana: Client, facts: dict[str, Any]
) -> None:
    now = clock.now()
    facts = {"starts_at": now, "lapses_at": now + dt.timedelta(hours=12), **facts}
    ask = scene.ask(None, **facts)
    address = f"/care/defusing/asks/{ask.pk}/"
    assert choices(dana.get(address).content) == []
    dana.post(address, {"answer": "yes"})
    assert Ask.objects.get().answer == "yes"
