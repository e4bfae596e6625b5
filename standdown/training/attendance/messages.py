"""What we tell delegates, leads and trainers about the day. Subjects are neutral: a locked telephone shows them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from standdown.notifications.outbox import Message
from standdown.training.attendance.figures import Counts
from standdown.training.sessions.lines import SessionLine


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDate(Message):
    """What comes after a date that somebody missed: a place to accept, a wait, or nothing yet (R33)."""

    date: SessionLine
    following: SessionLine | None = None
    answer_by: dt.datetime | None = None  # of the place that is offered; None: on the waiting list, or nothing
    link: str = ""
    placed: bool = False  # they have a place there already

    def useful_until(self) -> dt.datetime | None:
        """Until the offer is over, or the next date begins."""
        return self.answer_by or (self.following.starts_at if self.following else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedIt(NextDate):
    """You were not there. No reason is asked; the next date for your force is offered at once."""

    template: ClassVar[str] = "training/attendance/mail/missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatchUp(NextDate):
    """You were there for a part; `half` is what is still to do, empty where it is all of it (R39)."""

    template: ClassVar[str] = "training/attendance/mail/catch_up"
    half: str
    span: tuple[dt.datetime, dt.datetime] | None = None  # from when to when that half is on the next date


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadDecides(Message):
    """To a wellbeing lead: one of your people missed a date and nothing is offered by itself, so it is yours."""

    template: ClassVar[str] = "training/attendance/mail/lead_decides"
    date: SessionLine
    name: str
    again: bool  # missed a second time; otherwise there is no next date that they could have


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterOpen(Message):
    """To a trainer: the date is over, and its register is still open."""

    template: ClassVar[str] = "training/attendance/mail/register_open"
    date: SessionLine


@dataclass(frozen=True, slots=True, kw_only=True)
class PleaseCall(Message):
    """To the coordinator of a person's force: please call them, they agreed. Nothing about why (R44)."""

    template: ClassVar[str] = "training/attendance/mail/please_call"
    confidential: ClassVar[bool] = True
    urgent: ClassVar[bool] = True
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SomebodyWillCall(Message):
    """To the person: who was asked to call, and whom else they may turn to (R44)."""

    template: ClassVar[str] = "training/attendance/mail/will_call"
    confidential: ClassVar[bool] = True
    urgent: ClassVar[bool] = True
    caller: str
    caller_address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfAttendance(Message):
    """To the wellbeing lead: last month's attendance of the own force in rounded figures, without names (R33)."""

    template: ClassVar[str] = "training/attendance/mail/month"
    force: str
    month: dt.date
    counts: Counts
    year: Counts
