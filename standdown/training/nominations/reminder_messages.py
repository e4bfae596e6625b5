"""Reminders of one's own date, and the summary for those who lead a force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise

from standdown.notifications.outbox import Message
from standdown.training.nominations import ahead, links
from standdown.training.nominations.messages import PlaceMessage
from standdown.training.nominations.models import Nomination
from standdown.training.sessions import lines
from standdown.training.sessions.lines import SessionLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(PlaceMessage):
    """Your date is near; `which` is a word of ahead.REMINDERS."""

    template: ClassVar[str] = "training/nominations/mail/reminder"
    own_words: ClassVar[str] = "reminder"
    which: str

    def useful_until(self) -> dt.datetime | None:
        """Until the next reminder tells the same; the last one until the start."""
        _before, least = ahead.REMINDERS[self.which]
        return self.date.starts_at - least


class ReminderWeek(Reminder):
    """Your date is in a week."""


class ReminderDay(Reminder):
    """Your date is in a day."""


class ReminderHour(Reminder):
    """Your date begins within the hour; nobody is asleep who goes to it."""

    urgent = True


REMINDERS: dict[str, type[Reminder]] = {"week": ReminderWeek, "day": ReminderDay, "hour": ReminderHour}


def reminder(nomination: Nomination, which: str) -> Reminder:
    """That reminder; once for each time and place that the date has had."""
    return REMINDERS[which](
        about=nomination.pk,
        version=nomination.session.calendar_sequence,
        date=lines.of_session(nomination.session),
        link=links.place(nomination),
        which=which,
    )


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that happened; in words only once the language of the reader is known."""

    sentence: Promise
    name: str

    def __str__(self) -> str:
        return str(self.sentence) % {"name": self.name}


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened to a force's names on one date."""

    date: SessionLine
    words: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadSummary(Message):
    """What happened to the names of your force since the last summary."""

    template: ClassVar[str] = "training/nominations/mail/summary"
    force: str
    until: dt.datetime
    happened: tuple[Happened, ...]

    def useful_until(self) -> dt.datetime | None:
        """Until the next morning's, which then tells this too."""
        return self.until + dt.timedelta(days=1)
