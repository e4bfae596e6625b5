"""A file of names: its columns, and what each row asks for. Nothing is looked up here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from standdown.foundation.csv_files import Column, Report, Row, read
from standdown.people.accounts.policy import day_of
from standdown.training.interest.models import Need

COLUMNS = (
    Column(
        "number",
        ("work number", "collar number", "staff number", "warrant number", "shoulder number", "collar no", "staff no"),
    ),
    Column("date", ("session", "reference", "session reference", "date reference", "training date", "day")),
    Column("released", ("release", "released by line manager", "line manager released", "free on the day")),
    Column("stated", ("confirmed", "line manager or peer supporter", "eligible"), required=False),
    Column("needs", ("access needs", "accessibility", "adjustments"), required=False),
    Column("cost agreed", ("cost", "terms", "agreed"), required=False),
)
MOST_ROWS = 2000
LONGEST_NUMBER = 20  # characters
_YES = frozenset({"yes", "y", "true", "1", "x", "ie", "ydy", "oes"})
_NO = frozenset({"no", "n", "false", "0", "na", "nac ydy", "nac oes", ""})
_BETWEEN = re.compile(r"[;,|/]")
_REFERENCE = re.compile(r"TS\s*[-\u2010-\u2013]?\s*([A-Z0-9]{4,8})")


@dataclass(frozen=True, slots=True)
class Wish:
    """What one row asks for: a person by number, a date by its reference or its day, and what the lead says of both."""

    row: int
    number: str
    reference: str
    day: dt.date | None
    released: bool
    stated: bool
    needs: tuple[str, ...]
    cost_agreed: bool
    sound: bool = True  # False: a problem was found already; what else is wrong is said all the same

    @property
    def key(self) -> str:
        """The number as it is compared."""
        return self.number.casefold()


def read_names(source: BinaryIO, report: Report) -> list[Wish]:
    """What the rows ask for; every problem that shows in a row by itself goes into `report`."""
    rows = read(source, COLUMNS, report)
    if len(rows) > MOST_ROWS:
        words = _("The file has %(rows)s rows, and %(most)s is the most that is taken at once. Split it.")
        report.add(0, words % {"rows": len(rows), "most": MOST_ROWS})
        return []
    return [_wish(row, report) for row in rows]


def _wish(row: Row, report: Report) -> Wish:
    before = len(report.problems)
    number = row["number"]
    if not number:
        report.add(row.number, _("Write the work number of the person."), "number")
    elif len(number) > LONGEST_NUMBER:
        report.add(row.number, _("Use at most %(number)s characters.") % {"number": LONGEST_NUMBER}, "number")
        number = ""
    reference, day = _date(row, report)
    released = _answer(row, "released", report, needed=True)
    stated, agreed = _answer(row, "stated", report), _answer(row, "cost agreed", report)
    needs = _needs(row, report)
    sound = len(report.problems) == before
    return Wish(row.number, number, reference, day, released, stated, tuple(needs), agreed, sound)


def _date(row: Row, report: Report) -> tuple[str, dt.date | None]:
    words = row["date"].upper()
    named = _REFERENCE.fullmatch(words)
    day = None if named else day_of(words)
    if named is None and day is None:
        report.add(row.number, _("Write the date's reference, like TS-7KQ2MD, or its day, like 31/08/2027."), "date")
    return (f"TS-{named[1]}" if named else ""), day


def _answer(row: Row, column: str, report: Report, *, needed: bool = False) -> bool:
    words = " ".join(row[column].casefold().split())
    if words not in _YES | _NO or (needed and not words):
        report.add(row.number, _("Write yes or no."), column)
    return words in _YES


def _needs(row: Row, report: Report) -> Sequence[str]:
    found: list[str] = []
    for words in _BETWEEN.split(row["needs"]):
        word = "-".join(words.casefold().replace("-", " ").split())
        if word and word not in Need.values:
            sentence = _("“%(word)s” is not known. Write one or more of these, with ; between them: %(words)s.")
            report.add(row.number, sentence % {"word": words.strip(), "words": ", ".join(Need.values)}, "needs")
        elif word and word not in found:
            found.append(word)
    return found
