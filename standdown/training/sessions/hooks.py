"""Where slices above join in with what happens to a date: each list is filled at start-up and called inside the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from standdown.foundation.access import Actor
from standdown.foundation.hooks import Listeners
from standdown.people.models import Person
from standdown.training.sessions.lines import SessionLine
from standdown.training.sessions.models import Session, SessionChange

# ALLOTTED is called with the date as it will stand, before it is stored anew; a listener may raise a Refusal.
ALLOTTED: Listeners[Callable[[Session, dt.datetime], None]] = Listeners()
# MOVED is given the date as it was. TOLD_OF_CHANGE names the people beside leads and trainers who will be told.
MOVED: Listeners[Callable[[Session, SessionLine, SessionChange.Reason, dt.datetime, Actor], None]] = Listeners()
CANCELLED: Listeners[Callable[[Session, SessionChange.Reason, dt.datetime, Actor], None]] = Listeners()
TOLD_OF_CHANGE: Listeners[Callable[[Session], list[Person]]] = Listeners()
