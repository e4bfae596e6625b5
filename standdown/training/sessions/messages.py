"""What we tell those who answer for a date. Subjects are neutral: they may show on a locked telephone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar

from standdown.notifications.outbox import Message
from standdown.training.sessions.lines import SessionLine
from standdown.training.sessions.models import SessionChange


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMessage(Message):
    """A message about one date: its facts, and the recipient's own forces with the places kept for each."""

    date: SessionLine
    forces: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesPublished(DateMessage):
    """A date for your force is published; names are wanted by a day (R16)."""

    template: ClassVar[str] = "training/sessions/mail/published"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMoved(DateMessage):
    """A date has moved, in time or place: why, and where it was (R9)."""

    template: ClassVar[str] = "training/sessions/mail/moved"
    previous_starts_at: dt.datetime
    previous_ends_at: dt.datetime
    previous_how: str
    reason: SessionChange.Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCancelled(DateMessage):
    """A date will not take place: why, and which dates come next for your force (R9, R33)."""

    template: ClassVar[str] = "training/sessions/mail/cancelled"
    reason: SessionChange.Reason
    following: tuple[SessionLine, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedToTrain(DateMessage):
    """You are named as trainer of a date."""

    template: ClassVar[str] = "training/sessions/mail/asked_to_train"
