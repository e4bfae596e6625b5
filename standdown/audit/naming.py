"""Names for the keys that the record holds. Audit stands below people, so parts above say here how to find them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum

Lookup = Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, str]]


class Named(StrEnum):
    """What the record names by its key alone."""

    PERSON = "person"
    FORCE = "force"


_lookups: dict[Named, Lookup] = {}


def register(what: Named, lookup: Lookup) -> None:
    """Say how keys of that kind are turned into names, in one statement for all of them. Called at start-up."""
    _lookups[what] = lookup


def names(what: Named, keys: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """The names that are known; a key without one is left out."""
    lookup = _lookups.get(what)
    return lookup(keys) if lookup and keys else {}
