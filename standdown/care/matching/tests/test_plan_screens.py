from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from standdown.audit.models import Entry
from standdown.care.matching import actions
from standdown.care.matching.tests.scenes import Scene, excludes, soon
from standdown.care.matching.words import NothingToPlan
from standdown.care.models import Ask, Defusing, DutyPeriod, Plan
from standdown.foundation import clock, db, ids
from standdown.people.models import Person
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    """Three sessions that wait, and two people who can defuse."""
    made = Scene(t0=soon())
    for name in ("Flo", "Gus"):
        exposure = care_cast.exposure(made.incident, cast.person(made.force, name))
        care_cast.defusing(made.incident, exposure, state="planned")
    made.able("Dee")
    made.able("Eve")
    return made


def plan(scene: Scene) -> Plan:
    return actions.plan_all(by=scene.lead, at=clock.now(), incident=scene.incident)


def confirm(scene: Scene, of: Plan) -> list[Ask]:
    return actions.confirm_plan(by=scene.lead, at=clock.now(), of=of)


def page(scene: Scene, browser: Client, **query: Any) -> str:
    answer = browser.get(reverse("matching:plan", args=[scene.incident.pk]), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def away(scene: Scene, *people: Person, until: int = 400) -> None:
    begin = scene.incident.ended_at
    with db.open_for("the cast"):
        for who in people:
            DutyPeriod.objects.create(
                person=who, force=scene.force, kind="leave", starts_at=begin,
                ends_at=begin + dt.timedelta(hours=until), file_key=ids.new(),
            )  # fmt: skip


# -- planning -------------------------------------------------------------------------------------------------------


def test_a_plan_is_stored_with_every_session_and_asks_nobody(scene: Scene) -> None:
    made = plan(scene)
    assert (made.groups, made.placed, made.gap, made.bound) == (3, 3, 0, made.objective)
    assert made.places.filter(person__isnull=False).count() == 3
    assert not Ask.objects.exists()
    entry = Entry.objects.latest("sequence")
    assert (entry.can, entry.detail) == ("run-care", {"groups": 3, "placed": 3})


def test_confirming_asks_everybody_with_why_and_twice_is_once(scene: Scene) -> None:
    made = plan(scene)
    asks = confirm(scene, made)
    assert set(Defusing.objects.values_list("state", flat=True)) == {"asked"}
    assert len(asks) == 3
    told = dict(asks[0].reasons.values_list("code", "figure"))
    assert (told["planned"], told["candidates"]) == (1, 2)
    assert {one.lapses_at - one.asked_at for one in asks} == {dt.timedelta(hours=12)}
    with pytest.raises(NothingToPlan):
        confirm(scene, made)
    assert Ask.objects.count() == 3


def test_an_older_plan_is_not_confirmed(scene: Scene) -> None:
    first = plan(scene)
    plan(scene)
    with pytest.raises(NothingToPlan):
        confirm(scene, first)


def test_who_may_no_longer_lead_is_not_asked_and_the_session_waits_on(scene: Scene) -> None:
    made = plan(scene)
    gone = made.places.filter(person__given_name="Dee")
    count = gone.count()
    assert count
    away(scene, *Person.objects.filter(given_name="Dee"))
    assert len(confirm(scene, made)) == 3 - count
    assert Defusing.objects.filter(state="planned").count() == count


def test_who_left_the_register_is_not_asked(scene: Scene) -> None:
    made = plan(scene)
    with db.open_for("the cast"):
        for who in Person.objects.filter(given_name__in=["Dee", "Eve"]):
            who.qualifications.update(ended_at=clock.now())
    assert confirm(scene, made) == []


def test_a_session_for_which_somebody_was_asked_meanwhile_stays_as_it_is(scene: Scene) -> None:
    made = plan(scene)
    place = made.places.select_related("defusing").filter(person__isnull=False)[0]
    assert place.person_id is not None
    assert place.starts_at is not None
    by_hand = actions.ask(
        by=scene.lead, at=clock.now(), session=place.defusing, person=place.person_id, starts_at=place.starts_at
    )
    assert by_hand.pk not in {one.pk for one in confirm(scene, made)}
    assert Ask.objects.filter(defusing=place.defusing).count() == 1


def test_a_place_whose_time_is_too_near_is_not_asked(scene: Scene) -> None:
    made = plan(scene)
    with db.open_for("the cast"):
        made.places.update(starts_at=clock.now())
    assert confirm(scene, made) == []


def test_with_nothing_that_waits_there_is_nothing_to_plan(scene: Scene) -> None:
    with db.open_for("the cast"):
        Defusing.objects.update(state="proposed")
    with pytest.raises(NothingToPlan):
        plan(scene)


def test_a_session_of_somebody_who_excluded_the_coordinator_is_not_in_the_plan(scene: Scene) -> None:
    excludes(scene.ann, cast.person_of(scene.lead))
    assert plan(scene).groups == 2


def test_statements_do_not_grow_with_the_groups(scene: Scene, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        exposure = care_cast.exposure(scene.incident, cast.person(scene.force, f"More {number}"))
        care_cast.defusing(scene.incident, exposure, state="planned")
    with django_assert_max_num_queries(30):
        plan(scene)


# -- the page -------------------------------------------------------------------------------------------------------


def test_the_page_plans_shows_and_confirms(scene: Scene) -> None:
    browser = cast.client_for(scene.lead)
    assert "3 sessions wait for somebody to lead them." in page(scene, browser)
    browser.post(reverse("matching:plan", args=[scene.incident.pk]))
    text = page(scene, browser)
    for words in (
        "This is a proposal. Nobody is asked until you confirm it.", "3 of 3", "No plan of these candidates is better.",
        "Dee Ashdown", "Eve Ashdown", "Ask everybody in this plan",
    ):  # fmt: skip
        assert words in text
    made = Plan.objects.get()
    answer = browser.post(
        reverse("matching:confirm-plan", args=[scene.incident.pk]), {"plan": made.pk}, follow=True
    )  # fmt: skip
    assert "3 people are asked." in answer.content.decode()
    assert "Ask everybody in this plan" not in page(scene, browser)


def test_a_confirmation_of_another_plan_is_refused(scene: Scene) -> None:
    browser = cast.client_for(scene.lead)
    plan(scene)
    for sent in ({}, {"plan": ids.new()}):
        answer = browser.post(reverse("matching:confirm-plan", args=[scene.incident.pk]), sent)
        assert "There is nothing to plan or to confirm here any more." in answer.content.decode()
    assert not Ask.objects.exists()


def test_the_page_says_who_is_left_why_and_what_would_help(scene: Scene) -> None:
    away(scene, *Person.objects.filter(given_name__in=["Dee", "Eve"]), until=120)
    browser = cast.client_for(scene.lead)
    plan(scene)
    text = page(scene, browser)
    assert "0 of 3" in text
    assert "Left over" in text
    assert "For 3 of these groups somebody could lead after the window." in text
    assert "Not available" in text


def test_a_rule_that_would_help_is_named(scene: Scene) -> None:
    with db.open_for("the cast"):
        for who in Person.objects.filter(given_name__in=["Dee", "Eve"]):
            for day in range(1, 5):
                start = scene.incident.ended_at - dt.timedelta(days=day)
                care_cast.defusing(
                    care_cast.incident(scene.force), state="held", defuser=who, starts_at=start,
                    ends_at=start + dt.timedelta(hours=1),
                )  # fmt: skip
    plan(scene)
    text = page(scene, cast.client_for(scene.lead))
    assert "For 3 of these groups somebody could lead beyond 4 sessions in 28 days." in text


def test_a_long_plan_has_pages(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("standdown.care.matching.screens_plan.SHOWN", 2)
    browser = cast.client_for(scene.lead)
    plan(scene)
    assert "Page 1 of 2" in page(scene, browser)
    assert "Earlier sessions" in page(scene, browser, page="2")


def test_another_forces_coordinator_finds_nothing(scene: Scene) -> None:
    stranger = cast.client_for(cast.holder(Role.ESTIP_COORDINATOR, cast.force("beeshire"), "Bob"))
    assert stranger.get(reverse("matching:plan", args=[scene.incident.pk])).status_code == 404
    assert stranger.post(reverse("matching:confirm-plan", args=[scene.incident.pk])).status_code == 404
