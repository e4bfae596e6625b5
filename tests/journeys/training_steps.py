"""What journeys of training share: signing in, mail as it went out, and days that come because a hand moved them."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
import sqlite3
import time
import uuid
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar
from playwright.sync_api import Page

from tests.journeys.standing import Standing

SECONDS_FOR_THE_WORKER = 40
LONDON = ZoneInfo("Europe/London")
LASTS = dt.timedelta(hours=7)
_END = b"-" * 79 + b"\n"  # what the folder of mail writes behind each


# -- at the screen -----------------------------------------------------------------------------------------------------


def sign_in(page: Page, role: str, force: str = "") -> None:
    """Sign in with one click as the first made-up person of that role (in a force whose name holds `force`)."""
    page.goto("/sign-in/demonstration/")
    cards = page.locator("li.sd-card").filter(has=page.get_by_role("heading", name=role, exact=True))
    cards.filter(has_text=force).first.get_by_role("button").click()


def fill_date(page: Page, group: str, day: dt.date) -> None:
    """Type a date into its three boxes."""
    boxes = page.get_by_role("group", name=group)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(label, exact=True).fill(str(value))


def in_words(day: dt.date) -> str:
    """A day as pages write it, such as 8 August 2022."""
    return f"{day.day} {day:%B} {day.year}"


# -- mail --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mail:
    """A mail as it went out, with the calendar entry that came with it (`method` is that of its MIME part)."""

    to: str
    subject: str
    text: str
    html: str
    method: str
    event: icalendar.Event | None

    @property
    def entry(self) -> icalendar.Event:
        """The calendar entry, which must be there."""
        assert self.event is not None, f"no calendar entry came with “{self.subject}”"
        return self.event

    def link(self, part: str) -> str:
        """The path of the first link in the text whose address holds `part`, such as `/nominations/answer/`."""
        found = next((word for word in re.findall(r"https?://\S+", self.text) if part in word), None)
        assert found is not None, f"no link to {part} in\n{self.text}"
        assert found in self.html.replace("&amp;", "&"), f"the HTML of “{self.subject}” has not the link of its text"
        return str(urlsplit(found).path)


def mails_to(live: Standing, address: str) -> list[Mail]:
    """Every mail that went to that address so far, the first first."""
    files = sorted((live.home / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
    # Mails of one second may share a file. What stands behind the last end is still being written.
    found = [_read(raw) for path in files for raw in path.read_bytes().split(_END)[:-1]]
    return [mail for mail in found if mail.to == address]


def mails_about(live: Standing, address: str, words: str, count: int = 1) -> list[Mail]:
    """The mails to that address whose subject or text holds these words, once the worker has sent `count` of them."""
    deadline = time.monotonic() + SECONDS_FOR_THE_WORKER
    while True:
        found = [mail for mail in mails_to(live, address) if words in mail.subject or words in mail.text]
        if len(found) >= count or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    got = [mail.subject for mail in mails_to(live, address)]
    assert len(found) == count, f"{len(found)} mails with “{words}” to {address}, who got {got}\n{live.log()[-2000:]}"
    return found


def latest_mail(live: Standing, address: str, words: str, count: int = 1) -> Mail:
    """As `mails_about`, the last of them."""
    return mails_about(live, address, words, count)[-1]


def a_turn_of_the_worker(live: Standing) -> None:
    """Let a second worker take one turn now: what is due by then lapses, is offered, is reminded of and is sent."""
    live.ask("turn")


@cache
def _read(raw: bytes) -> Mail:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    text, html = (str(body.get_content()) for body in bodies if body is not None)
    method, event = "", None
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            method = str(part.get_param("method"))
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            calendar = icalendar.Calendar.from_ical(content)
            assert calendar["METHOD"] == method
            (event,) = (one for one in calendar.walk("VEVENT") if isinstance(one, icalendar.Event))
    return Mail(str(message["To"]), str(message["Subject"]), text, html, method, event)


# -- the database, by hand ---------------------------------------------------------------------------------------------


def ask(home: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask or tell the database of a Standdown that runs; the rows, if there are any."""
    with closing(sqlite3.connect(home / "standdown.sqlite3", timeout=20)) as database, database:
        database.execute("PRAGMA foreign_keys=ON")
        return database.execute(sql, values).fetchall()


def leave_nobody_in_peace(home: Path) -> None:
    """Let everybody be written to at any hour, so that journeys read the same by night. Before a worker runs."""
    now = stored(dt.datetime.now(dt.UTC))
    insert = (
        "INSERT INTO notifications_preference (id, person_id, digest, chosen_at)"
        " SELECT lower(hex(randomblob(16))), id, 0, ? FROM people_person"
    )
    ask(home, insert, now)
    ask(home, "UPDATE notifications_outboxmessage SET due_at = ? WHERE state = 'due' AND due_at > ?", now, now)


def count_as_sent(home: Path) -> None:
    """Take all mail that waits as gone out: a journey then reads only what it brings about. Before a worker runs."""
    ask(home, "UPDATE notifications_outboxmessage SET state = 'sent', sent_at = created_at WHERE state = 'due'")


