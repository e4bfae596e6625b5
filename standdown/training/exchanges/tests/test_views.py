"""The pages of exchanges: what they say beforehand, what they do, and for whom they are not there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from standdown.foundation import clock, db
from standdown.people.roles.policy import Role
from standdown.training.exchanges.tests.scene import Scene, fresh, on
from standdown.training.models import Interest, Nomination, Session
from tests import cast

pytestmark = pytest.mark.django_db
DAY, LATER = dt.date(2090, 1, 10), dt.date(2090, 1, 17)


@pytest.fixture
def scene() -> Scene:
    return Scene(clock.now())


def page(name: str, of: Nomination | Session, **query: Any) -> str:
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"exchanges:{name}", args=[of.pk]) + (f"?{asked}" if asked else "")


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_substitute_is_chosen_and_confirmed(scene: Scene) -> None:
    session = scene.session(day=DAY, capacity=1)
    ann, _ben = scene.put("Ann", session, accepted=True), scene.put("Ben", session)
    dan, eve = scene.person("Dan"), scene.person("Eve")
    with db.open_for("the cast"):
        Interest.objects.create(person=eve, force=scene.force, course=scene.course, shift="days", told_at=scene.at)
    lead = cast.client_for(scene.lead)
    first = shown(lead, page("substitute", ann))
    assert ("Eve Ashdown" in first, "Ben Ashdown: swap instead" in first, "Dan Ashdown" in first) == (True, True, False)
    assert "Dan Ashdown" in shown(lead, page("substitute", ann, q="Dan"))
    assert "Nobody in your directory fits" in shown(lead, page("substitute", ann, q="Zacharias"))
    confirm = shown(lead, page("substitute", ann, person=dan.pk))
    assert "Dan Ashdown takes place 1, and Ann Ashdown is off the date." in confirm
    assert f'action="{page("substitute", ann, person=dan.pk)}"' in confirm
    key = confirm.split('name="key" value="')[1][:36]
    facts = {"key": key, "agreed": "yes", "stated": "on"}
    incomplete = lead.post(page("substitute", ann, person=dan.pk), {"key": key, "stated": "on"})
    assert "Error:" in incomplete.content.decode()
    answer = lead.post(page("substitute", ann, person=dan.pk), facts)
    made = Nomination.objects.get(person=dan)
    assert (answer.status_code, answer["Location"]) == (303, reverse("nominations:one", args=[made.pk]))
    assert on(session)[0] == ("Dan", "accepted", 1, None)
    assert "There is no place to hand on" in shown(lead, page("substitute", ann))
    assert "There is no place to hand on" in shown(lead, page("substitute", ann, person=eve.pk))


def test_a_page_says_what_speaks_against_a_substitute(scene: Scene) -> None:
    session, other = scene.session(day=DAY), scene.session(day=DAY)
    ann, ben = scene.put("Ann", session), scene.put("Ben", other)
    lead = cast.client_for(scene.lead)
    assert "Withdraw one of the two first" in shown(lead, page("substitute", ann, person=ben.person_id))
    assert lead.get(page("substitute", ann, person=cast.person(cast.force("bshire"), "Bo").pk)).status_code == 404
    assert lead.post(page("substitute", ann)).status_code == 404


def test_a_name_is_moved_to_another_date(scene: Scene) -> None:
    session = scene.session(day=DAY)
    ann = scene.put("Ann", session)
    lead = cast.client_for(scene.lead)
    assert "No other date is open to your force now." in shown(lead, page("transfer", ann))
    later, full = scene.session(day=LATER), scene.session(day=LATER + dt.timedelta(days=7), capacity=1)
    for name in ("Ben", "Cat"):
        scene.put(name, full)
    choices = shown(lead, page("transfer", ann))
    assert ("2 places are free for you" in choices, "No place is free: 1 name waits ahead" in choices) == (True, True)
    assert "Choose a date" in lead.post(page("transfer", ann), {}).content.decode()
    assert lead.post(page("transfer", ann), {"date": str(later.pk)}).status_code == 303
    assert (on(session), on(later)) == ([], [("Ann", "offered", 1, None)])
    assert "cannot be moved to another date any more" in shown(lead, page("transfer", ann))


def test_two_are_swapped(scene: Scene) -> None:
    session, later = scene.session(day=DAY, capacity=1), scene.session(day=LATER, capacity=1)
    ann = scene.put("Ann", session)
    lead = cast.client_for(scene.lead)
    assert "Nobody of your force has a place or waits" in shown(lead, page("swap", ann))
    ben, cat = scene.put("Ben", session), scene.put("Cat", later)
    choices = shown(lead, page("swap", ann))
    assert ("Ben Ashdown: waits for this date" in choices, "Cat Ashdown: place 1 on" in choices) == (True, True)
    assert "Ann Ashdown: place 1 on this date" in shown(lead, page("swap", ben))
    assert lead.post(page("swap", ann), {"other": str(cat.pk), "agreed": "no"}).status_code == 303
    assert (on(session)[0], on(later)) == (("Cat", "offered", 1, None), [("Ann", "offered", 1, None)])
    assert "cannot be moved" in shown(lead, page("swap", ann))
    elsewhere = cast.force("bshire")
    their_lead = cast.holder(Role.WELLBEING_LEAD, elsewhere, "Thea")
    date = cast.session(scene.course, elsewhere, day=LATER)
    foreign = scene.put_person(cast.person(elsewhere, "Fay"), date, by=their_lead)
    assert lead.post(page("swap", ben), {"other": str(foreign.pk), "agreed": "no"}).status_code == 404


def test_a_place_beyond_the_capacity_is_a_coordinators_to_give(scene: Scene) -> None:
    session = scene.session(day=DAY, capacity=1)
    scene.put("Ann", session)
    ben = scene.put("Ben", session)
    nadia = cast.client_for(cast.national_coordinator())
    assert "Ben Ashdown is offered a place beyond the 1 that the date has" in shown(nadia, page("over-capacity", ben))
    assert nadia.post(page("over-capacity", ben)).status_code == 303
    assert (fresh(ben).over_capacity, fresh(ben).place_no) == (True, 2)
    assert "This name no longer waits" in shown(nadia, page("over-capacity", ben))
    assert cast.client_for(scene.lead).get(page("over-capacity", ben)).status_code == 404


def test_the_order_of_the_forces_own_names(scene: Scene) -> None:
    session = scene.session(day=DAY, capacity=1)
    scene.put("Ann", session)
    lead = cast.client_for(scene.lead)
    assert lead.get(page("reorder", session)).status_code == 404  # nobody waits
    ben, cat = scene.put("Ben", session), scene.put("Cat", session)
    assert "Ben Ashdown" in shown(lead, page("reorder", session))
    twice = {str(ben.pk): "1", str(cat.pk): "1", "reason": "cover"}
    assert "Give each a number of its own" in lead.post(page("reorder", session), twice).content.decode()
    facts = {str(ben.pk): "2", str(cat.pk): "1", "reason": "cover"}
    assert lead.post(page("reorder", session), facts).status_code == 303
    assert [fresh(one).own_order for one in (ben, cat)] == [2, 1]
    first = shown(lead, page("reorder", session))
    assert first.index("Cat Ashdown") < first.index("Ben Ashdown")


def test_for_everybody_else_the_pages_are_not_there(scene: Scene) -> None:
    session = scene.session(day=DAY, capacity=1)
    ann, ben = scene.put("Ann", session), scene.put("Ben", session)
    bob = cast.client_for(cast.holder(Role.ESTIP_LEAD, scene.force, "Bob"))
    charlie = cast.client_for(cast.holder(Role.WELLBEING_LEAD, cast.force("bshire"), "Charlie"))
    for client in (bob, charlie):
        missing = client.get(reverse("exchanges:swap", args=[scene.force.pk]))
        for name, of in (("substitute", ann), ("transfer", ann), ("swap", ann), ("over-capacity", ben)):
            answer = client.get(page(name, of))
            assert (answer.status_code, len(answer.content)) == (404, len(missing.content))
            assert client.post(page(name, of)).status_code == 404
        assert client.get(page("reorder", session)).status_code == 404
        assert client.get(page("reorder", session, force=scene.force.pk)).status_code == 404
