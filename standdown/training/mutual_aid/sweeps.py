"""Mutual aid that nobody agreed to in time is no: each request in an act of its own, once, not before its moment."""

from __future__ import annotations

import datetime as dt
import logging

from standdown.foundation import access, db
from standdown.foundation.refusal import Refusal
from standdown.training.mutual_aid import actions
from standdown.training.mutual_aid.models import MutualAid

log = logging.getLogger(__name__)
JOB = access.system("mutual aid sweep")


def each_minute(at: dt.datetime) -> None:
    """Let expire what nobody, or one side only, agreed to by then."""
    over = MutualAid.objects.open().filter(nomination__answer_by__lte=at)
    for aid in over.select_related("nomination__session").order_by("decide_by", "pk"):
        try:
            actions.expire(by=JOB, at=at, aid=aid)
        except Refusal:
            continue  # somebody was quicker
        except Exception as error:  # noqa: BLE001 - one request must not keep the others waiting
            log.error("a request could not expire: %s", type(error).__name__)  # noqa: TRY400 - may name a person
            db.start_afresh()
