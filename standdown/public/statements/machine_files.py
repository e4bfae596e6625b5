"""The files that machines look for: robots.txt, the map of the site, security.txt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from django.conf import settings
from django.urls import reverse

from standdown.foundation import clock
from standdown.public.dates import pages
from standdown.public.dates.rows import address
from standdown.public.forces.queries import force_names
from standdown.training.courses import queries as courses
from standdown.training.sessions import queries as sessions

PLAIN = "text/plain; charset=utf-8"
_GOOD_FOR = dt.timedelta(days=180)  # security.txt must be looked at again within a year
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_FIXED = ("home", "service", "training", "certificates", "accessibility", "privacy", "what-we-hold")
# Behind sign-in, or without use for a search.
_CLOSED = (
    "/me/", "/people/", "/sign-in/", "/audit/", "/notifications/", "/health/", "/training/sessions/",
    "/training/courses/", "/training/interest/", "/training/nominations/", "/training/exchanges/",
    "/training/mutual-aid/", "/training/attendance/", "/training/feedback/", "/training/certificates/",
    "/training/trainers/", "/training/overview/", "/training/mine/",
)  # fmt: skip


def robots_text() -> str:
    """Everything public may be walked through; what is behind sign-in need not be tried."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _CLOSED), f"Sitemap: {settings.ORIGIN}/sitemap.xml"]
    return "\n".join(lines) + "\n"


def security_text(path: str, at: dt.datetime) -> str:
    """The contact that the installation names, or else the page that says what we hold and who answers for it."""
    contact = settings.SECURITY_CONTACT or f"{settings.ORIGIN}/what-we-hold/#report"
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"
    expires = clock.start_of_day(clock.london_day(at) + _GOOD_FOR)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {settings.ORIGIN}{path}",
        "Preferred-Languages: en, cy",
    ]
    return "\n".join(lines) + "\n"


def sitemap(at: dt.datetime) -> str:
    """The pages that do not pass away, each course with its months and forces, and the dates to come."""
    root = ET.Element("urlset", {"xmlns": _SITEMAP})
    for path in _pages(at):
        ET.SubElement(ET.SubElement(root, "url"), "loc").text = settings.ORIGIN + path
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _pages(at: dt.datetime) -> Iterator[str]:
    yield from (reverse(f"public:{name}") for name in _FIXED)
    forces = force_names(clock.london_day(at))
    for course in courses.courses():
        yield reverse("public:course", args=(course.slug,))
        for year, month, _count in sessions.months_with_sessions(course.id):
            yield reverse("public:month", args=(course.slug, year, month))
        for force in forces:
            yield reverse("public:force", args=(course.slug, force.slug))
        yield from map(address, sessions.coming(course.id, at, pages.MOST_ON_A_PAGE))
