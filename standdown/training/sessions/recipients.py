"""Who is told of a date: those who answer for it in the named forces that have adopted, and its trainers (R9, R16)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace

from standdown.people.adoption.models import AdoptionState, AdoptionStep
from standdown.people.models import Person, RoleGrant
from standdown.people.roles.models import RoleName
from standdown.training.sessions import hooks
from standdown.training.sessions.models import Session, SessionForce

TOLD_OF_DATES = (
    RoleName.WELLBEING_LEAD, RoleName.WELLBEING_DEPUTY, RoleName.ESTIP_LEAD, RoleName.ESTIP_COORDINATOR,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to tell, with their roles in words and the forces that they answer for, each with its kept places."""

    person: Person
    roles: tuple[str, ...]
    forces: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who will be told, and of which forces nobody will be: not adopted, or no holder with an address."""

    people: tuple[Recipient, ...]
    trainers: tuple[Person, ...]
    not_adopted: tuple[str, ...]
    nobody: tuple[str, ...]
    delegates: tuple[Person, ...] = ()  # with a place, an offer or a wait: told when it moves or is cancelled
    unreachable: tuple[Person, ...] = ()  # of the same, those without an address


def of(session: Session, day: dt.date) -> Recipients:
    """Who is told of that date when something is done to it on `day`. Four statements."""
    named = list(SessionForce.objects.filter(session=session).select_related("force").order_by("force__name"))
    keys = [one.force_id for one in named]
    adopted = set(
        AdoptionStep.objects.latest_on(day)
        .filter(force_id__in=keys, state=AdoptionState.ADOPTED)
        .values_list("force_id", flat=True)
    )
    holders = _holders(adopted, day)
    reached = {force_id for grants in holders.values() for force_id in (grant.force_id for grant in grants)}
    return Recipients(
        people=tuple(_recipient(grants, named) for grants in holders.values()),
        trainers=tuple(
            Person.objects.filter(trains__session=session).exclude(work_email="").order_by("family_name", "given_name")
        ),
        not_adopted=tuple(one.force.name for one in named if one.force_id not in adopted),
        nobody=tuple(one.force.name for one in named if one.force_id in adopted - reached),
    )


def with_delegates(session: Session, day: dt.date) -> Recipients:
    """As `of`, with the delegates, who are told by a slice above."""
    found = [person for listener in hooks.TOLD_OF_CHANGE for person in listener(session)]
    return replace(
        of(session, day),
        delegates=tuple(person for person in found if person.work_email),
        unreachable=tuple(person for person in found if not person.work_email),
    )


def _holders(forces: set[uuid.UUID], day: dt.date) -> dict[uuid.UUID, list[RoleGrant]]:
    grants = (
        RoleGrant.objects.holding_on(day)
        .filter(force_id__in=forces, role__in=TOLD_OF_DATES)
        .exclude(person__work_email="")
        .select_related("person")
        .order_by("person__family_name", "person__given_name", "person_id", "role")
    )
    by_person: dict[uuid.UUID, list[RoleGrant]] = {}
    for grant in grants:
        by_person.setdefault(grant.person_id, []).append(grant)
    return by_person


def _recipient(grants: list[RoleGrant], named: list[SessionForce]) -> Recipient:
    own = {grant.force_id for grant in grants}
    return Recipient(
        person=grants[0].person,
        roles=tuple(dict.fromkeys(str(RoleName(grant.role).label) for grant in grants)),
        forces=tuple((one.force.name, one.allotment) for one in named if one.force_id in own),
    )
