"""Where slices above join in with what happens to an incident: filled at start-up, called inside the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from standdown.care.incidents.models import Incident
from standdown.foundation.access import Actor
from standdown.foundation.hooks import Listeners

# The first turned out to be part of the second. Its people are on the second's list by now, with their own exposures
# (whoever was on both came off one: TAKEN_OFF); what else points at the first is the listener's to move or plan anew.
MERGED: Listeners[Callable[[Incident, Incident, Actor, dt.datetime], None]] = Listeners()
# When it ended (T0) was put right: by how much. What counts from T0 moves with it; its people's own steps have moved.
MOVED: Listeners[Callable[[Incident, dt.timedelta, Actor, dt.datetime], None]] = Listeners()
