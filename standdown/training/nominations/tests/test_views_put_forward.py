"""Putting somebody forward: who, for which date, what speaks against it, and what comes of the click."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from standdown.foundation import db, ids
from standdown.people.models import Force, LineManagement, Person
from standdown.people.roles.policy import Role
from standdown.training.models import Course, Interest, Nomination, Session
from standdown.training.nominations.tests.test_views import ROOT, day, put, qualified, team, told, words
from tests import cast

pytestmark = pytest.mark.django_db
PAGE = f"{ROOT}put-forward/"


@pytest.fixture
def course() -> Course:
    return cast.course()


@pytest.fixture
def ashire() -> Force:
    return cast.force("ashire")


@pytest.fixture
def lead(ashire: Force) -> Any:
    return cast.holder(Role.WELLBEING_LEAD, ashire, "Lena", family_name="Leader")


@pytest.fixture
def browser(lead: Any) -> Client:
    return cast.client_for(lead)


@pytest.fixture
def session(course: Course, ashire: Force) -> Session:
    return cast.session(course, ashire, day=day(60), capacity=2)


@pytest.fixture
def ann(ashire: Force) -> Person:
    return cast.person(ashire, "Ann")


def send(browser: Client, person: Person, session: Session, **facts: str) -> HttpResponse:
    sent = {"key": str(ids.new()), "date": str(session.pk), "release": "yes", "stated": "on", **facts}
    answer: Any = browser.post(f"{PAGE}?person={person.pk}", sent)
    return answer  # type: ignore[no-any-return]


def said(browser: Client, answer: HttpResponse) -> str:
    assert answer.status_code == 303
    return words(browser, answer["Location"])


def statements(asked: CaptureQueriesContext) -> int:
    """What was asked of the database, but for opening and closing the transaction."""
    return sum(1 for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")))


def test_the_click_is_answered_at_once_with_the_place(browser: Client, session: Session, ann: Person) -> None:
    text = said(browser, send(browser, ann, session))
    assert "Place 1 is held for Ann Ashdown until " in text


def test_or_with_the_number_on_the_waiting_list(
    browser: Client, lead: Any, session: Session, ashire: Force, ann: Person
) -> None:
    for name in ("Ben", "Cat", "Dan", "Eve"):
        put(lead, session, cast.person(ashire, name))
    assert "Ann Ashdown is on the waiting list, number 3." in said(browser, send(browser, ann, session))


def test_or_with_who_is_asked_first(browser: Client, session: Session, ashire: Force, ann: Person) -> None:
    with db.open_for("the test"):
        LineManagement.objects.create(person=ann, manager=cast.person(ashire, "Max"), since=day(-9))
    text = said(browser, send(browser, ann, session, release="ask"))
    assert "The line manager of Ann Ashdown was asked and has until " in text


@pytest.mark.parametrize("role", [Role.WELLBEING_LEAD, Role.WELLBEING_DEPUTY])
@pytest.mark.parametrize("full", [True, False])
def test_the_click_takes_at_most_fifteen_statements(
    lead: Any, session: Session, course: Course, ashire: Force, ann: Person, role: Role, full: bool
) -> None:
    told(ann, course)
    put(lead, cast.session(course, ashire, day=day(90)), cast.person(ashire, "Zoe"))  # the force's chain has begun
    if full:
        for name in ("Ben", "Cat"):
            put(lead, session, cast.person(ashire, name))
    client = cast.client_for(lead if role is Role.WELLBEING_LEAD else cast.holder(role, ashire, "Dee"))
    with CaptureQueriesContext(connection) as asked:
        assert send(client, ann, session).status_code == 303
    assert Interest.objects.get().state == "put-forward"
    assert statements(asked) == 15


def test_the_same_key_twice_is_one_nomination(browser: Client, session: Session, ann: Person) -> None:
    key = str(ids.new())
    first, second = (said(browser, send(browser, ann, session, key=key)) for _click in range(2))
    assert "Place 1 is held for Ann Ashdown until" in first
    assert "Place 1 is held for Ann Ashdown until" in second
    assert Nomination.objects.count() == 1


def test_the_page_carries_a_key_and_the_evidence(
    browser: Client, session: Session, course: Course, ashire: Force, ann: Person
) -> None:
    cast.grant(ann, Role.PEER_SUPPORTER, ashire, starts_on=day(-9))
    told(ann, course, shift="nights")
    text = words(browser, f"{PAGE}?person={ann.pk}&date={session.pk}")
    assert '<input type="hidden" name="key" value="' in text
    assert "Peer supporter, from the register of roles" in text
    assert 'name="stated"' not in text  # the directory knows
    assert 'name="cost_agreed"' not in text  # there is no charge for a Home Office force
    assert "2 places are free for you. Names by" in text
    assert "They work nights at times. Make sure that the night before the day is free." in text
    assert "The directory knows nobody who could be asked in your stead" in text
    assert 'name="release" type="radio" value="yes">' in text  # and nobody confirms it without a tick
    assert f'value="{session.pk}" checked' in text


def test_what_the_directory_does_not_know_the_lead_answers_for(browser: Client, session: Session, ann: Person) -> None:
    assert 'name="stated"' in words(browser, f"{PAGE}?person={ann.pk}")
    answer = send(browser, ann, session, stated="")
    assert answer.status_code == 200
    assert b"Confirm that they are one of them." in answer.content
    assert Nomination.objects.count() == 0


def test_the_cost_is_by_agreement_and_never_free_for_others(course: Course) -> None:
    force = cast.force("cshire", home_office=False)
    client, person = cast.client_for(cast.holder(Role.WELLBEING_LEAD, force)), cast.person(force, "Ann")
    session = cast.session(course, force, day=day(60))
    assert "The cost is agreed" in words(client, f"{PAGE}?person={person.pk}")
    assert b"the cost is by agreement. Confirm that it is agreed." in send(client, person, session).content
    assert "Place 1 is held" in said(client, send(client, person, session, cost_agreed="on"))
    assert "By agreement" in words(client, f"{ROOT}{Nomination.objects.get().pk}/")


def test_dates_that_cannot_be_say_why(
    browser: Client, lead: Any, session: Session, course: Course, ashire: Force, ann: Person
) -> None:
    closed = cast.session(course, ashire, day=day(5))
    put(lead, session, ann)
    text = words(browser, f"{PAGE}?person={ann.pk}")
    assert "No date is possible now" in text
    assert "Ann Ashdown is already put forward for this date." in text
    assert "Names for this date have closed." in text
    later = cast.session(course, ashire, day=day(70), capacity=1)
    text = words(browser, f"{PAGE}?person={ann.pk}&date={closed.pk}")
    assert f'value="{later.pk}" checked' in text
    assert "Why not another date?" in text


def test_what_each_date_would_come_to_is_said(
    browser: Client, lead: Any, course: Course, ashire: Force, ann: Person
) -> None:
    bshire = cast.force("bshire")
    full = cast.session(course, ashire, day=day(50), capacity=1)
    put(lead, full, cast.person(ashire, "Ben"))
    text = words(browser, f"{PAGE}?person={ann.pk}")
    assert "No place is free for you now: the name goes on the waiting list." in text
    put(lead, full, cast.person(ashire, "Cat"))
    assert "Full: 1 name is ahead." in words(browser, f"{PAGE}?person={ann.pk}")
    cast.session(course, bshire, day=day(55))
    assert "Bshire" not in words(browser, f"{PAGE}?person={ann.pk}")


def test_without_a_date_the_name_waits(browser: Client, ann: Person) -> None:
    qualified(ann, day(30))
    text = words(browser, f"{PAGE}?person={ann.pk}")
    assert "There is no date for your force yet" in text
    assert "Qualified" in text


def test_a_page_that_was_not_filled_in_says_what_is_missing(browser: Client, session: Session, ann: Person) -> None:
    text = browser.post(f"{PAGE}?person={ann.pk}", {"date": "nonsense"}).content.decode()
    assert "Error: Put Ann Ashdown forward" in " ".join(text.split())
    assert "Say who releases them for the day" in text
    assert "This page is no longer of today. Open it again" in text


def test_a_date_that_is_not_there_is_refused_like_a_draft(
    browser: Client, session: Session, course: Course, ashire: Force, ann: Person
) -> None:
    draft = cast.session(course, cast.force("bshire"), status="draft")
    for key in (draft.pk, ids.new()):
        answer = send(browser, ann, session, date=str(key))
        assert b"This date is not open for names. Choose another date." in answer.content


def test_another_forces_person_is_not_there(browser: Client, session: Session) -> None:
    other = cast.person(cast.force("bshire"), "Bert")
    for address in (f"{PAGE}?person={other.pk}", f"{PAGE}?person={ids.new()}"):
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"release": "yes"}).status_code == 404


def test_without_a_person_nothing_is_done(browser: Client, session: Session) -> None:
    assert b"Whom do you put forward?" in browser.post(PAGE, {"release": "yes"}).content
    assert Nomination.objects.count() == 0


def test_names_that_wait_come_first_and_a_search_finds_the_rest(
    browser: Client, session: Session, course: Course, ashire: Force, ann: Person
) -> None:
    told(ann, course, of=team(ashire, "nights", 2))
    ben = cast.person(ashire, "Ben", family_name="Okafor")
    cast.person(cast.force("bshire"), "Ben", family_name="Elsewhere")
    text = words(browser, f"{PAGE}?date={session.pk}")
    assert f"{PAGE}?date={session.pk}&amp;person={ann.pk}" in text
    assert "Luton, nights: 0 of 2 able to defuse" in text
    text = words(browser, f"{PAGE}?q=ben")
    assert f"{PAGE}?person={ben.pk}" in text
    assert "Elsewhere" not in text
    assert "Nobody in your force has that name or number." in words(browser, f"{PAGE}?q=zacharias")


def test_no_more_than_fifty_are_found(browser: Client, ashire: Force) -> None:
    for _number in range(51):
        cast.person(ashire, "Zoe")
    text = words(browser, f"{PAGE}?q=zoe")
    assert text.count("Zoe Ashdown") == 50
    assert "There are more than fifty." in text
