"""Where slices above join in with what happens to a session: filled at start-up, called inside the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from standdown.care.defusing.models import Ask
from standdown.foundation.access import Actor
from standdown.foundation.hooks import Listeners

# Defusers were asked to lead sessions, one or hundreds at once; called after the asks are stored.
ASKED: Listeners[Callable[[Sequence[Ask], Actor, dt.datetime], None]] = Listeners()
