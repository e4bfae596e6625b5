"""What is known of a date under its lock: its places, the pools that they are taken from, and who waits for them."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from standdown.training.nominations import policy, seat_rows
from standdown.training.nominations.models import State
from standdown.training.sessions.models import Session

MUTUAL_AID = "mutual-aid"


@dataclass(slots=True)
class Board:
    """A date under its lock: its places, who waits for them, and which pool each named force takes from."""

    session: Session
    places: policy.Places
    pools: dict[uuid.UUID, str]
    line: list[policy.Wait] | None = field(default_factory=list)  # None: only counted so far
    queued: Counter[str] = field(default_factory=Counter)  # how many wait, by their pool, where they are only counted
    last_queue_no: int = 0
    trainers: set[uuid.UUID] = field(default_factory=set)

    def pool_of(self, force_id: uuid.UUID, *, mutual_aid: bool = False) -> str:
        """Where a place for that force comes from: its own pool, or the exception's, for which nothing is kept."""
        return MUTUAL_AID if mutual_aid else self.pools.get(force_id, MUTUAL_AID)

    @property
    def waiting(self) -> list[policy.Wait]:
        """Who waits. One statement, where they were only counted."""
        if self.line is None:
            self.line = []
            for row in seat_rows.SEATS.rows(session=self.session.pk):
                self.join_line(row)
        return self.line

    @waiting.setter
    def waiting(self, line: list[policy.Wait]) -> None:
        self.line = line

    @property
    def ahead(self) -> int:
        """How many wait."""
        return self.queued.total() if self.line is None else len(self.line)

    def pools_that_wait(self) -> set[str]:
        """The pools for which somebody waits."""
        return set(self.queued) if self.line is None else {one.pool for one in self.line}

    def is_for(self, force_id: uuid.UUID) -> bool:
        """True when the date names that force."""
        return force_id in self.pools

    def join_line(self, row: tuple[Any, ...]) -> None:
        """Take a row of `seat_rows.seats` in, where it is of somebody who waits."""
        _session_id, key, force_id, aid, state, _number, _over, queue_no, own = row
        if state == State.WAITING:
            pool = self.pool_of(force_id, mutual_aid=aid)
            self.waiting.append(policy.Wait(str(key), pool, queue_no, own, str(force_id)))
