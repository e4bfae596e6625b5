"""What the worker's minute does: the right people are told, each once, together or not at all."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from standdown.audit.act import act
from standdown.audit.models import Entry
from standdown.care.clocks import actions, queries, steps, sweeps
from standdown.care.clocks import hooks as clock_hooks
from standdown.care.clocks.tests.scene import AT, DAY, HOUR, JOB, MINUTE, Scene, mail, managed, told
from standdown.care.models import Exclusion, Step, Telling
from standdown.care.programme import actions as programmes
from standdown.care.programme.policy import StepKind
from standdown.foundation import db, ids
from standdown.foundation.access import Can
from standdown.notifications import hooks
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Person, Posting
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db


def test_the_worker_calls_it() -> None:
    assert sweeps.each_minute in hooks.EACH_MINUTE


def test_the_chain_is_gone_through_in_its_time_and_each_once() -> None:
    scene = Scene()
    step = scene.owed(StepKind.DEMOBILISE, AT, owner=scene.sergeant.pk)
    sweeps.each_minute(AT - HOUR - MINUTE)
    assert told(step) == []
    for moment in (AT - HOUR, AT, AT + HOUR, AT + 12 * HOUR, AT + 13 * HOUR):
        for _again in range(3):
            sweeps.each_minute(moment)
    assert told(step) == [
        (0, "owner", "Sergeant"),
        (1, "owner", "Sergeant"),
        (2, "duty-inspector", "Inspector"),
        (3, "coordinator", "Coordinator"),
    ]
    step.refresh_from_db()
    assert (step.level, step.next_at, step.late_noticed_at) == (4, None, AT + HOUR)
    assert [to for to, _purpose, _state in mail()] == ["Sergeant", "Sergeant", "Inspector", "Coordinator"]


def test_a_worker_that_was_dead_for_a_day_tells_everybody_once() -> None:
    scene = Scene()
    step = scene.owed(StepKind.DEMOBILISE, AT, owner=scene.sergeant.pk)
    for _again in range(2):
        sweeps.each_minute(AT + DAY)
    assert [who for _level, _told, who in told(step)] == ["Sergeant", "Sergeant", "Inspector", "Coordinator"]
    assert sorted(to for to, _purpose, _state in mail()) == ["Coordinator", "Inspector", "Sergeant"]


def test_a_closed_step_is_told_to_nobody() -> None:
    scene = Scene()
    step = scene.owed(StepKind.BOOK, AT)
    with act(JOB, Can.RUN_CARE, on=scene.force, at=AT - HOUR):
        steps.close_steps(Step.objects.filter(pk=step.pk), Step.Outcome.DONE, None, AT - HOUR)
    sweeps.each_minute(AT + DAY)
    assert (told(step), mail()) == ([], [])


def test_a_step_that_got_another_time_goes_through_its_chain_anew() -> None:
    scene = Scene()
    step = scene.owed(StepKind.BOOK, AT)
    sweeps.each_minute(AT)
    with act(JOB, Can.RUN_CARE, on=scene.force, at=AT):
        steps.move_due(Step.objects.filter(pk=step.pk), AT + DAY)
    sweeps.each_minute(AT + DAY)
    assert told(step) == [(0, "coordinator", "Coordinator"), (0, "coordinator", "Coordinator")]
    assert sorted(Telling.objects.values_list("moved", flat=True)) == [0, 1]


def test_the_coordinator_who_took_it_on_is_told_alone() -> None:
    scene = Scene()
    other = scene.holder(Role.ESTIP_COORDINATOR, "Other")
    step = scene.owed(StepKind.BOOK, AT)
    with db.open_for("the test"):
        type(scene.incident).objects.update(coordinator=other)
    sweeps.each_minute(AT)
    assert told(step) == [(0, "coordinator", "Other")]


def test_a_coordinator_who_gave_up_the_post_is_not_told() -> None:
    scene = Scene()
    with db.open_for("the test"):
        type(scene.incident).objects.update(coordinator=scene.inspector)
    step = scene.owed(StepKind.BOOK, AT)
    sweeps.each_minute(AT)
    assert told(step) == [(0, "coordinator", "Coordinator")]


def test_where_no_coordinator_is_the_lead_is_told() -> None:
    scene = Scene(posts=False)
    scene.holder(Role.ESTIP_LEAD, "Lead")
    step = scene.owed(StepKind.BOOK, AT)
    sweeps.each_minute(AT)
    assert told(step) == [(0, "coordinator", "Lead")]


def test_nobody_who_was_exposed_is_told_as_staff() -> None:
    scene = Scene()
    care_cast.exposure(scene.incident, scene.coordinator)
    care_cast.exposure(scene.incident, scene.sergeant)
    book = scene.owed(StepKind.BOOK, AT)
    demobilise = scene.owed(StepKind.DEMOBILISE, AT, owner=scene.sergeant.pk)
    sweeps.each_minute(AT)
    assert told(book) == [(0, "coordinator", "Lead")]
    assert told(demobilise) == [(0, "owner", "nobody"), (1, "owner", "nobody"), (2, "duty-inspector", "Inspector")]
    assert {to for to, _purpose, _state in mail()} == {"Lead", "Inspector"}


def test_nobody_whom_the_person_excluded_hears_of_them() -> None:
    scene = Scene()
    with db.open_for("the test"):
        Exclusion.objects.create(person=scene.eve, excluded=scene.coordinator, since=AT)
    step = scene.owed(StepKind.BOOK, AT)
    sweeps.each_minute(AT)
    assert told(step) == [(0, "coordinator", "Lead")]


@pytest.mark.parametrize("gone", ["left", "no address"])
def test_who_cannot_be_reached_is_nobody_and_the_next_is_told_at_once(gone: str) -> None:
    scene = Scene()
    with db.open_for("the test"):
        if gone == "left":
            Posting.objects.filter(person=scene.sergeant).update(until=cast.TODAY - DAY)
        else:
            Person.objects.filter(pk=scene.sergeant.pk).update(work_email="")
    step = scene.owed(StepKind.DEMOBILISE, AT, owner=scene.sergeant.pk)
    sweeps.each_minute(AT - HOUR)
    assert told(step) == [(0, "owner", "nobody"), (1, "owner", "nobody"), (2, "duty-inspector", "Inspector")]


def test_where_nobody_is_there_at_all_it_is_tried_again_until_somebody_is() -> None:
    scene = Scene(posts=False)
    step = scene.owed(StepKind.BOOK, AT)
    sweeps.each_minute(AT)
    sweeps.each_minute(AT + HOUR)
    assert told(step) == [(0, "coordinator", "nobody"), (1, "estip-lead", "nobody")]
    assert queries.nobody_told([step]) == {step.pk}
    scene.holder(Role.ESTIP_LEAD, "Lead")
    sweeps.each_minute(AT + 2 * HOUR)
    sweeps.each_minute(AT + 3 * HOUR)
    assert told(step)[2:] == [(1, "estip-lead", "Lead")]
    assert queries.nobody_told([step]) == set()


def test_a_step_without_an_owner_or_supervisor_goes_to_the_line_managers_manager() -> None:
    scene = Scene()
    with db.open_for("the test"):
        type(scene.exposure).objects.update(supervisor=None)
    step = scene.owed(StepKind.DEMOBILISE, AT)
    sweeps.each_minute(AT - HOUR)
    assert told(step)[-1] == (2, "duty-inspector", "Inspector")


def test_links_that_mean_the_supervisor_or_occupational_health_are_followed() -> None:
    scene = Scene()
    scene.holder(Role.OCCUPATIONAL_HEALTH, "Olive")
    referral = scene.owed(StepKind.REFERRAL_ANSWER, AT)
    sweeps.each_minute(AT)
    assert told(referral) == [(0, "occupational-health", "Olive"), (1, "coordinator", "Coordinator")]
    scene.incident.programme = programmes.copy(by=JOB, at=AT, programme=scene.incident.programme, force=scene.force)
    own, links = scene.incident.programme, [(0, "supervisor"), (1440, "supervisor")]
    programmes.change_chain(by=JOB, at=AT, programme=own, kind=StepKind.SELF_REFERRAL, links=links)
    asked = scene.owed(StepKind.SELF_REFERRAL, AT)
    of_nobody = scene.owed(StepKind.SELF_REFERRAL, AT, exposure=None)
    sweeps.each_minute(AT + MINUTE)
    assert told(asked) == [(0, "supervisor", "Sergeant")]
    assert told(of_nobody) == [(0, "supervisor", "nobody"), (1, "supervisor", "nobody")]


def many(scene: Scene, number: int) -> None:
    """So many sessions to book, all due at once."""
    with act(JOB, Can.RUN_CARE, on=scene.force, at=AT - DAY):
        owed = [
            steps.Owed(kind=StepKind.BOOK, due_at=AT, incident=scene.incident.pk, on=ids.new())
            for _one in range(number)
        ]
        steps.open_steps(scene.incident.programme, scene.force.pk, owed, AT - DAY)


def test_five_hundred_late_steps_are_one_message() -> None:
    scene = Scene()
    many(scene, 500)
    sweeps.each_minute(AT)
    assert Telling.objects.count() == 500
    assert [to for to, _purpose, state in mail() if state == "due"] == ["Coordinator"]
    message = OutboxMessage.objects.get(state="due")
    assert "500 things in Standdown wait for you." in message.text


def test_what_waits_for_the_morning_is_said_once_and_up_to_date() -> None:
    scene = Scene()
    night = dt.datetime(2026, 11, 23, 23, 0, tzinfo=dt.UTC)
    for hour in range(4):
        scene.owed(StepKind.BOOK, night + hour * HOUR, on=ids.new(), at=AT)
        sweeps.each_minute(night + hour * HOUR)
    assert [state for _to, _purpose, state in mail()] == ["dropped", "dropped", "dropped", "due"]
    message = OutboxMessage.objects.get(state="due")
    assert message.due_at == dt.datetime(2026, 11, 24, 7, 0, tzinfo=dt.UTC)
    assert "4 things in Standdown wait for you." in message.text


def test_the_talk_before_off_duty_goes_out_at_night_and_takes_nothing_else_along() -> None:
    scene = Scene()
    night = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
    with db.open_for("the test"):
        type(scene.exposure).objects.update(supervisor=scene.coordinator)
    scene.owed(StepKind.BOOK, night - MINUTE)
    sweeps.each_minute(night - MINUTE)
    scene.owed(StepKind.DEMOBILISE, night + HOUR, owner=scene.coordinator.pk)
    sweeps.each_minute(night)
    due = {row.purpose: row.due_at for row in OutboxMessage.objects.filter(state="due")}
    assert due == {"StepsWaitNow": night, "StepsWait": dt.datetime(2026, 11, 24, 7, 0, tzinfo=dt.UTC)}


def test_a_message_names_nobody_and_nothing() -> None:
    scene = Scene()
    scene.owed(StepKind.BOOK, AT)
    sweeps.each_minute(AT)
    message = OutboxMessage.objects.get()
    assert message.subject == "Something in Standdown waits for you"
    assert "1 thing in Standdown waits for you." in message.text
    for word in ("Eve", scene.incident.reference, "defus", "incident"):
        assert word not in message.subject + message.text + message.html


def test_one_step_that_cannot_be_seen_to_keeps_no_other_waiting() -> None:
    scene = Scene()
    elsewhere = care_cast.incident(scene.force)
    fine = scene.owed(StepKind.BOOK, AT)
    broken = scene.owed(StepKind.CONFIRM_LIST, AT, incident=elsewhere.pk, exposure=None)

    def breaks(incidents: Iterable[uuid.UUID], _people: Iterable[uuid.UUID]) -> set[tuple[uuid.UUID, uuid.UUID]]:
        if elsewhere.pk in set(incidents):
            raise RuntimeError
        return set()

    clock_hooks.EXPOSED.append(breaks)
    try:
        sweeps.each_minute(AT)
    finally:
        clock_hooks.EXPOSED.remove(breaks)
    assert told(fine) == [(0, "coordinator", "Coordinator")]
    assert told(broken) == []
    assert queries.stale(AT + 6 * MINUTE).get() == broken


def test_two_workers_at_once_do_nothing_twice() -> None:
    """The second finds the step told already, whether it waits for the lock or passes the row over."""
    scene = Scene()
    step = scene.owed(StepKind.BOOK, AT)
    assert actions.tell_due(by=JOB, at=AT, force=scene.force) == 1
    assert actions.tell_due(by=JOB, at=AT, force=scene.force) == 0
    assert told(step) == [(0, "coordinator", "Coordinator")]


def test_what_is_late_is_noticed_once_and_for_ever() -> None:
    scene = Scene()
    step = scene.owed(StepKind.DECIDE, AT)
    sweeps.each_minute(AT)
    assert Step.objects.get(pk=step.pk).late_noticed_at is None
    for minutes in (1, 2):
        sweeps.each_minute(AT + minutes * MINUTE)
    assert Step.objects.get(pk=step.pk).late_noticed_at == AT + MINUTE
    assert Entry.objects.filter(detail__late=1).count() == 1


def test_managers_from_elsewhere_are_never_read_for_another_force() -> None:
    ashire, bshire = Scene(), Scene("bshire")
    managed(cast.person(ashire.force, "Extra"), bshire.inspector)
    step = ashire.owed(StepKind.BOOK, AT)
    sweeps.each_minute(AT)
    assert [row.person_id for row in Telling.objects.filter(step=step)] == [ashire.coordinator.pk]


def test_telling_a_thousand_steps_costs_far_less_than_a_statement_each() -> None:
    scene = Scene()
    many(scene, 1000)
    with CaptureQueriesContext(connection) as asked:
        sweeps.each_minute(AT)
    assert Telling.objects.count() == 1000
    assert len(asked) <= 200
