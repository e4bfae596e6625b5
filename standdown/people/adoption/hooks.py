"""Where parts above join in: the list is filled at start-up and called inside the act concerned.

Telling somebody by mail lies above this part, yet the mail must be written in the transaction of the step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from standdown.foundation.hooks import Listeners
from standdown.people.adoption.models import AdoptionStep

STEP_RECORDED: Listeners[Callable[[AdoptionStep, dt.datetime], None]] = Listeners()
