"""What is recorded of an incident is put right; what a file proposed is confirmed or not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from standdown.audit.act import act
from standdown.care.clocks import steps
from standdown.care.clocks.models import Step
from standdown.care.exposures import lists, stages
from standdown.care.exposures.models import Exposure
from standdown.care.exposures.sentences import times_said
from standdown.care.incidents import diary, hooks, policy
from standdown.care.incidents.diary import Kind
from standdown.care.incidents.holding import as_it_is, held
from standdown.care.incidents.models import Incident, State
from standdown.care.programme.models import Category
from standdown.care.programme.policy import StepKind
from standdown.foundation.access import Actor, Can
from standdown.foundation.refusal import Refusal
from standdown.people.models import Base

_FROM_T0 = (StepKind.BOOK.value, StepKind.HOLD.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """The facts of an incident that can be put right."""

    category: Category
    ended_at: dt.datetime
    base: Base | None
    own_reference: str


def correct(*, by: Actor, at: dt.datetime, incident: Incident, details: Details) -> None:
    """Put right what is recorded of an incident. Where its end (T0) was another, what counts from it moves with it.

    Raises NotAllowed, and Refusal for a time that cannot be.
    """
    with act(by, Can.RUN_CARE, on=incident, at=at) as step:
        found = held(incident)
        wrong = policy.problem(found.started_at, details.ended_at, at)
        if wrong is not None:
            raise Refusal(times_said(wrong), code=wrong.value)
        if details.category.programme_id != found.programme_id:
            raise Refusal(
                _("This kind of incident is of another version of the programme. Choose one that is offered.")
            )
        ended_at = min(details.ended_at, at)
        moved, found.ended_at = ended_at - found.ended_at, ended_at
        found.category, found.base, found.own_reference = details.category, details.base, details.own_reference
        found.changed_at = at
        found.save(update_fields=["ended_at", "category", "base", "own_reference", "changed_at"])
        if moved:
            _move(found, moved, by, at)
        step.note(minutes=int(moved.total_seconds() // 60))
        diary.note(found, Kind.CHANGED, by, at)


def _move(incident: Incident, moved: dt.timedelta, by: Actor, at: dt.datetime) -> None:
    of_it = Step.objects.open().filter(incident=incident)
    talks = of_it.filter(kind=StepKind.DEMOBILISE.value, exposure__duty_end_at__isnull=True)
    for rows in (of_it.filter(kind__in=_FROM_T0), Step.objects.filter(pk__in=list(talks.values_list("pk", flat=True)))):
        rows.update(due_at=F("due_at") + moved, next_at=F("next_at") + moved)
    for listener in hooks.MOVED:
        listener(incident, moved, by, at)


def confirm_proposed(*, by: Actor, at: dt.datetime, incident: Incident) -> int:
    """Say that what a file proposed is an incident: only now is anybody asked for anything (R64). How many people.

    Raises NotAllowed, and Refusal when a colleague confirmed or rejected it already.
    """
    with act(by, Can.RUN_CARE, on=incident, at=at) as step:
        found = _proposed(incident)
        found.state, found.changed_at = State.OPEN, at
        found.save(update_fields=["state", "changed_at"])
        diary.note(found, Kind.CONFIRMED, by, at)
        lists.ask_for_list(found, at)
        people = list(Exposure.objects.live().filter(incident=found))
        for one in people:
            one.incident = found
        stages.begin_stored(people, by, at)
        step.note(people=len(people))
        return len(people)


def reject(*, by: Actor, at: dt.datetime, incident: Incident) -> None:
    """Say that it is not an incident for Standdown: what a file proposed, or one on whose list nobody is.

    Raises NotAllowed, and Refusal while people are on the list of an open one.
    """
    with act(by, Can.RUN_CARE, on=incident, at=at):
        found = as_it_is(incident)
        empty = found.state == State.OPEN and not Exposure.objects.live().filter(incident=found).exists()
        if not empty:
            found = _proposed(found)
        found.state, found.changed_at = State.REJECTED, at
        found.save(update_fields=["state", "changed_at"])
        steps.close_steps(Step.objects.filter(on=found.pk), Step.Outcome.NOT_NEEDED, by.person_id, at)
        diary.note(found, Kind.REJECTED, by, at)


def _proposed(incident: Incident) -> Incident:
    found = as_it_is(incident)
    if found.state == State.PROPOSED:
        return found
    words = _("Somebody has confirmed this already, and people are on its list. Open it to see how it stands.")
    raise Refusal(words, code=f"incident-{found.state}")
