"""What counts as having been there, and what follows."""

from __future__ import annotations

import datetime as dt

import pytest

from standdown.training.attendance import figures, policy
from standdown.training.attendance.policy import AtTheDoor, Day, Marked, No, Outcome

NINE = dt.datetime(2027, 1, 12, 9, tzinfo=dt.UTC)
HALVES = policy.halves(NINE, NINE + dt.timedelta(hours=7))
MINUTES = {half: policy.minutes_of(stay) for half, stay in HALVES.items()}
ALL, NOT = Marked("present"), Marked("absent")


def day(morning: Marked | None, afternoon: Marked | None, percent: int = 100, grace: int = 15) -> Day:
    marks = {half: mark for half, mark in (("morning", morning), ("afternoon", afternoon)) if mark is not None}
    return Day(marks=marks, minutes=MINUTES, percent=percent, grace=grace)


def at(hour: int, minute: int = 0) -> dt.datetime:
    return NINE.replace(hour=hour, minute=minute)


def test_a_day_has_two_equal_halves() -> None:
    assert {"morning": (at(9), at(12, 30)), "afternoon": (at(12, 30), at(16))} == HALVES
    assert MINUTES == {"morning": 210, "afternoon": 210}


def test_who_catches_up_one_half_is_marked_for_that_half() -> None:
    assert (policy.wanted(""), policy.wanted("morning")) == (("morning", "afternoon"), ("morning",))


@pytest.mark.parametrize(
    ("days", "outcome"),
    [
        ([day(ALL, ALL)], Outcome("attended")),
        ([day(Marked("late", 15), ALL)], Outcome("attended")),  # the grace
        ([day(Marked("late", 16), ALL)], Outcome("part-attended", ("morning",))),
        ([day(ALL, Marked("left", 60))], Outcome("part-attended", ("afternoon",))),
        ([day(ALL, NOT)], Outcome("part-attended", ("afternoon",))),
        ([day(NOT, NOT)], Outcome("did-not-attend", ("morning", "afternoon"))),
        ([day(None, None)], Outcome("did-not-attend", ("morning", "afternoon"))),
        ([day(Marked("late", 60), Marked("left", 60))], Outcome("part-attended", ("morning", "afternoon"))),
        ([day(Marked("late", 60), ALL, percent=80)], Outcome("attended")),  # 360 of 420 minutes
        ([day(Marked("late", 100), ALL, percent=80)], Outcome("part-attended", ("morning",))),
        ([day(ALL, NOT), day(None, ALL)], Outcome("attended")),  # two halves on two days
        ([day(ALL, NOT), day(None, NOT)], Outcome("did-not-attend", ("afternoon",))),
        ([day(NOT, NOT), day(ALL, ALL)], Outcome("attended")),
        ([day(ALL, NOT), day(None, NOT), day(None, Marked("late", 40))], Outcome("part-attended", ("afternoon",))),
    ],
)
def test_outcomes(days: list[Day], outcome: Outcome) -> None:
    assert policy.outcome(days) == outcome


def test_the_half_that_a_next_date_makes_up_for() -> None:
    both = Outcome("part-attended", ("morning", "afternoon"))
    assert (Outcome("part-attended", ("morning",)).only_half, both.only_half) == ("morning", "")


@pytest.mark.parametrize(
    ("state", "missed_before", "offered"),
    [
        ("attended", 0, False),
        ("part-attended", 0, True),
        ("part-attended", 1, True),
        ("did-not-attend", 0, True),
        ("did-not-attend", 1, False),
    ],
)
def test_a_second_miss_is_for_the_lead(state: str, missed_before: int, offered: bool) -> None:
    assert policy.offers_again(Outcome(state, ("morning",)), missed_before) is offered


