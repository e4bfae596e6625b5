"""Merging, deciding, putting right, evidence guards."""

from __future__ import annotations

import datetime as dt

import pytest

from standdown.care.exposures import actions, actions_deciding, actions_incident, actions_merging, policy, stages
from standdown.care.exposures.actions_deciding import Decision
from standdown.care.exposures.actions_incident import Details
from standdown.care.exposures.models import Exposure, HandedOver
from standdown.care.exposures.tests.scene import AT, HOUR, Shift, of, owed, raised
from standdown.care.incidents import actions as incidents
from standdown.care.incidents import guards
from standdown.care.incidents.models import Incident, State
from standdown.care.models import Exclusion, Restriction, Step
from standdown.care.programme.policy import NextStep
from standdown.foundation import db
from standdown.foundation.access import NotAllowed
from standdown.foundation.refusal import Refusal
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift() -> Shift:
    return Shift()


def merge(shift: Shift, part: Incident, whole: Incident) -> int:
    return actions_merging.merge(by=shift.coordinator, at=AT + HOUR, part=part, whole=whole)


# -- merging ------------------------------------------------------------------------------------------------------


def test_everybody_of_both_stands_once_on_one_list_and_keeps_their_steps(shift: Shift) -> None:
    whole = shift.raised(shift.ann, shift.ben)
    part = shift.raised(shift.ben, shift.cat, ended_at=AT - 3 * HOUR, own_reference="77-1")
    assert merge(shift, part, whole) == 1
    part.refresh_from_db()
    whole.refresh_from_db()
    assert (part.state, part.merged_into_id) == (State.MERGED, whole.pk)
    assert (whole.ended_at, whole.own_reference) == (AT - 3 * HOUR, "77-1")
    people = Exposure.objects.live().filter(incident=whole)
    assert set(people.values_list("person_id", flat=True)) == {shift.ann.pk, shift.ben.pk, shift.cat.pk}
    for person in (shift.ann, shift.ben, shift.cat):
        assert owed(of(whole, person)) == [("demobilise", AT + 6 * HOUR, shift.sergeant.pk)]
    assert Step.objects.filter(incident=whole, exposure=of(whole, shift.cat), kind="demobilise").count() == 1
    closed = Step.objects.get(on=part.pk, kind="confirm-list")
    assert (closed.outcome, closed.closed_at) == ("taken-over", AT + HOUR)


def test_whoever_came_further_keeps_that_record(shift: Shift) -> None:
    whole, part = shift.raised(shift.ann), shift.raised(shift.ann)
    further = of(part, shift.ann)
    with db.open_for("the test"):
        stages.talked(further, NextStep.DEFUSE_GROUP, cast.actor(shift.sergeant), AT, outcome=Step.Outcome.DONE)
    assert merge(shift, part, whole) == 0
    assert of(whole, shift.ann).pk == further.pk
    assert [kind for kind, _due, _owner in owed(of(whole, shift.ann))] == ["decide"]


def test_names_that_come_to_a_confirmed_list_have_it_confirmed_again(shift: Shift) -> None:
    whole, part = shift.raised(shift.ann), shift.raised(shift.ben)
    none = dict.fromkeys(policy.Group, "none")
    actions.confirm_list(by=shift.coordinator, at=AT, incident=whole, answers=none)
    actions.confirm_list(by=shift.coordinator, at=AT, incident=part, answers=none)
    third = shift.raised(shift.cat)
    assert merge(shift, part, whole) == 1
    assert Step.objects.open().filter(on=whole.pk, kind="confirm-list").count() == 0
    merge(shift, third, whole)
    assert Step.objects.open().filter(on=whole.pk, kind="confirm-list").count() == 1


def test_a_proposed_incident_merged_into_an_open_one_begins_with_its_people(shift: Shift) -> None:
    whole, part = shift.raised(shift.ann), care_cast.incident(shift.force, state="proposed")
    for person in (shift.ann, shift.ben):
        care_cast.exposure(part, person, duty_end_at=AT + 5 * HOUR, supervisor=shift.sergeant)
    assert merge(shift, part, whole) == 1
    assert owed(of(whole, shift.ben)) == [("demobilise", AT + 5 * HOUR, shift.sergeant.pk)]


def test_a_part_of_a_part_leads_to_the_whole(shift: Shift) -> None:
    one, two, three = shift.raised(shift.ann), shift.raised(shift.ben), shift.raised(shift.cat)
    merge(shift, one, two)
    merge(shift, two, three)
    one.refresh_from_db()
    assert one.merged_into_id == three.pk
    assert Exposure.objects.live().filter(incident=three).count() == 3


def test_colleagues_handed_over_from_both_are_handed_over_once(shift: Shift) -> None:
    whole, part, other = shift.raised(shift.ann), shift.raised(shift.ben), cast.force("bshire")
    with db.open_for("the cast"):
        for incident, number in ((whole, "1"), (part, "1"), (part, "2")):
            HandedOver.objects.create(
                incident=incident, from_force=shift.force, to_force=other, number=number, category=whole.category,
                closeness=2, ended_at=AT, offered_at=AT, offered_by=shift.sergeant,
            )  # fmt: skip
    merge(shift, part, whole)
    rows = HandedOver.objects.filter(incident=whole).order_by("number")
    assert list(rows.values_list("number", flat=True)) == ["1", "2"]


