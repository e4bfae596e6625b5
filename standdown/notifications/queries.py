from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from standdown.foundation.access import Actor
from standdown.notifications.models import OutboxMessage, State, WorkerHeartbeat
from standdown.people.models import Posting

PAGE = 50
_MOST_WORDS = 6


def last_beat() -> dt.datetime | None:
    """When any worker last said that it is alive."""
    return WorkerHeartbeat.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()


@dataclass(frozen=True, slots=True)
class Page:
    """Some messages, newest first, and whether older ones follow."""

    messages: list[OutboxMessage]
    number: int
    more: bool


def outbox(by: Actor, *, state: str = "", words: str = "", page: int = 1) -> Page:
    """The messages whose outbox this actor keeps, in one state or in any, fifty a page.

    Every word of `words` must stand in the recipient's name, or begin their number. That search never finds a
    confidential message by its recipient, unless it is stuck and somebody has to see to it.
    """
    found = OutboxMessage.objects.visible_to(by).select_related("recipient").order_by("-created_at", "-id")
    if state:
        found = found.filter(state=state)
    if words:
        found = found.filter(Q(confidential=False) | Q(state__in=[State.DEAD, State.UNCERTAIN]))
    for word in words.split()[:_MOST_WORDS]:
        numbered = Posting.objects.filter(person=OuterRef("recipient"), number__istartswith=word)
        named = Q(recipient__given_name__icontains=word) | Q(recipient__family_name__icontains=word)
        found = found.filter(named | Exists(numbered))
    first = (page - 1) * PAGE
    rows = list(found.defer("text", "html", "calendar")[first : first + PAGE + 1])
    return Page(rows[:PAGE], page, len(rows) > PAGE)


def counts(by: Actor) -> list[tuple[State, int]]:
    """How many messages stand in each state, in the order of the states."""
    found = dict(OutboxMessage.objects.visible_to(by).order_by().values_list("state").annotate(number=Count("pk")))
    return [(state, found.get(state.value, 0)) for state in State]


def message(by: Actor, key: uuid.UUID) -> OutboxMessage | None:
    """One message, if this actor keeps the outbox that it is in."""
    return OutboxMessage.objects.visible_to(by).select_related("recipient", "force").filter(pk=key).first()
