"""Where parts above join in when a role is proposed, decided or ended: filled at start-up, called inside the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from standdown.foundation.hooks import Listeners
from standdown.people.forces.models import Force
from standdown.people.roles.models import RoleGrant

Listener = Callable[[RoleGrant, dt.datetime], None]

PROPOSED: Listeners[Listener] = Listeners()
APPROVED: Listeners[Listener] = Listeners()
DECLINED: Listeners[Listener] = Listeners()
ENDED: Listeners[Listener] = Listeners()
# Asked for the forces that must fill their named posts on a day.
ADOPTING: Listeners[Callable[[dt.date], Iterable[Force]]] = Listeners()


def tell(listeners: Listeners[Listener], grant: RoleGrant, at: dt.datetime) -> None:
    """Tell everyone on one of the lists."""
    for listener in listeners:
        listener(grant, at)
