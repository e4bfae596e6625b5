"""A file of what may be incidents, as CSV or JSON: its columns, and what each row says. Nothing is looked up here.

The contract stands in docs/guides/incidents-from-a-file.md.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from standdown.care.incidents import moments
from standdown.care.incidents.models import OWN_REFERENCE
from standdown.foundation import clock
from standdown.foundation.csv_files import MOST_BYTES, Column, Report, Row, read

COLUMNS = (
    Column("reference", ("incident", "incident number", "log", "log number", "event", "urn")),
    Column("category", ("kind", "type", "incident type")),
    Column("ended", ("end", "ended at", "closed", "closed at", "t0")),
    Column("base", ("station", "area", "place"), required=False),
    Column("number", ("collar number", "staff number", "collar no", "staff no", "officer", "work number")),
    Column("role", ("exposure role", "capacity")),
    Column("off duty", ("duty end", "off duty at", "shift end"), required=False),
)
NAMES = tuple(column.name for column in COLUMNS)
MOST_ROWS = 20_000
_LOCAL = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})[ T](\d{1,2}):(\d{2})(?::\d{2})?")


@dataclass(slots=True)
class Said:
    """What a file says of one incident, and of whom in it: (row, number, role's code, end of duty)."""

    row: int
    reference: str
    category: str
    base: str
    ended_at: dt.datetime
    people: list[tuple[int, str, str, dt.datetime | None]] = field(default_factory=list)


def read_incidents(source: BinaryIO, name: str, report: Report) -> list[Said]:
    """The incidents that a file speaks of, in its order; every problem that shows in a row goes into `report`."""
    rows = _from_json(source, report) if name.lower().endswith(".json") else read(source, COLUMNS, report)
    if len(rows) > MOST_ROWS:
        report.add(0, _("The file has more than 20,000 rows. Send it in parts."))
        return []
    found: dict[str, Said] = {}
    for row in rows:
        _row(row, found, report)
    return list(found.values())


def _row(row: Row, found: dict[str, Said], report: Report) -> None:
    before = len(report.problems)
    reference = row["reference"].upper()
    if not _is_reference(reference):
        report.add(row.number, _("Write the number of the event: letters and digits, as in 1234-28NOV26."), "reference")
    ended = _moment(row, "ended", report, needed=True)
    off_duty = _moment(row, "off duty", report, needed=False)
    if not row["number"]:
        report.add(row.number, _("Write the collar or staff number."), "number")
    if len(report.problems) > before or ended is None:
        return
    said = found.setdefault(reference, Said(row.number, reference, row["category"].casefold(), row["base"], ended))
    if (said.category, said.ended_at) != (row["category"].casefold(), ended):
        words = _("Row %(row)s says otherwise of this incident. Make kind and end the same in all its rows.")
        report.add(row.number, words % {"row": said.row}, "ended")
        return
    said.people.append((row.number, row["number"], row["role"].casefold(), off_duty))


def _is_reference(words: str) -> bool:
    try:
        OWN_REFERENCE(words)
    except ValidationError:
        return False
    return True


def _moment(row: Row, column: str, report: Report, *, needed: bool) -> dt.datetime | None:
    words = row[column]
    if not words and not needed:
        return None
    try:
        return moment_of(words)
    except clock.NoSuchTime:
        report.add(row.number, _("The clocks went forward that night and skipped this time."), column)
    except ValueError:
        report.add(row.number, _("Write day and time as in 28/11/2026 03:15, or as in 2026-11-28T03:15:00Z."), column)
    return None


def moment_of(words: str) -> dt.datetime:
    """The moment of "28/11/2026 03:15" on London's clock, or of ISO 8601, with its offset or on London's clock.

    Raises ValueError for anything else, `clock.NoSuchTime` (one of them) for an hour that was skipped.
    """
    local = _LOCAL.fullmatch(words)
    if local is not None:
        day, month, year, hour, minute = (int(part) for part in local.groups())
        return moments.wall(dt.date(year, month, day), dt.time(hour, minute))
    if "T" not in words and " " not in words:
        raise ValueError(words)
    found = dt.datetime.fromisoformat(words)
    return found.astimezone(dt.UTC) if found.tzinfo else moments.wall(found.date(), found.time())


def _from_json(source: BinaryIO, report: Report) -> list[Row]:
    """The rows of a JSON file: a list `incidents`, each with its `people`; numbered by person from 1."""
    raw = source.read(MOST_BYTES + 1)
    try:
        told: Any = json.loads(raw) if len(raw) <= MOST_BYTES else None
        rows = [_as_row(incident, person) for incident in told["incidents"] for person in incident["people"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        report.add(0, _("This is not JSON as agreed: an object with “incidents”, each with its “people”."))
        return []
    report.rows = len(rows)
    return [Row(number, cells) for number, cells in enumerate(rows, 1)]


def _as_row(incident: dict[str, Any], person: dict[str, Any]) -> dict[str, str]:
    facts = {**incident, **person, "off duty": person.get("off_duty")}
    return {name: str(facts.get(name) or "").strip()[:200] for name in NAMES}
