"""Where slices and parts above join in: each list is filled at start-up and called inside the act concerned."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from standdown.audit.act import Step
from standdown.foundation.access import Actor
from standdown.foundation.hooks import Listeners
from standdown.people.accounts.models import Account, Person


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody stops serving in a force, because they moved to another or left policing."""

    person: Person
    force_id: uuid.UUID | None
    moved: bool
    by: Actor
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Section:
    """What another slice knows about a person, for their page: rows of (what, since when or how long)."""

    title: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    empty: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)


# INVITED is given the account, the token of its link and the moment. HOLDS says whether somebody has, or is put
# forward for, what a system administrator must not come by: a role.
DEPARTED: Listeners[Callable[[Departure, Step], None]] = Listeners()
INVITED: Listeners[Callable[[Account, str, dt.datetime], None]] = Listeners()
HOLDS: Listeners[Callable[[Person], bool]] = Listeners()
SECTIONS: Listeners[Callable[[Actor, Person, dt.date], Section | None]] = Listeners()
