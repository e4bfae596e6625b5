"""Where slices above join in: the list is filled at start-up and asked for the page of one force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from standdown.foundation.hooks import Listeners
from standdown.people.forces.models import Force


@dataclass(frozen=True, slots=True)
class Section:
    """What another slice knows about a force in a few facts (name, value), and where it says more (words, address)."""

    title: str | Promise
    facts: list[tuple[str | Promise, str | Promise]]
    link: tuple[str | Promise, str]


SECTIONS: Listeners[Callable[[Force, dt.date], Section]] = Listeners()
