"""What closing a register sets going elsewhere. Training's app puts in who is to hear of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from standdown.foundation.access import Actor
from standdown.foundation.hooks import Listeners
from standdown.training.nominations.models import Nomination
from standdown.training.sessions.models import Session

# CLOSED is called inside the act that closes a register (or corrects a closed one), with the nominations that this
# act found to have attended in full: feedback is asked for, certificates become due. Never twice for the same one,
# unless a correction took "attended" away and another gave it back.
CLOSED: Listeners[Callable[[Session, list[Nomination], dt.datetime, Actor], None]] = Listeners()
# TAKEN_BACK is called inside the act that corrects a closed register, for each that had attended and now has not.
TAKEN_BACK: Listeners[Callable[[Nomination, dt.datetime, Actor], None]] = Listeners()
