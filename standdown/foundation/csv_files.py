"""Reading a CSV file that somebody else made: every mistake is reported at once, nothing is guessed in silence."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_BYTES = 32 * 1024 * 1024
MOST_ROWS = 200_000
MOST_CELL = 2000  # characters
MOST_PROBLEMS = 1000
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})  # of Unicode's categories: controls, marks, ends of lines and paragraphs
_FORMULA = frozenset("=+-@\t\r\uff1d\uff0b\uff0d\uff20")  # the last four are the full-width forms


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the name that we use, with other headings that mean the same, compared without case and marks."""

    name: str
    also: Sequence[str] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row (1 is the heading line), and what to do about it. Row 0 means the file as a whole."""

    row: int
    sentence: str
    column: str = ""


@dataclass(slots=True)
class Report:
    """What a file did, or would do: counted by row, with every problem."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    dry_run: bool = False
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """True when nothing is wrong; only then is anything written."""
        return not self.problems

    def add(self, row: int, sentence: str | Promise, column: str = "") -> None:
        """Note a problem; after a thousand no more are kept, and the last says so."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(row, str(sentence), column))
        elif len(self.problems) == MOST_PROBLEMS:
            self.problems.append(Problem(0, _("There are more problems than are listed here.")))

    @property
    def notes(self) -> list[str]:
        """What else there is to say, a sentence each; a file of its own kind may have something."""
        return []

    def as_dict(self) -> dict[str, object]:
        """The report for another program."""
        return {
            "rows": self.rows,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "dry_run": self.dry_run,
            "problems": [{"row": p.row, "column": p.column, "sentence": p.sentence} for p in self.problems],
        }


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: its number as an editor shows it, and its cells by our column names, stripped."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


class Unreadable(Exception):
    """The file as a whole cannot be read; the sentence says why and what to do."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def read(source: BinaryIO, columns: Sequence[Column], report: Report) -> list[Row]:
    """All rows of the file. What is wrong with single rows goes into `report`; bad rows are left out.

    UTF-8 (with or without mark) and Windows-1252 are read; anything else, a file over 32 MB, one with NUL
    bytes, or one whose headings do not fit is refused whole: that is a problem in row 0 or 1 and no rows.
    """
    try:
        return list(_rows(_text(source), columns, report))
    except Unreadable as why:
        report.add(0, why.sentence)
        return []


def _text(source: BinaryIO) -> str:
    raw = source.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise Unreadable(gettext_lazy("The file is larger than 32 MB. Split it and bring in the parts."))
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(gettext_lazy("The file is in UTF-16. Save it as “CSV UTF-8” and try again."))
    if raw.startswith(b"PK\x03\x04"):
        raise Unreadable(gettext_lazy("This is a workbook, not a CSV file. Save it as “CSV UTF-8” and try again."))
    if b"\x00" in raw:
        raise Unreadable(gettext_lazy("The file holds NUL bytes, so it is not a text file. Save it as “CSV UTF-8”."))
    if not raw.removeprefix(codecs.BOM_UTF8).strip():
        raise Unreadable(gettext_lazy("The file is empty."))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            raise Unreadable(
                gettext_lazy("The file is neither UTF-8 nor Windows-1252. Save it as “CSV UTF-8” and try again.")
            ) from None


def _plain(heading: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", heading).casefold() if c.isalnum())


def _headings(line: list[str], columns: Sequence[Column]) -> dict[str, int]:
    known = {_plain(word): column.name for column in columns for word in (column.name, *column.also)}
    found: dict[str, int] = {}
    for index, heading in enumerate(line):
        name = known.get(_plain(heading))
        if name in found:
            raise Unreadable(_("Two columns are headed “%(name)s”. Take one away.") % {"name": name})
        if name:
            found[name] = index
    missing = [column.name for column in columns if column.required and column.name not in found]
    if missing:
        raise Unreadable(
            _("These columns are missing: %(names)s. The first line must hold the headings.")
            % {"names": ", ".join(missing)}
        )
    return found


def _rows(text: str, columns: Sequence[Column], report: Report) -> Iterator[Row]:
    delimiter = ";" if ";" in text.split("\n", 1)[0] and "," not in text.split("\n", 1)[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        found = _headings(next(reader), columns)
        start = reader.line_num + 1
        for line in reader:
            number, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in line):
                continue
            report.rows += 1
            if report.rows > MOST_ROWS:
                raise Unreadable(gettext_lazy("The file has more than 200,000 rows. Split it."))
            cells = {name: line[i].strip() if i < len(line) else "" for name, i in found.items()}
            if _sound(number, cells, report):
                yield Row(number, cells)
    except csv.Error:
        raise Unreadable(
            _("Line %(line)s cannot be read: a quotation mark is not closed, or the line is not CSV.")
            % {"line": reader.line_num}
        ) from None


def _sound(number: int, cells: dict[str, str], report: Report) -> bool:
    before = len(report.problems)
    for name, cell in cells.items():
        if len(cell) > MOST_CELL:
            report.add(number, _("The cell is longer than 2,000 characters."), name)
        elif cell[:1] in _FORMULA:
            report.add(number, _("The cell begins like a formula. Take the sign away."), name)
        elif any(unicodedata.category(c) in _UNSEEN for c in cell):
            report.add(number, _("The cell holds characters that cannot be seen. Type it again."), name)
    return len(report.problems) == before
