"""The posts that each adopting force names (R21), for the record of its adoption and for what it is told."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.functional import Promise

from standdown.people.accounts.models import Person
from standdown.people.forces.models import Force
from standdown.people.roles.models import RoleGrant, RoleName
from standdown.people.roles.policy import RULES, Held, Role, vacancies
from standdown.people.roles.queries import vacancies_by_force

NAMED_POSTS = tuple(role for role, rules in RULES.items() if rules.named_post)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a post, until when, and whether a message can reach them."""

    name: str
    ends_on: dt.date
    reachable: bool


@dataclass(frozen=True, slots=True)
class Post:
    """A named post of a force: who holds it; vacant, or soon to be."""

    label: str | Promise
    holders: list[Holder]
    vacant: bool
    ending: bool


def leads(force: Force, day: dt.date) -> list[Person]:
    """Everybody who holds a named post of the force on that day, once each. One statement."""
    grants = RoleGrant.objects.filter(force=force, role__in=NAMED_POSTS).holding_on(day)
    return list(Person.objects.filter(pk__in=grants.values("person")))


def of_force(force: Force, day: dt.date) -> list[Post]:
    """Each named post of one force: its holders, and whether it is vacant or soon will be. One statement."""
    grants = RoleGrant.objects.filter(force=force, role__in=NAMED_POSTS).holding_on(day).select_related("person")
    holding: dict[Role, list[RoleGrant]] = {}
    for grant in grants.order_by("person__family_name", "id"):
        holding.setdefault(Role(grant.role), []).append(grant)
    held = {role: Held(role, len(found), max(one.ends_on for one in found)) for role, found in holding.items()}
    gaps = dict(vacancies(held, day))
    return [
        Post(
            label=RoleName(role.value).label,
            holders=[
                Holder(one.person.full_name, one.ends_on, bool(one.person.work_email)) for one in holding.get(role, [])
            ],
            vacant=gaps.get(role) is True,
            ending=gaps.get(role) is False,
        )
        for role in NAMED_POSTS
    ]


def vacant(day: dt.date) -> dict[uuid.UUID, list[str | Promise]]:
    """By adopting force the named posts that nobody holds. Two statements, however many forces."""
    return {
        force.pk: [RoleName(role.value).label for role, nobody in gaps if nobody]
        for force, gaps in vacancies_by_force(day).items()
    }
