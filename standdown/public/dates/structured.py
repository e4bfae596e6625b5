"""Dates and courses as data for search engines (schema.org in JSON-LD). Public facts only: no way in, no contact."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from standdown.design.times import iso, language
from standdown.public.dates.rows import address
from standdown.training.courses.queries import PublishedCourse
from standdown.training.sessions.lines import SessionLine
from standdown.training.sessions.month_sql import Dates

Data = dict[str, Any]

_MODES = {"online": "OnlineEventAttendanceMode", "in-person": "OfflineEventAttendanceMode"}
_COURSE_MODES = {"online": "Online", "in-person": "Onsite", "blended": "Blended"}
_LANGUAGES: dict[str, Any] = {"en": "en-GB", "cy": "cy", "both": ["en-GB", "cy"]}
# What a list of sixty dates does not say of each: it stands on the date's own page, to which every one leads.
_ON_ITS_OWN_PAGE = frozenset({"organizer", "inLanguage"})
# So that no text can end the element that it stands in.
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def script(things: Iterable[str]) -> SafeString:
    """The things as the inside of a `<script type="application/ld+json">`."""
    return mark_safe(f'{{"@context":"https://schema.org","@graph":[{",".join(things)}]}}')  # noqa: S308 -- see _written


def events(lines: Iterable[SessionLine]) -> SafeString:
    """Dates as data. Each is written once and remembered for as long as its facts are the same."""
    lang = language()
    return script(_event(line, lang) for line in lines)


def month(dates: Dates) -> SafeString:
    """A month's dates as data; nothing where there are none."""
    return _month(dates, language())


@lru_cache(maxsize=64)
def _month(dates: Dates, lang: str) -> SafeString:
    return script(_briefly(line, lang) for line in dates.lines) if dates.lines else SafeString()


def course(facts: PublishedCourse, lines: Iterable[SessionLine]) -> SafeString:
    """A course and its coming dates as data."""
    return script([_written(course_data(facts, lines))])


@lru_cache(maxsize=4096)
def _event(line: SessionLine, _language: str) -> str:
    return _written(event_data(line))


@lru_cache(maxsize=4096)
def _briefly(line: SessionLine, _language: str) -> str:
    return _written({name: value for name, value in event_data(line).items() if name not in _ON_ITS_OWN_PAGE})


def _written(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def event_data(line: SessionLine) -> Data:
    """A date as an EducationEvent. Where it is online, its place is its public page, never the way in."""
    page = settings.ORIGIN + address(line)
    data: Data = {
        "@type": "EducationEvent",
        "url": page,
        "name": _("%(course)s training: %(forces)s") % {"course": line.title, "forces": line.short_names},
        "startDate": iso(line.starts_at),
        "endDate": iso(line.ends_at),
        "eventStatus": f"https://schema.org/{_status(line)}",
        "eventAttendanceMode": f"https://schema.org/{_MODES.get(line.delivery, 'MixedEventAttendanceMode')}",
        "location": _location(line, page),
        "organizer": _organizer(line),
        "inLanguage": _LANGUAGES[line.language],
    }
    if line.previous_starts_at is not None:
        data["previousStartDate"] = iso(line.previous_starts_at)
    if line.free_for_all:
        data["offers"] = {"@type": "Offer", "price": "0", "priceCurrency": "GBP"}
    return data


def course_data(facts: PublishedCourse, lines: Iterable[SessionLine]) -> Data:
    """A course with its coming dates as its instances."""
    page = f"{settings.ORIGIN}/training/{facts.slug}/"
    return {
        "@type": "Course",
        "@id": page,
        "url": page,
        "name": _("%(course)s training") % {"course": facts.title},
        "description": facts.summary,
        "provider": {"@type": "Organization", "name": "Standdown", "url": settings.ORIGIN},
        "hasCourseInstance": [_instance(line) for line in lines if not line.is_cancelled],
    }


def _instance(line: SessionLine) -> Data:
    page = settings.ORIGIN + address(line)
    return {
        "@type": "CourseInstance",
        "url": page,
        "courseMode": _COURSE_MODES[line.delivery],
        "courseWorkload": f"PT{line.lasts_minutes}M",
        "startDate": iso(line.starts_at),
        "endDate": iso(line.ends_at),
        "location": _location(line, page),
    }


def _status(line: SessionLine) -> str:
    if line.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if line.is_moved else "EventScheduled"


def _location(line: SessionLine, page: str) -> Any:
    online = {"@type": "VirtualLocation", "url": page}
    if line.delivery == "online":
        return online
    address_of_place = {"@type": "PostalAddress", "addressCountry": "GB"}
    place = {"@type": "Place", "name": line.place or line.short_names, "address": address_of_place}
    return place if line.delivery == "in-person" else [online, place]


def _organizer(line: SessionLine) -> Data:
    return {"@type": "Organization", "name": line.owner or "Standdown"}
