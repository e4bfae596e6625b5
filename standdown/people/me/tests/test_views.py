from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from standdown.foundation import db
from standdown.foundation.access import Can
from standdown.people.me.queries import first_links
from standdown.people.models import LineManagement
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db


def test_ones_own_page_says_who_one_is_and_what_one_may(client: Client) -> None:
    force = cast.force("ashire")
    lead = cast.holder(Role.WELLBEING_LEAD, force, "Wyn")
    text = cast.client_for(lead).get("/me/").content.decode()
    for words in ("Wyn Ashdown", "Ashire Police", "Wellbeing lead, Ashire", "Propose somebody for a role"):
        assert words in text, words
    assert client.get("/me/").status_code == 302


def test_without_a_role_the_page_is_there_too() -> None:
    text = cast.client_for(cast.actor(cast.person(None, "Nat"))).get("/me/").content.decode()
    assert ("National body" in text, "You hold no role" in text) == (True, True)


def test_what_waits_comes_first() -> None:
    force = cast.force("ashire")
    cast.grant(cast.person(force, "Sam"), Role.WELLBEING_LEAD, force, approved_at=None)
    pia = cast.holder(Role.PRIVACY_OFFICER, force, "Pia")
    assert [one.words for one in first_links(pia, cast.AT)][:1] == ["1 role waits for you"]
    keeper = cast.holder(Role.SYSTEM_ADMINISTRATOR, force, "Keir")
    found = [one.address for one in first_links(keeper, cast.AT)]
    names = ("mine:page", "exposures:raise", "own_care:page", "accounts:import", "accounts:list")
    assert found == [reverse(name) for name in names]
    al = cast.actor(cast.person(force, "Al"))
    assert [one.words for one in first_links(al, cast.AT)] == ["My training", "Raise an incident", "Your support"]
    assert not pia.has(Can.PROPOSE_ROLE)


def test_the_language_of_messages_is_chosen() -> None:
    sam = cast.actor(cast.person(cast.force("ashire"), "Sam"))
    client = cast.client_for(sam)
    assert client.get(reverse("me:language")).status_code == 200
    assert client.post(reverse("me:language"), {"language": "cy"}).status_code == 303
    assert cast.person_of(sam).language == "cy"
    assert client.post(reverse("me:language"), {"language": "fr"}).status_code == 200


def test_a_supervisor_sees_the_names_of_their_own_people_and_nothing_else() -> None:
    force = cast.force("ashire")
    boss = cast.holder(Role.SUPERVISOR, force, "Bo")
    sam, ann = cast.person(force, "Sam"), cast.person(force, "Ann")
    with db.open_for("the cast"):
        LineManagement.objects.create(person=sam, manager=cast.person_of(boss), since=cast.TODAY)
        LineManagement.objects.create(person=ann, manager=sam, since=cast.TODAY)
    text = cast.client_for(boss).get(reverse("me:reports")).content.decode()
    assert ("Sam Ashdown" in text, "Ann Ashdown" in text, sam.work_email in text) == (True, False, False)
    assert cast.client_for(cast.actor(sam)).get(reverse("me:reports")).status_code == 404
