"""The names behind the keys in the record of who did what (standdown/audit/naming.py)."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping

from standdown.audit import naming
from standdown.people.models import Force, Person


def register() -> None:
    """Tell the record how people and forces are called."""
    naming.register(naming.Named.PERSON, people)
    naming.register(naming.Named.FORCE, forces)


def people(keys: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """Full names by key."""
    return {one.pk: one.full_name for one in Person.objects.filter(pk__in=keys)}


def forces(keys: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """Names of forces by key, as they are now."""
    return dict(Force.objects.filter(pk__in=keys).values_list("pk", "name"))
