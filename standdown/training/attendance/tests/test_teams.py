"""Attendance files as Microsoft Teams gives them, and files that are none."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest

from standdown.training.attendance import teams_file, teams_match, teams_text
from standdown.training.attendance.teams_file import Participant
from standdown.training.attendance.teams_match import How, Known
from standdown.training.attendance.teams_text import FileRefused

FILES = Path(__file__).parent / "files"
STARTS = dt.datetime(2027, 1, 12, 9, tzinfo=dt.UTC)
ENDS = STARTS + dt.timedelta(hours=7)
ANN, BEN, CAT, DAN = (uuid.UUID(int=number) for number in (1, 2, 3, 4))
ROSTER = [
    Known(ANN, "Ann Anderson", "ann@ashire.example"),
    Known(BEN, "Ben Baker", "ben@ashire.example"),
    Known(CAT, "Catrin Mon", "catrin@ashire.example"),
    Known(DAN, "Dan Drew", "dan@ashire.example"),
]


def read(name: str) -> dict[str, Participant]:
    return {one.name: one for one in teams_file.read((FILES / name).read_bytes(), STARTS, ENDS)}


def made(text: str, encoding: str = "utf-8") -> list[Participant]:
    return teams_file.read(text.encode(encoding), STARTS, ENDS)


def at(hour: int, minute: int = 0, second: int = 0) -> dt.datetime:
    return STARTS.replace(hour=hour, minute=minute, second=second)


@pytest.mark.parametrize("name", ["newer_us_utf16.csv", "newer_uk_utf8.csv"])
def test_the_newer_layout_in_both_orders_of_dates(name: str) -> None:
    found = read(name)
    assert list(found) == ["ANDERSON, Ann (PS 4711)", "Ben Baker (Guest)", "Catrin Môn", "Dan Drew", "Tara Ashdown"]
    ann = found["ANDERSON, Ann (PS 4711)"]
    assert (ann.address, ann.stays, ann.away) == ("ann@ashire.example", ((at(8, 55, 12), at(16, 2, 40)),), 0)
    assert (found["Ben Baker (Guest)"].address, found["Dan Drew"].away) == ("", 101)


def test_the_list_of_every_join_goes_before_the_summary() -> None:
    found = read("newer_activities_utf16.csv")
    assert list(found) == ["Ann Anderson", "Dan Drew"]
    assert found["Ann Anderson"].stays == ((at(8, 55, 12), at(12, 31)), (at(13, 0, 2), at(16, 2, 40)))
    assert found["Dan Drew"].away == 0


@pytest.mark.parametrize("name", ["older_us_utf16.csv", "older_uk_utf8.csv"])
def test_the_older_layout_of_joins_and_leaves(name: str) -> None:
    found = read(name)
    assert found["Ann Anderson"].stays == ((at(8, 57), at(16)),)  # never left: until the last that the file knows
    assert found["Ben Baker"].stays == ((at(9, 1, 10), at(11)), (at(11, 20), at(16)))


def test_iso_dates_semicolons_and_an_account_in_place_of_an_address() -> None:
    (one,) = made("Name;First Join;Last Leave;Participant ID (UPN)\nAnn;2027-01-12 09:00;;ann@x.example\n")
    assert (one.address, one.stays) == ("ann@x.example", ((at(9), at(9)),))


def test_summer_time_is_londons() -> None:
    starts = dt.datetime(2027, 6, 8, 8, tzinfo=dt.UTC)
    text = "Name,Join Time,Leave Time\nAnn A,08/06/2027 09:00,08/06/2027 16:00\n"
    (one,) = teams_file.read(text.encode(), starts, starts + dt.timedelta(hours=7))
    assert one.stays == ((starts, starts + dt.timedelta(hours=7)),)


def test_utf_16_whose_mark_got_lost_and_windows_1252() -> None:
    text = "Name\tJoin Time\tLeave Time\nSiân Môn\t12/01/2027 09:00\t12/01/2027 16:00\n"
    assert [made(text, "utf-16-le")[0].name, made(text, "cp1252")[0].name] == ["Siân Môn", "Siân Môn"]


def test_a_stay_that_ends_before_it_begins_and_lines_without_a_name_are_left_out() -> None:
    text = (
        "Name,Join Time,Leave Time,Duration\nAnn A,12/01/2027 09:00,12/01/2027 16:00,6:59:00\n"
        ",12/01/2027 09:00,,\nBen B,12/01/2027 09:00,12/01/2027 08:00,\nCat C,,,\nDan D,12/01/2027 09:00,,soon\n"
    )
    assert [(one.name, one.away) for one in made(text)] == [("Ann A", 0), ("Dan D", 0)]


HEAD = "Name,Join Time,Leave Time\n"
TABLE = HEAD + "Ann A,12/01/2027 09:00,12/01/2027 16:00\n"


@pytest.mark.parametrize(
    ("raw", "begins"),
    [
        (b"", "The file is empty"),
        (b"\xff\xfe", "The file is empty"),
        (b"PK\x03\x04rest", "This is a workbook"),
        (b"<!DOCTYPE html><html></html>", "This is a web page"),
        (b"\xff\xfe\x00", "The letters of this file"),
        (b"Name\x81,\x8d", "The letters of this file"),
        (b"Name,Join\x00 Time\n", "The file holds NUL bytes"),
        (b"x" * (teams_text.MOST_BYTES + 1), "The file is larger than 2 MB"),
        (b"\n" * 20_001, "The file is empty"),
        (b"a\n" * 20_001, "The file has more than 20,000 lines"),
        (b'Name,Join Time\n"' + b"x" * 140_000, "Line "),
        (b"Full Name,Something\nAnn,1\n", "No participants were found"),
        (HEAD.encode(), "No participants were found"),
        ((HEAD + "=cmd(),12/01/2027 09:00,12/01/2027 16:00\n").encode(), "Line 2 of the file holds a formula"),
        ((HEAD + "A" * 301 + ",12/01/2027 09:00,\n").encode(), "Line 2 of the file holds what no report"),
        ((HEAD + "Ann\x07,12/01/2027 09:00,\n").encode(), "Line 2 of the file holds what no report"),
        ((HEAD + "Ann A,tomorrow,\n").encode(), "The time “tomorrow” in line 2"),
        ((HEAD + "Ann A,45/45/2027 09:00,\n").encode(), "The time “45/45/2027 09:00” in line 2"),
        ((HEAD + "Ann A,,\n").encode(), "Nobody in this file"),
        (TABLE.replace("12/01", "13/01").encode(), "This file is of a meeting on Wednesday 13 January 2027"),
        (TABLE.replace("09:00", "19:00").replace("16:00", "20:00").encode(), "This file is of a meeting at another"),
        ((HEAD + "".join(f"N {n},12/01/2027 09:00,\n" for n in range(1001))).encode(), "The file names more than"),
    ],
)
def test_a_file_that_is_none_is_refused_with_what_to_do(raw: bytes, begins: str) -> None:
    with pytest.raises(FileRefused) as refused:
        teams_file.read(raw, STARTS, ENDS)
    assert str(refused.value.sentence)[: len(begins)] == begins


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ASHDOWN, Alice (PS 1234)", {"alice", "ashdown"}),
        ("Insp. Siân O\u2019Neill 4711 [external]", {"sian", "o'neill"}),
        ("DC Mary-Jane Watson", {"mary", "jane", "watson"}),
        ("Guest", set()),
    ],
)
def test_the_words_of_a_name(name: str, words: set[str]) -> None:
    assert teams_match.words_of(name) == words


def test_who_is_who_by_address_then_by_name() -> None:
    people = sorted(read("newer_us_utf16.csv").values(), key=lambda one: one.name)
    found = {one.participant.name: (one.delegate, one.how) for one in teams_match.proposals(people, ROSTER)}
    assert found == {
        "ANDERSON, Ann (PS 4711)": (ANN, How.ADDRESS),
        "Ben Baker (Guest)": (BEN, How.NAME),
        "Catrin Môn": (CAT, How.NAME),
        "Dan Drew": (DAN, How.ADDRESS),
        "Tara Ashdown": (None, How.NOBODY),
    }


def test_two_of_one_name_are_for_a_person_to_tell_apart() -> None:
    twins = [Known(ANN, "Ann Anderson", "a@x.example"), Known(BEN, "Anderson Ann", ""), Known(CAT, "Di", "")]
    people = [Participant("Ann Anderson", "", ()), Participant("Di", "", ())]
    assert [(one.delegate, one.how) for one in teams_match.proposals(people, twins)] == [
        (None, How.SEVERAL),
        (None, How.NOBODY),
    ]
