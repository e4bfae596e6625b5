"""One's own page, one's mails and what one takes home, in Welsh for whoever chose it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from standdown.care.defusing.tests.scene import Scene
from standdown.care.demobilising import crisis, screens
from standdown.notifications.models import OutboxMessage
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    made = Scene()
    made.change(made.exposures[0].person, language="cy")
    return made


@pytest.fixture
def browser(scene: Scene) -> Client:
    return cast.client_for(scene.actor_of(0))


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_ones_own_page_is_in_the_language_that_one_chose(browser: Client, scene: Scene) -> None:
    page = body(browser, "/care/mine/")
    assert '<html lang="cy"' in page
    for words in (
        "Eich cymorth",
        "Yr hyn na chaiff ei gadw byth",
        "Pwy edrychodd",
        "Cedwir tan ",
    ):
        assert words in page, words
    assert "What is held" not in page
    page = body(cast.client_for(scene.actor_of(1)), "/care/mine/")
    assert ('<html lang="en-GB"' in page, "What is held about you" in page) == (True, True)


def test_what_is_asked_there_and_what_is_said_afterwards_too(browser: Client, scene: Scene) -> None:
    assert "Â phwy yr hoffech siarad?" in body(browser, "/care/mine/talk/")
    browser.post("/care/mine/talk/", {"to": "peer"})
    assert "Bydd rhywun yn cysylltu â chi o fewn diwrnod." in body(browser, "/care/mine/")
    page = body(browser, reverse("exposures:dispute", args=[scene.exposures[0].pk]))
    assert ("Beth sy" in page, "Doeddwn i ddim yno" in page) == (True, True)


def test_a_page_of_work_stays_in_english(browser: Client) -> None:
    assert '<html lang="en-GB"' in body(browser, "/me/")


def test_whoever_is_not_signed_in_is_asked_to(scene: Scene) -> None:
    assert Client().get("/care/mine/").status_code == 302


def test_the_mail_and_its_entry_are_in_welsh_and_say_no_more_than_in_english(scene: Scene) -> None:
    scene.booked()
    mail = OutboxMessage.objects.get(purpose="AppointmentMade", recipient=scene.exposures[0].person)
    assert (mail.subject, "SUMMARY:Apwyntiad\r\n" in mail.calendar) == ("Apwyntiad", True)
    assert mail.text.startswith("Annwyl Erin,\n\nMae gennych apwyntiad: Dydd ")
    assert '<html lang="cy"' in mail.html
    for word in ("You ", "Sign in", "efusing", scene.incident.reference):
        assert word not in mail.text.replace("/care/defusing/", ""), word


def test_what_one_takes_home_is_in_both_languages() -> None:
    (_english, first), (language, second) = screens.take_away(crisis.numbers([], None))
    assert ("After a hard shift" in first, language, "Ar ôl shifft anodd" in second) == (True, "cy", True)
    for words in ("Y Samariaid", "Perygl i fywyd", "Ymhen tua thridiau"):
        assert words in second, words
    assert "Samaritans" not in second
