"""What whoever raises an incident can choose from: the programme in force, the force's places, and who is near them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from standdown.care.exposures import queries, words
from standdown.care.exposures.queries import Near
from standdown.care.incidents.models import Incident
from standdown.care.programme import queries as programmes
from standdown.care.programme.models import Category, ExposureRole, Programme
from standdown.foundation import clock
from standdown.foundation.access import Actor, Can
from standdown.people.models import Base, Force

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Desk:
    """The choices for one actor at one moment; each list is read once, when it is asked for."""

    by: Actor
    force: Force
    programme: Programme
    at: dt.datetime

    @cached_property
    def categories(self) -> list[Category]:
        """The kinds of incident, in the programme's order."""
        return list(self.programme.categories.all())

    @cached_property
    def roles(self) -> list[ExposureRole]:
        """The roles of exposure, in the programme's order."""
        return list(self.programme.roles.all())

    @cached_property
    def bases(self) -> list[Base]:
        """The force's open bases."""
        return list(self.force.bases.filter(closed_on__isnull=True))

    @cached_property
    def near(self) -> list[Near]:
        """Whom the actor may name."""
        return queries.near(self.by, self.at)

    @cached_property
    def own_base(self) -> Base | None:
        """Where the actor's own team parades."""
        return queries.own_base(self.by)

    @property
    def runs_care(self) -> bool:
        """True when the actor runs the care of this force."""
        return self.by.reach(Can.RUN_CARE).covers(self.force.pk)

    def raised_as(self) -> Incident.RaisedAs:
        """In what capacity somebody names others: as coordinator, as their supervisor, or as a colleague."""
        if self.runs_care:
            return Incident.RaisedAs.COORDINATOR
        leads = self.by.holds("supervisor", self.force.pk) or any(one.reports for one in self.near)
        return Incident.RaisedAs.SUPERVISOR if leads else Incident.RaisedAs.COLLEAGUE


def desk(by: Actor, at: dt.datetime) -> Desk | None:
    """The desk of an actor in the force where they serve; None for whoever serves in none. Up to three statements."""
    force = Force.objects.filter(pk=by.force_id).first() if by.force_id else None
    if force is None:
        return None
    return Desk(by, force, programmes.in_force(force.pk, clock.london_day(at)), at)


def desk_of(by: Actor, incident: Incident, at: dt.datetime) -> Desk:
    """The desk for an incident that stands: its own programme version and force."""
    return Desk(by, incident.force, incident.programme, at)


def choices(rows: Sequence[Category] | Sequence[ExposureRole]) -> Choices:
    """Keys and words, to choose from."""
    return [(str(one.pk), words.of(one)) for one in rows]


def role_in(programme_id: uuid.UUID, code: str) -> ExposureRole | None:
    """The role with that code in a programme version; another version may not have it. One statement."""
    return ExposureRole.objects.filter(programme=programme_id, code=code).first()
