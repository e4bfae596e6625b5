"""What the second look found, in sentences for whoever keeps the installation running."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: the name of the rule, a sentence, and the keys of what it is about. Never a name.

    `mend` puts it right at a moment, as an act of its own; None where only the worker or a person can.
    """

    name: str
    sentence: str
    keys: tuple[uuid.UUID, ...]
    mend: Callable[[dt.datetime], object] | None = None

    def as_dict(self) -> dict[str, object]:
        """For machines."""
        return {"name": self.name, "sentence": self.sentence, "keys": [str(key) for key in self.keys]}
