"""Where slices above join in with a session: filled at start-up, called inside the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from standdown.care.defusing.models import Ask, Attendee, Defusing
from standdown.foundation.access import Actor
from standdown.foundation.hooks import Listeners

# Somebody is asked to lead a session (an Ask is stored).
ASKED: Listeners[Callable[[Ask, Actor, dt.datetime], None]] = Listeners()
# Asked whether a guard stops groups of this session's incident: the reason in words, or None.
GUARDS: Listeners[Callable[[Defusing], str | None]] = Listeners()
# The session was held; each attendee carries who was there and the agreed next step.
HELD: Listeners[Callable[[Defusing, Sequence[Attendee], Actor, dt.datetime], None]] = Listeners()
# Somebody left a session before it was held, and a session is owed to them still.
LEFT: Listeners[Callable[[Attendee, Actor, dt.datetime], None]] = Listeners()
# Somebody who had not answered is asked no longer.
NO_LONGER_ASKED: Listeners[Callable[[Ask, Actor, dt.datetime], None]] = Listeners()
