"""Calendar entries, each read by two libraries that know nothing of each other."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.conf import settings
from django.core import mail
from django.utils import translation

from standdown.foundation import clock, ids
from standdown.notifications import invitations
from standdown.notifications.channels.email import EmailChannel
from standdown.notifications.invitations import Booking, File
from standdown.notifications.models import OutboxMessage

ROOT = Path(__file__).resolve().parents[3]
AT = dt.datetime(2026, 10, 1, 8, 30, tzinfo=dt.UTC)
WHO = "alice@ashire.example"
READ_WITH_NODE = """
import ICAL from "ical.js";
let text = "";
for await (const part of process.stdin) text += part;
const calendar = new ICAL.Component(ICAL.parse(text));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const events = calendar.getAllSubcomponents("vevent").map((part) => {
  const event = new ICAL.Event(part);
  const facts = { method: calendar.getFirstPropertyValue("method"), uid: event.uid, sequence: event.sequence };
  facts.starts = event.startDate.toJSDate().toISOString();
  facts.ends = event.endDate.toJSDate().toISOString();
  facts.stamp = part.getFirstPropertyValue("dtstamp").toJSDate().toISOString();
  for (const name of ["summary", "location", "description", "status", "class", "transp"])
    facts[name] = part.getFirstPropertyValue(name);
  facts.organizer = part.getFirstPropertyValue("organizer");
  facts.attendees = part.getAllProperties("attendee").map((one) =>
    [one.getFirstValue(), one.getParameter("rsvp"), one.getParameter("partstat")]);
  return facts;
});
console.log(JSON.stringify(events));
"""


def moment(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def read_with_node(file: str) -> list[dict[str, Any]]:
    node = shutil.which("node") or str(ROOT / ".venv" / "bin" / "node")
    done = subprocess.run(
        [node, "--input-type=module", "-e", READ_WITH_NODE], input=file.encode(), capture_output=True, check=True,
        cwd=ROOT,
    )  # fmt: skip
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def read_with_python(file: str) -> list[dict[str, Any]]:
    calendar: Any = icalendar.Calendar.from_ical(file)
    return [
        {
            "method": str(calendar["METHOD"]), "uid": str(event["UID"]), "sequence": int(event["SEQUENCE"]),
            "starts": moment(event.start), "ends": moment(event.end), "stamp": moment(event["DTSTAMP"].dt),
            **{
                name: str(event[name]) if name in event else None
                for name in ("summary", "location", "description", "status", "class", "transp")
            },
            "organizer": str(event["ORGANIZER"]),
            "attendees": [[str(who), who.params["RSVP"], who.params["PARTSTAT"]] for who in [event["ATTENDEE"]]],
        }
        for event in calendar.events
    ]  # fmt: skip


def booking(day: dt.date = dt.date(2027, 1, 12), starts: dt.time = dt.time(9), **facts: Any) -> Booking:
    starts_at = clock.from_wall(day, starts)
    facts = {"sequence": 2, "where": "Online, Microsoft Teams", "page": "/training/mine/", **facts}
    return Booking(key=ids.new(), starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=7), **facts)


DAYS = [
    (dt.date(2027, 1, 12), dt.time(9), "2027-01-12T09:00:00.000Z"),
    (dt.date(2026, 7, 1), dt.time(9), "2026-07-01T08:00:00.000Z"),
    (dt.date(2026, 10, 24), dt.time(9), "2026-10-24T08:00:00.000Z"),  # the clocks go back in the following night
    (dt.date(2026, 10, 24), dt.time(20), "2026-10-24T19:00:00.000Z"),  # during it
    (dt.date(2026, 10, 25), dt.time(9), "2026-10-25T09:00:00.000Z"),
    (dt.date(2027, 3, 27), dt.time(9), "2027-03-27T09:00:00.000Z"),
    (dt.date(2027, 3, 27), dt.time(22), "2027-03-27T22:00:00.000Z"),  # the clocks go forward during it
    (dt.date(2027, 3, 28), dt.time(9), "2027-03-28T08:00:00.000Z"),
]


@pytest.mark.parametrize(("day", "starts", "begins"), DAYS)
@pytest.mark.parametrize("make", [invitations.request, invitations.taken_back, invitations.called_off])
def test_two_libraries_read_the_same(make: Any, day: dt.date, starts: dt.time, begins: str) -> None:
    one = booking(day, starts, where="Harbour House; room 2, Llŷn\\floor", page="/x/" + "y" * 90)
    file, method = make(one, WHO, AT)
    lines = file.encode().split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    (event,) = read_with_node(file)
    assert [event] == read_with_python(file)
    expected = {
        "method": method,
        "uid": f"{one.key}@{settings.MAIL_DOMAIN}",
        "sequence": 3 if make is invitations.taken_back else 2,
        "starts": begins,
        "ends": moment(one.ends_at),
        "stamp": "2026-10-01T08:30:00.000Z",
        "summary": "Training day",
        "location": one.where,
        "description": f"What you need for the day: {settings.ORIGIN}{one.page}",
        "status": {invitations.request: "CONFIRMED", invitations.called_off: "CANCELLED"}.get(make),
        "class": "PRIVATE",
        "transp": "OPAQUE" if make is invitations.request else None,
        "organizer": "mailto:standdown@localhost",
        "attendees": [[f"mailto:{WHO}", "FALSE", "ACCEPTED"]],
    }
    assert event == expected
    assert icalendar.Calendar.from_ical(file).to_ical().decode() == file


def test_a_withdrawn_person_and_a_cancelled_day_are_told_apart() -> None:
    one = booking()
    request, back, off = (
        make(one, WHO, AT) for make in (invitations.request, invitations.taken_back, invitations.called_off)
    )
    assert [method for _file, method in (request, back, off)] == ["REQUEST", "CANCEL", "CANCEL"]
    # RFC 5546, 3.2.5: STATUS must not stand there where the event goes on without this attendee.
    assert ["STATUS:" in file for file, _method in (request, back, off)] == [True, False, True]
    assert len({read_with_python(file)[0]["uid"] for file, _method in (request, back, off)}) == 1


def test_each_file_has_its_own_stamp_and_the_readers_language() -> None:
    one = booking()
    first, _ = invitations.request(one, WHO, AT)
    with translation.override("cy"):
        again, _ = invitations.request(one, WHO, AT + dt.timedelta(days=1))
    assert [read_with_python(file)[0]["stamp"] for file in (first, again)] == [
        "2026-10-01T08:30:00.000Z", "2026-10-02T08:30:00.000Z",
    ]  # fmt: skip


def test_nothing_in_it_tells_what_the_day_is_about() -> None:
    file, _method = invitations.request(booking(), WHO, AT)
    assert [word for word in ("emobilis", "efus", "rauma", "ellbeing", "URL") if word in file] == []


@pytest.mark.parametrize("make", [invitations.request, invitations.taken_back, invitations.called_off])
def test_the_mails_part_says_the_same_method(make: Any) -> None:
    file: File = make(booking(where="Tŷ Llŷn"), WHO, AT)
    message = OutboxMessage(address=WHO, subject="Training date", text="Text.\n", html="<p>Text.</p>")
    message.calendar, message.calendar_method = file
    EmailChannel().send(message)
    raw = mail.outbox[0].message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    assert b'Content-Type: text/calendar; method="%s"; charset="utf-8"' % file[1].encode() in raw
    read = email.message_from_bytes(raw, policy=email.policy.default)
    (part,) = [part for part in read.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_content() == file[0]
    assert read_with_python(part.get_content()) == read_with_python(file[0])


def test_the_file_names_training_only_where_it_is_training() -> None:
    """An appointment of care reads as one, also for whoever looks into the file."""
    times = {"starts_at": AT, "ends_at": AT + dt.timedelta(hours=1), "where": "North", "page": "/me/"}
    course = Booking(key=ids.new(), sequence=0, **times)  # type: ignore[arg-type]
    neutral = Booking(key=ids.new(), sequence=0, title="Appointment", **times)  # type: ignore[arg-type]
    for made, name in ((course, "Training place"), (neutral, "Appointment")):
        for file in (invitations.request(made, WHO, AT), invitations.called_off(made, WHO, AT)):
            assert f"PRODID:-//Standdown//{name}//EN" in file[0]
