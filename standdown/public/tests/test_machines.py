from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import icalendar
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from standdown.foundation import access, clock, db
from standdown.public.cache import shelf
from standdown.public.tests import world
from standdown.training.models import Session, SessionChange
from standdown.training.sessions import actions
from tests import cast

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
ROOT = Path(__file__).resolve().parents[3]
READ_WITH_NODE = """
import ICAL from "ical.js";
let text = "";
for await (const part of process.stdin) text += part;
const calendar = new ICAL.Component(ICAL.parse(text));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const events = calendar.getAllSubcomponents("vevent").map((part) => {
  const event = new ICAL.Event(part);
  return [event.uid, event.summary, event.startDate.toJSDate().toISOString(), event.endDate.toJSDate().toISOString()];
});
console.log(JSON.stringify({ method: calendar.getFirstPropertyValue("method"), events }));
"""


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    shelf.clear()


def calendar(client: Client, path: str) -> icalendar.Calendar:
    answer = client.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    lines = answer.content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    made = icalendar.Calendar.from_ical(answer.content)
    assert isinstance(made, icalendar.Calendar)
    assert made["METHOD"] == "PUBLISH"
    assert b"ATTENDEE" not in answer.content
    assert b"ORGANIZER" not in answer.content
    return made


@pytest.mark.parametrize(("day", "hour"), [(dt.date(2027, 7, 1), 8), (dt.date(2027, 12, 1), 9)])
def test_a_date_as_a_calendar_entry_read_by_two_libraries(client: Client, day: dt.date, hour: int) -> None:
    session = cast.session(world.course(), world.bedfordshire(), day=day, calendar_sequence=3)
    path = world.page_of(session).rstrip("/") + ".ics"
    event: Any = calendar(client, path).events[0]
    begins = dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)
    assert (event.start, event.end) == (begins, begins + dt.timedelta(hours=7))
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (str(session.pk), 3, "CONFIRMED")
    assert event["LAST-MODIFIED"].dt == session.changed_at
    node = shutil.which("node") or str(ROOT / ".venv" / "bin" / "node")
    read = subprocess.run(
        [node, "--input-type=module", "-e", READ_WITH_NODE],
        input=client.get(path).content, capture_output=True, check=True, cwd=ROOT,
    )  # fmt: skip
    milliseconds = "%Y-%m-%dT%H:%M:%S.000Z"
    assert json.loads(read.stdout) == {
        "method": "PUBLISH",
        "events": [
            [
                str(session.pk), "Demobilising and defusing training: Bedfordshire",
                begins.strftime(milliseconds), (begins + dt.timedelta(hours=7)).strftime(milliseconds),
            ]
        ],
    }  # fmt: skip


def test_titles_can_be_neutral(client: Client) -> None:
    first, _ = world.august_2022()
    plain = world.page_of(first).rstrip("/") + ".ics"
    assert calendar(client, plain).events[0]["SUMMARY"] == "Demobilising and defusing training: Bedfordshire"
    assert calendar(client, plain + "?title=neutral").events[0]["SUMMARY"] == "Training day"
    assert calendar(client, plain).events[0]["SUMMARY"] == "Demobilising and defusing training: Bedfordshire"


def test_a_cancelled_date_stays_in_the_calendar_with_the_same_name_and_a_higher_number(client: Client) -> None:
    session = cast.session(world.course(), world.bedfordshire(), day=world.in_days(30))
    before: Any = calendar(client, world.COURSE + "dates.ics").events[0]
    actions.cancel_session(
        by=access.system("test"), at=clock.now(), session=session, reason=SessionChange.Reason.TRAINER,
        seen=session.changed_at,
    )  # fmt: skip
    after: Any = calendar(client, world.COURSE + "dates.ics").events[0]
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1


def test_the_courses_calendar_holds_the_last_month_and_what_is_to_come(client: Client) -> None:
    made, force = world.course(), world.bedfordshire()
    for days in (-40, -20, 20, 400):
        cast.session(made, force, day=world.in_days(days))
    cast.session(made, force, day=world.in_days(21), status="draft")
    assert len(calendar(client, world.COURSE + "dates.ics").events) == 3


def test_an_empty_calendar_and_an_empty_feed_are_whole(client: Client) -> None:
    world.course()
    assert calendar(client, world.COURSE + "dates.ics").events == []
    assert ET.fromstring(client.get(world.COURSE + "dates.atom").content).findall(f"{ATOM}entry") == []


def test_a_feed_of_200_is_known_by_its_validator_without_being_made(client: Client) -> None:
    made, force = world.course(), world.bedfordshire()
    for number in range(200):
        cast.session(made, force, day=world.in_days(1 + number))
    for name in ("dates.ics", "dates.atom"):
        first = client.get(world.COURSE + name)
        assert first.content.count(b"BEGIN:VEVENT" if name == "dates.ics" else b"<entry>") == 200
        with CaptureQueriesContext(connection) as sent:
            known = client.get(world.COURSE + name, headers={"If-None-Match": first["ETag"]})
        assert (known.status_code, known.content, len(sent)) == (304, b"", 1)


