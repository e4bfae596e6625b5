"""Word that something is owed: no name, no incident, nothing that a locked screen could show (R137)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Count, F, Max, Q
from django.urls import reverse

from standdown.care.clocks.models import Telling
from standdown.notifications.models import OutboxMessage
from standdown.notifications.outbox import Message, tell_many
from standdown.people.models import Person

_Key = tuple[uuid.UUID, uuid.UUID | None]  # a person, and the exercise (None: real)
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


class ExerciseWaits(StepsWait):
    """The same of an exercise. It wakes nobody, and goes away with the exercise (`about` is its key)."""

    replaces = ("ExerciseWaits",)


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody who is told of a step: whether it can wait for the morning, and of which exercise it is (None: real)."""

    person: Person
    urgent: bool
    drill: uuid.UUID | None


def tell_waiting(calls: Iterable[Call], at: dt.datetime) -> None:
    """Tell these people how many open steps they were told of, once each. Inside the act that wrote the tellings.

    Who is told of something urgent hears of it in their quiet hours too, and then not a second time. What is real and
    what is an exercise never share a message. Six statements at most, and one for an exercise.
    """
    told = _by_kind(calls)
    if not any(told.values()):
        return
    numbers, address = _numbers({key for group in told.values() for key, _drill in group}), reverse("me:page")
    found: list[tuple[Person, Message]] = []
    for kind, group in told.items():
        abouts = {(key, drill): drill or _about(key, kind) for key, drill in group}
        versions = _versions(kind, abouts.values())
        for key, person in group.items():
            about, of_exercise = abouts[key], key[1] is not None
            found.append((person, kind(
                about=about, version=versions.get(about, 0), exercise=of_exercise, address=address,
                number=numbers[person.pk, of_exercise],
            )))  # fmt: skip
    tell_many(found, at=at)


def _by_kind(calls: Iterable[Call]) -> dict[type[StepsWait], dict[_Key, Person]]:
    found: dict[type[StepsWait], dict[_Key, Person]] = {StepsWait: {}, StepsWaitNow: {}, ExerciseWaits: {}}
    for one in calls:
        kind = ExerciseWaits if one.drill else StepsWaitNow if one.urgent else StepsWait
        found[kind][one.person.pk, one.drill] = one.person
    for key in found[StepsWaitNow]:
        found[StepsWait].pop(key, None)
    return found


def _about(person: uuid.UUID, kind: type[StepsWait]) -> uuid.UUID:
    """Two lines of messages for each person: what is urgent hurries nothing along that can wait for the morning."""
    return uuid.uuid5(_ANYTHING_AT_NIGHT, str(person)) if kind.urgent else person


def _numbers(people: set[uuid.UUID]) -> dict[tuple[uuid.UUID, bool], int]:
    """How many open steps each was told of; those of an exercise (True) apart from real ones."""
    open_ones = Telling.objects.filter(person__in=people, step__closed_at__isnull=True, moved=F("step__moved"))
    apart = open_ones.annotate(made_up=Q(step__incident__drill__isnull=False)).order_by()
    counted = apart.values_list("person_id", "made_up").annotate(number=Count("step", distinct=True))
    return {(person, made_up): number for person, made_up, number in counted}


def _versions(kind: type[StepsWait], abouts: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """The next number for each, so that the same words may be said again. No statement where nobody is told."""
    wanted = [str(about) for about in abouts]
    if not wanted:
        return {}
    rows = OutboxMessage.objects.filter(purpose=kind.__name__, about__in=wanted).order_by().values_list("about")
    return {uuid.UUID(about): last + 1 for about, last in rows.annotate(last=Max("version"))}
