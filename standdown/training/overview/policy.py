"""What the overview says of a date and of a force, in plain Python: how a date fills, and what will be needed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

SOON = dt.timedelta(days=21)  # before names close: from then on few names are worth a word


class Filling(StrEnum):
    """How a date fills."""

    FULL = "full"
    FILLING = "filling"
    FEW = "few"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Count:
    """The places of a date: accepted, offered, and names that wait; `over` are those of them beyond the capacity."""

    capacity: int
    taken: int = 0
    offered: int = 0
    waiting: int = 0
    over: int = 0
    kept_unused: int = 0  # places kept for a force that it has not used

    @property
    def free(self) -> int:
        """Places of the capacity that nobody holds."""
        return max(0, self.capacity - (self.taken + self.offered - self.over))


def filling(count: Count, least: int, closes_at: dt.datetime, at: dt.datetime) -> Filling:
    """How a date fills: full; too few names shortly before they close; places kept and unused while others wait."""
    if count.free == 0:
        return Filling.FULL
    if count.waiting and count.kept_unused:
        return Filling.UNUSED
    if count.taken + count.offered < least and closes_at - at <= SOON:
        return Filling.FEW
    return Filling.FILLING