def test_the_atom_feed_has_what_readers_need(client: Client) -> None:
    session = cast.session(world.course(), cast.force("ampersand", short_name="A & <B>"), day=world.in_days(3))
    answer = client.get(world.COURSE + "dates.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.content)
    assert [feed.findtext(ATOM + name) for name in ("id", "updated")] == [
        f"{settings.ORIGIN}{world.COURSE}dates.atom", "2026-11-23T10:00:00+00:00",
    ]  # fmt: skip
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Standdown"
    assert {link.get("rel") for link in feed.findall(ATOM + "link")} == {"self", "alternate"}
    entry = feed.find(ATOM + "entry")
    assert entry is not None
    assert entry.findtext(ATOM + "id") == f"urn:uuid:{session.pk}"
    assert (entry.findtext(ATOM + "title") or "").endswith("A & <B>")


def test_a_month_has_a_feed_of_its_own(client: Client) -> None:
    course, force = world.course(), cast.force("ashire")
    cast.session(course, force, day=dt.date(2027, 3, 2))
    cast.session(course, force, day=dt.date(2027, 4, 2))
    feed = ET.fromstring(client.get(f"{world.COURSE}2027/03/dates.atom").content)
    assert len(feed.findall(ATOM + "entry")) == 1
    alternate = next(link for link in feed.findall(ATOM + "link") if link.get("rel") == "alternate")
    assert alternate.get("href") == f"{settings.ORIGIN}{world.COURSE}2027/03/"
    assert client.get(f"{world.COURSE}2027/05/dates.atom").status_code == 404


def test_a_date_as_data(client: Client) -> None:
    first, _ = world.august_2022()
    page = settings.ORIGIN + world.page_of(first)
    assert world.data(client.get(world.page_of(first))) == [
        {
            "@type": "EducationEvent",
            "url": page,
            "name": "Demobilising and defusing training: Bedfordshire",
            "startDate": "2022-08-08T09:00:00+01:00",
            "endDate": "2022-08-08T16:00:00+01:00",
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
            "location": {"@type": "VirtualLocation", "url": page},
            "organizer": {"@type": "Organization", "name": "Standdown"},
            "inLanguage": "en-GB",
            "offers": {"@type": "Offer", "price": "0", "priceCurrency": "GBP"},
        }
    ]
    assert len(world.data(client.get(world.AUGUST))) == 2


def test_data_of_a_moved_a_cancelled_a_paid_and_a_blended_date(client: Client) -> None:
    made, ours = world.course(), world.bedfordshire()
    other = cast.force("btp", home_office=False)
    day = world.in_days(40)
    moved = cast.session(made, ours, day=day, delivery="in-person", platform="", place="Harbour </script> House")
    blended = {"delivery": "blended", "place": "Hall", "owner_force": ours}
    cancelled = cast.session(made, ours, other, day=day, status="cancelled", **blended)
    with db.open_for("the test"):
        SessionChange.objects.create(
            session=moved, kind="moved", reason="venue", at=cast.AT,
            previous_starts_at=clock.from_wall(dt.date(2027, 1, 5), dt.time(9)),
        )  # fmt: skip
    event = world.data(client.get(world.page_of(moved)))[0]
    assert event["eventStatus"] == "https://schema.org/EventRescheduled"
    assert event["previousStartDate"] == "2027-01-05T09:00:00+00:00"
    assert event["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert (event["location"]["@type"], event["location"]["name"]) == ("Place", "Harbour </script> House")
    event = world.data(client.get(world.page_of(cancelled)))[0]
    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in event["location"]] == ["VirtualLocation", "Place"]
    assert event["organizer"]["name"] == "Bedfordshire Police"
    assert "offers" not in event
    course = world.data(client.get(world.COURSE))[0]
    assert (course["@type"], len(course["hasCourseInstance"])) == ("Course", 1)
    assert course["hasCourseInstance"][0]["courseMode"] == "Onsite"


def test_security_text(client: Client) -> None:
    with override_settings(SECURITY_CONTACT="security@force.example"):
        text = client.get("/.well-known/security.txt").content.decode()
    lines = dict(line.split(": ", 1) for line in text.splitlines())
    assert lines["Contact"] == "mailto:security@force.example"
    assert lines["Canonical"] == f"{settings.ORIGIN}/.well-known/security.txt"
    expires = dt.datetime.fromisoformat(lines["Expires"])
    assert dt.timedelta(days=30) < expires - clock.now() < dt.timedelta(days=365)
    shelf.clear()
    with override_settings(SECURITY_CONTACT=""):
        assert b"/what-we-hold/#report" in client.get("/.well-known/security.txt").content


def test_every_address_of_the_sitemap_is_there(client: Client) -> None:
    world.august_2022()
    cast.session(Session.objects.all()[0].course, cast.force("kent"), day=world.in_days(3))
    root = ET.fromstring(client.get("/sitemap.xml").content)
    addresses = [element.text or "" for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert settings.ORIGIN + world.AUGUST in addresses
    for address in addresses:
        assert client.get(address.removeprefix(settings.ORIGIN)).status_code == 200
    assert f"Sitemap: {settings.ORIGIN}/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_health(client: Client) -> None:
    with CaptureQueriesContext(connection) as sent:
        live = client.get("/health/live")
    assert (live.status_code, live.json(), live["Cache-Control"], len(sent)) == (200, {"status": "live"}, "no-store", 0)
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()) == (503, {"status": "not ready", "missing": ["worker"]})
