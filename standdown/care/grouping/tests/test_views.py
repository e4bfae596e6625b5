"""The pages about groups, by role: what they say, what they leave unsaid, and that opening them is on record."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from standdown.care.duty.tests.scene import duties
from standdown.care.grouping import actions, queries, screens
from standdown.care.grouping.tests.scene import AT, Scene
from standdown.care.models import Defusing, Look
from standdown.foundation import db
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db


def text(answer: object) -> str:
    """What a page says, without its markup."""
    body = re.sub(r"(?s)<(head|script|style).*?</\1>", " ", answer.content.decode())  # type: ignore[attr-defined]
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("&#39;", "'").split())


@pytest.fixture
def at() -> Scene:
    """Three people who were close, and one who was not."""
    made = Scene()
    made.to_defuse("Ann", "Ben", "Cat")
    made.to_defuse("Dan", closeness=4)
    return made


def coordinator(at: Scene) -> Client:
    """The coordinator's browser."""
    return cast.client_for(at.coordinator)


def plan_of(at: Scene) -> str:
    """The address of the groups."""
    return reverse("grouping:plan", args=[at.incident.pk])


def plan(at: Scene) -> list[Defusing]:
    """What is proposed, planned."""
    return actions.confirm(by=at.coordinator, at=AT, incident=at.incident, fingerprint=at.fingerprint())


def test_a_planned_session_leads_on_to_who_could_lead_it(at: Scene) -> None:
    one = plan(at)[0]
    assert reverse("matching:find", args=[one.pk]) in coordinator(at).get(plan_of(at)).content.decode()


def test_the_coordinator_sees_what_is_proposed_and_why_and_plans_it(at: Scene) -> None:
    client = coordinator(at)
    page = client.get(plan_of(at))
    said = text(page)
    assert "4 people are to be placed." in said
    assert "Group of 3 They were equally close to it. Heavy and light exposure do not mix." in said
    assert "Smaller than the usual 6 to 8, which is allowed." in said
    assert "One to one Nobody else was as close to it, so one to one is offered." in said
    shown = re.search(rb'name="plan" value="([0-9a-f]{32})"', page.content)
    assert shown is not None
    answer = client.post(plan_of(at), {"plan": shown[1].decode()}, follow=True)
    assert "2 sessions are planned." in text(answer)
    assert [one[4] for one in at.sessions()] == ["Ann Ben Cat", "Dan"]


def test_each_person_whose_name_was_shown_sees_that_it_was_opened_and_why(at: Scene) -> None:
    coordinator(at).get(plan_of(at))
    rows = Look.objects.values_list("person__given_name", "role", "why")
    assert sorted(rows) == [(name, "estip-coordinator", "coordinating") for name in ("Ann", "Ben", "Cat", "Dan")]


def test_a_plan_that_was_seen_in_another_state_is_not_planned(at: Scene) -> None:
    answer = coordinator(at).post(plan_of(at), {"plan": "0" * 32})
    assert "Something has changed since you opened this page, so nothing was planned." in text(answer)
    assert at.sessions() == []


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.DEFUSER, Role.WELLBEING_LEAD, Role.OCCUPATIONAL_HEALTH])
def test_for_everybody_else_there_is_no_such_page(at: Scene, role: Role) -> None:
    who = cast.client_for(cast.holder(role, at.force, "Bob"))
    elsewhere = cast.client_for(cast.holder(Role.ESTIP_COORDINATOR, cast.force("bshire"), "Charlie"))
    (session, *_rest) = plan(at)
    addresses = [
        plan_of(at), reverse("grouping:check", args=[at.incident.pk]), reverse("grouping:times", args=[session.pk]),
        reverse("grouping:move", args=[at.seat("Ann").pk]),
    ]  # fmt: skip
    assert {client.get(address).status_code for client in (who, elsewhere) for address in addresses} == {404}


def test_a_restriction_says_so_and_offers_one_to_one(at: Scene) -> None:
    plan(at)
    at.restrict()
    at.to_defuse("Eve")
    said = text(coordinator(at).get(plan_of(at)))
    assert "A post-incident manager restricts conferring" in said
    assert "Held back" in said
    assert "One to one A guard stops groups for now. Talking one to one is never stopped. Eve" in said


def test_who_is_moved_against_a_rule_is_told_which(at: Scene) -> None:
    group, one = plan(at)
    client = coordinator(at)
    address = reverse("grouping:move", args=[at.seat("Ann").pk])
    refused = text(client.post(address, {"to": str(one.pk)}))
    assert "That group was much closer to it, or much further. Choose another group, or one to one." in refused
    done = client.post(address, {"to": "alone"}, follow=True)
    assert "Moved." in text(done)
    assert at.sessions()[2][4] == "Ann"
    assert client.post(address, {"to": str(group.pk)}).status_code == 404


def test_planned_sessions_are_taken_back(at: Scene) -> None:
    group, one = plan(at)
    client, address = coordinator(at), reverse("grouping:take-back", args=[at.incident.pk])
    answer = client.post(address, {"session": [str(group.pk), str(one.pk)]}, follow=True)
    assert "Taken back. Look at who is to be placed now." in text(answer)
    assert {state for _number, state, *_rest in at.sessions()} == {"stood-down"}
    assert "Who sits with whom" in text(client.post(address, {"session": str(group.pk)}))


def test_whether_two_may_share_a_room_is_answered_with_the_rule(at: Scene) -> None:
    at.exclude("Ben", "Cat")
    client, address = coordinator(at), reverse("grouping:check", args=[at.incident.pk])
    keys = {name: str(at.people[name].exposures.get().pk) for name in at.people}

    def asked(one: str, other: str) -> str:
        return text(client.get(address, {"one": keys[one], "other": keys[other]}))

    assert "Ann Ashdown and Ben Ashdown: They may" in asked("Ann", "Ben")
    assert "Better not One was much closer to it than the other." in asked("Ann", "Dan")
    assert "Better not They are kept apart." in asked("Ben", "Cat")
    both_ways = [
        re.sub(r"\w+ Ashdown", "", asked(*two)).split("Ask the rules")[0] for two in (("Ben", "Cat"), ("Cat", "Ben"))
    ]
    assert both_ways[0] == both_ways[1]
    assert "Choose somebody else: this is the same person" in asked("Ann", "Ann")


def test_the_times_of_a_session_long_ago_are_over_and_the_page_names_nobody(at: Scene) -> None:
    (session, *_rest) = plan(at)
    with db.open_for("the cast"):
        at.incident.ended_at = AT - dt.timedelta(days=300)
        at.incident.save()
    said = text(coordinator(at).get(reverse("grouping:times", args=[session.pk])))
    assert "The window is over. Offer one to one" in said
    assert not any(name in said for name in at.people)


def test_when_nothing_fits_the_page_says_why_and_what_helps_most() -> None:
    at = Scene()
    at.to_defuse("Ann")
    (session,) = plan(at)
    for day in range(23, 31):
        duties(at.people["Ann"], day)
    found = screens.times(queries.sittings(session, AT), 1, AT)
    assert found.possible == []
    assert [(str(rule), number) for rule, number in found.rules][-1][0] == (
        "Nobody who could lead it is on duty and rested"
    )
    assert str(found.helps).startswith("It helps most to release a defuser")
    dee = care_cast.qualified(cast.person(at.force, "Dee"))
    for day in range(23, 31):
        duties(dee, day)
    best = screens.times(queries.sittings(session, AT), 1, AT).possible[0]
    assert (best.when, str(best.zone)) == ("Thursday 09:00", "Middle of the window")
    assert best.facts == ["On duty", "1 defuser could lead it"]
