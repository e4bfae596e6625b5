"""The scene of the tests about messages: a lead, a date, people with places; and what stands in the outbox."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.foundation import clock
from standdown.foundation.access import Actor
from standdown.notifications import worker
from standdown.notifications.channels.email import Receipt
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Person
from standdown.training.models import Nomination, Session
from standdown.training.nominations import actions, candidates
from tests import cast

AT = cast.AT


def put(lead: Actor, session: Session, person: Person, *, at: dt.datetime = AT, released: bool = True) -> Nomination:
    """Put that person forward."""
    who = candidates.known(lead, person.pk, "defuse", at)
    assert who is not None
    return actions.put_forward(by=lead, at=at, session=session.pk, who=who, released=released, stated=True)


def accept(one: Nomination, *, at: dt.datetime = AT, **facts: Any) -> Nomination:
    """The person takes the place."""
    by = cast.actor(one.person)
    return actions.accept_place(by=by, at=at, nomination=one, consent=Nomination.Consent.LINK, **facts)


def fresh(session: Session) -> Session:
    """The date as it stands."""
    return Session.objects.select_related("version", "course__current", "owner_force").get(pk=session.pk)


def outbox(*purposes: str) -> list[OutboxMessage]:
    """What was told, in order; of these purposes, or all."""
    rows = OutboxMessage.objects.select_related("recipient").order_by("created_at", "id")
    return list(rows.filter(purpose__in=purposes) if purposes else rows)


def told(*purposes: str) -> list[tuple[str, str, str]]:
    """The same as (purpose, given name, state)."""
    return [(one.purpose, one.recipient.given_name, one.state) for one in outbox(*purposes)]


def send_all(at: dt.datetime = AT) -> list[str]:
    """Let the worker send what is due; the subjects."""
    sent: list[str] = []

    class Sink:
        def send(self, message: OutboxMessage) -> Receipt:
            sent.append(message.subject)
            return Receipt(reference="")

    worker.drop_past(at)
    while worker.send_one(at, {"email": Sink()}):
        pass
    return sent


def wall(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A moment on London's clock."""
    return clock.from_wall(day, dt.time(hour, minute))
