"""Where slices above join in with the clocks: filled at start-up."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Sequence

from standdown.care.clocks.findings import Finding
from standdown.foundation.hooks import Listeners

# Asked which of these people are on the list of which of these incidents: (incident, person). They are never told of
# its steps as staff.
EXPOSED: Listeners[Callable[[Iterable[uuid.UUID], Iterable[uuid.UUID]], set[tuple[uuid.UUID, uuid.UUID]]]] = Listeners()
# Asked by the second look what is wrong with the steps of a slice at a moment, at most so many; see second_look.
WRONG: Listeners[Callable[[dt.datetime, int], Sequence[Finding]]] = Listeners()
