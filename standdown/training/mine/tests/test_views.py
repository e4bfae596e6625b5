"""My training: what a delegate and a line manager see, signed in."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from standdown.foundation import clock, db
from standdown.people.models import LineManagement, Person, Qualification
from standdown.people.qualifications.models import RegisterMove
from standdown.people.roles.policy import Role
from standdown.training.attendance.models import Register
from standdown.training.models import (
    CalendarFeed,
    Certificate,
    Feedback,
    FollowUp,
    Interest,
    Nomination,
    Quote,
    Session,
)  # fmt: skip
from tests import cast

pytestmark = pytest.mark.django_db
NOW = clock.now()
DAY = dt.timedelta(days=1)
MINE = "/training/mine/"


class Scene:
    """Ann of a force with a lead, in her own browser, and dates that she may be on."""

    def __init__(self) -> None:
        self.force, self.course = cast.force(), cast.course()
        self.lead = cast.holder(Role.WELLBEING_LEAD, self.force, "Lena")
        cast.client_for(self.lead)
        self.ann = cast.person(self.force, "Ann")
        self.by = cast.actor(self.ann)
        self.browser = cast.client_for(self.by)

    def date(self, days: float, **facts: Any) -> Session:
        return cast.session(self.course, self.force, starts_at=NOW + days * DAY, **facts)

    def on(self, session: Session, state: str, of: Person | None = None, **facts: Any) -> Nomination:
        number = 1 if state in {"offered", "accepted", "attended", "part-attended", "did-not-attend"} else None
        facts = {
            "state": state, "acting_as": "lead", "eligibility": "both", "release": "by-lead", "terms": "free",
            "put_forward_at": NOW, "changed_at": NOW, "place_no": number, **facts,
        }  # fmt: skip
        with db.open_for("the cast"):
            return Nomination.objects.create(session=session, person=of or self.ann, force=self.force, **facts)

    def page(self) -> str:
        found = self.browser.get(MINE)
        assert found.status_code == 200
        text: str = found.content.decode()
        return text


def next_words(page: str) -> str:
    """The sentence on top."""
    found = re.search(r'<p class="govuk-heading-m" id="next">(.*?)</p>', page, re.DOTALL)
    assert found is not None
    return found[1].strip()


def test_who_has_nothing_is_asked_whether_they_would_like_to_be_trained() -> None:
    page = Scene().page()
    assert next_words(page) == "Would you like to be trained?"
    assert page.count("/training/interest/") == 2


@pytest.mark.parametrize(
    ("days", "state", "facts", "words", "button"),
    [
        (30, "offered", {"answer_by": NOW + DAY}, "is offered to you. Please answer by", "Accept or decline"),
        (30, "nominated", {"release": "asked"}, "First somebody agrees that you are free", "See this date"),
        (30, "waiting", {"queue_no": 1}, "You are number 1 on the waiting list", "See this date"),
        (30, "accepted", {}, "You have a place on", "How to join is shown here from"),
        (0.5, "accepted", {}, "You have a place on", "has not entered yet how to join"),
        (-1, "accepted", {}, "Once it is recorded who was there", "See this date"),
        (-1, "attended", {}, "Your certificate is on its way.", "See this date"),
    ],
)
def test_what_happens_next_with_a_date_stands_on_top(
    days: float, state: str, facts: dict[str, Any], words: str, button: str
) -> None:
    scene = Scene()
    scene.on(scene.date(days), state, **facts)
    page = scene.page()
    assert words in next_words(page)
    assert button in page


@pytest.mark.parametrize(("state", "held"), [("accepted", "published"), ("attended", "held")])
def test_who_is_on_the_way_to_a_certificate_is_not_asked_for_interest(state: str, held: str) -> None:
    scene = Scene()
    scene.on(scene.date(-1, status=held), state)
    page = scene.page()
    assert "/training/interest/" not in page
    assert "You have a place" not in page
    assert ("It is being recorded who was there" in page) is (state == "accepted")


def test_near_the_time_the_page_leads_to_how_to_join() -> None:
    scene = Scene()
    scene.on(scene.date(0.5, joining_link="https://meet.example/1"), "accepted")
    assert "See how to join" in scene.page()
    other = Scene.__new__(Scene)
    other.__dict__.update(scene.__dict__)
    with db.open_for("the cast"):
        Session.objects.update(delivery="in-person", place="Harbour House")
    assert "In person, Harbour House" in other.page()


def test_feedback_the_follow_up_and_what_one_is_qualified_for() -> None:
    scene = Scene()
    session = scene.date(-2, status="held")
    made = scene.on(session, "attended")
    today = clock.london_day(NOW)
    with db.open_for("the cast"):
        Register.objects.create(session=session, closed_at=NOW - DAY)
    page = scene.page()
    assert "Your certificate follows." in next_words(page)
    assert reverse("feedback:give", args=[made.pk]) in page
    with db.open_for("the cast"):
        given = Feedback.objects.create(nomination=made, before=2, after=4, given_at=NOW)
        Quote.objects.create(feedback=given, course=scene.course, words="Good.", consent_version=1, consented_at=NOW)
        FollowUp.objects.create(nomination=made, asked_at=NOW)
        Certificate.objects.create(
            number="SD-1", nomination=made, person=scene.ann, force=scene.force, version=session.version,
            name="Ann", language="en", trained_on=today, valid_until=today + 700 * DAY, issued_at=NOW,
        )  # fmt: skip
        Qualification.objects.create(
            person=scene.ann, force=scene.force, skill="demobilise", valid_from=today, valid_until=today + 700 * DAY,
            latest_until=today + 900 * DAY, source="certificate", granted_at=NOW,
        )  # fmt: skip
    page = scene.page()
    assert next_words(page) == "Three months on: have you used what you learned?"
    assert ("My certificates" in page, "My words that others may read" in page, "Demobilise" in page) == (True,) * 3
    with db.open_for("the cast"):
        FollowUp.objects.update(answered_at=NOW, used="not-yet")
    assert next_words(scene.page()) == "You are qualified, and there is nothing for you to do."
    with db.open_for("the cast"):
        Qualification.objects.update(skill="defuse")
        elsewhere = cast.force("bshire")
        RegisterMove.objects.create(person=scene.ann, from_force=elsewhere, to_force=scene.force, asked_at=NOW)
    page = scene.page()
    assert "You are qualified to defuse until" in next_words(page)
    assert "There is nothing for you to do" in next_words(page)
    assert reverse("qualifications:moves") in page
    with db.open_for("the cast"):
        Qualification.objects.update(valid_until=today + 90 * DAY)
    assert "Below stands what keeps it current." in next_words(scene.page())


@pytest.mark.parametrize(
    ("state", "words"), [("open", "knows that you would like to be trained"), ("held", "keeps your name for a later")]
)
def test_what_one_told_stands_on_top_until_it_is_answered(state: str, words: str) -> None:
    scene = Scene()
    with db.open_for("the cast"):
        made = Interest.objects.create(
            person=scene.ann, force=scene.force, course=scene.course, shift="days", told_at=NOW, state=state
        )
    page = scene.page()
    assert words in next_words(page)
    assert reverse("interest:take-back", args=[made.pk]) in page


def test_dates_to_come_and_past_ones_are_kept_apart() -> None:
    scene = Scene()
    scene.on(scene.date(30), "accepted")
    scene.on(scene.date(40, status="cancelled"), "withdrawn", end_reason="cancelled", ended_at=NOW)
    scene.on(scene.date(-400, status="held"), "did-not-attend")
    page = scene.page()
    coming, past = page.split("Past dates")
    assert ("You have a place" in coming, "Cancelled" in past, "You were not there" in past) == (True, True, True)


def test_the_page_costs_the_same_for_one_date_and_for_four(django_assert_max_num_queries: Any) -> None:
    scene = Scene()
    for days in (10, 20, 30, 40):
        scene.on(scene.date(days), "accepted")
        with django_assert_max_num_queries(22):
            scene.page()


# -- one's place, signed in -----------------------------------------------------------------------------------------


def test_a_place_is_answered_kept_and_given_back_signed_in() -> None:
    scene = Scene()
    made = scene.on(scene.date(30), "offered", answer_by=NOW + DAY, offer_no=1)
    browser, place = scene.browser, reverse("mine:place", args=[made.pk])
    assert "Put forward by" in browser.get(place + "answer/").content.decode()
    assert reverse("mine:answer", args=[made.pk]) in browser.get(place).content.decode()
    browser.post(place + "answer/", {"answer": "accept", "needs": ["captions"]})
    made.refresh_from_db()
    assert (made.state, made.consent, made.needs) == ("accepted", "signed-in", ["captions"])
    browser.post(place + "needs/", {"needs": ["breaks"], "needs_shared": "on"})
    assert browser.get(place + "date.ics")["Content-Type"].startswith("text/calendar")
    assert "More or longer breaks" in browser.get(place).content.decode()
    browser.post(place + "give-back/")
    made.refresh_from_db()
    assert (made.state, made.needs) == ("withdrawn", ["breaks"])
    assert browser.get(place + "answer/")["Location"] == place


@pytest.mark.parametrize("page", ["place", "answer", "needs", "give-back", "date", "release"])
def test_the_place_of_somebody_else_is_not_there(page: str) -> None:
    scene = Scene()
    made = scene.on(scene.date(30), "offered", answer_by=NOW + DAY)
    address = reverse(f"mine:{page}", args=[made.pk])
    for other in (cast.actor(cast.person(scene.force, "Bob")), scene.lead, cast.national_coordinator()):
        browser = cast.client_for(other)
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"answer": "decline", "free": "yes"}).status_code in {404, 405}
    assert Client().get(address).status_code == 302
    made.refresh_from_db()
    assert made.state == "offered"


# -- releases -------------------------------------------------------------------------------------------------------


def test_a_line_manager_finds_what_waits_for_them_and_releases() -> None:
    scene = Scene()
    boss = cast.person(scene.force, "Mo")
    with db.open_for("the cast"):
        LineManagement.objects.create(person=scene.ann, manager=boss, since=dt.date(2020, 1, 1))
    made = scene.on(scene.date(30), "nominated", release="asked", answer_by=NOW + 5 * DAY)
    browser, address = cast.client_for(cast.actor(boss)), reverse("mine:release", args=[made.pk])
    assert "1 release waits for you" in browser.get("/me/").content.decode()
    assert address in browser.get(MINE).content.decode()
    browser.post(address, {"free": "no"})
    assert "You said no" in browser.get(MINE).content.decode()
    assert browser.post(address, {"free": "yes"}).status_code == 303
    assert "Thank you" in browser.get(address).content.decode()
    assert address not in browser.get(MINE).content.decode()
    assert "My training" in scene.browser.get("/me/").content.decode()


# -- the calendar ---------------------------------------------------------------------------------------------------


def test_the_address_is_shown_once_and_read_without_signing_in() -> None:
    scene = Scene()
    scene.on(scene.date(30), "accepted")
    assert "Make the address" in scene.browser.get(MINE + "calendar/").content.decode()
    made = scene.browser.post(MINE + "calendar/").content.decode()
    found = re.search(r"/training/mine/calendar/[\w-]{43}\.ics", made)
    assert found is not None
    assert found[0] not in scene.browser.get(MINE + "calendar/").content.decode()
    read = Client().get(found[0])
    assert (read.status_code, read["Cache-Control"]) == (200, "no-store")
    assert read.content.decode().count("BEGIN:VEVENT") == 1
    again = Client().get(found[0], headers={"If-None-Match": read["ETag"]})
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "no-store")
    assert Client().get(found[0].replace("calendar/", "calendar/x")).status_code == 404
    assert Client().post(found[0]).status_code == 405
    scene.browser.post(MINE + "calendar/take-back/")
    assert scene.browser.post(MINE + "calendar/take-back/").status_code == 303
    assert Client().get(found[0]).status_code == 404
    assert CalendarFeed.objects.count() == 1
