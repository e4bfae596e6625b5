"""Reads about adoption: which forces have adopted, how far one has come, and how many asked for it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet, Sum
from django.utils.functional import Promise

from standdown.foundation.access import Actor
from standdown.foundation.small_numbers import rounded
from standdown.people.adoption import named_posts, policy
from standdown.people.adoption.models import (
    AdoptionCheck,
    AdoptionState,
    AdoptionStep,
    ChecklistItem,
    Demand,
    Evidence,
)
from standdown.people.forces.models import Force

MONTHS_OF_DEMAND = 12

# -- states -------------------------------------------------------------------------------------------------------


def steps_of(force: Force) -> list[policy.Step]:
    """The steps of one force as the rules see them, in order."""
    steps = AdoptionStep.objects.filter(force=force).order_by("since", "id")
    return [policy.Step(policy.AdoptionState(one.state), one.since) for one in steps]


def state_on(force: Force, day: dt.date) -> policy.AdoptionState:
    """How far the force had come on that day (R14). One statement."""
    return policy.state_on(steps_of(force), day)


def states_on(day: dt.date) -> dict[uuid.UUID, policy.AdoptionState]:
    """The state of every force that has taken a step by that day; the others are not asked. One statement."""
    latest = AdoptionStep.objects.latest_on(day).values_list("force_id", "state")
    return {force_id: policy.AdoptionState(state) for force_id, state in latest}


def adopted_forces(day: dt.date) -> QuerySet[Force]:
    """The forces that receive dates and may put people forward that day (R16): adopted, not paused. One statement."""
    adopted = AdoptionStep.objects.latest_on(day).filter(state=AdoptionState.ADOPTED)
    return Force.objects.standing_on(day).filter(pk__in=adopted.values("force")).order_by("name")


def not_adopted_forces(day: dt.date) -> QuerySet[Force]:
    """The forces that exist on that day and do not receive dates (R17). One statement."""
    adopted = AdoptionStep.objects.latest_on(day).filter(state=AdoptionState.ADOPTED)
    return Force.objects.standing_on(day).exclude(pk__in=adopted.values("force")).order_by("name")


# -- the record of one force --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the checklist: whether it is in place, who said so, what shows it."""

    item: str
    label: str | Promise
    tick: AdoptionCheck | None
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Record:
    """What both sides see of a force's adoption."""

    force: Force
    state: policy.AdoptionState
    label: str | Promise
    steps: list[AdoptionStep]
    points: list[Point]
    posts: list[named_posts.Post]
    next_states: Sequence[tuple[str, str | Promise]]

    @property
    def open_points(self) -> list[Point]:
        """The points that are not in place yet."""
        return [point for point in self.points if point.tick is None]


def visible(by: Actor) -> QuerySet[Force]:
    """The forces whose record this actor may open."""
    return Force.objects.visible_to(by)


def ticked(force: Force) -> list[AdoptionCheck]:
    """The points that are in place."""
    return list(AdoptionCheck.objects.filter(force=force, undone_at__isnull=True).select_related("ticked_by"))


def checklist(force: Force) -> list[Point]:
    """Every point in its order, with its evidence but not the documents themselves. Two statements."""
    ticks = {one.item: one for one in ticked(force)}
    shown: dict[str, list[Evidence]] = {}
    for one in Evidence.objects.filter(force=force).defer("content"):
        shown.setdefault(one.item, []).append(one)
    return [Point(item.value, item.label, ticks.get(item.value), shown.get(item.value, [])) for item in ChecklistItem]


def record(force: Force, day: dt.date) -> Record:
    """The record of one force on that day. Four statements."""
    steps = list(AdoptionStep.objects.filter(force=force).select_related("recorded_by").order_by("since", "id"))
    state = policy.state_on((policy.Step(policy.AdoptionState(one.state), one.since) for one in steps), day)
    following = [(one.value, AdoptionState(one).label) for one in policy.next_states(state)]
    return Record(
        force=force, state=state, label=AdoptionState(state).label, steps=steps[::-1], points=checklist(force),
        posts=named_posts.of_force(force, day), next_states=following,
    )  # fmt: skip


def evidence_of(force: Force) -> QuerySet[Evidence]:
    """The documents of one force."""
    return Evidence.objects.filter(force=force)


# -- all forces together ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A force in the overview: how far it has come, which posts are vacant, how many asked for it."""

    force: Force
    state: policy.AdoptionState
    label: str | Promise
    vacant: list[str | Promise]
    demand: int | None  # as it may be shown (foundation.small_numbers)


def overview(
    by: Actor,
    day: dt.date,
    *,
    state: str = "",
    region: str = "",
    home_office: bool | None = None,
    vacant: bool = False,
) -> list[Line]:
    """The standing forces that this actor may see, narrowed down. Five statements, however many forces."""
    forces = visible(by).standing_on(day)  # type: ignore[attr-defined]
    if region:
        forces = forces.filter(region=region)
    if home_office is not None:
        forces = forces.filter(home_office=home_office)
    states, gaps, asked = states_on(day), named_posts.vacant(day), demand_since(day)
    lines = [_line(force, states, gaps, asked) for force in forces.order_by("name")]
    return [one for one in lines if (not state or one.state == state) and (not vacant or one.vacant)]


def demand_since(day: dt.date) -> dict[uuid.UUID, int]:
    """How often each force's people asked for the training in the twelve months up to that day. One statement."""
    months = day.year * 12 + day.month - MONTHS_OF_DEMAND
    first = dt.date(months // 12, months % 12 + 1, 1)
    counts = Demand.objects.filter(month__gte=first, month__lte=day).values_list("force_id").annotate(Sum("count"))
    return dict(counts)


def demand_is_full(force: Force, day: dt.date) -> bool:
    """True when no more voices of this day count for the force."""
    found = Demand.objects.filter(force=force, month=day.replace(day=1)).first()
    return (
        found is not None and policy.counted_on(day, found.last_day, found.last_day_count) >= policy.MOST_DEMAND_A_DAY
    )


def _line(
    force: Force,
    states: dict[uuid.UUID, policy.AdoptionState],
    gaps: dict[uuid.UUID, list[str | Promise]],
    asked: dict[uuid.UUID, int],
) -> Line:
    state = states.get(force.pk, policy.AdoptionState.NOT_ASKED)
    demand = rounded(asked.get(force.pk, 0))
    return Line(force, state, AdoptionState(state).label, gaps.get(force.pk, []), demand)
