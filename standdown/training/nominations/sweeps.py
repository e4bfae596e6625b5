"""What time does to names, each minute: offers lapse, requests expire, places that are kept no longer are offered.

Each record is an act of its own, so that one that fails does not keep the others waiting; before its moment nothing
happens, and what has happened does not happen again.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from typing import Any

from standdown.foundation import access, db
from standdown.foundation.refusal import Refusal
from standdown.training.nominations import actions, places, policy
from standdown.training.nominations.models import Nomination, State
from standdown.training.sessions.models import Session, Status

log = logging.getLogger(__name__)
JOB = access.system("places sweep")


def each_minute(at: dt.datetime) -> None:
    """Let lapse, expire and offer all that is due at that moment."""
    over = Nomination.objects.filter(answer_by__lte=at).select_related("session").order_by("answer_by", "pk")
    for offer in over.filter(state=State.OFFERED):
        _tried(actions.lapse_offer, at=at, nomination=offer)
    for request in over.filter(state=State.NOMINATED, mutual_aid=False):
        _tried(actions.expire_request, at=at, nomination=request)
    for wait in Nomination.objects.waiting().filter(session__starts_at__lte=at):
        _tried(actions.end_wait, at=at, nomination=wait)
    for session in to_fill(at):
        _tried(actions.fill_date, at=at, session=session)


def to_fill(at: dt.datetime) -> list[Session]:
    """The dates on which somebody waits for whom a place is open now, such as one that was kept until this moment.

    Who has just let an offer lapse is left to rest. Three statements.
    """
    waiting = Nomination.objects.waiting().filter(session__status=Status.PUBLISHED, session__starts_at__gt=at)
    resting = set(places.lately_lapsed(at))
    boards = places.boards(waiting.values_list("session_id", flat=True), at, locked=False)
    return [
        found.session
        for found in boards.values()
        if policy.answer_window(found.session.starts_at, at) is not None
        and policy.next_in_turn(found.places, [one for one in found.waiting if uuid.UUID(one.key) not in resting])
    ]


def _tried(deed: Callable[..., object], **facts: Any) -> None:
    """Do one of them. That somebody was quicker is no failure; whatever else happens, the next one is tried."""
    try:
        deed(by=JOB, **facts)
    except Refusal:
        pass
    except Exception as error:  # noqa: BLE001 - one record must not keep the others waiting
        log.error("a name could not be seen to: %s", type(error).__name__)  # noqa: TRY400 - may name a person
        db.start_afresh()
