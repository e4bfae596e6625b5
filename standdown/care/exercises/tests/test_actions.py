from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from standdown.audit.models import Entry
from standdown.care.exercises import actions, rows
from standdown.care.exercises.actions import NotAnExercise
from standdown.care.looks.actions import look
from standdown.care.models import (
    Contact,
    Drill,
    DrillPerson,
    Exposure,
    Incident,
    IncidentEvent,
    Look,
    Step,
    Telling,
)
from standdown.foundation import db
from standdown.foundation.access import Actor, Can, NotAllowed
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, Person, Posting, Qualification
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
AT, HOUR, DAY = cast.AT, dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def force() -> Force:
    return cast.force()


@pytest.fixture
def by(force: Force) -> Actor:
    return cast.holder(Role.ESTIP_COORDINATOR, force)


def begun(by: Actor, force: Force, people: int = 5) -> Drill:
    return actions.begin_drill(by=by, at=AT, force=force, people=people)


def lived_through(by: Actor, drill: Drill) -> Exposure:
    """Somebody of it was looked at, a step of theirs was told, and a colleague got a message."""
    exposures = list(Exposure.objects.filter(incident__drill=drill).select_related("incident"))
    look(
        by=by, at=AT, can=Can.RUN_CARE, on=exposures[0].incident, at_whom=exposures, why=Look.Why.COORDINATING,
        role="estip-coordinator",
    )  # fmt: skip
    step = Step.objects.filter(exposure=exposures[0]).first()
    assert step is not None
    with db.open_for("the test"):
        Telling.objects.create(step=step, level=0, told="coordinator", at=AT)
        OutboxMessage.objects.create(
            purpose="StepLate", about=str(step.pk), recipient=cast.person_of(by), force=drill.force,
            address="a@b.example", subject="A message", text="Sign in", html="Sign in", created_at=AT, due_at=AT,
        )  # fmt: skip
    return exposures[0]


def everything() -> dict[str, int]:
    """How many rows of each kind there are, but for the record of what was done."""
    kinds = {*rows.of_incidents(), *rows.about_people()}
    return {kind.__name__: kind._default_manager.count() for kind in kinds}


def test_an_exercise_begins_with_made_up_people_on_a_list(by: Actor, force: Force) -> None:
    drill = begun(by, force)
    incident = Incident.objects.get(drill=drill)
    assert (incident.ended_at, incident.major, incident.exposures.count()) == (AT - HOUR, False, 5)
    made_up = Person.objects.filter(drill__drill=drill)
    assert {(one.given_name, one.work_email) for one in made_up} == {("Exercise", ""), ("Exercise defuser", "")}
    assert Qualification.objects.filter(person__in=made_up, skill="defuse").count() == 2
    assert Step.objects.open().filter(incident=incident, kind="demobilise").count() == 5
    assert OutboxMessage.objects.count() == 0
    entry = Entry.objects.latest("sequence")
    assert (entry.can, entry.outcome, entry.detail) == ("run-drill", "done", {"people": 5})


def test_many_people_make_it_a_major_incident(by: Actor, force: Force) -> None:
    assert Incident.objects.get(drill=begun(by, force, 50)).major


@pytest.mark.parametrize("people", [1, 501])
def test_a_number_that_cannot_be_run_is_refused(by: Actor, force: Force, people: int) -> None:
    with pytest.raises(NotAnExercise):
        begun(by, force, people)
    assert Person.objects.filter(given_name="Exercise").count() == 0


def test_one_exercise_runs_at_a_time(by: Actor, force: Force) -> None:
    drill = begun(by, force)
    with pytest.raises(NotAnExercise):
        begun(by, force)
    actions.end_drill(by=by, at=AT, drill=drill)
    assert begun(by, force).ended_at is None


def test_whoever_runs_no_care_begins_none(force: Force) -> None:
    bob = cast.actor(cast.person(force, "Bob"))
    charlie = cast.holder(Role.ESTIP_COORDINATOR, cast.force("bshire"), "Charlie")
    for by in (bob, charlie):
        with pytest.raises(NotAllowed):
            begun(by, force)


