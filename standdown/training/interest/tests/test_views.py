"""The pages of a wish to be trained: the person's, and the lead's list."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from standdown.foundation import db
from standdown.people.models import Base, Establishment, Force, LineManagement, Person, Posting, Qualification, Team
from standdown.people.roles.policy import Role
from standdown.training.interest import queries
from standdown.training.models import Course, Interest
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT
TELL = "/training/interest/"


def team(force: Force, base: str, name: str, wanted: int) -> Team:
    with db.open_for("the cast"):
        where, _ = Base.objects.get_or_create(force=force, name=base)
        made = Team.objects.create(force=force, base=where, name=name)
        Establishment.objects.create(team=made, wanted=wanted, set_at=AT)
    return made


def wish(person: Person, course: Course, in_team: Team | None = None, **facts: Any) -> Interest:
    assert person.home_force is not None
    facts = {"force": person.home_force, "shift": "days", "line_manager": True, "told_at": AT, **facts}
    with db.open_for("the cast"):
        if in_team is not None:
            Posting.objects.filter(person=person).update(team=in_team)
        return Interest.objects.create(person=person, course=course, **facts)


def answers(course: Course, **more: Any) -> dict[str, Any]:
    return {"course": str(course.pk), "part": ["line-manager"], "shift": "nights", "trained": "none", **more}


def test_somebody_tells_their_lead_and_takes_it_back() -> None:
    force, course = cast.force(), cast.course()
    lead = cast.holder(Role.WELLBEING_LEAD, force, "Lena")
    cast.client_for(lead)
    with db.open_for("the cast"):
        base = Base.objects.create(force=force, name="North")
    browser = cast.client_for(cast.actor(cast.person(force, "Ann")))
    page = browser.get(TELL).content.decode()
    assert "It books nothing" in page
    assert "Your wellbeing lead is Lena Ashdown." in page
    refused = browser.post(TELL, answers(course, part=[]))
    assert "Tick what you are." in refused.content.decode()
    sent = browser.post(TELL, answers(course, base=str(base.pk), needs=["captions"], needs_shared="on"))
    assert (sent.status_code, sent["Location"]) == (303, "/training/mine/")
    made = Interest.objects.get()
    assert (made.shift, made.base, made.line_manager, made.peer_supporter) == ("nights", base, True, False)
    assert "Your wellbeing lead was told." in browser.get("/training/mine/").content.decode()
    assert "knows already" in browser.get(TELL).content.decode()
    back = reverse("interest:take-back", args=[made.pk])
    assert "Take it back" in browser.get(back).content.decode()
    made.refresh_from_db()
    assert made.state == "open"
    assert browser.post(back).status_code == 303
    made.refresh_from_db()
    assert made.state == "withdrawn"
    assert "already decided" in browser.post(back).content.decode()


def test_what_the_directory_knows_is_ticked_already() -> None:
    force = cast.force()
    cast.course()
    boss, ann = cast.person(force, "Boss"), cast.person(force, "Ann")
    with db.open_for("the cast"):
        LineManagement.objects.create(person=ann, manager=boss, since=dt.date(2020, 1, 1))
    page = cast.client_for(cast.actor(boss)).get(TELL).content.decode()
    assert page.count("checked") == 2  # a line manager, and no training before


def test_a_base_of_another_force_is_not_taken() -> None:
    force, course = cast.force(), cast.course()
    with db.open_for("the cast"):
        Base.objects.create(force=force, name="North")
        theirs = Base.objects.create(force=cast.force("bshire"), name="South")
    browser = cast.client_for(cast.actor(cast.person(force, "Ann")))
    assert browser.post(TELL, answers(course, base=str(theirs.pk))).status_code == 200
    assert Interest.objects.count() == 0


@pytest.mark.parametrize("coordinator", [False, True])
def test_a_vacant_post_is_said_with_whom_to_turn_to(*, coordinator: bool) -> None:
    force, course = cast.force(), cast.course()
    then = "The national team looks out for posts that are vacant"
    if coordinator:
        cast.client_for(cast.holder(Role.ESTIP_COORDINATOR, force, "Eve"))
        then = "turn to Eve Ashdown"
    browser = cast.client_for(cast.actor(cast.person(force, "Ann")))
    assert then in browser.get(TELL).content.decode()
    browser.post(TELL, answers(course))
    page = browser.get("/training/mine/").content.decode()
    assert page.count("nobody holds the post of wellbeing lead") == 1
    assert page.count(then) == 2  # what was just done, and what happens next


def test_a_lead_whom_no_message_reaches_is_said_too() -> None:
    force, course = cast.force(), cast.course()
    lead = cast.holder(Role.WELLBEING_LEAD, force, "Lena")
    cast.client_for(lead)
    with db.open_for("the cast"):
        Person.objects.filter(pk=cast.person_of(lead).pk).update(work_email="")
    browser = cast.client_for(cast.actor(cast.person(force, "Ann")))
    browser.post(TELL, answers(course))
    assert "no message reaches your wellbeing lead" in browser.get("/training/mine/").content.decode()


def test_people_of_a_force_that_has_not_adopted_are_led_to_ask_without_a_name() -> None:
    cast.course()
    force = cast.force(adopted=False)
    browser = cast.client_for(cast.actor(cast.person(force, "Ann")))
    page = browser.get(TELL).content.decode()
    assert f"/people/adoption/demand/?force={force.slug}" in page
    assert browser.post(TELL, {}).status_code == 200
    assert Interest.objects.count() == 0


def test_without_a_course_there_is_nothing_to_ask_for() -> None:
    browser = cast.client_for(cast.actor(cast.person(cast.force(), "Ann")))
    assert "no course to ask for" in browser.get(TELL).content.decode()


def test_of_two_courses_one_is_chosen() -> None:
    force, first, second = cast.force(), cast.course(), cast.course("second-course")
    ann = cast.person(force, "Ann")
    wish(ann, first)
    browser = cast.client_for(cast.actor(ann))
    assert browser.post(TELL, answers(second)).status_code == 303
    other = cast.client_for(cast.actor(cast.person(force, "Ben")))
    assert '<select class="govuk-select" id="id_course"' in other.get(TELL).content.decode()


def test_the_list_begins_where_cover_is_thinnest_and_says_why() -> None:
    force, course = cast.force(), cast.course()
    lead = cast.holder(Role.WELLBEING_LEAD, force, "Lena")
    early, late = team(force, "North", "Early turn", 2), team(force, "South", "Late turn", 4)
    able = cast.person(force, "Able")
    with db.open_for("the cast"):
        Posting.objects.filter(person=able).update(team=early)
        Qualification.objects.create(
            person=able, force=force, skill="defuse", valid_from=cast.TODAY, valid_until=cast.TODAY.replace(year=2030),
            latest_until=cast.TODAY.replace(year=2031), source="imported", granted_at=AT,
        )  # fmt: skip
    wish(cast.person(force, "Ann"), course, early)
    thin = wish(cast.person(force, "Ben"), course, late)
    wish(cast.person(force, "Cat"), course, base=late.base)
    wish(cast.person(force, "Dan"), course, state="held")
    wish(cast.person(force, "Eve"), course)
    wish(cast.person(cast.force("bshire"), "Zoe"), course)
    found = queries.told(lead, AT)
    assert [(one.name.split()[0], one.where, one.reason) for one in found] == [
        ("Ben", "Late turn, South", "0 of 4 wanted can defuse."),
        ("Cat", "South", "0 of 4 wanted can defuse."),
        ("Ann", "Early turn, North", "1 of 2 wanted can defuse."),
        ("Eve", "", "No number is set for the team."),
        ("Dan", "", "No number is set for the team."),
    ]
    assert [one.name for one in queries.told(lead, AT, course_id=uuid.uuid4())] == []
    page = cast.client_for(lead).get("/training/interest/told/").content.decode()
    assert page.index("Ben Ashdown") < page.index("Ann Ashdown") < page.index("Kept for a later date")
    assert "Zoe" not in page
    assert reverse("interest:one", args=[thin.pk]) in page


def test_the_list_costs_the_same_for_one_name_and_for_three(django_assert_num_queries: Any) -> None:
    force, course = cast.force(), cast.course()
    lead = cast.holder(Role.WELLBEING_LEAD, force, "Lena")
    for count in (1, 3):
        for number in range(count):
            wish(cast.person(force, f"Ann{count}{number}"), course)
        with django_assert_num_queries(5):
            queries.told(lead, AT)


def test_an_empty_list_says_what_it_is_for() -> None:
    lead = cast.holder(Role.WELLBEING_LEAD, cast.force(), "Lena")
    assert "Nobody waits for an answer" in cast.client_for(lead).get("/training/interest/told/").content.decode()


def test_the_lead_decides_on_the_page_of_a_name() -> None:
    force, course = cast.force(), cast.course()
    lead = cast.holder(Role.WELLBEING_LEAD, force, "Lena")
    ann, boss = cast.person(force, "Ann"), cast.person(force, "Mo")
    made = wish(ann, course, needs=["captions", "gone"], needs_shared=True, peer_supporter=True)
    page = reverse("interest:one", args=[made.pk])
    browser = cast.client_for(lead)
    shown = browser.get(page).content.decode()
    assert "Live captions" in shown
    assert f"?person={ann.pk}" in shown
    assert "Choose what you decide" in browser.post(page, {"decision": ""}).content.decode()
    assert "no line manager" in browser.post(page, {"decision": "ask-line-manager"}).content.decode()
    with db.open_for("the cast"):
        LineManagement.objects.create(person=ann, manager=boss, since=dt.date(2020, 1, 1))
    browser.post(page, {"decision": "ask-line-manager"})
    assert "Their line manager was asked on" in browser.get("/training/interest/told/").content.decode()
    assert browser.post(page, {"decision": "keep"}).status_code == 303
    assert "Keep the name for a later date" not in browser.get(page).content.decode()
    with db.open_for("the cast"):
        Person.objects.filter(pk=ann.pk).update(work_email="")
    browser.post(page, {"decision": "not-now"})
    assert "please tell them yourself" in browser.get("/training/interest/told/").content.decode()
    assert "there is nothing to do here" in browser.get(page).content.decode()


def test_a_need_that_is_not_to_be_seen_is_not_shown_to_the_lead() -> None:
    force, course = cast.force(), cast.course()
    lead = cast.holder(Role.WELLBEING_LEAD, force, "Lena")
    made = wish(cast.person(force, "Ann"), course, needs=["captions"])
    assert "Live captions" not in cast.client_for(lead).get(reverse("interest:one", args=[made.pk])).content.decode()


def test_others_find_nothing_there() -> None:
    force, course = cast.force(), cast.course()
    ann = cast.person(force, "Ann")
    made = wish(ann, course)
    there = cast.client_for(cast.holder(Role.WELLBEING_LEAD, cast.force("bshire"), "Other"))
    bob = cast.client_for(cast.actor(cast.person(force, "Bob")))
    page, back = reverse("interest:one", args=[made.pk]), reverse("interest:take-back", args=[made.pk])
    nothing = there.get(reverse("interest:one", args=[uuid.uuid4()])).content
    assert there.get(page).content == nothing
    assert (there.post(page, {"decision": "keep"}).status_code, there.post(back).status_code) == (404, 404)
    assert (bob.get(page).status_code, bob.get(back).status_code, bob.post(back).status_code) == (404, 404, 404)
    assert cast.client_for(cast.actor(ann)).get(page).status_code == 404  # what the lead thinks is the lead's
    assert Client().get(TELL).status_code == 302
    made.refresh_from_db()
    assert made.state == "open"
