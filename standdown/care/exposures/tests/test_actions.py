"""Raising an incident with its people, adding more, confirming the list, and what people say of themselves."""

from __future__ import annotations

import datetime as dt

import pytest

from standdown.audit.act import Clash
from standdown.audit.models import Entry
from standdown.care.exposures import actions, lists, policy
from standdown.care.exposures.lists import AddedAs, Group
from standdown.care.exposures.models import Exposure, HandedOver, Stage
from standdown.care.exposures.tests import scene
from standdown.care.exposures.tests.scene import AT, HOUR, Shift, of, owed, raised
from standdown.care.incidents import queries
from standdown.care.incidents.models import Incident, IncidentEvent
from standdown.care.models import Step
from standdown.foundation import db, ids
from standdown.foundation.access import Can, NotAllowed
from standdown.foundation.refusal import Refusal
from standdown.people.models import Person, Posting
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
NOBODY = dict.fromkeys(policy.Group, "none")


@pytest.fixture
def shift() -> Shift:
    return Shift()


def lists_steps(incident: Incident) -> list[Step]:
    return list(Step.objects.filter(on=incident.pk, kind="confirm-list"))


def test_raising_is_one_act_that_begins_everything(shift: Shift) -> None:
    incident = shift.raised(shift.ann, shift.ben)
    assert (incident.force_id, incident.base_id, incident.raised_as) == (shift.force.pk, shift.base.pk, "supervisor")
    assert incident.reference.startswith("INC-")
    due = AT + 6 * HOUR
    for person in (shift.ann, shift.ben):
        found = of(incident, person)
        assert (found.stage, found.supervisor_id, found.closeness) == (Stage.TO_DEMOBILISE, shift.sergeant.pk, 2)
        assert owed(found) == [("demobilise", due, shift.sergeant.pk)]
    (step,) = lists_steps(incident)
    assert (step.due_at, step.closed_at) == (AT + 12 * HOUR, None)
    assert Entry.objects.filter(can="raise-incident", record_id=str(incident.pk)).count() == 1
    assert list(IncidentEvent.objects.values_list("kind", "number")) == [("raised", 0), ("names-added", 2)]


def test_the_same_request_twice_is_one_incident(shift: Shift) -> None:
    key = ids.new()
    first, second = shift.raised(shift.ann, key=key), shift.raised(shift.ann, shift.ben, key=key)
    assert first == second
    assert Exposure.objects.count() == 1


def test_somebody_elses_request_is_not_answered_with_theirs(shift: Shift) -> None:
    key = ids.new()
    shift.raised(shift.ann, key=key)
    with pytest.raises(Clash):
        raised(cast.actor(shift.ann), [shift.ann], key=key)


def test_what_has_not_ended_cannot_be_raised(shift: Shift) -> None:
    with pytest.raises(Refusal, match="lies in the future"):
        shift.raised(shift.ann, ended_at=AT + HOUR)
    with pytest.raises(Refusal, match="before it starts"):
        shift.raised(shift.ann, started_at=AT - HOUR)
    assert Incident.objects.count() == 0


def test_a_phone_that_runs_ahead_does_not_put_the_end_into_the_future(shift: Shift) -> None:
    assert shift.raised(shift.ann, ended_at=AT + dt.timedelta(minutes=3)).ended_at == AT


def test_nobody_raises_one_in_another_force(shift: Shift) -> None:
    stranger = cast.actor(cast.person(None, "Nadia"))
    with pytest.raises(NotAllowed):
        raised(stranger, [shift.ann])


