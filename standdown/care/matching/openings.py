"""The times at which people's duty lets them lead a session, or come to one."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from standdown.care.duty import policy, queries, slots
from standdown.care.matching.spans import Times


class Openings:
    """What duty leaves open to each of these people, as bits of the times. The same duty is looked at once."""

    def __init__(self, times: Times, teams: Mapping[uuid.UUID, uuid.UUID | None]) -> None:
        """Of everybody in `teams`, which says where they serve."""
        self.times = times
        self.length = times.slots[0].ends_at - times.starts[0] if times.slots else dt.timedelta()
        within = (times.starts[0], times.slots[-1].ends_at) if times.slots else None
        self.known = queries.known(teams, *within, teams=teams) if within else dict.fromkeys(teams, policy.UNKNOWN)
        self._leads: dict[int, int] = {}  # by the duty itself: it is one and the same for many
        self._comes: dict[int, tuple[int, int]] = {}

    def free(self, person: uuid.UUID) -> int:
        """The times at which this person could lead a session (care.duty)."""
        duty = self.known[person]
        if id(duty) not in self._leads:
            self._leads[id(duty)] = slots.can_lead(duty, self.times.starts, self.length)
        return self._leads[id(duty)]

    def comes(self, person: uuid.UUID) -> tuple[int, int]:
        """The times at which this person could come, and those at which they are on duty."""
        duty = self.known[person]
        if id(duty) not in self._comes:
            kept = 0
            for _rule, stopped in slots.kept_by(duty, self.times.starts, self.length):
                kept |= stopped
            on_duty = policy.inside(duty.on, self.times.starts, self.length)
            self._comes[id(duty)] = self.times.all & ~kept, on_duty
        return self._comes[id(duty)]

    def suits(self, fixed: dt.datetime | None, members: Sequence[uuid.UUID]) -> int:
        """The times at which all of these could come; the fixed one, where there is one."""
        if fixed is not None:
            return 1 << self.times.starts.index(fixed)
        found = self.times.all
        for person in members:
            found &= self.comes(person)[0]
        return found

    def on_duty(self, members: Sequence[uuid.UUID]) -> tuple[int, ...]:
        """How many of these are on duty at each of the times."""
        masks = [self.comes(person)[1] for person in members]
        return tuple(sum(mask >> number & 1 for mask in masks) for number in range(len(self.times.starts)))
