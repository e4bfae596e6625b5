"""Where parts above join in: each list is filled at start-up and called inside the act concerned.

Telling somebody by mail lies above this part, yet the mail must be written in the transaction of the deed.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from standdown.foundation.hooks import Listeners
from standdown.people.qualifications.models import RegisterMove, StandDown


@dataclass(frozen=True, slots=True)
class Planned:
    """What training has ahead for a force: places on coming dates, and how many wait for their lead's answer."""

    places: int = 0
    interested: int = 0


# STOOD_DOWN and RETURNED tell the person alone: nobody else hears of it (R53).
STOOD_DOWN: Listeners[Callable[[StandDown, dt.datetime], None]] = Listeners()
RETURNED: Listeners[Callable[[StandDown, dt.datetime], None]] = Listeners()
PLANNED: Listeners[Callable[[Collection[uuid.UUID], dt.datetime], Mapping[uuid.UUID, Planned]]] = Listeners()
MOVE_ASKED: Listeners[Callable[[RegisterMove, dt.datetime], None]] = Listeners()