@pytest.mark.parametrize(
    ("status", "closed", "when", "no"),
    [
        ("cancelled", None, at(10), No.NOT_HELD),
        ("published", None, at(0) - dt.timedelta(seconds=1), No.TOO_EARLY),
        ("published", None, at(0), None),
        ("held", at(17), at(18), None),
        ("held", at(17), at(17) + dt.timedelta(days=14), No.TOO_LATE),
    ],
)
def test_when_somebody_can_be_marked(status: str, closed: dt.datetime | None, when: dt.datetime, no: No | None) -> None:
    assert policy.why_not_mark(status=status, day_begins=at(0), closed_at=closed, at=when) == no


@pytest.mark.parametrize(
    ("status", "closed", "when", "no"),
    [
        ("cancelled", None, at(17), No.NOT_HELD),
        ("published", at(16), at(17), No.CLOSED),
        ("published", None, at(15), No.NOT_OVER),
        ("held", None, at(16), None),
    ],
)
def test_when_the_register_can_be_closed(
    status: str, closed: dt.datetime | None, when: dt.datetime, no: No | None
) -> None:
    assert policy.why_not_close(status=status, ends_at=at(16), closed_at=closed, at=when) == no


@pytest.mark.parametrize(
    ("status", "when", "no"),
    [("draft", at(8), No.NOT_HELD), ("published", at(15), None), ("published", at(16), No.OVER)],
)
def test_when_the_joining_link_can_be_entered(status: str, when: dt.datetime, no: No | None) -> None:
    assert policy.why_not_link(status=status, ends_at=at(16), at=when) == no


@pytest.mark.parametrize(
    ("states", "for_force", "stands"),
    [
        (["withdrawn", "accepted"], True, AtTheDoor.EXPECTED),
        (["attended"], True, AtTheDoor.EXPECTED),
        (["offered"], True, AtTheDoor.OFFERED),
        (["waiting"], False, AtTheDoor.WAITING),
        (["declined"], True, AtTheDoor.NOT_PUT_FORWARD),
        (["nominated"], False, AtTheDoor.NOT_PUT_FORWARD),
        ([], True, AtTheDoor.NOT_PUT_FORWARD),
        ([], False, AtTheDoor.NOT_FOR_FORCE),
    ],
)
def test_who_stands_at_the_door(states: list[str], for_force: bool, stands: AtTheDoor) -> None:
    assert policy.at_the_door(states, for_force=for_force) == stands


@pytest.mark.parametrize(
    ("stays", "away", "proposed"),
    [
        ([(at(8, 50), at(12, 35))], 0, ALL),
        ([(at(9, 15), at(12, 30))], 0, ALL),
        ([(at(9, 20), at(12, 30))], 0, Marked("late", 20)),
        ([(at(9), at(12))], 0, Marked("left", 30)),
        ([(at(9, 16), at(12, 13))], 0, Marked("left", 33)),  # both: the longer names it, both count
        ([(at(9), at(10)), (at(10, 30), at(12, 30))], 0, ALL),  # away for half an hour in between
        ([(at(10, 30), at(12, 30)), (at(9), at(11))], 0, ALL),  # from two devices
        ([(at(9), at(11))], 0, NOT),  # below three quarters
        ([(at(13), at(16))], 0, NOT),
        ([], 0, NOT),
        ([(at(9), at(12, 30))], 60, None),  # out for an hour, nobody knows when
        ([(at(9), at(12, 30))], 30, ALL),
    ],
)
def test_what_a_file_proposes_for_the_morning(
    stays: list[tuple[dt.datetime, dt.datetime]], away: int, proposed: Marked | None
) -> None:
    assert policy.proposed(stays, HALVES["morning"], grace=15, away=away) == proposed


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (1, None), (9, None), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (104, 105)]
)
def test_small_numbers_are_not_told_and_others_are_rounded(count: int, shown: int | None) -> None:
    assert figures.shown(count).number == shown
    assert figures.shown(count).few is (shown is None)


def test_counts_know_when_there_is_nothing_to_tell() -> None:
    assert [figures.counts(0, 0, 0, 0).nothing, figures.counts(0, 0, 3, 0).nothing] == [True, False]
