"""Made-up months of one force, as `care.figures` would count them."""

from __future__ import annotations

import random

from standdown.reporting import policy

_OFTEN = (50, 8, 12, 10, 2, 18)  # of a hundred people: held, accepted, declined, no reply, waiting, the rest


def month(lots: random.Random, most: int) -> policy.Numbers:
    """A month in which at most so many people were exposed."""
    people = lots.randrange(most + 1)
    numbers: dict[str, int] = {}
    for step in policy.STEPS:
        parts = dict.fromkeys((*policy.OFFERED, "rest"), 0)
        for part in lots.choices(list(parts), _OFTEN, k=people):
            parts[part] += 1
        numbers |= {f"{step}|{part}": number for part, number in parts.items()}
        numbers[f"{step}|late"] = lots.randrange(people // 4 + 1)
    return numbers