def test_what_cannot_be_merged_is_refused(shift: Shift) -> None:
    whole, part = shift.raised(shift.ann), shift.raised(shift.ben)
    period = shift.raised(shift.cat, kind=Incident.Kind.PERIOD, started_at=AT - 9 * HOUR)
    elsewhere = Shift("bshire").raised()
    for other, words in ((whole, "another incident"), (elsewhere, "another incident"), (period, "stay apart")):
        with pytest.raises(Refusal, match=words):
            merge(shift, other, whole)
    merge(shift, part, whole)
    with pytest.raises(Refusal, match="merged it a moment ago"):
        merge(shift, part, whole)
    with pytest.raises(Refusal, match="part of another"):
        merge(shift, whole, part)
    with pytest.raises(NotAllowed):
        actions_merging.merge(by=cast.actor(shift.sergeant), at=AT, part=period, whole=whole)


# -- deciding -----------------------------------------------------------------------------------------------------


def decide(shift: Shift, incident: Incident, *decisions: Decision) -> int:
    return actions_deciding.decide_next(by=shift.coordinator, at=AT, incident=incident, decisions=decisions)


def test_several_are_decided_at_once_and_a_second_coordinator_is_told(shift: Shift) -> None:
    incident = shift.raised(shift.ann, shift.ben)
    ann, ben = of(incident, shift.ann).pk, of(incident, shift.ben).pk
    assert decide(shift, incident, Decision(ann, NextStep.DEFUSE_GROUP), Decision(ben, NextStep.NOTHING_NOW)) == 2
    assert [kind for kind, _due, _owner in owed(of(incident, shift.ann))] == ["book", "hold"]
    assert (of(incident, shift.ben).stage, owed(of(incident, shift.ben))) == ("followed", [])
    with pytest.raises(Refusal, match="somebody else has just decided"):
        decide(shift, incident, Decision(ann, NextStep.NOTHING_NOW))
    assert decide(shift, incident, Decision(ann, NextStep.NOTHING_NOW, seen="defuse-group")) == 1
    assert owed(of(incident, shift.ann)) == []


def test_what_cannot_be_decided_is_refused(shift: Shift) -> None:
    incident = shift.raised(shift.ann, shift.ben)
    ann = of(incident, shift.ann)
    with pytest.raises(Refusal, match="does not offer"):
        decide(shift, incident, Decision(ann.pk, NextStep.PEER_CALL))
    with db.open_for("the cast"):
        Exposure.objects.filter(pk=ann.pk).update(stage="booked", decided_step="defuse-group", decided_at=AT)
    with pytest.raises(Refusal, match="has a session with a time"):
        decide(shift, incident, Decision(ann.pk, NextStep.DEFUSE_ONE, seen="defuse-group"))
    with db.open_for("the cast"):
        Exclusion.objects.create(person=shift.ben, excluded=cast.person_of(shift.coordinator), since=AT)
    with pytest.raises(Refusal, match="came off"):
        decide(shift, incident, Decision(of(incident, shift.ben).pk, NextStep.NOTHING_NOW))


# -- facts --------------------------------------------------------------------------------------------------------


def details(incident: Incident, **facts: object) -> Details:
    before = {name: getattr(incident, name) for name in ("category", "ended_at", "base", "own_reference")}
    return Details(**{**before, **facts})


def test_putting_the_end_right_moves_what_counts_from_it(shift: Shift) -> None:
    incident = shift.raised(shift.ann, shift.ben, shift.cat, off=None)
    decide(shift, incident, Decision(of(incident, shift.ann).pk, NextStep.DEFUSE_GROUP))
    kinds = ("book", "hold", "demobilise", "confirm-list")
    before = dict(Step.objects.open().filter(incident=incident).values_list("pk", "due_at"))
    right = details(incident, ended_at=incident.ended_at - 5 * HOUR, own_reference="12-3")
    actions_incident.correct(by=shift.coordinator, at=AT, incident=incident, details=right)
    moved = {
        (step.kind, (step.due_at - before[step.pk]) / HOUR, (step.next_at or AT) < step.due_at + 13 * HOUR)
        for step in Step.objects.open().filter(incident=incident, kind__in=kinds)
    }  # fmt: skip
    assert moved == {("book", -5, True), ("hold", -5, True), ("demobilise", -5, True), ("confirm-list", 0, True)}
    incident.refresh_from_db()
    assert (incident.ended_at, incident.own_reference) == (AT - 7 * HOUR, "12-3")


def test_what_is_put_right_must_be_possible(shift: Shift) -> None:
    incident = shift.raised(shift.ann)
    other = care_cast.category("other", care_cast.programme("trim-like"))
    for facts, words in (({"ended_at": AT + HOUR}, "in the future"), ({"category": other}, "another version")):
        with pytest.raises(Refusal, match=words):
            actions_incident.correct(by=shift.coordinator, at=AT, incident=incident, details=details(incident, **facts))
    actions_incident.correct(by=shift.coordinator, at=AT, incident=incident, details=details(incident, base=None))
    incident.refresh_from_db()
    assert incident.base_id is None


