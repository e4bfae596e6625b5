"""What we say afterwards: that there is a message. What it says stands behind the sign-in (R137)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from standdown.notifications.outbox import Message, tell_many
from standdown.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMessage(Message):
    """Something on one's own page."""

    template: ClassVar[str] = "care/follow_up/mail/message"
    address: str


class HowAreYou(OwnMessage):
    """A contact is due, and asks how you are."""


class ClosedKindly(OwnMessage):
    """Your part is closed; you may object, and open it again for a year."""


class SeveralLately(OwnMessage):
    """Several incidents lately: would you like to talk? To the person alone."""


class DayOfYours(OwnMessage):
    """A day that you wished to be thought of is near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Message):
    """Something waits for somebody who looks after people."""

    template: ClassVar[str] = "care/follow_up/mail/task"
    address: str


def tell_person(
    kind: type[OwnMessage], person: Person, about: uuid.UUID, at: dt.datetime, *, exercise: bool, version: int = 0
) -> None:
    """Tell the person that something stands on their page."""
    told = kind(about=about, version=version, exercise=exercise, address=reverse("own_care:page"))
    tell_many([(person, told)], at=at)


def tell_task(
    person: Person, about: uuid.UUID, address: str, at: dt.datetime, *, exercise: bool, version: int = 0
) -> None:
    """Tell somebody that a contact or a colleague waits for them."""
    tell_many([(person, Task(about=about, version=version, exercise=exercise, address=address))], at=at)
