"""What the worker does about certificates each day."""

from __future__ import annotations

import datetime as dt
import logging

from standdown.foundation import access, db
from standdown.training.certificates import actions, queries

log = logging.getLogger("standdown.training")


def issue_without_feedback(at: dt.datetime) -> int:
    """Issue the certificates that waited a week for feedback; the number of those issued now.

    One that cannot be issued does not keep the others waiting, and is tried again on the next day.
    """
    by, issued = access.system("certificates without feedback"), 0
    for nomination in queries.due(at):
        try:
            issued += actions.issue_certificate(by=by, at=at, nomination=nomination) is not None
        except Exception as error:  # noqa: BLE001 - whatever stops one must not stop the rest
            log.error("a certificate could not be issued: %s", type(error).__name__)  # noqa: TRY400 - may name a person
            db.start_afresh()
    return issued
