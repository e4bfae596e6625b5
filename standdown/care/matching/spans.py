"""The times at which a session could be held, kept as bits of a number: bit n stands for the nth of them.

Plain Python; moments are aware.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[dt.datetime, dt.datetime]
CORE = dt.timedelta(hours=12)  # about the target: inside 60 to 84 hours where the target is 72 (peers-care 3.2)


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which the session could be held, and its day in London."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    day: dt.date


class Times:
    """The times looked at, in order; all of one length, so that their ends are in order too."""

    def __init__(self, slots: Iterable[Slot], target: dt.datetime) -> None:
        self.slots = tuple(sorted(slots, key=lambda slot: slot.starts_at))
        self.starts = [slot.starts_at for slot in self.slots]
        self._ends = [slot.ends_at for slot in self.slots]
        self.all = (1 << len(self.slots)) - 1
        self.days: dict[dt.date, int] = {}
        for number, slot in enumerate(self.slots):
            self.days[slot.day] = self.days.get(slot.day, 0) | 1 << number
        self.outside = [not (target - CORE <= start <= target + CORE) for start in self.starts]
        self.far = [abs(start - target) for start in self.starts]

    def touching(self, start: dt.datetime, end: dt.datetime) -> int:
        """The times that overlap with that span."""
        first, last = bisect_right(self._ends, start), bisect_left(self.starts, end)
        return (1 << last) - (1 << first) if last > first else 0

    def since(self, moment: dt.datetime) -> int:
        """The times that begin at that moment or later."""
        return self.all & ~((1 << bisect_left(self.starts, moment)) - 1)


def bits(mask: int) -> list[int]:
    """The numbers of the times that a mask holds, in order."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
