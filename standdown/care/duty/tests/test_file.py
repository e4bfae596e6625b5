"""Files of duties: what is read, every mistake at once, and what replaces what."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest

from standdown.audit.models import Entry
from standdown.care.duty import actions, file_rows, queries
from standdown.care.duty.file_moments import NotAMoment, moment
from standdown.care.duty.policy import Source
from standdown.care.duty.tests.scene import duties
from standdown.care.duty.tests.scene import moment as utc
from standdown.care.models import DutyFile, DutyPeriod
from standdown.foundation import access
from standdown.foundation.access import NotAllowed
from standdown.foundation.csv_files import Report
from standdown.people.models import Force, Person, Posting
from standdown.people.roles.policy import Role
from tests import cast

AT = cast.AT
TWICE = (
    "The clocks go back that night, so 01:30 comes twice. Write which, like 2026-10-25T01:30+01:00 or "
    "2026-10-25T01:30+00:00."
)
HEAD = "Collar number,Type,From,To\n"


# -- moments ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("28/11/2026 07:00", "2026-11-28T07:00+00:00"),
        ("1/7/2026 7:00", "2026-07-01T06:00+00:00"),
        ("28.11.2026 07:00:00", "2026-11-28T07:00+00:00"),
        ("2026-07-01T07:00", "2026-07-01T06:00+00:00"),
        ("2026-07-01 07:00:00.000", "2026-07-01T06:00+00:00"),
        ("2026-07-01T07:00Z", "2026-07-01T07:00+00:00"),
        ("2026-10-25T01:30+01:00", "2026-10-25T00:30+00:00"),
        ("2026-10-25T01:30+0000", "2026-10-25T01:30+00:00"),
        ("2026-07-01T02:00-05:00", "2026-07-01T07:00+00:00"),
        ("28/11/2026 24:00", "2026-11-29T00:00+00:00"),
    ],
)
def test_a_moment_is_read_as_duty_systems_write_it(text: str, meant: str) -> None:
    assert moment(text) == dt.datetime.fromisoformat(meant)


def test_a_day_alone_is_its_beginning_or_its_end_where_days_are_whole() -> None:
    assert moment("01/07/2026", whole_day=True) == dt.datetime(2026, 6, 30, 23, tzinfo=dt.UTC)
    assert moment("01/07/2026", ends=True, whole_day=True) == dt.datetime(2026, 7, 1, 23, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("tomorrow", "Write a day and a time like 28/11/2026 07:00, or 2026-11-28T07:00."),
        ("31/11/2026 07:00", "Write a day and a time like 28/11/2026 07:00, or 2026-11-28T07:00."),
        ("28/11/2026 24:30", "Write a day and a time like 28/11/2026 07:00, or 2026-11-28T07:00."),
        ("28/11/2026",
         "Write the time too, like 28/11/2026 07:00. A day alone is enough for rest and leave only."),
        ("29/03/2026 01:30",
         "The clocks go forward that night, so 01:30 does not come. Write 02:00 or later, or the offset."),
        ("25/10/2026 01:30", TWICE),
    ],
)  # fmt: skip
def test_what_is_no_moment_says_how_to_write_it(text: str, why: str) -> None:
    with pytest.raises(NotAMoment) as no:
        moment(text)
    assert str(no.value) == why


# -- rows -------------------------------------------------------------------------------------------------------------


def read(text: str | bytes) -> tuple[list[tuple[Any, ...]], list[tuple[int, str, str]]]:
    """What is asked for, and what is wrong."""
    report = Report()
    raw = text.encode() if isinstance(text, str) else text
    wishes = file_rows.read_duty(raw, report, AT)
    return (
        [(one.row, one.number, one.kind, one.starts, one.ends) for one in wishes],
        [(one.row, one.column, one.sentence) for one in report.problems],
    )


def test_headings_and_kinds_are_forgiving() -> None:
    found, wrong = read(HEAD + "1234,Shift,28/11/2026 22:00,29/11/2026 07:00\n77,Rest Day,29/11/2026,30/11/2026\n")
    assert wrong == []
    assert found == [
        (2, "1234", "duty", utc(28, 22), utc(29, 7)),
        (3, "77", "rest", utc(29, 0), dt.datetime(2026, 12, 1, tzinfo=dt.UTC)),
    ]


def test_a_file_in_windows_1252_with_other_columns_is_read() -> None:
    raw = "Work No.;Collar number;Type;From;To\nCaf\u00e9;1234;annual leave;28/11/2026;28/11/2026\n".encode("cp1252")
    assert read(raw) == ([(2, "1234", "leave", utc(28, 0), utc(29, 0))], [])


def test_every_mistake_is_told_at_once() -> None:
    _found, wrong = read(
        HEAD
        + ",duty,28/11/2026 07:00,28/11/2026 16:00\n"
        + "1,dancing,28/11/2026 07:00,28/11/2026 16:00\n"
        + "1,duty,28/11/2026,28/11/2026 16:00\n"
        + "1,duty,28/11/2026 16:00,28/11/2026 07:00\n"
        + "1,duty,28/11/2026 07:00,30/11/2026 07:00\n"
        + "1,duty,28/11/2036 07:00,28/11/2036 16:00\n"
    )
    assert wrong == [
        (2, "number", "Write the person's work number."),
        (3, "kind", "Write duty, rest, leave or court."),
        (4, "starts", "Write the time too, like 28/11/2026 07:00. A day alone is enough for rest and leave only."),
        (5, "ends", "It ends before it begins. A duty over midnight ends on the next day."),
        (6, "ends", "This is too long for one row. Check the days."),
        (7, "starts", "This day is more than a year away. Check the year."),
    ]


def calendar(*lines: str) -> str:
    """A calendar with one entry that has these lines."""
    start = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//EN", "BEGIN:VEVENT", "UID:1@x"]
    return "\r\n".join([*start, *lines, "END:VEVENT", "END:VCALENDAR", ""])


NIGHT = ("DTSTART;TZID=Europe/London:20261128T220000", "DTEND;TZID=Europe/London:20261129T070000")


def test_a_calendar_entry_is_a_duty_of_its_number_or_its_one_attendee() -> None:
    found, wrong = read(calendar("X-NUMBER:1234", *NIGHT))
    assert (found, wrong) == ([(1, "1234", "duty", utc(28, 22), utc(29, 7))], [])
    found, wrong = read(calendar("ATTENDEE;CN=Ann:mailto:Ann@ashire.example", "CATEGORIES:LEAVE",
                                 "DTSTART;VALUE=DATE:20261128", "DTEND;VALUE=DATE:20261130"))  # fmt: skip
    assert (found, wrong) == ([(1, "ann@ashire.example", "leave", utc(28, 0), utc(30, 0))], [])
    found, _wrong = read(calendar("X-NUMBER:1234", "DTSTART:20261128T070000Z", "DTEND:20261128T160000"))
    assert found == [(1, "1234", "duty", utc(28, 7), utc(28, 16))]


def test_a_cancelled_entry_is_left_out() -> None:
    assert read(calendar("X-NUMBER:1234", "STATUS:CANCELLED", *NIGHT)) == ([], [])


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (NIGHT, [("X-NUMBER", "Say whose duty it is: X-NUMBER with the work number, or one ATTENDEE.")]),
        (("X-NUMBER:1", "RRULE:FREQ=DAILY", *NIGHT),
         [("RRULE", "Repeats are not read. Export each duty as an entry of its own.")]),
        (("X-NUMBER:1", "CATEGORIES:DANCING", *NIGHT), [("CATEGORIES", "Write duty, rest, leave or court.")]),
        (("X-NUMBER:1", NIGHT[0]),
         [("DTEND", "Say from when until when: DTSTART and DTEND, each a moment or a day.")]),
        (("X-NUMBER:1", "DTSTART;TZID=Europe/London:20261025T013000", "DTEND;TZID=Europe/London:20261025T090000"),
         [("DTSTART", TWICE)]),
        (("X-NUMBER:1", "ATTENDEE:mailto:a@x", "DTSTART:20261128T160000Z", "DTEND:20261128T070000Z"),
         [("ends", "It ends before it begins. A duty over midnight ends on the next day.")]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_calendar_entry_is_told(lines: tuple[str, ...], wrong: list[tuple[str, str]]) -> None:
    _found, told = read(calendar(*lines))
    assert told == [(1, column, sentence) for column, sentence in wrong]


def test_a_calendar_that_is_broken_or_too_large_is_refused_whole() -> None:
    assert read("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n")[1][0][0] == 0
    assert read(b"BEGIN:VCALENDAR" + b" " * (32 * 1024 * 1024))[1] == [
        (0, "", "The file is larger than 32 MB. Split it and bring in the parts.")
    ]


# -- bringing in ------------------------------------------------------------------------------------------------------


def number_of(who: Person) -> str:
    """Their work number."""
    return Posting.objects.get(person=who, until=None).number


def bring_in(of: Force, text: str, *, dry_run: bool = False, by: Any = None) -> Report:
    """Bring the text in as a file of that force."""
    source = io.BytesIO(text.encode())
    return actions.import_duty(
        by=by or access.system("import duty"), at=AT, force=of, source=source, dry_run=dry_run,
        progress=lambda _done, _all: None,
    )  # fmt: skip


def stands(who: Person) -> list[tuple[str, dt.datetime, dt.datetime]]:
    """What is on record of somebody."""
    return list(DutyPeriod.objects.filter(person=who).values_list("kind", "starts_at", "ends_at"))


def row(who: Person, kind: str, starts: str, ends: str) -> str:
    """A line of a file."""
    return f"{number_of(who)},{kind},{starts},{ends}\n"


@pytest.mark.django_db
def test_a_file_is_checked_then_written_and_the_same_file_twice_changes_nothing() -> None:
    of = cast.force()
    ann = cast.person(of, "Ann")
    text = (
        HEAD + row(ann, "duty", "28/11/2026 07:00", "28/11/2026 16:00") + row(ann, "leave", "29/11/2026", "29/11/2026")
    )
    checked = bring_in(of, text, dry_run=True)
    assert (checked.added, checked.ok, stands(ann), DutyFile.objects.count()) == (2, True, [], 0)
    written = bring_in(of, text)
    assert (written.rows, written.added, written.changed, written.unchanged) == (2, 2, 0, 0)
    assert stands(ann) == [("duty", utc(28, 7), utc(28, 16)), ("leave", utc(29, 0), utc(30, 0))]
    assert Entry.objects.latest("sequence").detail == {"rows": 2, "added": 2, "problems": 0, "dry_run": False}
    before = list(DutyPeriod.objects.values_list("pk"))
    again = bring_in(of, text)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert (list(DutyPeriod.objects.values_list("pk")), DutyFile.objects.count()) == (before, 1)


@pytest.mark.django_db
def test_a_new_file_replaces_the_days_of_the_people_in_it_and_leaves_all_others() -> None:
    of = cast.force()
    ann, ben = cast.person(of, "Ann"), cast.person(of, "Ben")
    duties(ann, 26, 27, 28, 29)
    duties(ben, 27)
    changed = (
        HEAD + row(ann, "duty", "27/11/2026 15:00", "28/11/2026 00:00") + row(ann, "rest", "28/11/2026", "28/11/2026")
    )
    report = bring_in(of, changed)
    assert (report.added, report.changed, report.unchanged) == (0, 2, 0)
    assert [(kind, starts) for kind, starts, _ends in stands(ann)] == [
        ("duty", utc(26, 9)), ("duty", utc(27, 15)), ("rest", utc(28, 0)), ("duty", utc(29, 9)),
    ]  # fmt: skip
    assert [starts for _kind, starts, _ends in stands(ben)] == [utc(27, 9)]
    assert queries.known([ann.pk], utc(27, 0), utc(28, 0))[ann.pk].source is Source.FILE


@pytest.mark.django_db
def test_a_night_that_the_new_file_contradicts_goes() -> None:
    of = cast.force()
    ann = cast.person(of, "Ann")
    duties(ann, 27, hour=22, hours=9)
    bring_in(of, HEAD + row(ann, "duty", "28/11/2026 06:00", "28/11/2026 14:00"))
    assert [starts for _kind, starts, _ends in stands(ann)] == [utc(28, 6)]


@pytest.mark.django_db
def test_the_morning_after_the_last_night_of_a_file_is_no_day_of_the_file() -> None:
    ann = cast.person(cast.force(), "Ann")
    duties(ann, 24, 25, hour=22, hours=9)
    assert queries.known([ann.pk], utc(24, 0), utc(30, 0))[ann.pk].known[-1].ends == utc(26, 0)


@pytest.mark.django_db
def test_an_unknown_number_or_an_overlap_writes_nothing_and_says_in_which_row() -> None:
    of, other = cast.force(), cast.force("bshire")
    ann, eve = cast.person(of, "Ann"), cast.person(other, "Eve")
    report = bring_in(
        of,
        HEAD
        + row(ann, "duty", "28/11/2026 07:00", "28/11/2026 16:00")
        + row(ann, "court", "28/11/2026 10:00", "28/11/2026 12:00")
        + row(eve, "duty", "28/11/2026 07:00", "28/11/2026 16:00"),
    )
    assert [(one.row, one.column, one.sentence) for one in report.problems] == [
        (3, "starts", "Row 2 already says what they do at that time. Keep one, or split the longer."),
        (4, "number", "Nobody serves in Ashire with that number. Check it, or take the row out."),
    ]
    assert DutyPeriod.objects.count() == 0


@pytest.mark.django_db
def test_only_who_keeps_the_duty_of_that_force_brings_a_file_in() -> None:
    of = cast.force()
    for who in (cast.holder(Role.SUPERVISOR, of), cast.holder(Role.ESTIP_COORDINATOR, cast.force("bshire"))):
        with pytest.raises(NotAllowed):
            bring_in(of, HEAD, by=who)


@pytest.mark.django_db
def test_thousands_of_rows_take_few_statements(django_assert_max_num_queries: Any) -> None:
    of = cast.force()
    people = [cast.person(of, f"P{number}") for number in range(40)]
    lines = [row(who, "duty", f"{day}/11/2026 07:00", f"{day}/11/2026 16:00") for who in people for day in range(1, 31)]
    with django_assert_max_num_queries(24):
        assert bring_in(of, HEAD + "".join(lines)).added == 1200


def test_the_example_and_the_guide_show_what_is_read() -> None:
    heads = ",".join(column.name for column in file_rows.COLUMNS)
    example = "\n".join([heads, *(",".join(line) for line in file_rows.EXAMPLE)])
    found, wrong = read(example)
    assert (len(found), wrong) == (len(file_rows.EXAMPLE), [])
    guide = (Path(__file__).parents[4] / "docs" / "guides" / "duty-file.md").read_text(encoding="utf-8")
    blocks = guide.split("```")[1::2]
    csv_block = next(block.split("\n", 1)[1] for block in blocks if block.startswith("csv"))
    ics_block = next(block.split("\n", 1)[1] for block in blocks if block.startswith("ics"))
    assert read(csv_block)[1] == []
    assert csv_block.strip() == example
    assert read(ics_block) == (
        [(1, "1234", "duty", utc(28, 22), utc(29, 7)), (2, "5678", "leave", utc(28, 0), utc(30, 0))], [],
    )  # fmt: skip