@dataclass(frozen=True)
class Date:
    """A training date."""

    key: uuid.UUID
    reference: str
    starts_at: dt.datetime


@dataclass(frozen=True)
class Named:
    """Somebody whose name is or was on a date."""

    name: str
    address: str
    state: str
    force: str


@dataclass(frozen=True)
class Somebody:
    """Somebody in a directory, with their work number."""

    name: str
    number: str
    address: str


def dates_of(home: Path, force: str) -> list[Date]:
    """The published dates to come that are for that force (its slug), the soonest first."""
    rows = ask(
        home,
        "SELECT date.id, date.reference, date.starts_at FROM training_session date"
        " JOIN training_sessionforce named ON named.session_id = date.id JOIN people_force force"
        " ON force.id = named.force_id WHERE force.slug = ? AND date.status = 'published' AND date.starts_at > ?"
        " ORDER BY date.starts_at",
        force,
        stored(dt.datetime.now(dt.UTC)),
    )
    return [Date(uuid.UUID(key), reference, _moment(starts)) for key, reference, starts in rows]


def named_on(home: Path, date: Date) -> list[Named]:
    """Everybody whose name is or was on that date, in the order in which they were put forward."""
    rows = ask(
        home,
        "SELECT person.given_name || ' ' || person.family_name, person.work_email, name.state, force.slug"
        " FROM training_nomination name JOIN people_person person ON person.id = name.person_id"
        " JOIN people_force force ON force.id = name.force_id WHERE name.session_id = ? ORDER BY name.put_forward_at",
        date.key.hex,
    )
    return [Named(*row) for row in rows]


def people_without_a_date(home: Path, force: str) -> list[Somebody]:
    """Officers and staff of that force whose name is on no date and never was, who have no way in, the newest first."""
    rows = ask(
        home,
        "SELECT person.given_name || ' ' || person.family_name, posting.number, person.work_email"
        " FROM people_person person JOIN people_posting posting ON posting.person_id = person.id"
        " JOIN people_force force ON force.id = person.home_force_id"
        " WHERE force.slug = ? AND person.kind IN ('officer', 'staff')"
        " AND NOT EXISTS (SELECT 1 FROM training_nomination name WHERE name.person_id = person.id)"
        " AND NOT EXISTS (SELECT 1 FROM training_interest wish WHERE wish.person_id = person.id)"
        " AND NOT EXISTS (SELECT 1 FROM people_account way WHERE way.person_id = person.id)"
        " ORDER BY posting.number DESC",
        force,
    )
    return [Somebody(*row) for row in rows]


def put_off(home: Path, date: Date, starts_at: dt.datetime) -> None:
    """Let a date begin at another moment, as if it had been planned so: nobody is told. It lasts seven hours.

    Whoever has or waits for a place must have no other date on the new day.
    """
    moments = (starts_at, starts_at + LASTS, starts_at - dt.timedelta(days=2))
    ask(
        home,
        "UPDATE training_session SET starts_at = ?, ends_at = ?, nominations_close_at = ?, allotments_until = NULL"
        " WHERE id = ?",
        *map(stored, moments),
        date.key.hex,
    )
    ask(
        home,
        "UPDATE training_nomination SET clash_day = ? WHERE session_id = ? AND clash_day IS NOT NULL",
        starts_at.astimezone(LONDON).date().isoformat(),
        date.key.hex,
    )


def let_answers_be_old(home: Path, date: Date) -> None:
    """Let everybody with a place on that date have accepted it ten days ago: who has just accepted is not reminded."""
    past = stored(dt.datetime.now(dt.UTC) - dt.timedelta(days=10))
    ask(
        home,
        "UPDATE training_nomination SET accepted_at = ? WHERE session_id = ? AND accepted_at > ?",
        past,
        date.key.hex,
        past,
    )


def leave_out_the_date_of_today(home: Path) -> None:
    """Let nobody train on the date of the demonstration that is just over: the trainer's first screen is another's."""
    ask(
        home,
        "DELETE FROM training_sessiontrainer WHERE session_id IN"
        " (SELECT id FROM training_session WHERE status = 'published' AND ends_at < ?)",
        stored(dt.datetime.now(dt.UTC)),
    )


def let_the_day_pass(home: Path, date: Date) -> None:
    """Let a date have ended a little while ago, as if its day had come and gone."""
    put_off(home, date, dt.datetime.now(dt.UTC) - LASTS - dt.timedelta(minutes=30))


def let_offer_run_out(home: Path, date: Date, address: str) -> None:
    """Let the deadline of the offer to that person have passed a minute ago."""
    past = stored(dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1))
    ask(
        home,
        "UPDATE training_nomination SET answer_by = ? WHERE session_id = ? AND state = 'offered' AND person_id ="
        " (SELECT id FROM people_person WHERE work_email = ?)",
        past,
        date.key.hex,
        address,
    )


def stored(at: dt.datetime) -> str:
    """A moment as the database keeps it: UTC, without saying so."""
    return at.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ", "seconds")


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
