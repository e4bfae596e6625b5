"""Where slices above join in with what happens to a date: each list is filled at start-up and called inside the act."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from standdown.foundation.access import Actor
from standdown.foundation.hooks import Listeners
from standdown.notifications.outbox import Words
from standdown.people.models import Force, Person
from standdown.training.sessions.lines import SessionLine
from standdown.training.sessions.models import Session, SessionChange

# ALLOTTED is called with the date as it will stand, before it is stored anew; a listener may raise a Refusal.
ALLOTTED: Listeners[Callable[[Session, dt.datetime], None]] = Listeners()
# MOVED is given the date as it was. TOLD_OF_CHANGE names the people beside leads and trainers who will be told.
MOVED: Listeners[Callable[[Session, SessionLine, SessionChange.Reason, dt.datetime, Actor], None]] = Listeners()
CANCELLED: Listeners[Callable[[Session, SessionChange.Reason, dt.datetime, Actor], None]] = Listeners()
# Asked whether that person is an approved trainer of that force, and for the forces of which they are one (R48).
APPROVED_TRAINER: Listeners[Callable[[Actor, uuid.UUID], bool]] = Listeners()
TRAINS_FOR: Listeners[Callable[[Actor], list[Force]]] = Listeners()
TOLD_OF_CHANGE: Listeners[Callable[[Session], list[Person]]] = Listeners()
# Asked for the message that those people would get, before anything is done: the date as it would stand, and as it is
# where it would move (None: it would be cancelled).
PREVIEW: Listeners[Callable[[Session, SessionLine | None, SessionChange.Reason, dt.datetime], Words | None]] = (
    Listeners()
)
