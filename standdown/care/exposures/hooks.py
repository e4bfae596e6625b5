"""Where slices above join in with what happens to an exposure: filled at start-up, called inside the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from standdown.care.exposures.models import Exposure
from standdown.foundation.access import Actor
from standdown.foundation.hooks import Listeners

# People have come onto a list (and somebody confirmed it, where it came from a feed).
EXPOSED: Listeners[Callable[[Sequence[Exposure], Actor, dt.datetime], None]] = Listeners()
# Somebody was taken off a list, or their incident is part of another now (the exposure lives on there).
TAKEN_OFF: Listeners[Callable[[Exposure, Actor, dt.datetime], None]] = Listeners()
# The next step of somebody was decided; DECIDED is called after the stage is stored.
DECIDED: Listeners[Callable[[Exposure, Actor, dt.datetime], None]] = Listeners()
# Somebody's part in an incident is closed, or opened again.
CLOSED: Listeners[Callable[[Exposure, Actor, dt.datetime], None]] = Listeners()
REOPENED: Listeners[Callable[[Exposure, Actor, dt.datetime], None]] = Listeners()
# The second look found somebody confirmed for whom no contact was ever planned.
WITHOUT_CONTACTS: Listeners[Callable[[Sequence[Exposure], Actor, dt.datetime], None]] = Listeners()
