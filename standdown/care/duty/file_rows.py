"""A file of duties: its columns, or its calendar entries, and what each asks for (docs/guides/duty-file.md).

Every problem goes into the report at once; a file with a problem is not written.
"""

from __future__ import annotations

import codecs
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import icalendar
from django.utils.translation import gettext as _

from standdown.care.duty.file_moments import NotAMoment, moment, on_the_wall
from standdown.care.duty.models import DutyPeriod
from standdown.foundation import clock
from standdown.foundation.csv_files import MOST_BYTES, MOST_ROWS, Column, Report, read

COLUMNS = (
    Column("number", ("work number", "collar number", "staff number", "warrant number", "shoulder number", "employee")),
    Column("kind", ("type", "what", "duty type", "status", "category")),
    Column("starts", ("start", "from", "begin", "begins", "start time", "on", "duty start")),
    Column("ends", ("end", "to", "until", "finish", "end time", "off", "duty end")),
)
EXAMPLE = (
    ("1234", "duty", "28/11/2026 07:00", "28/11/2026 16:00"),
    ("1234", "duty", "29/11/2026 22:00", "30/11/2026 07:00"),
    ("1234", "rest", "01/12/2026", "02/12/2026"),
    ("5678", "leave", "28/11/2026", "04/12/2026"),
    ("5678", "court", "2026-12-07T10:00+00:00", "2026-12-07T13:00+00:00"),
)
Kind = DutyPeriod.Kind
_KINDS = {
    Kind.DUTY: ("duty", "on duty", "shift", "work", "working", "early", "late", "night", "days"),
    Kind.REST: ("rest", "rest day", "rd", "off", "day off", "off duty"),
    Kind.LEAVE: ("leave", "annual leave", "al", "holiday", "sick", "absent", "absence", "toil"),
    Kind.COURT: ("court", "training", "course", "court or training", "abstracted"),
}
KINDS = {word: kind for kind, words in _KINDS.items() for word in words}
WHOLE_DAYS = {Kind.REST, Kind.LEAVE}
LONGEST = {Kind.DUTY: dt.timedelta(hours=24), Kind.COURT: dt.timedelta(days=14)}  # of one row; what is longer is a slip
LONGEST_AWAY = dt.timedelta(days=400)
AROUND = dt.timedelta(days=400)  # how far from today a duty may lie


@dataclass(frozen=True, slots=True, order=True)
class Wish:
    """What one row asks for: whose (a number, or in a calendar perhaps a mail address), what, from when until when."""

    row: int
    number: str
    kind: str
    starts: dt.datetime
    ends: dt.datetime


def read_duty(raw: bytes, report: Report, at: dt.datetime) -> list[Wish]:
    """The rows or entries that are sound in themselves; CSV and iCalendar are told apart by how the file begins."""
    is_calendar = raw.removeprefix(codecs.BOM_UTF8).lstrip()[:15].upper() == b"BEGIN:VCALENDAR"
    found = _from_calendar(raw, report) if is_calendar else _from_csv(io.BytesIO(raw), report)
    return [wish for wish in found if _sensible(wish, report, at)]


def whole(source: BinaryIO) -> bytes:
    """The file's bytes, one more than is taken where it is too large, so that reading it says so."""
    return source.read(MOST_BYTES + 1)


# -- CSV -------------------------------------------------------------------------------------------------------------


def _from_csv(source: BinaryIO, report: Report) -> Iterator[Wish]:
    for row in read(source, COLUMNS, report):
        before = len(report.problems)
        if not row["number"]:
            report.add(row.number, _("Write the person's work number."), "number")
        kind = KINDS.get(" ".join(row["kind"].casefold().replace("-", " ").split()))
        if kind is None:
            report.add(row.number, _("Write duty, rest, leave or court."), "kind")
        moments = [_moment(row.number, name, row[name], kind, report) for name in ("starts", "ends")]
        starts, ends = moments
        if len(report.problems) == before and kind and starts and ends:
            yield Wish(row.number, row["number"], kind.value, starts, ends)


