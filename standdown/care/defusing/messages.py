"""What we tell defusers and those invited: that there is a message, and when; nothing else (R137)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from standdown.care.defusing.afterwards import UrgentHandover
from standdown.care.defusing.models import Ask, Attendee, Defusing
from standdown.notifications import invitations
from standdown.notifications.invitations import Booking
from standdown.notifications.outbox import EVERYTHING, Message, marked, tell_many
from standdown.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedToLead(Message):
    """You are asked something: sign in to say yes or to pass."""

    template: ClassVar[str] = "care/defusing/mail/asked"
    address: str
    answer_by: dt.datetime

    def useful_until(self) -> dt.datetime | None:
        """Until it lapses."""
        return self.answer_by

    def wanted_by(self) -> dt.datetime | None:
        """In time to be answered."""
        return self.answer_by


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMade(Message):
    """You have an appointment; what for is said after signing in. Its calendar entry names nobody and nothing."""

    template: ClassVar[str] = "care/defusing/mail/appointment"
    replaces: ClassVar[tuple[str, ...]] = ("AppointmentMade", "AppointmentOff")
    address: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    where: str
    sequence: int = 0
    answered: bool = True  # false for whoever is asked to come and has said nothing

    def useful_until(self) -> dt.datetime | None:
        """Until it is over."""
        return self.ends_at

    def wanted_by(self) -> dt.datetime | None:
        """Before it begins."""
        return self.starts_at

    def title(self) -> str:
        """What others may read in a calendar."""
        return marked(_("Appointment")) if self.exercise else _("Appointment")

    def booking(self) -> Booking:
        """What stands in the calendar: a time and a place."""
        return Booking(
            key=self.about, sequence=self.sequence, starts_at=self.starts_at, ends_at=self.ends_at, where=self.where,
            page=self.address, title=self.title(), answered=self.answered,
        )  # fmt: skip

    def calendar(self, person: Person, at: dt.datetime) -> tuple[str, str] | None:
        """The entry."""
        return invitations.request(self.booking(), person.work_email, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentOff(AppointmentMade):
    """An appointment of yours is off; the entry goes out of the calendar."""

    template: ClassVar[str] = "care/defusing/mail/off"
    replaces: ClassVar[tuple[str, ...]] = EVERYTHING

    def calendar(self, person: Person, at: dt.datetime) -> tuple[str, str] | None:
        """Taken out of this one calendar."""
        return invitations.taken_back(self.booking(), person.work_email, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class SomebodyNeedsYou(Message):
    """A colleague was handed over to you; sign in now. Goes out at once, at any hour: it is to staff who answer."""

    template: ClassVar[str] = "care/defusing/mail/urgent"
    urgent: ClassVar[bool] = True
    address: str


def tell_asked(ask: Ask, at: dt.datetime) -> None:
    """Tell somebody that they are asked to lead."""
    message = AskedToLead(
        about=ask.pk, exercise=ask.defusing.incident.is_exercise, address=reverse("defusing:mine"),
        answer_by=ask.lapses_at,
    )  # fmt: skip
    tell_many([(ask.person, message)], at=at)


def appointment(kind: type[AppointmentMade], session: Defusing, key: Attendee | Ask, address: str) -> AppointmentMade:
    """The message about a booked session to one person; `key` is their own part in it, one calendar entry for life."""
    assert session.starts_at is not None
    assert session.ends_at is not None
    return kind(
        about=key.pk, version=session.calendar_sequence, exercise=session.incident.is_exercise, address=address,
        starts_at=session.starts_at, ends_at=session.ends_at, where=place_of(session),
        sequence=session.calendar_sequence,
        answered=isinstance(key, Ask) or key.answer == Attendee.Answer.ACCEPTED,
    )  # fmt: skip


def tell_attendees(
    session: Defusing, attendees: Iterable[Attendee], kind: type[AppointmentMade], at: dt.datetime
) -> None:
    """Tell those invited that the time stands, or is off. Nobody sees who else is invited."""
    told = [(one.exposure.person, appointment(kind, session, one, reverse("own_care:page"))) for one in attendees]
    tell_many(told, at=at)


def tell_leaders(session: Defusing, asks: Iterable[Ask], kind: type[AppointmentMade], at: dt.datetime) -> None:
    """The same to whoever leads it."""
    told = [(one.person, appointment(kind, session, one, reverse("defusing:one", args=[session.pk]))) for one in asks]
    tell_many(told, at=at)


def tell_urgent(handover: UrgentHandover, at: dt.datetime) -> None:
    """Tell the named colleague at once."""
    exercise = handover.exposure.incident.is_exercise
    address = reverse("defusing:urgent", args=[handover.pk])
    message = SomebodyNeedsYou(about=handover.pk, exercise=exercise, address=address)
    tell_many([(handover.handed_to, message)], at=at)


def place_of(session: Defusing) -> str:
    """Where it is held, in words that say nothing about what it is."""
    if session.remote:
        return _("Online")
    return session.base.name if session.base else _("Ask the coordinator for the room")
