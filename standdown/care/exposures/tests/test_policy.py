from __future__ import annotations

import datetime as dt
import uuid

import pytest

from standdown.care.exposures import policy
from standdown.care.exposures.policy import Answered, DutyProblem, Group, Line, ListProblem
from standdown.foundation import ids
from tests import cast

AT = cast.AT
HOUR = dt.timedelta(hours=1)
ONE, TWO, THREE = ids.new(), ids.new(), ids.new()


@pytest.mark.parametrize(
    ("duty_end", "due"),
    [
        (None, AT + 2 * HOUR),  # four hours after T0, which was two hours ago
        (AT + 3 * HOUR, AT + 3 * HOUR),
        (AT + dt.timedelta(minutes=10), AT + dt.timedelta(minutes=30)),
        (AT - HOUR, AT + dt.timedelta(minutes=30)),
    ],
)
def test_the_talk_is_due_before_off_duty(duty_end: dt.datetime | None, due: dt.datetime) -> None:
    assert policy.demobilise_by(AT - 2 * HOUR, duty_end, AT) == due


@pytest.mark.parametrize(
    ("has", "event", "duty_end", "talk"),
    [(True, True, None, True), (True, True, AT + HOUR, True), (True, True, AT, False), (False, True, None, False),
     (True, False, None, False)],
)  # fmt: skip
def test_whoever_is_off_duty_is_not_talked_with_before_off_duty(
    has: bool, event: bool, duty_end: dt.datetime | None, talk: bool
) -> None:
    assert policy.begins_with_talk(has_demobilise=has, is_event=event, duty_end=duty_end, at=AT) is talk


def test_hours_after_are_hours_over_a_change_of_the_clocks() -> None:
    before = dt.datetime(2026, 10, 24, 12, tzinfo=dt.UTC)
    assert policy.hours_after(before, 48) == dt.datetime(2026, 10, 26, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("duty_end", "wrong"),
    [
        (None, None),
        (AT, None),
        (AT + 16 * HOUR, None),
        (AT - dt.timedelta(minutes=1), DutyProblem.BEFORE_IT_ENDED),
        (AT + 17 * HOUR, DutyProblem.TOO_LONG_AFTER),
    ],
)
def test_duty_ends_after_the_incident(duty_end: dt.datetime | None, wrong: DutyProblem | None) -> None:
    assert policy.duty_problem(AT, duty_end) is wrong


@pytest.mark.parametrize(
    ("pasted", "lines"),
    [
        ("", []),
        (" \n ,; \t", []),
        ("1234", [Line(1, "1234", "1234")]),
        ("1234\r\nAB12\n\n 99z", [Line(1, "1234", "1234"), Line(2, "AB12", "AB12"), Line(3, "99z", "99z")]),
        ("1,2; 3|4", [Line(1, "1", "1"), Line(2, "2", "2"), Line(3, "3", "3"), Line(4, "4", "4")]),
        ("PC 1234", [Line(1, "PC 1234", "1234")]),
        ("Sgt. 12", [Line(1, "Sgt. 12", "12")]),
        ("Bshire 1234", [Line(1, "Bshire 1234", "1234", "bshire")]),
        ("1234 AB", [Line(1, "1234 AB", "1234AB")]),
        ("Alice Ashdown", [Line(1, "Alice Ashdown")]),
        ("123456789", [Line(1, "123456789")]),
        ("one two 3", [Line(1, "one two 3", "3", "one two")]),
        ("one two three", [Line(1, "one two three")]),
    ],
)
def test_a_pasted_list_is_read_line_by_line(pasted: str, lines: list[Line]) -> None:
    assert policy.lines_of(pasted) == lines


@pytest.mark.parametrize(
    ("candidates", "barred", "free"),
    [((), set(), None), ((ONE, TWO), set(), ONE), ((ONE, TWO), {ONE}, TWO), ((ONE, TWO), {ONE, TWO}, None),
     ((ONE, TWO, THREE), {TWO}, ONE)],
)  # fmt: skip
def test_the_first_who_is_free_holds_the_talk(
    candidates: tuple[uuid.UUID, ...], barred: set[uuid.UUID], free: uuid.UUID | None
) -> None:
    assert policy.first_free(candidates, barred) == free


def answers(control: str, staff: str, others: str, *numbers: int) -> list[Answered]:
    return [Answered(*one) for one in zip(Group, (control, staff, others), numbers or (0, 0, 0), strict=True)]


@pytest.mark.parametrize(
    ("answered", "people", "wrong"),
    [
        (answers("none", "none", "none"), 3, None),
        (answers("added", "added", "added", 1, 2, 3), 6, None),
        (answers("none", "none", "none"), 0, (ListProblem.EMPTY, None)),
        (answers("", "none", "none"), 3, (ListProblem.UNANSWERED, Group.CONTROL_ROOM)),
        (answers("none", "", "none"), 3, (ListProblem.UNANSWERED, Group.STAFF_AND_SPECIALS)),
        (answers("none", "none", "perhaps"), 3, (ListProblem.UNANSWERED, Group.OTHER_FORCES)),
        (answers("added", "none", "none"), 3, (ListProblem.NOT_ADDED, Group.CONTROL_ROOM)),
        (answers("none", "none", "none", 0, 0, 1), 3, (ListProblem.ON_IT, Group.OTHER_FORCES)),
    ],
)
def test_a_list_is_confirmed_with_an_answer_about_everybody_who_is_easily_forgotten(
    answered: list[Answered], people: int, wrong: tuple[ListProblem, Group | None] | None
) -> None:
    assert policy.list_problem(answered, people) == wrong


@pytest.mark.parametrize(
    ("here", "there", "kept"),
    [("to-decide", "to-decide", True), ("booked", "to-decide", True), ("to-decide", "followed", False)],
)
def test_of_two_records_of_one_person_the_one_that_came_further_is_kept(here: str, there: str, kept: bool) -> None:
    assert policy.stays(here, there) is kept
