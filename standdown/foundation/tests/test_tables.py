"""Files of lists: what is in a cell is only ever text or a number."""

import csv
import io
import zipfile
from xml.etree import ElementTree as ET

import pytest

from standdown.foundation import tables
from standdown.foundation.tables import Table

LIST = Table(
    "names",
    "Names: [one]/two*three?",
    ["Name", "Place"],
    [["Ann Ashdown", 1], ["Siân Tŷ, “the first”", None], ["=cmd|' /C calc'!A0", 12]],
)


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_what_begins_like_a_formula_is_made_text(sign: str) -> None:
    assert tables.safe(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("cell", ["Ann", "O'Neil", "a=b", "", 7, -7, None])
def test_everything_else_stays_as_it_is(cell: tables.Cell) -> None:
    assert tables.safe(cell) == cell


def test_a_csv_file_reads_back_as_it_was_shown() -> None:
    assert read(tables.as_csv(LIST)) == [
        ["Name", "Place"],
        ["Ann Ashdown", "1"],
        ["Siân Tŷ, “the first”", ""],
        ["'=cmd|' /C calc'!A0", "12"],
    ]


def test_a_csv_file_says_that_it_is_utf_8() -> None:
    assert tables.as_csv(LIST).startswith(b"\xef\xbb\xbf")


def _sheet(content: bytes) -> tuple[str, list[str], str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        strings = ET.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(node.itertext()) for node in strings]
        return book.read("xl/workbook.xml").decode(), texts, book.read("xl/worksheets/sheet1.xml").decode()


def test_a_workbook_holds_texts_and_numbers_and_no_formula() -> None:
    book, texts, sheet = _sheet(tables.as_xlsx(LIST))
    assert texts == ["Name", "Place", "Ann Ashdown", "Siân Tŷ, “the first”", "", "'=cmd|' /C calc'!A0"]
    assert "<f>" not in sheet
    assert '<c r="B2"><v>1</v></c>' in sheet
    assert 'name="Names:' not in book  # a sheet cannot be called so
    assert 'name="Names   one  two three"' in book


def test_a_list_without_a_fitting_name_has_one_all_the_same() -> None:
    book, _texts, _sheet_of_it = _sheet(tables.as_xlsx(Table("x", "???", ["Name"], [])))
    assert 'name="1"' in book


def test_equal_lists_are_equal_files() -> None:
    assert tables.as_xlsx(LIST) == tables.as_xlsx(LIST)
    assert tables.as_csv(LIST) == tables.as_csv(LIST)