@pytest.mark.parametrize(("off", "code"), [(AT - 3 * HOUR, "before-it-ended"), (AT + 30 * HOUR, "too-long-after")])
def test_duty_ends_after_the_incident(shift: Shift, off: dt.datetime, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        shift.raised(shift.ann, off=off)
    assert refused.value.code == code


def test_whoever_left_is_not_put_on_a_list(shift: Shift) -> None:
    with db.open_for("the cast"):
        Posting.objects.filter(person=shift.ann).update(until=cast.TODAY)
    with pytest.raises(Refusal, match="does not serve in your force any more"):
        shift.raised(shift.ann)


def test_a_role_of_another_version_is_refused(shift: Shift) -> None:
    other = care_cast.role("scene", care_cast.programme("trim-like"))
    with pytest.raises(Refusal, match="another version of the programme"):
        shift.raised(shift.ann, role=other)


def test_people_who_were_off_duty_go_straight_to_a_decision(shift: Shift) -> None:
    incident = shift.raised(shift.ann, off=AT - HOUR)
    assert owed(of(incident, shift.ann)) == [("decide", AT + 24 * HOUR, None)]


def test_more_people_come_later_each_with_a_clock_of_their_own(shift: Shift) -> None:
    incident, later = shift.raised(shift.ann), AT + 3 * HOUR
    made = actions.add_people(
        by=shift.coordinator, at=later, incident=incident, added_as=AddedAs.COORDINATOR,
        groups=[Group([shift.ann.pk, shift.ben.pk], scene.role("cordon"), AT + 10 * HOUR)],
    )  # fmt: skip
    assert [(one.person_id, one.closeness, one.added_as) for one in made] == [(shift.ben.pk, 3, "coordinator")]
    assert owed(made[0]) == [("demobilise", AT + 10 * HOUR, shift.sergeant.pk)]
    assert of(incident, shift.ann).closeness == 2


def test_whoever_raised_it_again_adds_their_people_without_running_the_care(shift: Shift) -> None:
    incident = shift.raised(shift.ann)
    constable = cast.actor(shift.ben)
    group = Group([shift.ben.pk], scene.role("scene"))
    with pytest.raises(NotAllowed):
        actions.add_people(by=constable, at=AT, incident=incident, groups=[group], added_as=AddedAs.COLLEAGUE)
    made = actions.add_people(
        by=constable, at=AT, incident=incident, groups=[group], added_as=AddedAs.COLLEAGUE, can=Can.RAISE_INCIDENT
    )
    assert len(made) == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("proposed", "Nobody has confirmed"),
        ("closed", "is closed"),
        ("rejected", "not an incident"),
        ("merged", "part of another"),
    ],
)
def test_nobody_comes_onto_a_list_that_is_not_open(shift: Shift, state: str, words: str) -> None:
    facts: dict[str, object] = {"closed_at": AT} if state == "closed" else {}
    facts |= {"merged_into": care_cast.incident(shift.force)} if state == "merged" else {}
    incident = care_cast.incident(shift.force, state=state, **facts)
    with pytest.raises(Refusal, match=words):
        actions.add_people(
            by=shift.coordinator, at=AT, incident=incident, groups=[Group([shift.ann.pk], scene.role("scene"))],
            added_as=AddedAs.COORDINATOR,
        )  # fmt: skip


def test_i_was_there_too(shift: Shift) -> None:
    incident, me = shift.raised(shift.ann), cast.actor(shift.ben)
    group = Group([shift.ben.pk], scene.role("scene"))
    made = actions.join_list(by=me, at=AT, incident=incident, group=group)
    assert (made.added_as, made.supervisor_id) == ("self", shift.sergeant.pk)
    with pytest.raises(Refusal, match="already"):
        actions.join_list(by=me, at=AT, incident=incident, group=group)
    with pytest.raises(Refusal, match="for yourself"):
        actions.join_list(by=cast.actor(shift.cat), at=AT, incident=incident, group=group)


def confirm(shift: Shift, incident: Incident, at: dt.datetime = AT, /, **answers: str) -> int:
    said = {**NOBODY, **{policy.Group(key.replace("_", "-")): value for key, value in answers.items()}}
    return actions.confirm_list(by=shift.coordinator, at=at, incident=incident, answers=said)


def test_confirming_closes_the_step_and_counts_everybody(shift: Shift) -> None:
    incident = shift.raised(shift.ann, shift.ben)
    assert confirm(shift, incident, AT + HOUR) == 2
    incident.refresh_from_db()
    assert (incident.list_confirmed_at, incident.control_room) == (AT + HOUR, "none")
    assert [(step.outcome, step.closed_at) for step in lists_steps(incident)] == [("done", AT + HOUR)]
    assert of(incident, shift.ann).confirmed_at == AT + HOUR


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"control_room": ""}, "Say whether somebody of the control room"),
        ({"staff_and_specials": ""}, "Say whether staff"),
        ({"other_forces": ""}, "Say whether people of other forces"),
        ({"control_room": "added"}, "Nobody on the list has a role in the control room"),
        ({"staff_and_specials": "added"}, "No staff"),
        ({"other_forces": "added"}, "No colleague of another force"),
    ],
)
def test_the_list_is_not_confirmed_without_answers_that_fit(shift: Shift, answers: dict[str, str], words: str) -> None:
    incident = shift.raised(shift.ann)
    with pytest.raises(Refusal, match=words):
        confirm(shift, incident, **answers)
    incident.refresh_from_db()
    assert incident.list_confirmed_at is None


