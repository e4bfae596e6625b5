"""People to be placed, made quickly for the tests of groups."""

from __future__ import annotations

import uuid
from typing import Any

from standdown.care.grouping.policy import Member, Sizes

SIZES = Sizes(least=2, typical_from=6, typical_to=8, most=10)
FORCE, OTHER_FORCE = uuid.UUID(int=1), uuid.UUID(int=2)


def key(number: int) -> uuid.UUID:
    """The key of the exposure with that number."""
    return uuid.UUID(int=10_000 + number)


def person(number: int) -> uuid.UUID:
    """The key of the person with that number."""
    return uuid.UUID(int=20_000 + number)


def member(number: int, closeness: int = 2, *, above: tuple[int, ...] = (), **facts: Any) -> Member:
    """Somebody by number, with the numbers of their managers."""
    made = {"force": FORCE, **facts}
    return Member(
        key=key(number), person=person(number), closeness=closeness, above=frozenset(person(one) for one in above),
        **made,
    )  # fmt: skip


def members(*numbers: int, closeness: int = 2, **facts: Any) -> list[Member]:
    """Several people who were equally close."""
    return [member(number, closeness, **facts) for number in numbers]


def number_of(one: Member) -> int:
    """The number by which the member was made."""
    return one.key.int - 10_000
