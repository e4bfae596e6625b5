"""Exercises as whoever runs care sees them."""

from __future__ import annotations

import uuid

from django.db.models import Prefetch

from standdown.care.drills.models import Drill
from standdown.care.exercises import policy
from standdown.care.incidents.models import Incident
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force


def drills(by: Actor) -> list[Drill]:
    """The exercises of the forces where this actor may run them, the latest first. Two statements."""
    kept = Prefetch("incidents", Incident.objects.order_by("raised_at"))
    rows = Drill.objects.filter(force__in=by.reach(Can.RUN_DRILL).forces).select_related("force", "begun_by")
    return list(rows.prefetch_related(kept).order_by("-begun_at"))


def drill(by: Actor, key: uuid.UUID) -> Drill | None:
    """One of them; None reads like not there."""
    return next((one for one in drills(by) if one.pk == key), None)


def force(by: Actor) -> Force | None:
    """The actor's own force, where they may run an exercise; None where they may not. One statement."""
    reach = by.reach(Can.RUN_DRILL)
    return Force.objects.filter(pk=by.force_id).first() if by.force_id and reach.covers(by.force_id) else None


def running(by: Actor) -> list[str]:
    """The references of incidents that are made up, while an exercise runs where this actor may run one.

    One statement for them, and none for anybody else.
    """
    forces = by.reach(Can.RUN_DRILL).forces
    if not forces:
        return []
    found = Incident.objects.filter(drill__isnull=False, force__in=forces)
    return list(found.order_by("reference").values_list("reference", flat=True))


def moves() -> tuple[int, ...]:
    """The hours by which the clock may be moved on."""
    return policy.MOVES
