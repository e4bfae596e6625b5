"""When somebody is told of a step, and when a step is late. Plain Python; moments are aware."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain of escalation: so many minutes after a step was due, who is told (a code of Told)."""

    minutes: int
    told: str


def moment_of(chain: Sequence[Link], level: int, due_at: dt.datetime) -> dt.datetime | None:
    """When the link at that level (0 is the first) is due; None when nobody is left to tell."""
    return due_at + dt.timedelta(minutes=chain[level].minutes) if level < len(chain) else None


def is_late(due_at: dt.datetime, closed_at: dt.datetime | None, at: dt.datetime) -> bool:
    """True when the step was closed after it was due, or is open after it. Late stays late."""
    return (closed_at or at) > due_at
