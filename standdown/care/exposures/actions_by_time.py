"""What time does to one person's part in an incident. Each is one act."""

from __future__ import annotations

import datetime as dt

from standdown.audit.act import act
from standdown.care.clocks.models import Step
from standdown.care.exposures import hooks, stages
from standdown.care.exposures.models import Exposure, Stage
from standdown.care.programme.policy import NextStep, StepKind
from standdown.foundation import db
from standdown.foundation.access import Actor, Can


def accept_proposal(*, by: Actor, at: dt.datetime, exposure: Exposure) -> bool:
    """Take the proposed next step as decided, because nobody said otherwise in time (R74). True when it was.

    Asked anew under a lock: where a coordinator was quicker, or the proposal was taken back, nothing happens.
    """
    with act(by, Can.RUN_CARE, on=exposure, at=at) as step:
        one = db.lock(Exposure.objects.open().filter(pk=exposure.pk)).first()
        owed = Step.objects.open().filter(exposure=exposure, kind=StepKind.DECIDE.value, due_at__lte=at)
        accepted = bool(one and one.stage == Stage.TO_DECIDE and one.proposed_step and owed.exists())
        if accepted and one is not None:
            stages.decide(one, NextStep(one.proposed_step), by, at)
        step.note(accepted=accepted)
        return accepted


def owe_again(*, by: Actor, at: dt.datetime, exposure: Exposure) -> int:
    """Open what this person's stage says is owed and is not open; how many steps."""
    with act(by, Can.RUN_CARE, on=exposure, at=at) as step:
        one = db.lock(Exposure.objects.open().filter(pk=exposure.pk)).first()
        number = stages.owe_again(one, at) if one is not None else 0
        step.note(opened=number)
        return number


def plan_contacts(*, by: Actor, at: dt.datetime, exposure: Exposure) -> None:
    """Let whoever plans contacts plan those of somebody whom they missed (R96)."""
    with act(by, Can.RUN_CARE, on=exposure, at=at):
        for listener in hooks.WITHOUT_CONTACTS:
            listener([exposure], by, at)
