"""Colleagues handed over between forces: what the host sees of them, and what waits for the home force."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from standdown.care.clocks.models import Step
from standdown.care.exposures.models import HandedOver
from standdown.care.incidents.models import Incident
from standdown.care.programme.policy import StepKind
from standdown.foundation import clock
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the host sees: how many colleagues of which force wait, are handled there, or are not known there.

    `to_check` are the numbers that are not known there, as the host itself gave them.
    """

    force: str
    waiting: int
    handled: int
    to_check: tuple[str, ...]


def elsewhere(incident: Incident) -> list[Elsewhere]:
    """Of an incident, by force. One statement."""
    found: dict[str, list[HandedOver]] = {}
    for row in (
        HandedOver.objects.filter(incident=incident).select_related("to_force").order_by("to_force__name", "number")
    ):
        found.setdefault(row.to_force.name, []).append(row)
    states = HandedOver.State
    return [
        Elsewhere(
            name, sum(row.state == states.OFFERED for row in rows), sum(row.state == states.ACCEPTED for row in rows),
            tuple(row.number for row in rows if row.state == states.NOT_OURS),
        )
        for name, rows in found.items()
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """A colleague handed to this force, and by when it answers."""

    handed: HandedOver
    due_at: dt.datetime | None


def waiting(by: Actor) -> list[Waiting]:
    """Who was handed to the forces whose care this actor runs and waits for an answer, oldest first. Two statements."""
    reach = by.reach(Can.RUN_CARE)
    rows = HandedOver.objects.filter(state=HandedOver.State.OFFERED, to_force__in=reach.forces)
    found = list(rows.select_related("category", "from_force").order_by("offered_at", "id"))
    owed = Step.objects.open().filter(kind=StepKind.ACCEPT_HANDED_OVER.value, on__in=[row.pk for row in found])
    due = dict(owed.values_list("on", "due_at"))
    return [Waiting(row, due.get(row.pk)) for row in found]


def handed(by: Actor, key: uuid.UUID) -> HandedOver | None:
    """One of them, in whatever state; None for another force's. One statement."""
    rows = HandedOver.objects.filter(pk=key, to_force__in=by.reach(Can.RUN_CARE).forces)
    return rows.select_related("category", "from_force", "to_force").first()


def forces_to_hand_to(incident: Incident, at: dt.datetime) -> list[Force]:
    """The forces that stand that day, but for the incident's own, by name. One statement."""
    standing = Force.objects.standing_on(clock.london_day(at)).exclude(pk=incident.force_id)
    return list(standing.order_by("name"))
