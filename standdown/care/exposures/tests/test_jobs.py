"""What time does to people's parts in an incident, and what the second look finds about them."""

from __future__ import annotations

import datetime as dt

import pytest

from standdown.audit.act import act
from standdown.audit.models import Entry
from standdown.care.clocks import hooks as clock_hooks
from standdown.care.clocks import steps, sweeps
from standdown.care.clocks.tests.scene import Scene, told
from standdown.care.exposures import actions_by_time, hooks, jobs, staff, stages
from standdown.care.exposures.models import Exposure, Stage
from standdown.care.models import Step
from standdown.care.programme.policy import NextStep, StepKind
from standdown.foundation import access, db
from standdown.foundation.access import Actor, Can
from standdown.notifications import hooks as worker_hooks
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
AT = cast.AT
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
JOB = access.system("the tests")


def talked(scene: Scene, proposal: NextStep | None) -> Exposure:
    """Eve was talked with at AT; a decision is due a day later."""
    scene.exposure.stage = Stage.TO_DEMOBILISE
    with act(JOB, Can.DEMOBILISE, on=scene.exposure, at=AT):
        stages.talked(scene.exposure, proposal, JOB, AT, outcome=Step.Outcome.DONE)
    return scene.exposure


def kinds(one: Exposure) -> list[str]:
    return sorted(Step.objects.open().filter(exposure=one).values_list("kind", flat=True))


def stood(one: Exposure, stage: Stage, **facts: object) -> None:
    """Put somebody there without what belongs to it."""
    with db.open_for("the test"):
        Exposure.objects.filter(pk=one.pk).update(stage=stage, **facts)


def test_the_worker_accepts_before_anybody_is_told_that_it_is_late() -> None:
    order = worker_hooks.EACH_MINUTE
    assert order.index(jobs.each_minute) < order.index(sweeps.each_minute)


def test_a_proposal_is_accepted_after_a_day_by_nobody() -> None:
    one = talked(Scene(), NextStep.DEFUSE_GROUP)
    jobs.each_minute(AT + DAY - MINUTE)
    assert Exposure.objects.get().stage == Stage.TO_DECIDE
    for _again in range(2):
        jobs.each_minute(AT + DAY)
    one.refresh_from_db()
    assert (one.stage, one.decided_step, one.decided_at, one.decided_by) == (
        Stage.TO_DEFUSE, "defuse-group", AT + DAY, None,
    )  # fmt: skip
    assert kinds(one) == ["book", "hold"]
    assert Entry.objects.filter(actor_job="proposals accepted by time").count() == 1


def test_without_a_proposal_the_decision_stays_late_and_goes_up() -> None:
    one = talked(Scene(), None)
    for moment in (AT + DAY, AT + DAY + MINUTE, AT + DAY + 12 * HOUR):
        jobs.each_minute(moment)
        sweeps.each_minute(moment)
    step = Step.objects.get(kind="decide")
    assert (step.closed_at, step.late_noticed_at) == (None, AT + DAY + MINUTE)
    assert [who for _level, _told, who in told(step)] == ["Coordinator", "Lead"]
    assert Exposure.objects.get(pk=one.pk).stage == Stage.TO_DECIDE


def test_a_coordinator_who_was_quicker_keeps_their_decision() -> None:
    one = talked(Scene(), NextStep.DEFUSE_GROUP)
    (waiting,) = jobs.to_accept(AT + DAY)
    with act(JOB, Can.RUN_CARE, on=one, at=AT + DAY):
        stages.decide(Exposure.objects.get(pk=one.pk), NextStep.NOTHING_NOW, JOB, AT + DAY)
    assert actions_by_time.accept_proposal(by=JOB, at=AT + DAY, exposure=waiting) is False
    assert Exposure.objects.get(pk=one.pk).decided_step == "nothing-now"


