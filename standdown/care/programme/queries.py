"""Which programme version holds for a force on a day, and what the screens show of one."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from standdown.care.programme import policy
from standdown.care.programme.models import Category, Escalation, ExposureRole, Programme
from standdown.care.programme.policy import Family, State, StepKind
from standdown.foundation import access
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force

Entry = Category | ExposureRole


def in_force(force_id: uuid.UUID, day: dt.date) -> Programme:
    """The version by which an incident of that force begins on that day.

    The force's own published version that took effect last; where it has none, the one that ships by default. One
    statement where the force has its own, else two.
    """
    begun = Programme.objects.published().filter(effective_from__lte=day).order_by("-effective_from", "-number")
    own = begun.filter(force_id=force_id).first()
    return own or begun.filter(force__isnull=True, family=Family.ESTIP_LIKE.value)[0]


@dataclass(frozen=True, slots=True)
class Listed:
    """One version on the list, and where it stands."""

    programme: Programme
    state: State


@dataclass(frozen=True, slots=True)
class Shelf:
    """One force's versions, newest first, and the one that holds today."""

    force: Force
    holds: Programme
    own: list[Listed]


def shelves(by: Actor, today: dt.date) -> list[Shelf]:
    """The versions of every force whose programme this actor may see. Up to three statements a force."""
    reach = by.reach(Can.SEE_PROGRAMME)
    forces = Force.objects.all() if reach.everywhere else Force.objects.filter(pk__in=reach.forces)
    own: dict[uuid.UUID | None, list[Programme]] = defaultdict(list)
    for one in Programme.objects.visible_to(by).filter(force__isnull=False).order_by("-made_at", "-number"):
        own[one.force_id].append(one)
    found = []
    for force in forces.order_by("name"):
        holds = in_force(force.pk, today)
        listed = [Listed(one, state_of(one, holds, today)) for one in own[force.pk]]
        found.append(Shelf(force, holds, listed))
    return found


def shipped(by: Actor) -> list[Programme]:
    """The versions that ship with the product, the default first."""
    rows = Programme.objects.visible_to(by).published().filter(force__isnull=True)
    return sorted(rows, key=lambda one: ([*Family].index(Family(one.family)), -one.number))


def state_of(one: Programme, holds: Programme | None, today: dt.date) -> State:
    """Where that version stands today; `holds` is the one that holds for the force."""
    return policy.state(
        ships=one.force_id is None, first_day=one.effective_from, published=one.published_at is not None,
        holds=holds is not None and holds.pk == one.pk, today=today,
    )  # fmt: skip


def version(by: Actor, key: uuid.UUID) -> Programme | None:
    """One version, if this actor may see it."""
    rows = Programme.objects.visible_to(by).select_related("force", "copied_from__force", "published_by")
    return rows.filter(pk=key).first()


def kept(by: Actor, key: uuid.UUID) -> Programme | None:
    """One of a force's own versions, if this actor keeps it."""
    found = version(by, key)
    if found is None or found.force_id is None or not access.allows(by, Can.KEEP_PROGRAMME, found):
        return None
    return found


def force_to_copy_for(by: Actor) -> Force | None:
    """The force for which this actor may copy a version: the one where they serve, else the first that they keep."""
    forces = by.reach(Can.KEEP_PROGRAMME).forces
    rows = Force.objects.filter(pk__in=forces).order_by("name")
    own = rows.filter(pk=by.force_id).first() if by.force_id is not None else None
    return own or rows.first()


def entry(programme: Programme, key: uuid.UUID) -> Entry | None:
    """A kind of incident or a role of that version."""
    return programme.categories.filter(pk=key).first() or programme.roles.filter(pk=key).first()


def chains(programme: Programme) -> dict[StepKind, list[Escalation]]:
    """Who is told of each kind of step, in order. One statement."""
    found: dict[StepKind, list[Escalation]] = {kind: [] for kind in StepKind}
    for link in programme.escalations.order_by("position"):
        found[StepKind(link.kind)].append(link)
    return found


def figures_of(programme: Programme) -> dict[str, int]:
    """The figures of a version, by name."""
    return {name: getattr(programme, name) for name in policy.BOUNDS}


def lacks(programme: Programme) -> list[policy.Lack]:
    """What this version needs before it can be scheduled. Five statements."""
    steps = programme.next_steps
    return policy.lacks(
        categories=programme.categories.count(),
        roles=programme.roles.count(),
        chains=set(programme.escalations.values_list("kind", flat=True)),
        after={
            "demobilise": steps.filter(after_demobilise=True).count(),
            "defuse": steps.filter(after_defuse=True).count(),
        },
    )


def offered(programme: Programme) -> tuple[list[str], list[str]]:
    """The codes of the next steps after demobilising, and of those after defusing. One statement."""
    rows = list(programme.next_steps.all())
    return [one.step for one in rows if one.after_demobilise], [one.step for one in rows if one.after_defuse]
