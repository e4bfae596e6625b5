"""Lists that are taken away as files: CSV and XLSX, the same bytes for the same list, and never a formula in a cell."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

# What a program for spreadsheets takes for the beginning of a formula; the last four are the full-width forms.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # the same for every file, so that equal lists are equal files
_WIDEST, _SHEET_NAME = 60, 31  # characters
Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Table:
    """A list with a heading line. `name` is the file's name without its ending: letters, digits and hyphens."""

    name: str
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def safe(cell: Cell) -> Cell:
    """The cell, with an apostrophe before what a spreadsheet would take for a formula. Numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _lines(table: Table) -> Iterable[list[Cell]]:
    for line in (table.headings, *table.rows):
        yield ["" if cell is None else safe(cell) for cell in line]


def as_csv(table: Table) -> bytes:
    """The list as CSV in UTF-8, with the mark by which spreadsheets know it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(_lines(table))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    """The list as a workbook of one sheet, its heading line fixed and every text a text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": table.title, "created": _MADE.replace(tzinfo=None)})
    sheet = book.add_worksheet(_sheet_name(table.title))
    bold = book.add_format({"bold": True})
    for at, line in enumerate(_lines(table)):
        for column, cell in enumerate(line):
            write = sheet.write_number if isinstance(cell, int) else sheet.write_string
            write(at, column, cell, bold if at == 0 else None)
    for column, heading in enumerate(table.headings):
        widest = max([len(heading), *(len(str(row[column] or "")) for row in table.rows)])
        sheet.set_column(column, column, min(widest + 2, _WIDEST))
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _sheet_name(title: str) -> str:
    """The title as a sheet may be called: short, and without the signs that are refused."""
    allowed = "".join(" " if letter in "[]:*?/\\" else letter for letter in title).strip(" '")
    return allowed[:_SHEET_NAME].strip(" '") or "1"


KINDS: Mapping[str, tuple[str, Callable[[Table], bytes]]] = {"csv": (CSV, as_csv), "xlsx": (XLSX, as_xlsx)}


class File:
    """A list as a file to take away: `kind` is one of KINDS."""

    def __init__(self, table: Table, kind: str) -> None:
        self.content_type, write = KINDS[kind]
        self.name = f"{table.name}.{kind}"
        self.content = write(table)
