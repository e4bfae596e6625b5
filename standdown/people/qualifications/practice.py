"""What is on record that keeps people current, as the rules see it (R51)."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable

from standdown.people.qualifications.models import Currency
from standdown.people.qualifications.policy import Practice


def practice_of(people: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Practice]]:
    """What each of these people led or learned, oldest first; nobody is missing. One statement."""
    found: dict[uuid.UUID, list[Practice]] = defaultdict(list)
    for person, on, minutes in Currency.objects.filter(person__in=people).values_list("person", "on", "minutes"):
        found[person].append(Practice(on, minutes))
    return found
