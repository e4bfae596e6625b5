"""A table before anything is hidden: every cell, and which of them are totals of which. It is never shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Counts:
    """Numbers of people by cell.

    `sums`: the parts of each total; a part may be a total too. `within`: pairs of cells of which the people of the
    first are among those of the second. `also`: further ways in which a total adds up. Raises ValueError when a number
    contradicts any of it, or is below nothing.
    """

    numbers: Mapping[str, int]
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: Sequence[tuple[str, str]] = ()
    also: Sequence[tuple[str, tuple[str, ...]]] = ()

    def __post_init__(self) -> None:
        if any(number < 0 for number in self.numbers.values()):
            raise ValueError("a number of people is not below nothing")
        for total, parts in (*self.sums.items(), *self.also):
            if self.numbers[total] != sum(self.numbers[part] for part in parts):
                raise ValueError(f"{total} is not the sum of its parts")
        for less, more in self.within:
            if self.numbers[less] > self.numbers[more]:
                raise ValueError(f"{less} is more than {more}")

    def is_total(self, key: str) -> bool:
        """True when the cell is the sum of others."""
        return key in self.sums

    def leaves(self, key: str) -> tuple[str, ...]:
        """The cells, none of them a total, that add up to this one; itself, where it is none."""
        return self._leaves[key]

    @cached_property
    def _leaves(self) -> dict[str, tuple[str, ...]]:
        known: dict[str, tuple[str, ...]] = {}

        def of(key: str) -> tuple[str, ...]:
            if key not in known:
                parts = self.sums.get(key)
                known[key] = (key,) if parts is None else tuple(leaf for part in parts for leaf in of(part))
            return known[key]

        for key in self.numbers:
            of(key)
        return known


def grid(
    rows: Sequence[str], columns: Sequence[str], numbers: Sequence[Sequence[int]], *, totals: bool = True
) -> Counts:
    """A table of rows and columns, a cell named "row|column", with the totals of each row, each column and all."""
    cells = {
        f"{row}|{column}": number
        for row, line in zip(rows, numbers, strict=True)
        for column, number in zip(columns, line, strict=True)
    }
    if not totals:
        return Counts(cells)
    sums = {f"{row}|total": tuple(f"{row}|{column}" for column in columns) for row in rows}
    sums |= {f"total|{column}": tuple(f"{row}|{column}" for row in rows) for column in columns}
    sums["total|total"] = tuple(f"{row}|total" for row in rows)
    known = dict(cells)
    for total, parts in sums.items():
        known[total] = sum(known[part] for part in parts)
    return Counts(known, sums)
