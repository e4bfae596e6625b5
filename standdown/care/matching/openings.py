"""The times at which people's duty lets them lead a session, or come to one."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from functools import cache

from standdown.care.duty import policy, queries, slots
from standdown.care.duty.policy import Duty
from standdown.care.matching.spans import Times


class Openings:
    """What duty leaves open to each of these people, as bits of the times. The same duty is looked at once."""

    def __init__(self, times: Times, people: Sequence[uuid.UUID]) -> None:
        self.times = times
        self.length = times.slots[0].ends_at - times.starts[0] if times.slots else dt.timedelta()
        within = (times.starts[0], times.slots[-1].ends_at) if times.slots else None
        self.known = queries.known(people, *within) if within else dict.fromkeys(people, policy.UNKNOWN)
        self._free, self._comes = cache(self._leads), cache(self._can_come)

    def _leads(self, duty: Duty) -> int:
        return slots.can_lead(duty, self.times.starts, self.length)

    def _can_come(self, duty: Duty) -> tuple[int, int]:
        kept = 0
        for _rule, stopped in slots.kept_by(duty, self.times.starts, self.length):
            kept |= stopped
        return self.times.all & ~kept, policy.inside(duty.on, self.times.starts, self.length)

    def free(self, person: uuid.UUID) -> int:
        """The times at which this person could lead a session (care.duty)."""
        return self._free(self.known[person])

    def suits(self, fixed: dt.datetime | None, members: Sequence[uuid.UUID]) -> int:
        """The times at which all of these could come; the fixed one, where there is one."""
        if fixed is not None:
            return 1 << self.times.starts.index(fixed)
        found = self.times.all
        for person in members:
            found &= self._comes(self.known[person])[0]
        return found

    def on_duty(self, members: Sequence[uuid.UUID]) -> tuple[int, ...]:
        """How many of these are on duty at each of the times."""
        masks = [self._comes(self.known[person])[1] for person in members]
        return tuple(sum(mask >> number & 1 for mask in masks) for number in range(len(self.times.starts)))
