"""The lead's screens: what each role sees, what is counted, what comes of a click."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from standdown.foundation import clock, db
from standdown.foundation.access import Actor
from standdown.people.models import Base, Establishment, Force, LineManagement, Person, Posting, Qualification, Team
from standdown.people.roles.policy import Role
from standdown.training.models import Course, Interest, Nomination, Session, SessionForce
from standdown.training.nominations import actions, candidates
from tests import cast

pytestmark = pytest.mark.django_db
ROOT = "/training/nominations/"
NOW = clock.now()
TODAY = clock.london_day(NOW)


def day(ahead: int) -> dt.date:
    return TODAY + dt.timedelta(days=ahead)


@pytest.fixture
def course() -> Course:
    return cast.course()


@pytest.fixture
def ashire() -> Force:
    return cast.force("ashire")


@pytest.fixture
def bshire() -> Force:
    return cast.force("bshire")


@pytest.fixture
def lead(ashire: Force) -> Actor:
    return cast.holder(Role.WELLBEING_LEAD, ashire, "Lena", family_name="Leader")


@pytest.fixture
def browser(lead: Actor) -> Client:
    return cast.client_for(lead)


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def team(force: Force, name: str, wanted: int, *able: dt.date, base: str = "Luton") -> Team:
    """A team with that many wanted, and somebody able until each of these days."""
    with db.open_for("the test"):
        place, _ = Base.objects.get_or_create(force=force, name=base)
        made = Team.objects.create(force=force, base=place, name=name)
        Establishment.objects.create(team=made, wanted=wanted, set_at=NOW)
        for number, until in enumerate(able):
            who = cast.person(force, f"Able{number}", family_name=name.title())
            Posting.objects.filter(person=who).update(team=made)
            qualified(who, until)
    return made


def qualified(who: Person, until: dt.date) -> None:
    with db.open_for("the test"):
        Qualification.objects.create(
            person=who, force=who.home_force, skill="defuse", valid_from=until - dt.timedelta(days=700),
            valid_until=until, latest_until=until, source="imported", granted_at=NOW,
        )  # fmt: skip


def told(who: Person, course: Course, *, of: Team | None = None, days_ago: int = 3, **facts: Any) -> Interest:
    assert who.home_force is not None
    with db.open_for("the test"):
        if of is not None:
            Posting.objects.filter(person=who).update(team=of)
        return Interest.objects.create(
            person=who, force=who.home_force, course=course, told_at=NOW - dt.timedelta(days=days_ago),
            **{"shift": "days", **facts},
        )  # fmt: skip


def put(lead: Actor, session: Session, person: Person, *, released: bool = True) -> Nomination:
    who = candidates.known(lead, person.pk, "defuse", NOW)
    assert who is not None
    return actions.put_forward(by=lead, at=NOW, session=session.pk, who=who, released=released, stated=True)


# -- the first screen -----------------------------------------------------------------------------------------------


def busy(lead: Actor, force: Force, course: Course, dates: int) -> list[Session]:
    """That many dates, each with a place held, a name that waits and one that waits for a release."""
    made = []
    nights = team(force, "nights", 3, day(40))
    for number in range(dates):
        session = cast.session(course, force, day=day(40 + number), capacity=1)
        put(lead, session, cast.person(force, "Ann"))
        put(lead, session, cast.person(force, "Ben"))
        cat, manager = cast.person(force, "Cat"), cast.person(force, "Max")
        with db.open_for("the test"):
            LineManagement.objects.create(person=cat, manager=manager, since=day(-9))
        put(lead, session, cat, released=False)
        told(cast.person(force, "Dan"), course, of=nights)
        qualified(cast.person(force, "Eve"), day(-9))
        made.append(session)
    return made


@pytest.mark.parametrize("dates", [1, 3])
def test_the_first_screen_takes_ten_statements(
    browser: Client, lead: Actor, ashire: Force, course: Course, dates: int
) -> None:
    busy(lead, ashire, course, dates)
    with CaptureQueriesContext(connection) as asked:
        text = words(browser, ROOT)
    assert text.count("Who has a place on") == dates
    assert len(asked) == 10


def test_it_shows_dates_names_and_who_is_lapsing_and_nothing_else(
    browser: Client, lead: Actor, ashire: Force, course: Course
) -> None:
    busy(lead, ashire, course, 1)
    text = words(browser, ROOT)
    headings = ["Needs an answer", "Coming dates", "Waiting names", "Lapsing"]
    assert [text.index(heading) for heading in headings] == sorted(text.index(heading) for heading in headings)
    assert text.count("<h2 class") == len(headings)
    assert "Luton, nights: 1 of 3 able to defuse, 1 lapsing" in text
    assert "On the waiting list for" in text
    assert "number 1" in text
    assert "Place 1 is held until" in text
    assert "Cat Ashdown" in text
    assert "The line manager has until" in text
    assert "lapsed on" in text
    assert "until" in text


def test_where_cover_is_thinnest_comes_first(browser: Client, ashire: Force, course: Course) -> None:
    good, thin = team(ashire, "days", 1, day(300)), team(ashire, "nights", 3, day(300))
    told(cast.person(ashire, "Ann"), course, of=good, days_ago=9)
    told(cast.person(ashire, "Ben"), course, of=thin, days_ago=1)
    told(cast.person(ashire, "Cat"), course, of=thin, days_ago=2, state="held")
    text = words(browser, ROOT)
    found = [text.index(f"{name} Ashdown") for name in ("Cat", "Ben", "Ann")]
    assert found == sorted(found)
    assert "Kept for later, told you on" in text


def test_a_name_on_a_date_is_not_told_as_a_wish_any_more(
    browser: Client, lead: Actor, ashire: Force, course: Course
) -> None:
    ann = cast.person(ashire, "Ann")
    told(ann, cast.course("another"), of=team(ashire, "nights", 3))
    put(lead, cast.session(course, ashire, day=day(40)), ann)
    assert "Told you on" not in words(browser, ROOT)


def test_what_is_kept_free_and_shared_is_counted_for_the_own_force(
    browser: Client, lead: Actor, ashire: Force, bshire: Force, course: Course
) -> None:
    session = cast.session(course, ashire, bshire, day=day(60), capacity=6)
    with db.open_for("the test"):
        SessionForce.objects.filter(session=session, force=ashire).update(allotment=3)
        SessionForce.objects.filter(session=session, force=bshire).update(allotment=2)
    put(lead, session, cast.person(ashire, "Ann"))
    put(
        cast.holder(Role.WELLBEING_LEAD, bshire, "Bella"), session, cast.person(bshire, "Bert", family_name="Elsewhere")
    )
    text = words(browser, ROOT)
    for label, number in (("Kept for us", 3), ("Taken", 0), ("Offered, not answered", 1), ("Free for us", 3)):
        assert f'data-label="{label}">{number}</td>' in text
    assert "Kept for you until names close" in text
    assert "Elsewhere" not in text
    with db.open_for("the test"):
        Session.objects.update(allotments_until=clock.now() + dt.timedelta(days=3))
    text = words(browser, ROOT)
    assert ("Kept for you until" in text, "(in 3 days), then for all" in text) == (True, True)


def test_nothing_yet_is_said_with_what_happens_next(browser: Client) -> None:
    text = words(browser, ROOT)
    assert "No dates yet" in text
    assert "Nobody waits." in text
    assert "ends within three months" in text


def test_the_lead_sees_what_waits_for_an_answer(browser: Client, lead: Actor, ashire: Force, course: Course) -> None:
    (session,) = busy(lead, ashire, course, 1)
    with db.open_for("the test"):
        Nomination.objects.filter(session=session, person__given_name="Cat").update(release="not-released")
        Nomination.objects.filter(session=session, person__given_name="Ben").update(lapses=1)
        Nomination.objects.filter(session=session, person__given_name="Ann").update(
            state="expired", place_no=None, end_reason="no-answer", ended_at=NOW, clash_day=None
        )
    text = words(browser, ROOT)
    assert "The line manager could not release them." in text
    assert "The offer was not answered in time, so the name is at the end of the list." in text
    assert "Nobody answered in time, so the name is off the date." in text


def test_a_vacant_post_and_one_that_ends_are_said(ashire: Force) -> None:
    deputy = cast.client_for(cast.holder(Role.WELLBEING_DEPUTY, ashire, "Dee"))
    assert "The post of wellbeing lead is vacant." in words(deputy, ROOT)
    cast.grant(cast.person(ashire), Role.WELLBEING_LEAD, ashire, starts_on=day(-30), ends_on=day(10))
    assert "The wellbeing lead&#39;s appointment ends on" in words(deputy, ROOT)


def test_a_force_that_has_not_adopted_puts_nobody_forward(course: Course) -> None:
    force = cast.force("dshire", adopted=False)
    cast.session(course, force, day=day(60))
    text = words(cast.client_for(cast.holder(Role.WELLBEING_LEAD, force)), ROOT)
    assert "has not adopted the training, so nobody can be put forward yet." in text
    assert ">Put forward<" not in text


def test_a_deputy_sees_the_same(lead: Actor, browser: Client, ashire: Force, course: Course) -> None:
    busy(lead, ashire, course, 1)
    text = words(cast.client_for(cast.holder(Role.WELLBEING_DEPUTY, ashire, "Dee")), ROOT)
    assert "Dan Ashdown" in text
    assert ">Put forward<" in text
    assert "Take these names away" not in text  # which is the lead's alone


@pytest.mark.parametrize("role", [Role.ESTIP_LEAD, Role.ESTIP_COORDINATOR])
def test_who_answers_for_the_programme_reads(role: Role, lead: Actor, ashire: Force, course: Course) -> None:
    busy(lead, ashire, course, 1)
    client = cast.client_for(cast.holder(role, ashire, "Esther"))
    text = words(client, ROOT)
    assert "Ben Ashdown" in text
    assert "Dan Ashdown" not in text  # who told the lead, and nobody else
    assert ">Put forward<" not in text
    assert ">Swap" not in text
    assert client.get(f"{ROOT}put-forward/").status_code == 404


def test_two_forces_are_seen_apart(ashire: Force, bshire: Force, course: Course) -> None:
    both = cast.person(ashire, "Lena")
    for force in (ashire, bshire):
        cast.grant(both, Role.WELLBEING_LEAD, force)
        told(cast.person(force, "Ann", family_name=force.slug.title()), course)
    text = words(cast.client_for(cast.actor(both)), ROOT)
    assert text.index("Ashire Police</h1>") < text.index("Ann Ashire") < text.index("Bshire Police</h1>")
    assert text.index("Bshire Police</h1>") < text.index("Ann Bshire")


def test_somebody_without_a_force_of_their_own_goes_on_to_the_dates() -> None:
    answer = cast.client_for(cast.national_coordinator()).get(ROOT)
    assert (answer.status_code, answer["Location"]) == (303, "/training/sessions/")


def test_a_long_list_is_cut_and_says_so(browser: Client, ashire: Force, course: Course) -> None:
    for _number in range(52):
        told(cast.person(ashire, "Ann"), course)
    text = words(browser, ROOT)
    assert text.count("Told you on") == 50
    assert "2 more names wait; the file has all of them." in text
    file = browser.post(f"{ROOT}forces/{ashire.pk}/file/", {"kind": "csv"})
    assert file.content.decode().count("Told you on") == 52
