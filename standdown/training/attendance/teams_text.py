"""The text of a Microsoft Teams attendance file: its letters, its lines, its tables. Judged, and nothing guessed."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from standdown.foundation.refusal import Refusal

MOST_BYTES = 2 * 1024 * 1024
MOST_LINES = 20_000
MOST_CELL = 300  # characters
_FORMULA = frozenset("=+@")
_SECTION = re.compile(r"\d+\.\s")
_COLUMNS = {
    "name": ("name", "fullname"),
    "joined": ("firstjoin", "firstjointime", "jointime", "joined"),
    "left": ("lastleave", "lastleavetime", "leavetime", "left"),
    "duration": ("inmeetingduration", "duration"),
    "address": ("email", "emailaddress"),
    "account": ("participantidupn", "participantid", "upn", "userprincipalname"),
    "deed": ("useraction",),
    "moment": ("timestamp",),
}
_NAMES = {heading: name for name, headings in _COLUMNS.items() for heading in headings}


class FileRefused(Refusal):
    """The file cannot be used for this date; the sentence says why and what to do."""

    code = "file"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table of participants: its number in the file, and its cells by our names."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")

    @property
    def who(self) -> str:
        """By what several lines of one person are known as the same."""
        return (self["address"] or self["account"] or self["name"]).casefold()


def tables(raw: bytes) -> list[list[Line]]:
    """The tables of participants in the file; the exact ones alone where there is a summary beside them.

    Raises FileRefused for what is no attendance report.
    """
    found: list[tuple[bool, list[Line]]] = []
    heads: dict[str, int] | None = None
    for number, row in enumerate(_rows(_text(raw)), start=1):
        heading = _headings(row)
        if heading is not None:
            heads = heading
            summary = "joined" in heading and _plain(row[heading["joined"]]).startswith("first")
            found.append((not summary, []))
        elif not any(row) or (_SECTION.match(row[0]) and not any(row[1:])):
            heads = None
        elif heads is not None:
            line = Line(number, {name: row[at] for name, at in heads.items() if at < len(row)})
            if line.who:
                found[-1][1].append(_sound(line))
    exact = [lines for is_exact, lines in found if is_exact and lines]
    return exact or [lines for _is_exact, lines in found if lines]


def _text(raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise FileRefused(_("The file is larger than 2 MB, which no attendance report is. Choose the right one."))
    if raw.startswith(b"PK\x03\x04"):
        raise FileRefused(_("This is a workbook. Download the attendance report from Teams again, as CSV."))
    try:
        text = _decoded(raw)
    except UnicodeDecodeError:
        raise FileRefused(_("The letters of this file cannot be read. Download it from Teams again.")) from None
    text = unicodedata.normalize("NFKC", "".join(one for one in text if unicodedata.category(one) != "Cf"))
    if not text.strip():
        raise FileRefused(_("The file is empty. Choose the attendance report of the meeting."))
    if text.lstrip().startswith("<"):
        raise FileRefused(_("This is a web page, not an attendance report. Download the report from Teams as CSV."))
    if "\x00" in text:
        raise FileRefused(
            _("The file holds NUL bytes, so it is not an attendance report. Download it from Teams again.")
        )
    return text


def _decoded(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16")
    if raw[1:2] == b"\x00" and raw[3:4] == b"\x00":  # UTF-16 whose mark got lost on the way
        return raw.decode("utf-16-le")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def _rows(text: str) -> list[list[str]]:
    delimiter = max("\t;,", key=lambda one: (text.count(one) > 0 and one == "\t", text.count(one)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[list[str]] = []
    try:
        for line in reader:
            if len(found) >= MOST_LINES:
                raise FileRefused(_("The file has more than 20,000 lines. Choose the report of this one meeting."))
            found.append([cell.strip() for cell in line])
    except csv.Error:
        message = _("Line %(line)s of the file cannot be read. Download it from Teams again.")
        raise FileRefused(message % {"line": reader.line_num}) from None
    return found


def _headings(row: Sequence[str]) -> dict[str, int] | None:
    """Where which column stands, when this is the heading of a table of participants."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        name = _NAMES.get(_plain(cell))
        if name is not None:
            found.setdefault(name, at)
    whole = {"name", "joined", "left"} <= found.keys() or {"name", "deed", "moment"} <= found.keys()
    return found if whole else None


def _plain(heading: str) -> str:
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


def _sound(line: Line) -> Line:
    """Raises FileRefused for a cell that no report holds."""
    for cell in line.cells.values():
        if cell[:1] in _FORMULA:
            words = _("Line %(line)s of the file holds a formula, which no report from Teams does. Download it again.")
        elif len(cell) > MOST_CELL or any(unicodedata.category(one) in {"Cc", "Co", "Cs"} for one in cell):
            words = _("Line %(line)s of the file holds what no report from Teams does. Download it again.")
        else:
            continue
        raise FileRefused(words % {"line": line.number})
    return line
