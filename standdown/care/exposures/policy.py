"""What comes after what for one exposed person. Plain Python; moments are aware."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from standdown.care.programme.policy import NextStep

UNKNOWN_DUTY_END = dt.timedelta(hours=4)  # after T0, where nobody said when the person goes off duty
LEAST_TIME = dt.timedelta(minutes=30)  # to see to somebody who goes off duty at once
DEFUSED = frozenset({NextStep.DEFUSE_GROUP, NextStep.DEFUSE_ONE})


def demobilise_by(t0: dt.datetime, duty_end: dt.datetime | None, at: dt.datetime) -> dt.datetime:
    """By when the talk is due: the end of duty (S0), or four hours after T0 where it is unknown."""
    return max(duty_end or t0 + UNKNOWN_DUTY_END, at + LEAST_TIME)


def begins_with_talk(*, has_demobilise: bool, is_event: bool, duty_end: dt.datetime | None, at: dt.datetime) -> bool:
    """True when there is still a talk before off duty to be had: after one event, and not when duty is long over."""
    return has_demobilise and is_event and (duty_end is None or duty_end > at)


def hours_after(t0: dt.datetime, hours: int) -> dt.datetime:
    """The moment so many hours after T0. Hours are hours, also over a change of the clocks."""
    return t0 + dt.timedelta(hours=hours)


# -- duty -----------------------------------------------------------------------------------------------------------

LONGEST_AFTER = dt.timedelta(hours=16)  # nobody stays on duty for longer after it ended


class DutyProblem(StrEnum):
    """What is wrong with when somebody is said to go off duty."""

    BEFORE_IT_ENDED = "before-it-ended"
    TOO_LONG_AFTER = "too-long-after"


def duty_problem(t0: dt.datetime, duty_end: dt.datetime | None) -> DutyProblem | None:
    """What is wrong with an end of duty, seen from T0; None when nothing is, or when it is not known."""
    if duty_end is None:
        return None
    if duty_end < t0:
        return DutyProblem.BEFORE_IT_ENDED
    return DutyProblem.TOO_LONG_AFTER if duty_end - t0 > LONGEST_AFTER else None


# -- a pasted list --------------------------------------------------------------------------------------------------

MOST_NUMBERS = 5000
_BETWEEN = re.compile(r"[\n\r;,\t|]+")
_NUMBER = re.compile(r"[A-Za-z]{0,4}[0-9]{1,8}[A-Za-z]{0,2}")
# Written before a number, and no part of it.
_RANKS = frozenset({
    "pc", "wpc", "dc", "ps", "ds", "sgt", "insp", "di", "ci", "dci", "ch insp", "supt", "sc", "pcso", "mr", "mrs", "ms",
    "miss", "staff", "no", "number", "collar", "cwnstabl", "cwnst", "rhingyll",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a pasted list: which it is (from 1), how it was written, and the number in it, if there is one.

    `before` is what stands before the number and is no rank: perhaps the name of another force.
    """

    position: int
    written: str
    number: str = ""
    before: str = ""


def lines_of(pasted: str) -> list[Line]:
    """The entries of a pasted list: one a line, or parted by commas or semicolons; without ranks before a number."""
    written = [" ".join(one.split()) for one in _BETWEEN.split(pasted)]
    return [_line(position, one) for position, one in enumerate((one for one in written if one), 1)]


def _line(position: int, written: str) -> Line:
    *before, last = written.split(" ")
    words = " ".join(before).casefold().strip(".:#")
    if words in _RANKS or not words:
        return Line(position, written, last if _NUMBER.fullmatch(last) else "")
    joined = "".join((*before, last))
    if len(before) == 1 and not _NUMBER.fullmatch(last) and _NUMBER.fullmatch(joined):
        return Line(position, written, joined)
    return Line(position, written, last, words) if _NUMBER.fullmatch(last) else Line(position, written)


# -- who talks with whom --------------------------------------------------------------------------------------------


def first_free(candidates: Iterable[uuid.UUID], barred: Collection[uuid.UUID]) -> uuid.UUID | None:
    """The first who may hold the talk; None when nobody may, so that the coordinator has to see to it (R67, R71).

    `barred`: who was exposed to it, who does not serve any more, whom the person excluded, and the person.
    """
    return next((one for one in candidates if one not in barred), None)


# -- the list -------------------------------------------------------------------------------------------------------


class Group(StrEnum):
    """Who is easily forgotten, so that the list is not confirmed without an answer about each (R59)."""

    CONTROL_ROOM = "control-room"
    STAFF_AND_SPECIALS = "staff-and-specials"
    OTHER_FORCES = "other-forces"


class ListProblem(StrEnum):
    """Why a list cannot be confirmed."""

    EMPTY = "empty"
    UNANSWERED = "unanswered"
    NOT_ADDED = "not-added"  # said to be on the list, and is not
    ON_IT = "on-it"  # said to be nobody, and somebody is


ADDED, NONE = "added", "none"


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer about a group, and how many of it are on the list or handed over."""

    group: Group
    answer: str
    number: int


def list_problem(answers: Sequence[Answered], people: int) -> tuple[ListProblem, Group | None] | None:
    """The first thing that speaks against confirming a list of so many people; None when nothing does."""
    if not people:
        return ListProblem.EMPTY, None
    for one in answers:
        if one.answer not in {ADDED, NONE}:
            return ListProblem.UNANSWERED, one.group
        if one.answer == ADDED and not one.number:
            return ListProblem.NOT_ADDED, one.group
        if one.answer == NONE and one.number:
            return ListProblem.ON_IT, one.group
    return None


# -- two exposures of one person, where two incidents are one ----------------------------------------------------------

_FURTHER = ("to-demobilise", "to-decide", "to-defuse", "booked", "followed", "closed")


def stays(here: str, there: str) -> bool:
    """True when the one on the list that remains is kept; False when the other came further (a stage each)."""
    return _FURTHER.index(here) >= _FURTHER.index(there)
