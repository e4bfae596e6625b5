"""What time does to names, each minute: offers lapse, requests expire, places that are kept no longer are offered.

Each record is an act of its own, so that one that fails does not keep the others waiting; before its moment nothing
happens, and what has happened does not happen again.
"""

from __future__ import annotations

import datetime as dt
import uuid

from standdown.foundation import access
from standdown.foundation.one_by_one import tried
from standdown.training.nominations import actions, places, policy
from standdown.training.nominations.models import Nomination, State
from standdown.training.sessions.models import Session, Status

JOB = access.system("places sweep")


def each_minute(at: dt.datetime) -> None:
    """Let lapse, expire and offer all that is due at that moment."""
    over = Nomination.objects.filter(answer_by__lte=at).select_related("session").order_by("answer_by", "pk")
    for offer in over.filter(state=State.OFFERED):
        tried(actions.lapse_offer, by=JOB, at=at, nomination=offer)
    for request in over.filter(state=State.NOMINATED, mutual_aid=False):
        tried(actions.expire_request, by=JOB, at=at, nomination=request)
    for wait in Nomination.objects.waiting().filter(session__starts_at__lte=at):
        tried(actions.end_wait, by=JOB, at=at, nomination=wait)
    for session in to_fill(at):
        tried(actions.fill_date, by=JOB, at=at, session=session)


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
