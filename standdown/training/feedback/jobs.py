"""What the worker does about feedback each day."""

from __future__ import annotations

import datetime as dt
import logging

from standdown.foundation import access, clock, db
from standdown.training.feedback import actions, policy, queries

log = logging.getLogger("standdown.training")


def ask_what_was_used(at: dt.datetime) -> int:
    """Ask everybody whose day was three months ago, once (R42); the number of those asked now.

    One who cannot be asked does not keep the others waiting, and is tried again on the next day for a month.
    """
    by, asked = access.system("the question after three months"), 0
    for nomination in queries.follow_ups_to_ask(at):
        if not policy.follow_up_due(clock.london_day(nomination.session.starts_at), clock.london_day(at)):
            continue
        try:
            actions.ask_follow_up(by=by, at=at, nomination=nomination)
            asked += 1
        except Exception as error:  # noqa: BLE001 - whatever stops one must not stop the rest
            log.error("a follow-up could not be asked: %s", type(error).__name__)  # noqa: TRY400 - may name a person
            db.start_afresh()
    return asked
