"""Calendar entries that go with messages (RFC 5545, RFC 5546): one person invited, nobody else named.

One UID for life per booking. SEQUENCE goes up with what a calendar must know (time, place, how), DTSTAMP with every
file. No link that lets its holder act stands in an entry: calendars are shared, forwarded and looked into.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from email.utils import parseaddr

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _

from standdown.foundation.clock import london
from standdown.foundation.london_calendar import as_text, in_london_time

File = tuple[str, str]  # the file, and its METHOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """What stands in somebody's calendar. Times are aware; `sequence` never goes down.

    `page` is the path of a page behind the sign-in, which shows nobody else anything.
    """

    key: uuid.UUID
    sequence: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    where: str
    page: str
    answered: bool = True  # who is only asked to come has accepted nothing, and their calendar does not say so
    title: str = ""  # as it stands in the calendar, which others may see; without one it is a training day


def request(booking: Booking, attendee: str, at: dt.datetime) -> File:
    """Put it into the calendar, or bring it up to date there. No answer is asked: the place is confirmed already."""
    event = _event(booking, attendee, at)
    event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE")
    return _file("REQUEST", event, booking)


def taken_back(booking: Booking, attendee: str, at: dt.datetime) -> File:
    """Take it out of this one person's calendar; the event itself goes on, so that no STATUS may say otherwise.

    The same booking does not come again, so that the number is simply one higher than the last.
    """
    event = _event(booking, attendee, at)
    event["SEQUENCE"] = icalendar.vInt(booking.sequence + 1)
    return _file("CANCEL", event, booking)


def called_off(booking: Booking, attendee: str, at: dt.datetime) -> File:
    """The event itself is cancelled. The caller has raised `sequence` with it."""
    event = _event(booking, attendee, at)
    event.add("status", "CANCELLED")
    return _file("CANCEL", event, booking)


def _event(booking: Booking, attendee: str, at: dt.datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{booking.key}@{settings.MAIL_DOMAIN}")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", at)
    event.add("dtstart", london(booking.starts_at))
    event.add("dtend", london(booking.ends_at))
    event.add("summary", booking.title or _("Training day"))
    event.add("location", booking.where)
    words = _("Sign in to see more: %(page)s") if booking.title else _("What you need for the day: %(page)s")
    event.add("description", words % {"page": settings.ORIGIN + booking.page})
    event.add("class", "PRIVATE")
    organizer = icalendar.vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = icalendar.vText("Standdown")
    event.add("organizer", organizer)
    invited = icalendar.vCalAddress(f"mailto:{attendee}")
    invited.params["ROLE"] = icalendar.vText("REQ-PARTICIPANT")
    invited.params["PARTSTAT"] = icalendar.vText("ACCEPTED" if booking.answered else "NEEDS-ACTION")
    invited.params["RSVP"] = icalendar.vText("FALSE")
    event.add("attendee", invited)
    return event


def _file(method: str, event: icalendar.Event, booking: Booking) -> File:
    calendar = in_london_time(method, "Appointment" if booking.title else "Training place")
    calendar.add_component(event)
    return as_text(calendar), method
