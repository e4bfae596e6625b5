"""The rules of qualifications, in plain Python: how long they hold, what keeps them current, when to warn.

The figures are the programme's defaults: training before Standdown holds 24 months and can be kept current up to 36
(R49); two sessions led, or three hours of further training, in the last 12 months of its time add 12 more (R51).
"""

from __future__ import annotations

import calendar
import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

HOLDS_MONTHS = 24
RETRAIN_MONTHS = 36
EXTENDS_MONTHS = 12
DELIVERIES = 2
CPD_MINUTES = 180
MOST_CPD_MINUTES = 24 * 60
WARNED_AHEAD = dt.timedelta(days=90)
WARNINGS = (90, 30, 0)  # days before the end
STILL_TOLD = dt.timedelta(days=30)  # after the end, where the job was not run in time
EARLIEST = dt.date(2000, 1, 1)  # training before that day has long ended under every programme
LONGEST_EVIDENCE = 80  # characters

_YEAR = 12


@dataclass(frozen=True, slots=True)
class Need:
    """What a force has and will need within six months (R121), in numbers of people; no number is about somebody."""

    able: int  # to defuse today
    ending: int = 0  # of those able, whose qualification ends within the six months
    left: int = 0  # who could defuse and stopped serving in the force within the last twelve months
    wanted: int = 0  # by all teams
    places: int = 0  # on coming dates
    interested: int = 0  # who told their lead that they would like to be trained, and wait

    @property
    def leaving(self) -> int:
        """How many leave within six months if as many leave as did on average: half of a year's, rounded up."""
        return -(-self.left // 2)

    @property
    def short(self) -> int:
        """How many more trained people the force will need than it has places for."""
        return max(0, self.wanted - max(0, self.able - self.ending - self.leaving) - self.places)


class State(StrEnum):
    """How a qualification stands on a day."""

    CURRENT = "current"
    LAPSING = "lapsing"
    LAPSED = "lapsed"
    AWAY = "away"


class Row(Protocol):
    """What the rules need to know of a row of the register."""

    @property
    def force_id(self) -> uuid.UUID | None: ...
    @property
    def valid_until(self) -> dt.date: ...
    @property
    def latest_until(self) -> dt.date: ...


def outlasts(standing: Row, new: Row) -> bool:
    """True when the row that stands is on the same register and holds longer than the new one would."""
    longer = (standing.valid_until, standing.latest_until) > (new.valid_until, new.latest_until)
    return standing.force_id == new.force_id and longer


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months later (or, below zero, earlier); the last of a shorter month."""
    count = day.year * _YEAR + day.month - 1 + months
    year, month = count // _YEAR, count % _YEAR + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def holds(trained_on: dt.date) -> tuple[dt.date, dt.date]:
    """Until when training of that day holds as it is, and until when it can be kept current at most."""
    return months_after(trained_on, HOLDS_MONTHS), months_after(trained_on, RETRAIN_MONTHS)


def state(valid_until: dt.date, day: dt.date, *, away: bool) -> State:
    """How a standing qualification stands on that day. Who stood down is away, whatever else there is to say."""
    if valid_until <= day:
        return State.LAPSED
    if away:
        return State.AWAY
    return State.LAPSING if valid_until <= day + WARNED_AHEAD else State.CURRENT


# -- keeping current (R51) ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Practice:
    """Something on record that may keep a qualification current: a session led (no minutes), or further training."""

    on: dt.date
    minutes: int = 0


_BY_PRACTICE = frozenset({"demobilise", "defuse"})
_BY_TRAINING = _BY_PRACTICE | {"estim", "peer-support"}  # who trains others is looked at by other trainers instead


@dataclass(frozen=True, slots=True)
class Currency:
    """Where keeping current stands: until when it holds with what is on record, and what the next step needs.

    What counts next is what is done from `counts_from` until the day before `until`. `further` is the day until which
    that would take it; None where nothing but new training does.
    """

    until: dt.date
    counts_from: dt.date
    further: dt.date | None
    deliveries: int = 0  # of DELIVERIES, on record for the next step
    minutes: int = 0  # of CPD_MINUTES


def extension(
    skill: str, valid_until: dt.date, latest_until: dt.date, events: Iterable[Practice], today: dt.date
) -> Currency:
    """How far what is on record carries a qualification, and what is missing for the next step.

    What was done in the last twelve months of its time adds twelve months, never beyond `latest_until`. It counts
    once: the next step asks for what is done after the day that the last one reached.
    """
    known = [one for one in events if one.on <= today]
    until = valid_until
    while True:
        start = months_after(until, -EXTENDS_MONTHS)
        counted = [one for one in known if start <= one.on < until]
        deliveries = sum(not one.minutes for one in counted) if skill in _BY_PRACTICE else 0
        minutes = sum(one.minutes for one in counted) if skill in _BY_TRAINING else 0
        further = min(months_after(until, EXTENDS_MONTHS), latest_until)
        if further <= until or skill not in _BY_TRAINING:
            return Currency(until, start, None)
        if deliveries < DELIVERIES and minutes < CPD_MINUTES:
            return Currency(until, start, further, deliveries, minutes)
        until = further


def by_practice(skill: str) -> bool:
    """True when leading sessions keeps this skill current; otherwise only further training does."""
    return skill in _BY_PRACTICE


# -- warnings (R50) -----------------------------------------------------------------------------------------------


def warning(valid_until: dt.date, granted: dt.date, day: dt.date, *, away: bool) -> int | None:
    """Which warning is due on that day: 90, 30 or 0 days before the end; None for none.

    A day that was missed is made up for by the warning nearest to the end. Who stood down is left in peace until the
    end itself. What had ended when it came onto the register (training long ago) is no news.
    """
    left = valid_until - day
    if left < -STILL_TOLD or valid_until <= granted:
        return None
    due = [days for days in WARNINGS if left <= dt.timedelta(days=days)]
    if not due:
        return None
    return due[-1] if due[-1] == 0 or not away else None


def crossed(valid_until: dt.date, after: dt.date, day: dt.date) -> int | None:
    """Which of the warnings fell due after one day and until the other, the last of them; None for none."""
    fell = [days for days in WARNINGS if after < valid_until - dt.timedelta(days=days) <= day]
    return fell[-1] if fell else None


# -- standing down (R53) ------------------------------------------------------------------------------------------


class DayProblem(StrEnum):
    """Why a wish to stand down, or something done, cannot be recorded for a day."""

    PAST = "past"
    AHEAD = "ahead"
    BEFORE_IT_BEGINS = "before-it-begins"
    LONG_AGO = "long-ago"


def away_problem(since: dt.date, until: dt.date | None, today: dt.date) -> DayProblem | None:
    """What speaks against standing down from that day until that first day back; None if nothing does."""
    if since < today:
        return DayProblem.PAST
    return DayProblem.BEFORE_IT_BEGINS if until is not None and until <= since else None


def day_problem(on: dt.date, today: dt.date) -> DayProblem | None:
    """What speaks against recording that something was done on that day; None if nothing does."""
    if on > today:
        return DayProblem.AHEAD
    return DayProblem.LONG_AGO if on < EARLIEST else None


# -- what a file means --------------------------------------------------------------------------------------------

_COURSE = ("demobilise", "defuse")
_MEANT: dict[str, tuple[str, ...]] = {
    "demobilise": ("demobilise", "demobilize", "demobilising", "demobilizing", "demobilisation", "demob"),
    "defuse": ("defuse", "defusing", "defuser", "defusing training"),
    "estim": ("estim", "estip", "take part in an estim", "emergency services trauma intervention"),
    "peer-support": ("peer support", "peer supporter", "peer support training", "cefnogaeth cymheiriaid"),
    "train": ("train", "trainer", "train others", "train the trainer", "ttt"),
}
_WORDS: dict[str, Collection[str]] = {
    **{word: (skill,) for skill, words in _MEANT.items() for word in words},
    **dict.fromkeys(
        (
            "demobilising and defusing", "demobilising and defusing training", "demobilise and defuse",
            "demobilisation and defusing", "demobilizing and defusing", "demob and defuse", "demobilise defuse",
        ),
        _COURSE,
    ),
}  # fmt: skip


def skills_of(words: str) -> Collection[str]:
    """The skills that a file means by these words, a skill or a course; empty when it cannot be told."""
    said = "".join(c if c.isalnum() else " " for c in words.casefold().replace("&", " and "))
    return _WORDS.get(" ".join(said.split()), ())
