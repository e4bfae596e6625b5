from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from standdown.care.defusing.tests.scene import Scene
from standdown.care.mine import download, first_links, queries
from standdown.care.models import Contact, Exclusion, Look, OwnEntry, SelfReferral, Wish
from standdown.foundation import db
from standdown.people.models import Posting
from tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/care/mine/"


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def browser(scene: Scene) -> Client:
    return cast.client_for(scene.actor_of(0))


def body(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_person_sees_what_is_held_and_until_when(browser: Client, scene: Scene) -> None:
    page = body(browser)
    assert scene.incident.reference in page
    assert "Kept until" in page


def test_nobody_sees_what_is_held_about_another(scene: Scene) -> None:
    page = body(cast.client_for(cast.holder_of_nothing(scene.force)))
    assert scene.incident.reference not in page


def test_a_look_is_seen_by_the_person_at_once(browser: Client, scene: Scene) -> None:
    cast.client_for(scene.coordinator).get(f"/care/incidents/{scene.incident.pk}/")
    page = body(browser)
    assert "Cora Ashdown" in page
    assert "ESTIP coordinator" in page
    assert Look.objects.filter(person=scene.exposures[0].person).count() == 1


def test_ones_own_page_is_no_look(browser: Client) -> None:
    body(browser)
    assert Look.objects.count() == 0


def test_an_invitation_is_answered_from_ones_own_page(browser: Client, scene: Scene) -> None:
    session = scene.booked()
    with db.open_for("the cast"):
        ahead = dt.datetime(2090, 1, 1, tzinfo=dt.UTC)
        type(session).objects.filter(pk=session.pk).update(starts_at=ahead, ends_at=ahead + dt.timedelta(hours=1))
    assert "led by Dana Ashdown" in body(browser)
    address = f"/care/defusing/invitations/{scene.attendee(0).pk}/"
    assert "Sunday 1 January" in body(browser, address)  # which of several it is
    assert "led by Dana Ashdown" in body(browser, address)
    answer = browser.post(address, {"answer": "declined"})
    assert (answer.status_code, scene.attendee(0).answer) == (303, "declined")
    other = cast.client_for(scene.actor_of(1))
    assert other.post(address, {"answer": "accepted"}).status_code == 404


@pytest.mark.parametrize(
    ("said", "outcome", "wants"),
    [("yes", "reached", "yes"), ("rather-not", "not-wished", ""), ("never", "not-wished", ""), ("later", "", "")],
)
def test_how_one_is_takes_one_choice(browser: Client, scene: Scene, said: str, outcome: str, wants: str) -> None:
    with db.open_for("the cast"):
        contact = Contact.objects.create(exposure=scene.exposures[0], kind="month", due_on=cast.TODAY)
    answer = browser.post(f"{PAGE}contacts/{contact.pk}/", {"answer": said})
    contact.refresh_from_db()
    assert (answer.status_code, contact.outcome, contact.wants_more) == (303, outcome, wants)


def test_anybody_asks_to_talk_and_lets_it_go(browser: Client) -> None:
    assert browser.post(f"{PAGE}talk/", {"to": "peer"}).status_code == 303
    asked = SelfReferral.objects.get()
    assert "You asked to talk to somebody" in body(browser)
    assert browser.post(f"{PAGE}talk/{asked.pk}/over/").status_code == 303
    assert browser.post(f"{PAGE}talk/", {"to": "occupational-health"}).status_code == 303
    assert "Referral to occupational health" in body(browser)


def test_days_history_wishes_and_exclusions_are_kept_and_taken_back(browser: Client, scene: Scene) -> None:
    date = {"on_day": "1", "on_month": "6", "on_year": "2030"}
    assert browser.post(f"{PAGE}days/", {"kind": "trial", **date}).status_code == 303
    past = {"on_day": "1", "on_month": "6", "on_year": "2020"}
    assert browser.post(f"{PAGE}history/", {"category": "other", **past}).status_code == 303
    assert browser.post(f"{PAGE}wishes/", {"sex": "woman", "welsh": "on"}).status_code == 303
    number = Posting.objects.get(person=scene.defuser_person).number
    assert browser.post(f"{PAGE}excluded/", {"number": number}).status_code == 303
    assert (OwnEntry.objects.count(), Wish.objects.get().sex, Exclusion.objects.count()) == (1, "woman", 1)
    page = body(browser)
    assert "Excluded: Dana Ashdown" in page
    entry, exclusion = OwnEntry.objects.get(), Exclusion.objects.get()
    assert browser.post(f"{PAGE}history/{entry.pk}/remove/").status_code == 303
    assert browser.post(f"{PAGE}excluded/{exclusion.pk}/take-back/").status_code == 303
    assert "Excluded:" not in body(browser)


def test_ones_history_goes_along_as_a_file_without_a_formula(browser: Client, scene: Scene) -> None:
    answer = browser.get(f"{PAGE}my-support.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="my-support.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    own = queries.own(scene.actor_of(0), cast.AT)
    assert lines == download.as_csv(own).decode("utf-8-sig").splitlines()
    assert len(lines) == 2


def test_a_defuser_finds_what_is_asked_on_their_own_page(scene: Scene) -> None:
    ask = scene.ask()
    with db.open_for("the cast"):
        type(ask).objects.filter(pk=ask.pk).update(lapses_at=dt.datetime(2090, 1, 1, tzinfo=dt.UTC))
    links = [link.words for link in first_links.of_care(scene.defuser, cast.AT)]
    assert links == ["1 session is asked of you", "Your support"]
    browser = cast.client_for(scene.defuser)
    assert "Asked of you" in body(browser, "/care/defusing/mine/")
    answer = browser.post(f"/care/defusing/asks/{ask.pk}/", {"answer": "pass"})
    assert (answer.status_code, scene.fresh().state) == (303, "planned")


def test_who_serves_in_no_force_has_no_care_here() -> None:
    assert first_links.of_care(cast.national_coordinator(), cast.AT) == []
