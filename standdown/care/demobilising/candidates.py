"""To whom a talk can be given: supervisors, coordinators, trained colleagues, and nobody who was there themselves."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from standdown.care.demobilising import policy
from standdown.care.exposures.models import Exposure
from standdown.care.wishes.models import Exclusion
from standdown.foundation import clock
from standdown.people.models import Person, Posting, Qualification, RoleGrant
from standdown.people.roles.models import RoleName
from standdown.people.roles.policy import Role

_COORDINATE = (Role.ESTIP_COORDINATOR, Role.ESTIP_LEAD)
_SPOKEN_OF = (*_COORDINATE, Role.SUPERVISOR, Role.PEER_SUPPORTER)
Roles = dict[uuid.UUID, set[str]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom the page offers: the name, and what they are."""

    id: uuid.UUID
    name: str
    role: str


def offered(exposure: Exposure, at: dt.datetime) -> list[Candidate]:
    """Supervisors and trained colleagues of the person's own team, and the force's coordinators; by name.

    Whoever else may take it is found by their number. Four statements.
    """
    day = clock.london_day(at)
    roles = _roles(exposure, day)
    coordinators = [person for person, held in roles.items() if _coordinates(held)]
    team = Posting.objects.filter(person=exposure.person_id, until__isnull=True).values("team")
    near = Posting.objects.filter(team__in=team, until__isnull=True).values("person")
    able = _able(exposure)
    people = list((able.filter(pk__in=near) | able.filter(pk__in=coordinators)).order_by("family_name", "given_name"))
    trained = _trained([one.pk for one in people], day)
    return [
        Candidate(one.pk, one.full_name, _words(roles.get(one.pk, set())))
        for one in people
        if _may(one.pk, roles, trained)
    ]


def able(exposure: Exposure, to: uuid.UUID, at: dt.datetime) -> Person | None:
    """The colleague, when they can take this talk on that day: of the force, able, not there, not excluded."""
    day = clock.london_day(at)
    found = _able(exposure).filter(pk=to).first()
    return found if found and _may(to, _roles(exposure, day), _trained([to], day)) else None


def by_number(exposure: Exposure, number: str) -> uuid.UUID | None:
    """Whoever serves in the force under that collar or staff number."""
    rows = Posting.objects.filter(force=exposure.force_id, until__isnull=True, number__iexact=number.strip())
    return rows.values_list("person_id", flat=True).first()


def _able(exposure: Exposure) -> QuerySet[Person]:
    there = Exposure.objects.live().filter(incident=exposure.incident_id, person=OuterRef("pk"))
    excluded = Exclusion.objects.standing().filter(person=exposure.person_id, excluded=OuterRef("pk"))
    serves = Posting.objects.filter(person=OuterRef("pk"), force=exposure.force_id, until__isnull=True)
    not_again = [key for key in (exposure.person_id, exposure.supervisor_id) if key]
    return (
        Person.objects.filter(Exists(serves)).exclude(Exists(there)).exclude(Exists(excluded)).exclude(pk__in=not_again)
    )


def _roles(exposure: Exposure, day: dt.date) -> Roles:
    held: Roles = {}
    rows = RoleGrant.objects.filter(force=exposure.force_id, role__in=_SPOKEN_OF).holding_on(day)
    for person, role in rows.values_list("person_id", "role"):
        held.setdefault(person, set()).add(role)
    return held


def _coordinates(held: set[str]) -> bool:
    return any(role.value in held for role in _COORDINATE)


def _trained(people: list[uuid.UUID], day: dt.date) -> set[uuid.UUID]:
    able_on = Qualification.objects.able_on(day).filter(person__in=people, skill__in=policy.TRAINED_BY)
    return set(able_on.values_list("person_id", flat=True))


def _may(person: uuid.UUID, roles: Roles, trained: set[uuid.UUID]) -> bool:
    held = roles.get(person, set())
    supervises = Role.SUPERVISOR.value in held
    return policy.may_be_given(supervises=supervises, coordinates=_coordinates(held), trained=person in trained)


def _words(held: set[str]) -> str:
    return next((str(RoleName(role.value).label) for role in _SPOKEN_OF if role.value in held), "")
