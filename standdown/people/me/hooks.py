"""Where parts above join in with a person's own page: the list is filled at start-up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from standdown.foundation.access import Actor
from standdown.foundation.hooks import Listeners


@dataclass(frozen=True, slots=True)
class FirstLink:
    """A way in to one's work, and what one finds there."""

    words: str
    address: str
    why: str


LINKS: Listeners[Callable[[Actor, dt.datetime], list[FirstLink]]] = Listeners()
