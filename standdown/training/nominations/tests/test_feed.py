"""One's own dates as calendar files."""

from __future__ import annotations

import datetime as dt
from typing import Any

import icalendar
import pytest
from django.test import Client

from standdown.foundation import clock, db
from standdown.training.mine import actions as mine
from standdown.training.models import CalendarFeed, Course, Nomination, Session
from standdown.training.nominations import feed, links
from tests import cast

pytestmark = pytest.mark.django_db
NOW = clock.now()


def place(session: Session, of: Any, number: int | None = 1, **facts: Any) -> Nomination:
    facts = {
        "state": "accepted", "acting_as": "lead", "eligibility": "both", "release": "by-lead", "terms": "free",
        "put_forward_at": NOW, "changed_at": NOW, "accepted_at": NOW, **facts,
    }  # fmt: skip
    with db.open_for("the cast"):
        return Nomination.objects.create(session=session, person=of, force=of.home_force, place_no=number, **facts)


def events(text: str) -> list[icalendar.Event]:
    read = icalendar.Calendar.from_ical(text)
    return [part for part in read.walk("VEVENT") if isinstance(part, icalendar.Event)]


def dates(course: Course, *forces: Any) -> list[Session]:
    """One date in summer time, one in winter time, one long over."""
    days = (dt.date(2031, 7, 8), dt.date(2031, 1, 14), dt.date(2021, 1, 12))
    return [cast.session(course, *forces, day=day) for day in days]


def test_the_file_says_when_and_nothing_about_whom_or_what() -> None:
    ann = cast.person(cast.force(), "Ann")
    summer, winter, _past = dates(cast.course(), ann.home_force)
    made = [place(winter, ann, calendar_sequence=2), place(summer, ann, 2, state="offered", answer_by=NOW)]
    text = feed.calendar_of(made)
    read = icalendar.Calendar.from_ical(text)
    assert (str(read["METHOD"]), text.count("BEGIN:VTIMEZONE")) == ("PUBLISH", 1)
    first, second = events(text)
    assert [str(first[key]) for key in ("SUMMARY", "STATUS", "CLASS", "TRANSP", "LOCATION", "SEQUENCE")] == [
        "Training day", "CONFIRMED", "PRIVATE", "OPAQUE", "Online, Microsoft Teams", "2",
    ]  # fmt: skip
    assert [str(second[key]) for key in ("SUMMARY", "STATUS", "TRANSP")] == [
        "Training day, offered", "TENTATIVE", "TRANSPARENT",
    ]  # fmt: skip
    assert [(event.start, event.end) for event in (first, second)] == [
        (winter.starts_at, winter.ends_at), (summer.starts_at, summer.ends_at),
    ]  # fmt: skip
    assert [str(event["DTSTART"].params["TZID"]) for event in (first, second)] == ["Europe/London"] * 2
    for word in ("ATTENDEE", "ORGANIZER", "Ann", "defus", "meet.example"):
        assert word not in text


def test_a_feed_holds_what_is_offered_accepted_or_cancelled_and_not_long_past() -> None:
    force = cast.force()
    ann, ben = cast.person(force, "Ann"), cast.person(force, "Ben")
    course = cast.course()
    summer, winter, past = dates(course, force)
    place(winter, ann)
    place(winter, ben, 2)
    place(past, ann, state="attended")
    off = cast.session(course, force, day=dt.date(2031, 2, 11), status="cancelled")
    place(off, ann, None, state="withdrawn", end_reason="cancelled")
    place(summer, ann, None, state="withdrawn", end_reason="own-wish")
    token = mine.make_feed(by=cast.actor(ann), at=NOW, person=ann)
    found = feed.of_token(token, NOW)
    assert found is not None
    listed = events(feed.calendar_of(feed.entries(found, NOW)))
    assert [(event.start, str(event["STATUS"])) for event in listed] == [
        (winter.starts_at, "CONFIRMED"), (off.starts_at, "CANCELLED"),
    ]  # fmt: skip
    assert [row.digest == feed.digest(token) for row in CalendarFeed.objects.all()] == [True]
    assert len(token) >= 43


def test_the_one_date_behind_a_link_is_a_file_too() -> None:
    ann = cast.person(cast.force(), "Ann")
    summer, *_rest = dates(cast.course(), ann.home_force)
    found = Client().get(links.place(place(summer, ann)) + "date.ics")
    assert (found.status_code, found["Content-Type"]) == (200, feed.CONTENT_TYPE)
    assert found["Content-Disposition"] == 'attachment; filename="training-day.ics"'
    assert [event.start for event in events(found.content.decode())] == [summer.starts_at]
