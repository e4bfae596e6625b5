"""Which steps are due, late, or left behind; and how many of each colour, for boards."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from standdown.care.clocks import policy
from standdown.care.clocks.models import SecondLook, Step, StepQuerySet, Telling
from standdown.care.clocks.policy import Colour
from standdown.care.programme.models import Escalation
from standdown.care.programme.policy import StepKind
from standdown.people.models import Force


def forces_with_due(at: dt.datetime) -> list[Force]:
    """The forces in which somebody is to be told of a step. One statement."""
    waiting = Step.objects.open().filter(next_at__lte=at).order_by()
    return list(Force.objects.filter(pk__in=waiting.values("force_id")).order_by("pk"))


def due(force_id: uuid.UUID, at: dt.datetime, only: uuid.UUID | None = None) -> StepQuerySet:
    """The open steps of a force of which somebody is to be told now, the longest waiting first."""
    found = Step.objects.open().filter(force_id=force_id, next_at__lte=at)
    found = found if only is None else found.filter(pk=only)
    return found.select_related("incident", "exposure").order_by("next_at", "pk")


def late_and_unnoticed(at: dt.datetime) -> StepQuerySet:
    """The open steps whose time is over and of which nobody has noted it yet."""
    return Step.objects.open().filter(due_at__lt=at, late_noticed_at__isnull=True)


def stale(at: dt.datetime) -> StepQuerySet:
    """Open steps of which somebody should have been told more than five minutes ago: no worker came by."""
    return Step.objects.open().filter(next_at__lt=at - policy.STALE)


def stopped() -> StepQuerySet:
    """Open steps that have no next moment although their chain goes on: something lost it."""
    left = Escalation.objects.filter(programme=OuterRef("programme"), kind=OuterRef("kind"))
    return Step.objects.open().filter(Exists(left.filter(position__gte=OuterRef("level"))), next_at__isnull=True)


def last_second_look() -> SecondLook | None:
    """When somebody other than the worker last looked, and what came of it."""
    return SecondLook.objects.first()


@dataclass(frozen=True, slots=True)
class Standing:
    """How many steps are open, and how many of them are late."""

    open: int
    late: int

    def as_dict(self) -> dict[str, int]:
        """For machines."""
        return {"open": self.open, "late": self.late}


def standing(at: dt.datetime) -> Standing:
    """How many steps are open now, everywhere, and late. One statement."""
    found = Step.objects.open().aggregate(open=Count("pk"), late=Count("pk", filter=Q(due_at__lt=at)))
    return Standing(**found)


_MORE = (F("programme__defuse_amber_until_hours") - F("programme__defuse_green_until_hours")) * Value(
    dt.timedelta(hours=1), DurationField()
)
_RED_FROM = ExpressionWrapper(
    F("due_at") + ExpressionWrapper(_MORE, output_field=DurationField()), output_field=DateTimeField()
)


def with_colour(steps: StepQuerySet, at: dt.datetime) -> QuerySet[Any]:
    """Open steps with their `colour` at that moment, said by the database; `policy.colour` is its rule."""
    hold = Q(kind=StepKind.HOLD.value)
    over = (~hold & Q(due_at__lt=at)) | (hold & Q(red_from__lt=at))
    soon = [
        When(Q(kind=kind.value, due_at__lt=at + before), Value(Colour.AMBER.value))
        for kind, before in policy.AMBER.items()
    ]
    colour = Case(When(over, Value(Colour.RED.value)), *soon, default=Value(Colour.GREEN.value))
    return steps.annotate(red_from=_RED_FROM, colour=colour)


def by_kind_and_colour(forces: Iterable[uuid.UUID], at: dt.datetime) -> dict[tuple[StepKind, Colour], int]:
    """How many open steps of each kind and colour these forces have. One statement."""
    found = with_colour(Step.objects.open().filter(force__in=list(forces)).order_by(), at)
    rows = found.values_list("kind", "colour").annotate(number=Count("pk"))
    return {(StepKind(kind), Colour(colour)): number for kind, colour, number in rows}


def nobody_told(steps: Iterable[Step]) -> set[uuid.UUID]:
    """Those of these steps for which no link of their chain had anybody, so far. One statement."""
    keys = [step.pk for step in steps]
    told = Telling.objects.filter(step__in=keys, moved=F("step__moved")).order_by()
    rows = told.values_list("step_id").annotate(people=Count("person"))
    return {key for key, people in rows if not people}
