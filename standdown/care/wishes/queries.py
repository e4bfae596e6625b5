"""Who must not deal with whom. Asked before anything else, by every rule of care."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from standdown.care.wishes.models import Exclusion
from standdown.foundation.access import Actor
from standdown.foundation.kept_query import KeptQuery, Keys

# Asked whenever somebody is looked for to lead a session, so that it is kept.
_PAIRS: KeptQuery[Any] = KeptQuery(
    lambda people: Exclusion.objects.standing().filter(person__in=people).order_by().values_list("person", "excluded"),
    people=Keys,
)


def shut_out(by: Actor, person_id: uuid.UUID) -> bool:
    """True when that person excluded this actor: whatever their role, there is nothing to see. One statement."""
    if by.person_id is None or by.person_id == person_id:
        return False
    return Exclusion.objects.standing().filter(person_id=person_id, excluded_id=by.person_id).exists()


def excluded_pairs(people: Iterable[uuid.UUID]) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """(person, excluded) of every standing exclusion that one of these people set. One statement."""
    return set(_PAIRS.rows(people=people))
