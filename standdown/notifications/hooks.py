"""Where parts above join in with the worker: each list is filled at start-up and called with the moment of the turn.

A job of the system acts through actions with `access.system("its name")`, must do each thing once however often it is
called, and must not let one failing record keep the others waiting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from standdown.foundation.hooks import Listeners

EACH_MINUTE: Listeners[Callable[[dt.datetime], object]] = Listeners()
EACH_DAY: Listeners[Callable[[dt.datetime], object]] = Listeners()
