"""The worker's minute: what is late is noted, and whoever is next in a chain is told.

A force is one act, however many of its steps are due. Where that act fails, each of its steps is tried by itself, so
that one that cannot be seen to keeps no other waiting; the second look finds it.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid

from standdown.care.clocks import actions, queries
from standdown.foundation import access, db
from standdown.people.models import Force

log = logging.getLogger("standdown.care")
JOB = access.system("clocks")


def each_minute(at: dt.datetime) -> None:
    """Note what is late at that moment, and tell whoever is to be told by then. Called again, it tells nobody twice."""
    if queries.late_and_unnoticed(at).exists():
        actions.notice_late(by=JOB, at=at)
    for force in queries.forces_with_due(at):
        tell_all(force, at)


def tell_all(force: Force, at: dt.datetime) -> None:
    """Go through all steps of a force that are due, two hundred at a time."""
    try:
        while actions.tell_due(by=JOB, at=at, force=force) == actions.AT_ONCE:
            pass
    except Exception as error:  # noqa: BLE001 - one step must not keep the others waiting
        log.error("steps could not be told together: %s", type(error).__name__)  # noqa: TRY400 - may name a person
        db.start_afresh()
        for key in list(queries.due(force.pk, at).values_list("pk", flat=True)):
            _tell_one(force, key, at)


def _tell_one(force: Force, key: uuid.UUID, at: dt.datetime) -> None:
    try:
        actions.tell_due(by=JOB, at=at, force=force, only=key)
    except Exception as error:  # noqa: BLE001 - as above; it stays due, and the second look says so
        log.error("a step could not be told: %s", type(error).__name__)  # noqa: TRY400 - may name a person
        db.start_afresh()
