"""What sessions have to say to what happens elsewhere. Inside the act that happens."""

from __future__ import annotations

import datetime as dt

from standdown.care.defusing import messages
from standdown.care.defusing.models import Ask
from standdown.foundation.access import Actor


def tell_who_is_asked(ask: Ask, _by: Actor, at: dt.datetime) -> None:
    """Somebody is asked to lead: they are told."""
    messages.tell_asked(ask, at)
