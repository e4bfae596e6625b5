"""Opening, moving and closing of steps, inside the act that gives the reason. The chain is the incident's own."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from standdown.care.clocks import policy
from standdown.care.clocks.models import Step, StepQuerySet
from standdown.care.programme.models import Escalation, Programme
from standdown.care.programme.policy import StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A step to open. `on` is the key of what it is about: a session, referral, contact; else the exposure or incident.

    Only one step of a kind is open about one thing.
    """

    kind: StepKind
    due_at: dt.datetime
    incident: uuid.UUID | None = None
    exposure: uuid.UUID | None = None
    on: uuid.UUID | None = None
    owner: uuid.UUID | None = None

    @property
    def about(self) -> uuid.UUID:
        """The key of what it is about."""
        key = self.on or self.exposure or self.incident
        assert key is not None, "a step is about something"
        return key


def chain_of(programme_id: uuid.UUID, kind: str) -> list[policy.Link]:
    """The chain of escalation of a kind of step in a programme version, in order. One statement."""
    rows = Escalation.objects.filter(programme_id=programme_id, kind=kind).order_by("position")
    return [policy.Link(minutes, told) for minutes, told in rows.values_list("minutes", "told")]


def open_steps(programme: Programme, force_id: uuid.UUID, owed: Iterable[Owed], at: dt.datetime) -> list[Step]:
    """Open these steps; one that is open already stays as it is. Two statements for each kind among them."""
    wanted = list(owed)
    chains = {kind: chain_of(programme.pk, kind.value) for kind in {one.kind for one in wanted}}
    made = [
        Step(
            force_id=force_id, programme=programme, kind=one.kind.value, incident_id=one.incident,
            exposure_id=one.exposure, on=one.about, owner_id=one.owner, opened_at=at, due_at=one.due_at,
            next_at=policy.moment_of(chains[one.kind], 0, one.due_at),
        )
        for one in wanted
    ]  # fmt: skip
    Step.objects.bulk_create(made, ignore_conflicts=True)
    return made


def close_steps(steps: StepQuerySet, outcome: Step.Outcome, by: uuid.UUID | None, at: dt.datetime) -> int:
    """Close those of these steps that are open; how many. What was late stays so. One statement."""
    return steps.open().update(closed_at=at, closed_by_id=by, outcome=outcome.value, next_at=None)


def move_due(steps: StepQuerySet, due_at: dt.datetime, owner: uuid.UUID | None = None) -> None:
    """Give open steps another time or owner because what they wait for moved; their chain begins anew."""
    for step in steps.open():
        chain = chain_of(step.programme_id, step.kind)
        step.due_at, step.owner_id, step.level, step.moved = due_at, owner or step.owner_id, 0, step.moved + 1
        step.next_at = policy.moment_of(chain, 0, due_at)
        step.save(update_fields=["due_at", "owner", "level", "moved", "next_at"])