def _moment(row: int, name: str, text: str, kind: Kind | None, report: Report) -> dt.datetime | None:
    try:
        return moment(text, ends=name == "ends", whole_day=kind is None or kind in WHOLE_DAYS)
    except NotAMoment as why:
        report.add(row, str(why), name)
        return None


# -- iCalendar -------------------------------------------------------------------------------------------------------


def _from_calendar(raw: bytes, report: Report) -> Iterator[Wish]:
    if len(raw) > MOST_BYTES:
        report.add(0, _("The file is larger than 32 MB. Split it and bring in the parts."))
        return
    try:
        calendar = icalendar.Calendar.from_ical(raw)
        events: Sequence[Any] = calendar.walk("VEVENT")
    except (ValueError, IndexError, KeyError):
        report.add(0, _("The calendar file cannot be read. Export it again as iCalendar (.ics), or use CSV."))
        return
    if len(events) > MOST_ROWS:
        report.add(0, _("The file has more than 200,000 rows. Split it."))
        return
    for number, event in enumerate(events, 1):
        report.rows += 1
        wish = _of_event(number, event, report)
        if wish is not None:
            yield wish


def _of_event(row: int, event: Any, report: Report) -> Wish | None:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None
    before = len(report.problems)
    number = _whose(event)
    if not number:
        report.add(row, _("Say whose duty it is: X-NUMBER with the work number, or one ATTENDEE."), "X-NUMBER")
    if "RRULE" in event or "RDATE" in event:
        report.add(row, _("Repeats are not read. Export each duty as an entry of its own."), "RRULE")
    kind = _kind_of(event)
    if kind is None:
        report.add(row, _("Write duty, rest, leave or court."), "CATEGORIES")
    starts, ends = (_of_property(row, name, event, report) for name in ("DTSTART", "DTEND"))
    if len(report.problems) > before or kind is None or starts is None or ends is None:
        return None
    return Wish(row, number, kind.value, starts, ends)


def _whose(event: Any) -> str:
    number = str(event.get("X-NUMBER", "")).strip()
    if number:
        return number
    attendees = event.get("ATTENDEE", [])
    several = attendees if isinstance(attendees, list) else [attendees]
    if len(several) != 1:
        return ""
    return str(several[0]).strip().casefold().removeprefix("mailto:")


def _kind_of(event: Any) -> Kind | None:
    categories = event.get("CATEGORIES")
    if categories is None:
        return Kind.DUTY
    words = [str(one) for one in getattr(categories, "cats", [])]
    found = [KINDS[word.casefold()] for word in words if word.casefold() in KINDS]
    return found[0] if len(set(found)) == 1 else None


def _of_property(row: int, name: str, event: Any, report: Report) -> dt.datetime | None:
    """DTSTART or DTEND: a moment with its zone, one on London's clock, or a day (an end day is not part of it)."""
    value = getattr(event.get(name), "dt", None)
    try:
        if isinstance(value, dt.datetime):
            in_london = value.tzinfo is None or str(value.tzinfo) in {"Europe/London", "GB"}
            return on_the_wall(value.date(), value.time()) if in_london else value.astimezone(dt.UTC)
        if isinstance(value, dt.date):
            return clock.start_of_day(value)
    except NotAMoment as why:
        report.add(row, str(why), name)
        return None
    report.add(row, _("Say from when until when: DTSTART and DTEND, each a moment or a day."), name)
    return None


# -- both ------------------------------------------------------------------------------------------------------------


def _sensible(wish: Wish, report: Report, at: dt.datetime) -> bool:
    length, kind = wish.ends - wish.starts, Kind(wish.kind)
    if length <= dt.timedelta(0):
        report.add(wish.row, _("It ends before it begins. A duty over midnight ends on the next day."), "ends")
    elif length > LONGEST.get(kind, LONGEST_AWAY):
        report.add(wish.row, _("This is too long for one row. Check the days."), "ends")
    elif not at - AROUND < wish.starts < at + AROUND:
        report.add(wish.row, _("This day is more than a year away. Check the year."), "starts")
    else:
        return True
    return False