def test_nobody_is_said_to_be_missing_who_is_there(shift: Shift) -> None:
    with db.open_for("the cast"):
        Person.objects.filter(pk=shift.ann.pk).update(kind="special")
    incident = shift.raised(shift.ann, role=scene.role("control-room"))
    other = cast.force("bshire")
    with db.open_for("the cast"):
        HandedOver.objects.create(
            incident=incident, from_force=shift.force, to_force=other, number="1", category=incident.category,
            closeness=2, ended_at=AT, offered_at=AT, offered_by=shift.sergeant,
        )  # fmt: skip
    for group, words in (
        ("control_room", "control room"),
        ("staff_and_specials", "special"),
        ("other_forces", "handed"),
    ):
        others = dict.fromkeys(("control_room", "staff_and_specials", "other_forces"), "added")
        with pytest.raises(Refusal, match=words):
            confirm(shift, incident, **{**others, group: "none"})
    assert confirm(shift, incident, control_room="added", staff_and_specials="added", other_forces="added") == 1


def test_an_empty_list_is_not_confirmed(shift: Shift) -> None:
    with pytest.raises(Refusal, match="Nobody is on the list"):
        confirm(shift, shift.raised())


def test_late_names_have_the_list_confirmed_again_unless_the_coordinator_added_them(shift: Shift) -> None:
    incident = shift.raised(shift.ann)
    confirm(shift, incident)
    group = [Group([shift.ben.pk], scene.role("scene"))]
    actions.add_people(by=shift.coordinator, at=AT, incident=incident, groups=group, added_as=AddedAs.COORDINATOR)
    assert of(incident, shift.ben).confirmed_at == AT
    assert len(lists_steps(incident)) == 1
    me = Group([shift.cat.pk], scene.role("scene"))
    actions.join_list(by=cast.actor(shift.cat), at=AT + HOUR, incident=incident, group=me)
    assert [step.closed_at for step in lists_steps(incident)].count(None) == 1
    assert confirm(shift, incident, AT + 2 * HOUR) == 1
    incident.refresh_from_db()
    assert incident.list_confirmed_at == AT


def test_taking_off_ends_what_is_owed_and_stays_on_record(shift: Shift) -> None:
    incident = shift.raised(shift.ann)
    exposure = of(incident, shift.ann)
    actions.take_off(by=shift.coordinator, at=AT, exposure=exposure)
    exposure.refresh_from_db()
    assert (exposure.removed_at, exposure.removed_by_id) == (AT, shift.coordinator.person_id)
    assert owed(exposure) == []
    with pytest.raises(Refusal, match="taken off"):
        actions.take_off(by=shift.coordinator, at=AT, exposure=exposure)
    with pytest.raises(NotAllowed):
        actions.take_off(by=cast.actor(shift.sergeant), at=AT, exposure=exposure)


def test_this_is_wrong_is_said_by_the_person_alone(shift: Shift) -> None:
    exposure = of(shift.raised(shift.ann), shift.ann)
    with pytest.raises(NotAllowed):
        actions.dispute(by=shift.coordinator, at=AT, exposure=exposure, what=Exposure.Dispute.ROLE)
    actions.dispute(by=cast.actor(shift.ann), at=AT, exposure=exposure, what=Exposure.Dispute.ROLE)
    exposure.refresh_from_db()
    assert (exposure.disputed, exposure.disputed_at) == ("role", AT)


def test_a_list_of_a_proposed_incident_reaches_nobody(shift: Shift) -> None:
    incident = care_cast.incident(shift.force, state="proposed")
    with db.open_for("the test"):
        made = lists.put_on(incident, [Group([shift.ann.pk], scene.role("scene"))], AddedAs.FEED, shift.coordinator, AT)
    assert [one.supervisor_id for one in made] == [shift.sergeant.pk]
    assert Step.objects.count() == 0


def test_somebody_elses_request_with_the_same_key_is_not_taken_for_ones_own(shift: Shift) -> None:
    key = ids.new()
    shift.raised(shift.ann, key=key)
    with pytest.raises(Clash):
        scene.raised(shift.coordinator, [shift.ben], key=key)


def test_the_same_request_a_moment_earlier_is_what_it_made(shift: Shift) -> None:
    key = ids.new()
    made = shift.raised(shift.ann, key=key)
    sergeant = cast.actor(shift.sergeant)
    assert queries.a_moment_earlier(sergeant, key, Clash()) == made
    with pytest.raises(Clash):
        queries.a_moment_earlier(shift.coordinator, key, Clash())
