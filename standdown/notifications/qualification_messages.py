"""What we tell people about their qualifications. The part of people lies below and calls us by its hooks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.functional import Promise

from standdown.notifications.outbox import Message, tell
from standdown.people.models import Person, RegisterMove, StandDown


@dataclass(frozen=True, slots=True, kw_only=True)
class StoodDown(Message):
    """You have stood down; here is how you come back. Told to the person alone (R53)."""

    template: ClassVar[str] = "notifications/qualifications/mail/stood_down"
    confidential: ClassVar[bool] = True
    since: dt.date
    until: dt.date | None
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack(Message):
    """You are available again. Told to the person alone."""

    template: ClassVar[str] = "notifications/qualifications/mail/came_back"
    confidential: ClassVar[bool] = True
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveAsked(Message):
    """You serve elsewhere now: may your qualifications go on the new force's register? R52."""

    template: ClassVar[str] = "notifications/qualifications/mail/move_asked"
    force: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationEnding(Message):
    """What you are qualified for ends in 90 or 30 days, or has ended. The version is the number of days.

    `kept`: skills that are kept current alike, and how.
    """

    template: ClassVar[str] = "notifications/qualifications/mail/ending"
    kept: tuple[tuple[str, str], ...]
    until: dt.date
    ended: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """A line of a lead's list."""

    name: str
    skill: str | Promise
    until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationsEnding(Message):
    """Whose qualifications in your force end in 90 or 30 days, or have ended: one list a day at most."""

    template: ClassVar[str] = "notifications/qualifications/mail/list"
    ended: list[Ending]
    ending: list[Ending]
    more: int
    address: str


def tell_stood_down(row: StandDown, at: dt.datetime) -> None:
    """Tell who stood down, and nobody else."""
    address = reverse("qualifications:stand-down")
    _tell(row.person, StoodDown(about=row.pk, since=row.since, until=row.until, address=address), at)


def tell_came_back(row: StandDown, at: dt.datetime) -> None:
    """Tell who came back, and nobody else."""
    _tell(row.person, CameBack(about=row.pk, address=reverse("qualifications:stand-down")), at)


def tell_move_asked(move: RegisterMove, at: dt.datetime) -> None:
    """Ask who moved to another force."""
    message = MoveAsked(about=move.pk, force=move.to_force.name, address=reverse("qualifications:moves"))
    _tell(move.person, message, at)


def _tell(person: Person, message: Message, at: dt.datetime) -> None:
    """Who has no address finds it on their own pages."""
    if person.work_email:
        tell(person, message, at=at)