def test_moving_the_clock_makes_things_due(by: Actor, force: Force) -> None:
    drill = begun(by, force)
    real = care_cast.exposure(care_cast.incident(force), cast.person(force), duty_end_at=AT)
    step = Step.objects.filter(incident__drill=drill, kind="demobilise").first()
    contact = Contact.objects.filter(exposure__incident__drill=drill, kind="month").first()
    assert step is not None
    assert contact is not None
    actions.move_clock(by=by, at=AT, drill=drill, hours=72)
    moved = Step.objects.get(pk=step.pk)
    assert (step.due_at - moved.due_at, step.opened_at - moved.opened_at) == (3 * DAY, 3 * DAY)
    assert step.next_at is not None
    assert moved.next_at == step.next_at - 3 * DAY
    assert Incident.objects.get(drill=drill).ended_at == AT - HOUR - 3 * DAY
    assert Contact.objects.get(pk=contact.pk).due_on == contact.due_on - dt.timedelta(days=3)
    assert Exposure.objects.get(pk=real.pk).duty_end_at == AT


def test_contacts_keep_their_distance_when_the_clock_moves_by_what_lies_between_them(by: Actor, force: Force) -> None:
    drill = begun(by, force, 2)
    days = sorted(set(Contact.objects.values_list("due_on", flat=True)))
    actions.move_clock(by=by, at=AT, drill=drill, hours=336)
    after = sorted(set(Contact.objects.values_list("due_on", flat=True)))
    assert after == [day - dt.timedelta(days=14) for day in days]


def test_the_clock_moves_by_what_is_offered_only(by: Actor, force: Force) -> None:
    drill = begun(by, force)
    with pytest.raises(NotAnExercise):
        actions.move_clock(by=by, at=AT, drill=drill, hours=-1)


def test_ending_leaves_nothing_but_that_it_was_run(by: Actor, force: Force) -> None:
    real = care_cast.exposure(care_cast.incident(force), cast.person(force))
    before = everything()
    drill = begun(by, force)
    lived_through(by, drill)
    actions.move_clock(by=by, at=AT, drill=drill, hours=4)
    actions.end_drill(by=by, at=AT + HOUR, drill=drill)
    assert everything() == before
    assert Exposure.objects.get() == real
    assert (Drill.objects.get().ended_at, Drill.objects.get().people) == (AT + HOUR, 5)
    assert [entry.can for entry in Entry.objects.order_by("sequence")][-1] == "run-drill"


def test_an_exercise_that_is_over_stays_over(by: Actor, force: Force) -> None:
    drill = begun(by, force)
    actions.end_drill(by=by, at=AT, drill=drill)
    with pytest.raises(NotAnExercise):
        actions.end_drill(by=by, at=AT, drill=drill)
    with pytest.raises(NotAnExercise):
        actions.move_clock(by=by, at=AT, drill=drill, hours=4)


def test_what_is_real_can_still_not_be_taken_away(by: Actor, force: Force) -> None:
    incident = care_cast.incident(force)
    one = care_cast.exposure(incident, cast.person(force))
    look(
        by=by, at=AT, can=Can.RUN_CARE, on=incident, at_whom=[one], why=Look.Why.COORDINATING, role="estip-coordinator"
    )
    with db.open_for("the test"):
        step = Step.objects.create(
            force=force, programme=incident.programme, kind="decide", incident=incident, exposure=one, on=one.pk,
            opened_at=AT, due_at=AT,
        )  # fmt: skip
        Telling.objects.create(step=step, level=0, told="coordinator", at=AT)
        IncidentEvent.objects.create(incident=incident, kind="raised", at=AT)
        for kind in (Look, Telling, IncidentEvent):
            with pytest.raises(DatabaseError), transaction.atomic():
                kind.objects.all()._raw_delete("default")


def test_of_an_exercise_nothing_can_be_changed_either(by: Actor, force: Force) -> None:
    begun(by, force)
    with db.open_for("the test"), pytest.raises(DatabaseError), transaction.atomic():
        IncidentEvent.objects.update(number=7)


def test_it_takes_as_many_statements_for_three_hundred_as_for_thirty(
    by: Actor, force: Force, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(90):
        drill = begun(by, force, 300)
    assert DrillPerson.objects.count() == 338
    with django_assert_max_num_queries(60):
        actions.move_clock(by=by, at=AT, drill=drill, hours=24)
    with django_assert_max_num_queries(120):
        actions.end_drill(by=by, at=AT, drill=drill)
    assert Posting.objects.filter(number__startswith="EX").count() == 0
