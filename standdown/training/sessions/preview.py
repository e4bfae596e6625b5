"""The messages that a move or a cancellation would send, to be read before it is done."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from standdown.foundation import clock
from standdown.notifications.outbox import Message, Words, words_of
from standdown.training.sessions import diary, hooks, lines, messages, recipients
from standdown.training.sessions.lines import SessionLine
from standdown.training.sessions.models import Session, SessionChange, Status
from standdown.training.sessions.recipients import Recipient

_WHERE = ("starts_at", "ends_at", "nominations_close_at", "delivery", "platform", "place")


@dataclass(frozen=True, slots=True)
class Preview:
    """What a delegate would read, and what somebody who answers for a force would; None where nobody would."""

    delegates: Words | None
    leads: Words | None


def of_move(session: Session, facts: dict[str, Any], at: dt.datetime) -> Preview:
    """The messages of a move to where `facts` say, as `actions.move_session` takes them. Raises what it would raise."""
    where = {name: facts[name] for name in _WHERE}
    plan = replace(diary.plan_of(session), **where)
    diary.check_move(session, plan, at)
    moved, was = copy.copy(session), lines.one(session)
    diary.fill(moved, plan, at)
    moved.calendar_sequence += 1
    now = replace(
        was, starts_at=moved.starts_at, ends_at=moved.ends_at, nominations_close_at=moved.nominations_close_at,
        delivery=moved.delivery, platform=moved.platform, place=moved.place,
    )  # fmt: skip
    facts_told: dict[str, Any] = {
        "about": session.pk, "date": now, "reason": facts["reason"], "previous_starts_at": was.starts_at,
        "previous_ends_at": was.ends_at, "previous_how": was.how,
    }  # fmt: skip
    lead = _lead(session, at)
    told = messages.DateMoved(**facts_told, forces=lead.forces) if lead else None
    return Preview(_delegates(moved, was, facts["reason"], at), _words(lead, told))


def of_cancelling(session: Session, facts: dict[str, Any], at: dt.datetime) -> Preview:
    """The messages of a cancellation for the reason in `facts`."""
    cancelled = copy.copy(session)
    cancelled.status = Status.CANCELLED
    lead, told = _lead(session, at), None
    if lead is not None:
        after = diary.following(session, [name for name, _kept in lead.forces], at)
        told = messages.DateCancelled(
            about=session.pk, date=lines.one(session), reason=facts["reason"], forces=lead.forces, following=after
        )
    return Preview(_delegates(cancelled, None, facts["reason"], at), _words(lead, told))


def _lead(session: Session, at: dt.datetime) -> Recipient | None:
    return next(iter(recipients.of(session, clock.london_day(at)).people), None)


def _words(lead: Recipient | None, message: Message | None) -> Words | None:
    return words_of(lead.person, message) if lead is not None and message is not None else None


def _delegates(
    session: Session, was: SessionLine | None, reason: SessionChange.Reason, at: dt.datetime
) -> Words | None:
    found = (listener(session, was, reason, at) for listener in hooks.PREVIEW)
    return next((words for words in found if words is not None), None)