def test_it_runs_as_a_major_incident(shift: Shift) -> None:
    incident = shift.raised(shift.ann)
    for _ in range(2):
        incidents.run_as_major(by=shift.coordinator, at=AT, incident=incident)
    incident.refresh_from_db()
    assert (incident.major, incident.events.filter(kind="major").count()) == (True, 1)


# -- what a file proposed -----------------------------------------------------------------------------------------


def test_only_confirming_begins_anything(shift: Shift) -> None:
    incident = care_cast.incident(shift.force, state="proposed")
    care_cast.exposure(incident, shift.ann, supervisor=shift.sergeant)
    care_cast.exposure(incident, shift.ben, duty_end_at=AT - HOUR)
    assert Step.objects.count() == 0
    assert actions_incident.confirm_proposed(by=shift.coordinator, at=AT, incident=incident) == 2
    assert owed(of(incident, shift.ann)) == [("demobilise", AT + 2 * HOUR, shift.sergeant.pk)]
    assert owed(of(incident, shift.ben)) == [("decide", AT + 24 * HOUR, None)]
    assert Step.objects.open().filter(on=incident.pk, kind="confirm-list").count() == 1
    with pytest.raises(Refusal, match="confirmed this already"):
        actions_incident.confirm_proposed(by=shift.coordinator, at=AT, incident=incident)


def test_what_is_no_incident_is_rejected_unless_people_are_on_it(shift: Shift) -> None:
    proposed = care_cast.incident(shift.force, state="proposed")
    empty, full = shift.raised(), shift.raised(shift.ann)
    for incident in (proposed, empty):
        actions_incident.reject(by=shift.coordinator, at=AT, incident=incident)
        incident.refresh_from_db()
        assert incident.state == State.REJECTED
    with pytest.raises(Refusal, match="people are on its list"):
        actions_incident.reject(by=shift.coordinator, at=AT, incident=full)
    assert Step.objects.open().filter(incident=empty).count() == 0


# -- evidence -----------------------------------------------------------------------------------------------------


def test_a_restriction_blocks_groups_until_it_is_lifted(shift: Shift) -> None:
    incident = shift.raised(shift.ann)
    pim = cast.holder(Role.POST_INCIDENT_MANAGER, shift.force, "Pim")
    assert guards.group_blocked(incident) is None
    first = incidents.restrict(by=pim, at=AT, incident=incident)
    assert incidents.restrict(by=pim, at=AT + HOUR, incident=incident) == first
    assert guards.group_blocked(incident) is guards.Block.RESTRICTED
    assert incidents.lift(by=pim, at=AT + HOUR, incident=incident) == 1
    assert incidents.lift(by=pim, at=AT + HOUR, incident=incident) == 0
    assert guards.group_blocked(incident) is None
    assert list(incident.events.filter(kind__startswith="restrict").values_list("kind", flat=True)) == [
        "restricted", "restriction-lifted",
    ]  # fmt: skip
    with pytest.raises(NotAllowed):
        incidents.restrict(by=shift.coordinator, at=AT, incident=incident)
    with pytest.raises(NotAllowed):
        incidents.restrict(
            by=cast.holder(Role.POST_INCIDENT_MANAGER, cast.force("bshire"), "Pia"), at=AT, incident=incident
        )


def test_a_restriction_on_a_part_holds_for_the_whole(shift: Shift) -> None:
    whole, part = shift.raised(shift.ann), shift.raised(shift.ben)
    pim = cast.holder(Role.POST_INCIDENT_MANAGER, shift.force, "Pim")
    incidents.restrict(by=pim, at=AT, incident=part)
    merge(shift, part, whole)
    assert guards.group_blocked(whole) is guards.Block.RESTRICTED
    with pytest.raises(Refusal, match="nothing to restrict"):
        incidents.restrict(by=pim, at=AT, incident=part)
    assert incidents.lift(by=pim, at=AT, incident=whole) == 1
    assert Restriction.objects.get().lifted_at == AT


def test_outstanding_accounts_block_groups_too(shift: Shift) -> None:
    incident = shift.raised(shift.ann)
    incidents.record_accounts(by=shift.coordinator, at=AT, incident=incident, accounts=Incident.Accounts.OUTSTANDING)
    incident.refresh_from_db()
    assert guards.group_blocked(incident) is guards.Block.ACCOUNTS
    incidents.record_accounts(by=shift.coordinator, at=AT, incident=incident, accounts=Incident.Accounts.COMPLETE)
    incident.refresh_from_db()
    assert guards.group_blocked(incident) is None


def test_raising_by_whoever_is_exposed_is_their_own_talk_with_nobody(shift: Shift) -> None:
    incident = raised(cast.actor(shift.sergeant), [shift.sergeant, shift.ann], off=AT + dt.timedelta(hours=2))
    assert {of(incident, one).supervisor_id for one in (shift.sergeant, shift.ann)} == {None}
