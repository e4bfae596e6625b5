"""Dates as iCalendar and as Atom, for whoever keeps them in a calendar or a reader of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _

from standdown.design.times import iso, long_date
from standdown.foundation.clock import london
from standdown.foundation.london_calendar import as_text, in_london_time
from standdown.public.dates.rows import address, span
from standdown.training.sessions.lines import SessionLine

CALENDAR_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"
ATOM_TYPE = "application/atom+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
_ASK_AGAIN = dt.timedelta(hours=6)


def icalendar_of(name: str, lines: Iterable[SessionLine], *, neutral: bool) -> str:
    """The dates as a calendar to subscribe to or to add (RFC 5545, METHOD:PUBLISH, nobody is invited).

    With `neutral` the titles say nothing of what the day is about, for a calendar that others can look into.
    """
    calendar = in_london_time("PUBLISH", "Training dates")
    calendar.add("x-wr-calname", _("Training") if neutral else name)
    calendar.add("refresh-interval", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(_ASK_AGAIN))
    for line in lines:
        calendar.add_component(_event(line, neutral=neutral))
    return as_text(calendar)


def _event(line: SessionLine, *, neutral: bool) -> icalendar.Event:
    page = settings.ORIGIN + address(line)
    event = icalendar.Event()
    event.add("uid", str(line.id))
    event.add("sequence", line.sequence)
    event.add("dtstamp", line.changed_at)
    event.add("last-modified", line.changed_at)
    event.add("dtstart", london(line.starts_at))
    event.add("dtend", london(line.ends_at))
    event.add("summary", _("Training day") if neutral else title(line))
    event.add("location", line.how)
    event.add("description", _description(page))
    event.add("url", page)
    event.add("status", "CANCELLED" if line.is_cancelled else "CONFIRMED")
    event.add("class", "PUBLIC")
    event.add("transp", "TRANSPARENT")  # a listing, not an appointment of whoever reads it
    return event


def title(line: SessionLine) -> str:
    """What a date is called where there is no list round it."""
    return _("%(course)s training: %(forces)s") % {"course": line.title, "forces": line.short_names}


def _description(page: str) -> str:
    way_in = _("Nobody can book a place for themselves. The wellbeing lead of your force may put your name forward.")
    return "\n".join([way_in, _("Details: %(page)s") % {"page": page}])


def atom_of(name: str, path: str, html_path: str, lines: Sequence[SessionLine], at: dt.datetime) -> str:
    """The dates as an Atom feed (RFC 4287), what changed last first."""
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en-GB"})
    _add(feed, "id", settings.ORIGIN + path)
    _add(feed, "title", name)
    _add(feed, "updated", iso(max((line.changed_at for line in lines), default=at)))
    ET.SubElement(_add(feed, "author"), "name").text = "Standdown"
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": settings.ORIGIN + path})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": settings.ORIGIN + html_path})
    for line in sorted(lines, key=lambda line: line.changed_at, reverse=True):
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:uuid:{line.id}")
        _add(entry, "title", _entry_title(line))
        _add(entry, "updated", iso(line.changed_at))
        href = settings.ORIGIN + address(line)
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": href})
        _add(entry, "summary", _entry_summary(line))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _entry_title(line: SessionLine) -> str:
    words = {"day": long_date(line.starts_at), "forces": line.short_names}
    if line.is_cancelled:
        return _("Cancelled: %(day)s, %(forces)s") % words
    return (_("Moved: %(day)s, %(forces)s") if line.is_moved else _("%(day)s, %(forces)s")) % words


def _entry_summary(line: SessionLine) -> str:
    words = {"course": line.title, "time": span(line.starts_at, line.ends_at), "how": line.how}
    return _("%(course)s training, %(time)s. %(how)s.") % words


def _add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = text or None
    return element
