"""Jobs of the worker about people on lists, and what the second look asks about them."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from functools import partial

from django.db.models import Exists, OuterRef

from standdown.care.clocks.findings import Finding
from standdown.care.clocks.models import Step
from standdown.care.exposures import actions_by_time
from standdown.care.exposures.models import Exposure, ExposureQuerySet, Stage
from standdown.care.incidents.models import State
from standdown.care.programme.policy import StepKind
from standdown.foundation import access, db
from standdown.foundation.refusal import Refusal

log = logging.getLogger("standdown.care")
JOB = access.system("proposals accepted by time")
SECOND_LOOK = access.system("second look")
A_DAY = dt.timedelta(days=1)  # after which everybody confirmed must have their month contact planned
# What must be open for somebody who stands there.
OWED: dict[Stage, tuple[StepKind, ...]] = {
    Stage.TO_DEMOBILISE: (StepKind.DEMOBILISE,),
    Stage.TO_DECIDE: (StepKind.DECIDE,),
    Stage.TO_DEFUSE: (StepKind.BOOK, StepKind.HOLD),
    Stage.BOOKED: (StepKind.HOLD,),
}


def each_minute(at: dt.datetime) -> None:
    """Accept the proposals that nobody answered in time; each is an act of its own."""
    for exposure in to_accept(at):
        try:
            actions_by_time.accept_proposal(by=JOB, at=at, exposure=exposure)
        except Refusal:
            pass
        except Exception as error:  # noqa: BLE001 - one person must not keep the others waiting
            log.error("a proposal could not be accepted: %s", type(error).__name__)  # noqa: TRY400 - may name a person
            db.start_afresh()


def to_accept(at: dt.datetime) -> list[Exposure]:
    """The people whose proposed next step is due to be taken as decided. One statement."""
    due = Step.objects.open().filter(kind=StepKind.DECIDE.value, due_at__lte=at, exposure=OuterRef("pk"))
    waiting = _running().filter(Exists(due), stage=Stage.TO_DECIDE).exclude(proposed_step="")
    return list(waiting.select_related("incident__programme").order_by("proposed_at", "pk"))


def without_steps(at: dt.datetime, most: int) -> list[Finding]:
    """People for whom nothing is open although their stage says that something is owed. One statement a kind."""
    found = []
    for stage, kinds in OWED.items():
        for kind in kinds:
            there = Step.objects.open().filter(exposure=OuterRef("pk"), kind=kind.value)
            lacking = _running().filter(~Exists(there), stage=stage)
            words = f"people stand at {stage.value}, and no {kind.value} step is open for them."
            found += _findings(lacking, f"no-{kind.value}", words, _owe_again, most)
    return found + _without_month_contact(at, most)


def _without_month_contact(at: dt.datetime, most: int) -> list[Finding]:
    """Everybody confirmed is owed a contact inside a month (R96), from a day after on at the latest."""
    planned = Step.objects.filter(exposure=OuterRef("pk"), kind=StepKind.CONTACT_MONTH.value)
    lacking = _running().filter(~Exists(planned), confirmed_at__lt=at - A_DAY)
    return _findings(
        lacking, "no-contact-month", "people were confirmed, and no month contact was planned for them.", _plan, most
    )


def _running() -> ExposureQuerySet:
    return Exposure.objects.open().filter(incident__state=State.OPEN)


def _findings(
    lacking: ExposureQuerySet, name: str, words: str, mend: Callable[[Exposure, dt.datetime], object], most: int
) -> list[Finding]:
    people = list(lacking.select_related("incident__programme").order_by("added_at", "pk")[:most])
    if not people:
        return []
    keys = tuple(one.pk for one in people)
    return [Finding(name, f"{len(people)} {words}", keys, partial(_each, people, mend))]


def _each(people: list[Exposure], mend: Callable[[Exposure, dt.datetime], object], at: dt.datetime) -> None:
    for one in people:
        mend(one, at)


def _owe_again(one: Exposure, at: dt.datetime) -> None:
    actions_by_time.owe_again(by=SECOND_LOOK, at=at, exposure=one)


def _plan(one: Exposure, at: dt.datetime) -> None:
    actions_by_time.plan_contacts(by=SECOND_LOOK, at=at, exposure=one)
