"""Jobs of the worker: reminders before a date, and the leads' summary of the morning."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from functools import partial

from standdown.foundation import access, db
from standdown.training.nominations import actions_reminders, queries_reminders

log = logging.getLogger("standdown.training")


def each_minute(at: dt.datetime) -> None:
    """Write the reminders and the summaries whose time has come. Called again, it writes nothing more."""
    for session in queries_reminders.dates_to_remind(at):
        _try(partial(actions_reminders.remind, by=access.system("reminders"), at=at, session=session))
    for force in queries_reminders.forces_to_sum_up(at):
        _try(partial(actions_reminders.sum_up, by=access.system("summary for leads"), at=at, force=force))


def _try(deed: Callable[[], int]) -> None:
    try:
        deed()
    except Exception as error:  # noqa: BLE001 - whatever stops one must not stop the rest
        log.error("a reminder could not be written: %s", type(error).__name__)  # noqa: TRY400 - may name a person
        db.start_afresh()
