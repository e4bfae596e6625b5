"""A job that sees to many records: one that fails must not keep the others waiting."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from standdown.foundation import db
from standdown.foundation.refusal import Refusal

log = logging.getLogger(__name__)


def tried(deed: Callable[..., object], *facts: Any, **named: Any) -> bool:
    """Do one of them; True when it was done.

    That somebody was quicker, so that a rule says no now, is no failure. Whatever else happens is logged by its kind
    and by the name of the deed, never by its words, which may name a person; and the next one is tried.
    """
    try:
        deed(*facts, **named)
    except Refusal:
        return False
    except Exception as error:  # noqa: BLE001 - one record must not keep the others waiting
        name = getattr(deed, "__name__", "a deed")
        log.error("%s could not be done: %s", name, type(error).__name__)  # noqa: TRY400 - a traceback may name a person
        db.start_afresh()
        return False
    return True
