from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from standdown.foundation import clock, db
from standdown.foundation.access import Actor
from standdown.people.models import Force, Person, Qualification, RegisterMove
from standdown.people.qualifications.tests import qualified
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db


def ahead(days: int) -> dt.date:
    """So many days from the day on which the views look."""
    return clock.london_day(clock.now()) + dt.timedelta(days=days)


def qualify(person: Person, **facts: Any) -> Qualification:
    facts = {"valid_from": ahead(-100), "valid_until": ahead(700), "latest_until": ahead(1000), **facts}
    return qualified.qualify(person, **facts)


@pytest.fixture
def force() -> Force:
    return cast.force()


@pytest.fixture
def lead(force: Force) -> Actor:
    return cast.holder(Role.WELLBEING_LEAD, force, "Lea")


@pytest.fixture
def client(lead: Actor) -> Client:
    return cast.client_for(lead)


def page(client: Client, name: str, *args: Any, **asked: str) -> str:
    answer = client.get(reverse(f"qualifications:{name}", args=args), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def send(client: Client, name: str, *args: Any, **facts: Any) -> HttpResponse:
    return client.post(reverse(f"qualifications:{name}", args=args), facts)  # type: ignore[return-value]


def day(name: str, value: dt.date | None) -> dict[str, object]:
    parts = (value.day, value.month, value.year) if value else ("", "", "")
    return {f"{name}_{part}": one for part, one in zip(("day", "month", "year"), parts, strict=True)}


# -- one's own ----------------------------------------------------------------------------------------------------


def test_standing_down_and_coming_back(force: Force) -> None:
    dee = cast.person(force, "Dee")
    qualify(dee)
    client = cast.client_for(cast.actor(dee))
    assert "You need not say why" in page(client, "stand-down")
    assert send(client, "stand-down", **day("since", ahead(-1)), **day("until", None)).status_code == 200
    assert send(client, "stand-down", **day("since", ahead(0)), **day("until", None)).status_code == 303
    text = page(client, "stand-down")
    assert ("until you say that you are back" in text, "I am available again" in text, "Not available" in text) == (
        True,
        True,
        True,
    )
    assert send(client, "come-back").status_code == 303
    assert "You are available again." in page(client, "stand-down")
    assert send(client, "come-back").status_code == 303
    assert "You are not standing down" in page(client, "stand-down")
    assert client.get(reverse("qualifications:come-back")).status_code == 405


def test_the_days_are_said(force: Force) -> None:
    client = cast.client_for(cast.actor(cast.person(force, "Dee")))
    send(client, "stand-down", **day("since", ahead(2)), **day("until", ahead(5)))
    assert "You will stand down on" in page(client, "stand-down")
    send(client, "stand-down", **day("since", ahead(0)), **day("until", ahead(5)))
    assert "You are back on" in page(client, "stand-down")
    assert send(client, "stand-down", **day("since", ahead(3)), **day("until", ahead(1))).status_code == 200
    send(client, "stand-down", **day("since", ahead(1)), **day("until", None))
    assert "You are stood down. You are back on" in page(client, "stand-down")


def test_deciding_about_a_move(force: Force) -> None:
    dee, old = cast.person(force, "Dee"), cast.force("bshire")
    client = cast.client_for(cast.actor(dee))
    assert "There is nothing to decide" in page(client, "moves")
    qualify(dee, force_id=old.pk)
    with db.open_for("the cast"):
        RegisterMove.objects.create(person=dee, from_force=old, to_force=force, asked_at=cast.AT)
    text = page(client, "moves")
    assert ("You serve in Ashire Police now" in text, "on the register of Bshire Police" in text) == (True, True)
    assert send(client, "moves").status_code == 200
    assert send(client, "moves", approved="no").status_code == 303
    assert "You said no" in page(client, "moves")
    assert send(client, "moves", approved="no").status_code == 200
    assert send(client, "moves", approved="yes").status_code == 303
    assert send(client, "moves", approved="yes").status_code == 200
    assert Qualification.objects.standing().get().force == force


# -- from a file --------------------------------------------------------------------------------------------------


def file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("past.csv", text.encode())


def test_bringing_in_past_training(client: Client, force: Force) -> None:
    dee = cast.person(force, "Dee")
    number = dee.postings.get().number
    text = client.get(reverse("qualifications:template")).content.decode().replace("1234", number)
    for what, said in (("check", "Only checked"), ("write", "The training was brought in")):
        answer = send(client, "import", force=force.pk, file=file(text), what=what)
        assert said in answer.content.decode()
    assert Qualification.objects.filter(person=dee).count() == 2
    bad = send(client, "import", force=force.pk, file=file(text.replace(number, "X")), what="write").content.decode()
    assert ("Nothing was written" in bad, "Nobody serves in Ashire" in bad) == (True, True)
    lapsed = text.replace("31/08/2025", "31/08/2015").replace("Demobilising and defusing", "estim")
    answer = send(client, "import", force=force.pk, file=file(lapsed), what="write")
    assert "1 row has lapsed already" in answer.content.decode()


def test_a_lead_of_two_forces_chooses_one(force: Force) -> None:
    lead = cast.person(force, "Lea")
    for of in (force, cast.force("bshire")):
        cast.grant(lead, Role.WELLBEING_LEAD, of)
    client = cast.client_for(cast.actor(lead))
    assert "Choose a force" in page(client, "import")
    assert send(client, "import", file=file("number\n"), what="check").status_code == 200
    other = cast.force("cshire")
    assert "Only checked" not in send(client, "import", force=other.pk, file=file("a"), what="check").content.decode()
