"""Where parts above join in: each list is filled at start-up and called inside the act concerned.

Telling somebody by mail lies above this part, yet the mail must be written in the transaction of the deed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from standdown.foundation.hooks import Listeners
from standdown.people.qualifications.models import RegisterMove, StandDown

# STOOD_DOWN and RETURNED tell the person alone: nobody else hears of it (R53).
STOOD_DOWN: Listeners[Callable[[StandDown, dt.datetime], None]] = Listeners()
RETURNED: Listeners[Callable[[StandDown, dt.datetime], None]] = Listeners()
MOVE_ASKED: Listeners[Callable[[RegisterMove, dt.datetime], None]] = Listeners()