def test_one_who_was_taken_off_meanwhile_is_left_alone() -> None:
    one = talked(Scene(), NextStep.NOTHING_NOW)
    stood(one, Stage.TO_DECIDE, removed_at=AT)
    assert jobs.to_accept(AT + DAY) == []
    assert actions_by_time.accept_proposal(by=JOB, at=AT + DAY, exposure=one) is False
    assert actions_by_time.owe_again(by=JOB, at=AT + DAY, exposure=one) == 0


def test_one_proposal_that_fails_keeps_no_other_waiting() -> None:
    scene, other = Scene(), Scene("bshire")
    first, second = talked(scene, NextStep.NOTHING_NOW), talked(other, NextStep.NOTHING_NOW)

    def refuses(one: Exposure, _by: Actor, _at: dt.datetime) -> None:
        if one.pk == first.pk:
            raise RuntimeError

    hooks.DECIDED.append(refuses)
    try:
        jobs.each_minute(AT + DAY)
    finally:
        hooks.DECIDED.remove(refuses)
    assert [Exposure.objects.get(pk=one.pk).stage for one in (first, second)] == [Stage.TO_DECIDE, Stage.FOLLOWED]


@pytest.mark.parametrize(
    ("stage", "owed"),
    [
        (Stage.TO_DEMOBILISE, ["demobilise"]),
        (Stage.TO_DECIDE, ["decide"]),
        (Stage.TO_DEFUSE, ["book", "hold"]),
        (Stage.BOOKED, ["hold"]),
        (Stage.FOLLOWED, []),
    ],
)
def test_somebody_for_whom_a_step_was_lost_is_found_and_owed_again(stage: Stage, owed: list[str]) -> None:
    scene = Scene()
    stood(scene.exposure, stage)
    found = jobs.without_steps(AT, 200)
    assert sorted(one.name for one in found) == [f"no-{kind}" for kind in owed]
    for one in found:
        assert one.keys == (scene.exposure.pk,)
        assert one.mend is not None
        one.mend(AT)
    assert kinds(scene.exposure) == owed
    assert jobs.without_steps(AT, 200) == []


def test_an_incident_that_nobody_confirmed_is_owed_nothing() -> None:
    scene = Scene()
    stood(scene.exposure, Stage.TO_DECIDE)
    with db.open_for("the test"):
        type(scene.incident).objects.update(state="proposed")
    assert jobs.without_steps(AT, 200) == []


def test_somebody_confirmed_without_a_month_contact_is_found_a_day_later() -> None:
    scene = Scene()
    stood(scene.exposure, Stage.FOLLOWED, confirmed_at=AT)
    assert jobs.without_steps(AT + DAY, 200) == []
    (found,) = jobs.without_steps(AT + DAY + MINUTE, 200)
    assert (found.name, found.keys) == ("no-contact-month", (scene.exposure.pk,))
    assert found.mend is not None

    def plan(exposures: object, _by: Actor, at: dt.datetime) -> None:
        owed = steps.Owed(kind=StepKind.CONTACT_MONTH, due_at=at + DAY, exposure=scene.exposure.pk)
        steps.open_steps(scene.incident.programme, scene.force.pk, [owed], at)
        assert exposures == [scene.exposure]

    before = list(hooks.WITHOUT_CONTACTS)
    hooks.WITHOUT_CONTACTS[:] = [plan]
    try:
        found.mend(AT + DAY + MINUTE)
    finally:
        hooks.WITHOUT_CONTACTS[:] = before
    assert jobs.without_steps(AT + 2 * DAY, 200) == []


def test_everybody_on_the_list_is_kept_from_hearing_as_staff() -> None:
    scene = Scene()
    gone = care_cast.exposure(scene.incident, scene.lead, removed_at=AT)
    people = [scene.eve.pk, scene.sergeant.pk, gone.person_id]
    assert staff.exposed_among([scene.incident.pk], people) == {(scene.incident.pk, scene.eve.pk)}
    assert staff.exposed_among in clock_hooks.EXPOSED
    assert jobs.without_steps in clock_hooks.WRONG
