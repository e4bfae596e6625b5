"""Made-up people. Given and family names are common ones, put together by turns; nobody is meant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

GIVEN = (
    "Amina", "Ben", "Carys", "Daniel", "Efa", "Farah", "Gareth", "Hannah", "Imran", "Joanne", "Kofi", "Leah",
    "Marcus", "Nia", "Owen", "Priya", "Quentin", "Rhian", "Samuel", "Tomos", "Uzma", "Victor", "Wendy", "Yusuf",
    "Zoe", "Alun", "Bethan", "Callum", "Dilys", "Elliot",
)  # fmt: skip
FAMILY = (
    "Ashdown", "Bowen", "Carter", "Davies", "Ellis", "Fletcher", "Griffiths", "Hughes", "Iqbal", "Jenkins",
    "Khan", "Lewis", "Morgan", "Nolan", "Osborne", "Parry", "Quinn", "Reid", "Shah", "Turner", "Underwood",
    "Vaughan", "Walsh", "Yates", "Abbott", "Barker", "Clarke", "Doyle", "Evans", "Foster", "Gibson",
)  # fmt: skip


def people() -> Iterator[tuple[str, str]]:
    """Given and family name, a new pair each time: 930 pairs before one comes again."""
    for number in count():
        yield GIVEN[number % len(GIVEN)], FAMILY[number % len(FAMILY)]
