"""How parts above join in with what parts below do, without being known there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Listener = TypeVar("Listener", bound=Callable[..., Any])


class Listeners(list[Listener]):
    """Functions in the order in which they joined at start-up. Joining twice is joining once."""

    def append(self, listener: Listener) -> None:
        """Let one more join in."""
        if listener not in self:
            super().append(listener)
