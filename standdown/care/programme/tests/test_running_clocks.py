"""A clock that runs is never moved by what happens to programmes (R145): an incident keeps its version."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from standdown.audit.act import act
from standdown.care.clocks import sweeps
from standdown.care.exposures import stages
from standdown.care.models import Exposure, Incident, Programme, Step
from standdown.care.programme import actions, queries
from standdown.care.programme.policy import NextStep, StepKind
from standdown.foundation import access
from standdown.foundation.access import Can
from standdown.people.models import Force
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
AT, TODAY, DAY = cast.AT, cast.TODAY, dt.timedelta(days=1)
JOB = access.system("the tests")


def begun(force: Force, day: dt.date) -> Exposure:
    """Somebody of an incident that began with the version of that day, whose next step is a defusing."""
    incident: Incident = care_cast.incident(force, programme=queries.in_force(force.pk, day))
    one = Exposure(
        incident=incident, person=cast.person(force, "Eve"), force=force, role=care_cast.role(of=incident.programme),
        closeness=2, added_at=AT, added_as="supervisor", changed_at=AT, duty_end_at=AT + DAY,
    )  # fmt: skip
    with act(JOB, Can.RUN_CARE, on=incident, at=AT):
        stages.begin([one], JOB, AT)
        stages.decide(one, NextStep.DEFUSE_GROUP, JOB, AT)
    return one


def clocks(one: Exposure) -> list[tuple[Any, ...]]:
    return list(
        Step.objects.filter(exposure=one)
        .order_by("kind")
        .values_list("kind", "due_at", "level", "next_at", "programme")
    )


def other_version(force: Force) -> Programme:
    """A version of the force's own in which everything is due at other times and told to others, from today on."""
    by = cast.holder(Role.ESTIP_LEAD, force)
    draft = actions.copy(by=by, at=AT, programme=care_cast.programme(), force=force)
    figures = {
        **queries.figures_of(draft), "book_hours": 20, "defuse_green_from_hours": 20, "defuse_target_hours": 24,
        "defuse_green_until_hours": 30, "list_hours": 2,
    }  # fmt: skip
    switches = {"has_demobilise": True, "own_manager_may_defuse": True}
    actions.change_figures(by=by, at=AT, programme=draft, figures=figures, switches=switches)
    for kind in StepKind:
        actions.change_chain(by=by, at=AT, programme=draft, kind=kind, links=[(5, "estip-lead")])
    actions.schedule(by=by, at=AT, programme=draft, first_day=TODAY)
    return draft


def test_no_clock_moves_when_a_version_is_made_changed_and_scheduled() -> None:
    force = cast.force("ashire")
    running = begun(force, TODAY)
    before, version = clocks(running), running.incident.programme_id
    other_version(force)
    assert clocks(running) == before
    assert Incident.objects.get(pk=running.incident_id).programme_id == version
    sweeps.each_minute(AT + 10 * DAY)
    step = Step.objects.get(exposure=running, kind="book")
    assert [(one.told, one.level) for one in step.tellings.order_by("level")] == [("coordinator", 0), ("estip-lead", 1)]


def test_a_control_an_incident_that_begins_afterwards_has_the_other_clocks() -> None:
    """Were the versions the same, or the clocks not theirs, the test above would say nothing."""
    force = cast.force("ashire")
    running = begun(force, TODAY)
    other_version(force)
    later = begun(force, TODAY)
    due = {kind: due_at for kind, due_at, *_rest in clocks(later)}
    assert due["book"] - later.incident.ended_at == dt.timedelta(hours=20)
    assert due["hold"] - later.incident.ended_at == dt.timedelta(hours=30)
    assert {kind: due_at for kind, due_at, *_rest in clocks(running)}["book"] != due["book"]


def test_a_control_steps_that_are_owed_anew_follow_the_version_that_the_incident_kept() -> None:
    force = cast.force("ashire")
    running = begun(force, TODAY)
    other_version(force)
    with act(JOB, Can.RUN_CARE, on=running.incident, at=AT):
        stages.booked(running, JOB, AT)
        stages.unbooked(Exposure.objects.get(pk=running.pk), AT)
    step = Step.objects.open().get(exposure=running, kind="book")
    assert step.due_at - running.incident.ended_at == dt.timedelta(hours=36)
