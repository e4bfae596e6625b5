"""Whatever was left behind is found, by somebody other than the worker, and gone on with."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from typer.testing import CliRunner

from standdown.care.clocks import hooks, queries, second_look, sweeps
from standdown.care.clocks.findings import Finding
from standdown.care.clocks.tests.scene import AT, DAY, HOUR, MINUTE, Scene, mail, told
from standdown.care.models import SecondLook, Step
from standdown.care.programme.policy import StepKind
from standdown.config import installation
from standdown.config.cli.commands import attach
from standdown.config.cli.program import app
from standdown.foundation import clock, db
from standdown.notifications import hooks as worker_hooks
from standdown.notifications import worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def run() -> CliRunner:
    if not any(group.name == "check" for group in app.registered_groups):
        attach(app)
    return CliRunner()


def lose(step: Step) -> None:
    """Take the next moment away, as a bug or a hand in the tables would."""
    with db.open_for("the test"):
        Step.objects.filter(pk=step.pk).update(next_at=None)


def names(found: list[Finding]) -> list[str]:
    return [one.name for one in found]


def test_where_all_is_well_nothing_is_found_and_the_look_leaves_a_sign() -> None:
    scene = Scene()
    scene.owed(StepKind.BOOK, AT + DAY)
    scene.owed(StepKind.DEMOBILISE, AT + DAY)
    worker.beat("worker", AT)
    assert second_look.look(AT, mend=True) == second_look.Looked((), 0)
    sign = SecondLook.objects.get()
    assert (sign.looked_at, sign.found, sign.mended) == (AT, 0, 0)
    assert queries.last_second_look() == sign
    assert second_look.behind(AT) is False


def test_a_worker_that_is_dead_for_a_day_is_noticed_and_made_up_for() -> None:
    scene = Scene()
    step = scene.owed(StepKind.DEMOBILISE, AT, owner=scene.sergeant.pk)
    worker.beat("worker", AT - 2 * HOUR)
    assert installation.ready(AT - HOUR + 5 * MINUTE) == ["worker"]
    assert installation.ready(AT + DAY) == ["worker", "steps"]
    looked = second_look.look(AT + DAY, mend=True)
    assert names(list(looked.found)) == ["worker", "not-told", "late-unnoticed"]
    assert looked.mended == 2
    whom = ["Sergeant", "Sergeant", "Inspector", "Coordinator"]
    assert [who for _level, _told, who in told(step)] == whom
    worker.beat("worker", AT + DAY)
    sweeps.each_minute(AT + DAY)
    assert [who for _level, _told, who in told(step)] == whom
    assert sorted(to for to, _purpose, _state in mail()) == ["Coordinator", "Inspector", "Sergeant"]
    assert installation.ready(AT + DAY) == []


def test_a_step_whose_clock_stopped_is_found_and_goes_on() -> None:
    scene = Scene()
    step = scene.owed(StepKind.BOOK, AT)
    worker.beat("worker", AT)
    lose(step)
    sweeps.each_minute(AT + HOUR)
    assert told(step) == []
    assert second_look.behind(AT - HOUR) is True
    found = second_look.look(AT + HOUR, mend=False).found
    assert "stopped" in names(list(found))
    assert told(step) == []
    second_look.look(AT + HOUR, mend=True)
    assert told(step) == [(0, "coordinator", "Coordinator")]
    assert Step.objects.get().next_at == AT + DAY


def test_a_chain_that_is_gone_through_is_not_a_clock_that_stopped() -> None:
    scene = Scene()
    scene.owed(StepKind.CUMULATIVE_OFFER, AT)
    worker.beat("worker", AT + DAY)
    sweeps.each_minute(AT + DAY)
    assert second_look.behind(AT + 2 * DAY) is False


def test_a_late_step_is_noticed_by_whoever_looks_first() -> None:
    scene = Scene()
    step = scene.owed(StepKind.DECIDE, AT)
    second_look.look(AT + 6 * MINUTE, mend=True)
    sweeps.each_minute(AT + 7 * MINUTE)
    assert Step.objects.get(pk=step.pk).late_noticed_at == AT + 6 * MINUTE


def test_what_cannot_be_put_right_keeps_nothing_else_waiting() -> None:
    scene = Scene()
    step = scene.owed(StepKind.BOOK, AT)

    def breaks(_at: object) -> None:
        raise RuntimeError

    hooks.WRONG.insert(0, lambda _at, _most: [Finding("odd", "Something is odd.", (), breaks)])
    try:
        looked = second_look.look(AT + HOUR, mend=True)
    finally:
        hooks.WRONG.pop(0)
    assert "odd" in names(list(looked.found))
    assert told(step) == [(0, "coordinator", "Coordinator")]


def test_the_worker_looks_every_ten_minutes() -> None:
    assert second_look.each_minute in worker_hooks.EACH_MINUTE
    second_look.each_minute(AT.replace(minute=9))
    assert queries.last_second_look() is None
    second_look.each_minute(AT.replace(minute=10))
    assert queries.last_second_look() is not None


def test_a_monitor_sees_steps_that_nobody_is_told_of() -> None:
    scene, now = Scene(), clock.now()
    step = scene.owed(StepKind.BOOK, now - HOUR)
    worker.beat("worker", now)
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["steps"])
    sweeps.each_minute(now)
    assert told(step) != []
    assert Client().get("/health/ready").status_code == 200


def test_the_command_says_what_is_wrong_and_mends_where_it_is_asked_to(run: CliRunner) -> None:
    scene, now = Scene(), clock.now()
    step = scene.owed(StepKind.BOOK, now - HOUR)
    worker.beat("worker", now)
    said = run.invoke(app, ["check", "clocks", "--format", "json"])
    facts = json.loads(said.stdout)
    assert (said.exit_code, [one["name"] for one in facts["wrong"]]) == (1, ["not-told", "late-unnoticed"])
    assert (facts["wrong"][0]["keys"], facts["mended"]) == ([str(step.pk)], 0)
    assert facts["standing"] == {"open": 1, "late": 1}
    mended = run.invoke(app, ["check", "clocks", "--mend"])
    assert (mended.exit_code, "2 of them were put right" in mended.output) == (1, True)
    well = run.invoke(app, ["check", "clocks"])
    assert (well.exit_code, "0 things were wrong" in well.output) == (0, True)
