"""What the pages about an incident as such need: whose next step waits, and what files proposed."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count

from standdown.care.exposures.models import Exposure, Stage
from standdown.care.exposures.queries import COORDINATOR, Listed, listed
from standdown.care.incidents import queries as incidents
from standdown.care.incidents.models import Incident
from standdown.care.looks import actions as looks
from standdown.care.looks.models import Look
from standdown.care.programme.policy import NextStep
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force

DECIDED_AT_ONCE = 100


def offered(incident: Incident) -> list[NextStep]:
    """The next steps that an incident's programme offers after the talk, in its order. One statement."""
    rows = incident.programme.next_steps.filter(after_demobilise=True).order_by("position")
    return [NextStep(step) for step in rows.values_list("step", flat=True)]


def to_decide(by: Actor, incident: Incident, at: dt.datetime, person: str) -> tuple[list[Listed], int]:
    """Whose next step waits, a hundred at a time, and how many more there are; or one person by exposure, in any stage.

    That this actor looked is on record. Four statements, and those of one act.
    """
    rows = Exposure.objects.visible_to(by).open().filter(incident=incident)
    if person:
        rows = rows.filter(pk__in=[key for key in [as_key(person)] if key])
    else:
        rows = rows.filter(stage=Stage.TO_DECIDE)
    rows = rows.select_related("person", "role", "supervisor", "proposed_by")
    count = rows.count()
    found = list(rows.order_by("person__family_name", "person__given_name", "id")[:DECIDED_AT_ONCE])
    if found:
        looks.look(
            by=by, at=at, can=Can.RUN_CARE, on=incident, at_whom=found, why=Look.Why.COORDINATING, role=COORDINATOR
        )
    return listed(found), count - len(found)


def as_key(words: str) -> uuid.UUID | None:
    """A key out of an address; None for what is none."""
    try:
        return uuid.UUID(words)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Proposed:
    """An incident that a file proposed, and how many people it names."""

    incident: Incident
    people: int


def proposed_with_counts(by: Actor) -> list[Proposed]:
    """What waits for somebody to confirm it, with counts only. Two statements."""
    found = incidents.proposed(by)
    rows = Exposure.objects.live().filter(incident__in=[one.pk for one in found]).order_by().values_list("incident")
    counted = dict(rows.annotate(number=Count("pk")))
    return [Proposed(one, counted.get(one.pk, 0)) for one in found]


def forces_of(by: Actor, can: Can) -> list[Force]:
    """The forces in which this actor has that permission, by name. One statement."""
    return list(Force.objects.filter(pk__in=by.reach(can).forces).order_by("name"))
