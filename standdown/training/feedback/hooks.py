"""What the giving of feedback sets going elsewhere. Training's app puts in who is to hear of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from standdown.foundation.access import Actor
from standdown.foundation.hooks import Listeners
from standdown.training.feedback.models import Feedback

# Called inside the act by which feedback is given, once for each: the certificate need not wait any longer.
GIVEN: Listeners[Callable[[Feedback, dt.datetime, Actor], None]] = Listeners()
