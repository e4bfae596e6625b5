import io

import pytest

from standdown.foundation import csv_files
from standdown.foundation.csv_files import Column, Report

COLUMNS = [
    Column("given name", also=("forename",)),
    Column("number", also=("collar number",)),
    Column("team", required=False),
]


def read(raw: bytes) -> tuple[list[dict[str, str]], Report]:
    report = Report()
    return [row.cells for row in csv_files.read(io.BytesIO(raw), COLUMNS, report)], report


def test_headings_are_forgiving() -> None:
    rows, report = read(b"Forename , COLLAR_NUMBER,Extra\r\n Ann ,12,x\r\n")
    assert rows == [{"given name": "Ann", "number": "12"}]
    assert report.ok
    assert report.rows == 1


@pytest.mark.parametrize(
    "raw",
    [
        "given name,number\nSiân,1\n".encode(),
        b"\xef\xbb\xbf" + "given name,number\nSiân,1\n".encode(),
        "given name,number\nSiân,1\n".encode("cp1252"),
        "given name;number\nSiân;1\n".encode(),
        "given name,number\rSiân,1\r".encode(),
    ],
)
def test_usual_encodings_and_separators_read_the_same(raw: bytes) -> None:
    assert read(raw)[0] == [{"given name": "Siân", "number": "1"}]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        ("given name,number\nA,1".encode("utf-16"), "UTF-16"),
        (b"given name,number\nA\x00,1", "NUL"),
        (b"PK\x03\x04rest", "workbook"),
        (b"given name,number\n\x81\x8d,1", "neither"),
        (b"name,number\nA,1", "missing: given name"),
        (b"given name,forename,number\nA,B,1", "Two columns"),
        (b'given name,number\n"A,1\nB,2', "quotation mark"),
        (b"given name,number\n" + b"A,1\n" * 9_000_000, "32 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(raw: bytes, says: str) -> None:
    rows, report = read(raw)
    assert rows == []
    assert [problem.row for problem in report.problems] == [0]
    assert says in report.problems[0].sentence


def test_every_bad_row_is_reported_at_once_with_its_number() -> None:
    rows, report = read(
        'given name,number\nAnn,1\n=cmd(),2\n"two\nlines",3\nBo\u200bb,4\n'.encode()
        + f"{'C' * 3000},5\nA\u2028B,6\n".encode()
    )
    assert [row["number"] for row in rows] == ["1"]
    assert [(p.row, p.column) for p in report.problems] == [(row, "given name") for row in (3, 4, 6, 7, 8)]


def test_the_list_of_problems_ends_somewhere_and_says_so() -> None:
    _rows, report = read(b"given name,number\n" + b"=x,1\n" * 1500)
    assert len(report.problems) == csv_files.MOST_PROBLEMS + 1
    assert report.problems[-1].row == 0


def test_more_rows_than_a_file_may_have() -> None:
    _rows, report = read(b"given name,number\n" + b"A,1\n" * (csv_files.MOST_ROWS + 1))
    assert "200,000" in report.problems[0].sentence
