"""A whole team in one record, and talks that go to somebody else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from standdown.audit.models import Entry
from standdown.care.clocks.models import Step
from standdown.care.demobilising import actions, actions_given, candidates, messages, opening, queries
from standdown.care.demobilising.actions import Captured
from standdown.care.demobilising.actions_given import CannotBeGiven, NothingToGive
from standdown.care.demobilising.models import Demobilisation
from standdown.care.demobilising.tests.scene import HOUR, NIGHT, Night, tonight
from standdown.care.exposures import stages
from standdown.care.exposures.models import Exposure
from standdown.care.looks.models import Look
from standdown.care.programme.policy import NextStep
from standdown.care.wishes.models import Exclusion
from standdown.foundation import access, db, ids
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Person, Posting, Team
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Night:
    return Night()


def outcomes() -> dict[str, str]:
    rows = Demobilisation.objects.values_list("exposure__person__given_name", "outcome")
    return dict(rows)


def test_a_whole_team_is_one_act_and_each_may_be_different(night: Night) -> None:
    key = ids.new()
    facts = [(night.ann, Captured(key=key, outcome="held")), (night.ben, Captured(key=key, outcome="declined"))]
    assert actions.record_team(by=night.sam, at=NIGHT, captured=facts) == (2, 0)
    assert actions.record_team(by=night.sam, at=NIGHT + HOUR, captured=facts) == (2, 0)
    assert outcomes() == {"Ann": "held", "Ben": "declined"}
    assert Demobilisation.objects.count() == 2
    entries = Entry.objects.filter(can="demobilise").order_by("sequence")
    assert [entry.detail for entry in entries] == [{"people": 2}, {"again": True, "people": 2}]


def test_a_team_with_somebody_of_others_in_it_is_not_recorded(night: Night) -> None:
    other = night.exposed(cast.person(night.force, "Cat"), by=cast.holder(Role.SUPERVISOR, night.force, "Una"))
    with pytest.raises(access.NotAllowed):
        actions.record_team(
            by=night.sam, at=NIGHT,
            captured=[(one, Captured(key=ids.new(), outcome="held")) for one in (night.ann, other)],
        )  # fmt: skip
    assert Demobilisation.objects.count() == 0


def test_who_is_decided_on_meanwhile_is_left_out_and_the_others_are_kept(night: Night) -> None:
    night.record(night.ann)
    with db.open_for("the cast"):
        stages.decide(Exposure.objects.get(pk=night.ann.pk), NextStep.NOTHING_NOW, night.cora, NIGHT)
    facts = [(one, Captured(key=ids.new(), outcome="held")) for one in (night.ann, night.ben)]
    assert actions.record_team(by=night.sam, at=NIGHT, captured=facts) == (1, 1)


def test_the_page_of_a_team_ticks_everybody_who_waits_and_records_whom_it_names() -> None:
    night = tonight()
    night.exposed(cast.person(night.force, "Cat"))
    client = cast.client_for(night.sam)
    address = reverse("demobilising:team", args=[night.incident.pk])
    assert client.get(address).content.decode().count('name="who"') == 3
    facts = {
        "capture_key": str(ids.new()), "who": [str(night.ann.pk), str(night.ben.pk)], "outcome": "held",
        f"only-{night.ben.pk}": "offered",
    }  # fmt: skip
    assert client.post(address, facts).status_code == 303
    assert outcomes() == {"Ann": "held", "Ben": "offered"}
    assert client.get(address).content.decode().count('name="who"') == 1


def test_the_coordinator_sees_all_of_an_incident_and_a_supervisor_their_own(night: Night) -> None:
    night.exposed(cast.person(night.force, "Cat"), by=cast.holder(Role.SUPERVISOR, night.force, "Una"))
    for who, count in ((night.sam, 2), (night.cora, 3)):
        assert len(opening.team(who, night.incident.pk, NIGHT) or []) == count
    assert Look.objects.filter(by=night.cora.person_id, why="coordinating").count() == 3
    assert queries.team(cast.holder(Role.SUPERVISOR, night.force, "Vic"), night.incident.pk, NIGHT) is None


# -- given to somebody else -------------------------------------------------------------------------------------------


def with_team(night: Night, *people: Person) -> None:
    with db.open_for("the cast"):
        team = Team.objects.create(force=night.force, name="Response A")
        Posting.objects.filter(person__in=people).update(team=team)


def test_those_offered_can_take_it_and_were_not_there(night: Night) -> None:
    una = cast.person_of(cast.holder(Role.SUPERVISOR, night.force, "Una"))
    pete = care_cast.qualified(cast.person(night.force, "Pete"), skill="peer-support")
    lapsed = care_cast.qualified(cast.person(night.force, "Lee"), skill="defuse", until=dt.date(2026, 1, 1))
    exposed = cast.person_of(cast.holder(Role.SUPERVISOR, night.force, "Eve"))
    night.exposed(exposed)
    shut_out = cast.person_of(cast.holder(Role.SUPERVISOR, night.force, "Xan"))
    with_team(night, night.ann_person, una, pete, lapsed, exposed, shut_out, cast.person_of(night.sam))
    with db.open_for("the cast"):
        Exclusion.objects.create(person=night.ann_person, excluded=shut_out, since=NIGHT)
    offered = {one.name.split()[0]: one.role for one in candidates.offered(night.ann, NIGHT)}
    assert offered == {"Una": "Supervisor", "Pete": "", "Cora": "ESTIP coordinator"}
    for nobody in (lapsed, exposed, shut_out, night.ann_person, cast.person(cast.force("bshire"), "Otto")):
        with pytest.raises(CannotBeGiven):
            actions_given.give_talk(by=night.sam, at=NIGHT, exposure=night.ann, to=nobody.pk)


def test_a_talk_that_is_given_changes_hands_keeps_its_time_and_is_told_neutrally(night: Night) -> None:
    una = cast.holder(Role.SUPERVISOR, night.force, "Una")
    assert una.person_id is not None
    before = Step.objects.get(exposure=night.ann, kind="demobilise").due_at
    actions_given.give_talk(by=night.sam, at=NIGHT, exposure=night.ann, to=una.person_id)
    owed = Step.objects.get(exposure=night.ann, kind="demobilise")
    assert (owed.owner_id, owed.due_at, owed.outcome) == (una.person_id, before, "")
    assert [row.name for row in opening.duty_end(una, NIGHT)] == ["Ann Ambridge"]
    assert [row.name for row in opening.duty_end(night.sam, NIGHT)] == ["Ben Borchester"]
    told = OutboxMessage.objects.get(recipient=una.person_id)
    assert told.subject == "A message for you"
    assert told.text == (
        "Dear Una,\n\nThere is a message for you. Please sign in to read it; it takes a minute.\n\n"
        "Sign in to read it:\nhttp://localhost:8000/care/demobilising/\n\n"
        "You receive this because of your part in your force's work.\n"
    )
    with pytest.raises(access.NotAllowed):
        night.record(night.ann)


def test_somebody_may_ask_for_another_without_a_reason(night: Night) -> None:
    ann = cast.actor(night.ann_person)
    actions_given.ask_for_another(by=ann, at=NIGHT, exposure=night.ann)
    stored = Exposure.objects.get(pk=night.ann.pk)
    assert (stored.supervisor_id, Step.objects.get(exposure=stored, kind="demobilise").owner_id) == (None, None)
    assert [told.recipient_id for told in OutboxMessage.objects.filter(about=str(stored.pk))] == [night.cora.person_id]
    assert [row.name for row in opening.duty_end(night.sam, NIGHT)] == ["Ben Borchester"]
    with pytest.raises(access.NotAllowed):
        actions_given.ask_for_another(by=ann, at=NIGHT, exposure=night.ben)


def test_what_is_dealt_with_is_not_passed_on(night: Night) -> None:
    night.record(night.ann)
    with pytest.raises(NothingToGive):
        actions_given.ask_for_another(by=cast.actor(night.ann_person), at=NIGHT, exposure=night.ann)


def test_ones_own_page_leads_to_asking_for_another() -> None:
    night = tonight()
    address = reverse("demobilising:ask-another", args=[night.ann.pk])
    assert cast.client_for(night.sam).get(address).status_code == 404
    client = cast.client_for(cast.actor(night.ann_person))
    assert client.get(address).status_code == 200
    assert client.post(address, {"sure": "yes"}).status_code == 303
    assert client.get(address).status_code == 200
    assert Exposure.objects.get(pk=night.ann.pk).supervisor_id is None


def test_a_supervisor_gives_a_talk_by_number() -> None:
    night = tonight()
    una = cast.holder(Role.SUPERVISOR, night.force, "Una")
    number = Posting.objects.get(person=una.person_id).number
    address = reverse("demobilising:give", args=[night.ann.pk])
    client = cast.client_for(night.sam)
    cast.client_for(una)
    assert "Choose one name, or enter one number." in client.post(address, {"to": ""}).content.decode()
    assert "This colleague cannot take this talk." in client.post(address, {"number": "99999"}).content.decode()
    assert client.post(address, {"number": number}).status_code == 303
    assert Exposure.objects.get(pk=night.ann.pk).supervisor_id == una.person_id


def test_supervisors_are_told_once_of_all_their_people(night: Night) -> None:
    una = cast.holder(Role.SUPERVISOR, night.force, "Una")
    theirs = night.exposed(cast.person(night.force, "Cat"), by=una)
    with db.open_for("the cast"):
        OutboxMessage.objects.all().delete()
        messages.tell_who_talks([night.ann, night.ben, theirs], una, NIGHT)
    assert [(told.recipient_id, told.subject) for told in OutboxMessage.objects.all()] == [
        (night.sam.person_id, "A message for you")
    ]
