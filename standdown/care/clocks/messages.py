"""Word that something is owed: no name, no incident, nothing that a locked screen could show (R137)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Count, F, Max
from django.urls import reverse

from standdown.care.clocks.models import Telling
from standdown.notifications.models import OutboxMessage
from standdown.notifications.outbox import Message, tell_many
from standdown.people.models import Person

_ANYTHING_AT_NIGHT = uuid.UUID("7d2f6f0a-3f5c-4f0e-9d0b-6f1f3b8b6a55")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsWait(Message):
    """So many steps wait for you. One message for all of them; a newer one takes the place of one that still waits."""

    template: ClassVar[str] = "care/clocks/mail/waits"
    replaces: ClassVar[tuple[str, ...]] = ("StepsWait",)
    number: int
    address: str


class StepsWaitNow(StepsWait):
    """The same, where it cannot wait for the morning."""

    urgent = True
    replaces = ("StepsWaitNow",)


def tell_waiting(people: Iterable[Person], urgent: Iterable[Person], at: dt.datetime) -> None:
    """Tell these people how many open steps they were told of, once each. Inside the act that wrote the tellings.

    `urgent` are told in their quiet hours too, and then not a second time. Six statements at most.
    """
    now = {person.pk: person for person in urgent}
    later = {person.pk: person for person in people if person.pk not in now}
    if not (now or later):
        return
    numbers, address = _numbers({*now, *later}), reverse("me:page")
    told: list[tuple[Person, Message]] = []
    for kind, group in ((StepsWait, later), (StepsWaitNow, now)):
        abouts = {key: _about(key, kind) for key in group}
        versions = _versions(kind, abouts.values())
        told += [
            (
                person,
                kind(about=abouts[key], version=versions.get(abouts[key], 0), number=numbers[key], address=address),
            )
            for key, person in group.items()
        ]
    tell_many(told, at=at)


def _about(person: uuid.UUID, kind: type[StepsWait]) -> uuid.UUID:
    """Two lines of messages for each person: what is urgent hurries nothing along that can wait for the morning."""
    return uuid.uuid5(_ANYTHING_AT_NIGHT, str(person)) if kind.urgent else person


def _numbers(people: set[uuid.UUID]) -> dict[uuid.UUID, int]:
    open_ones = Telling.objects.filter(person__in=people, step__closed_at__isnull=True, moved=F("step__moved"))
    counted = open_ones.order_by().values_list("person_id").annotate(number=Count("step", distinct=True))
    return dict(counted)


def _versions(kind: type[StepsWait], abouts: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """The next number for each, so that the same words may be said again. No statement where nobody is told."""
    wanted = [str(about) for about in abouts]
    if not wanted:
        return {}
    rows = OutboxMessage.objects.filter(purpose=kind.__name__, about__in=wanted).order_by().values_list("about")
    return {uuid.UUID(about): last + 1 for about, last in rows.annotate(last=Max("version"))}
