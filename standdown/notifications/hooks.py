"""Where parts above join in with the worker and with what is sent: each list is filled at start-up.

The worker's are called with the moment of the turn.
A job of the system acts through actions with `access.system("its name")`, must do each thing once however often it is
called, and must not let one failing record keep the others waiting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from standdown.foundation.hooks import Listeners
from standdown.notifications.outbox import Message
from standdown.people.models import Force

EACH_MINUTE: Listeners[Callable[[dt.datetime], object]] = Listeners()
EACH_DAY: Listeners[Callable[[dt.datetime], object]] = Listeners()
# Asked for a message of a kind (a word of force_words.policy.KINDS) as it would go to people of that force now, as an
# example of where the force's own paragraph stands; None where there is nothing yet that it could tell of.
EXAMPLES: Listeners[Callable[[str, Force, dt.datetime], Message | None]] = Listeners()
