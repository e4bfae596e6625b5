"""The rules of a date, in plain Python: what may happen to it, when it may be, for whom, and with how many places.

What is wrong comes back as codes with the facts of the case; `sentences.py` says them in words.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
LONGEST_OVERNIGHT = dt.timedelta(hours=14)  # a date that runs past midnight may last this long and no longer
CLOSES_BEFORE = dt.timedelta(days=7)  # names are wanted this long before, unless somebody says otherwise
CLOSES_AT = dt.time(17)
MOST_PLACES = 500
MOST_AT_ONCE = 60
_WEEK = 7
_WHEN_AND_WHERE = ("starts_at", "ends_at", "delivery", "platform", "place")


class Deed(StrEnum):
    """What somebody can do to a date."""

    EDIT = "edit"
    PUBLISH = "publish"
    MOVE = "move"
    CANCEL = "cancel"
    HOLD = "hold"
    ALLOT = "allot"
    CHANGE_TRAINERS = "change-trainers"


# In preparation > published (and moved, as often as needed) > cancelled with a reason, or held: those two end it (R9).
ALLOWED: Mapping[Deed, frozenset[str]] = {
    Deed.EDIT: frozenset({"draft"}),
    Deed.PUBLISH: frozenset({"draft"}),
    Deed.MOVE: frozenset({"published"}),
    Deed.CANCEL: frozenset({"published"}),
    Deed.HOLD: frozenset({"published"}),
    Deed.ALLOT: frozenset({"published"}),
    Deed.CHANGE_TRAINERS: frozenset({"draft", "published"}),
}


class No(StrEnum):
    """Why something cannot be done to a date as it stands."""

    STATE = "state"
    HAS_BEGUN = "has-begun"
    NOT_OVER = "not-over"
    STAYS = "stays"


def why_not(deed: Deed, *, status: str, starts_at: dt.datetime, ends_at: dt.datetime, at: dt.datetime) -> No | None:
    """Why that cannot be done to such a date at `at`; None when it can."""
    if status not in ALLOWED[deed]:
        return No.STATE
    if deed in {Deed.PUBLISH, Deed.MOVE, Deed.ALLOT} and starts_at <= at:
        return No.HAS_BEGUN
    if deed is Deed.HOLD and ends_at > at:
        return No.NOT_OVER
    return None


def stays(was: Plan, plan: Plan) -> bool:
    """True when a move would leave the date at its time and in its place, so that nobody need be told."""
    return all(getattr(was, name) == getattr(plan, name) for name in _WHEN_AND_WHERE)


# -- what a date must be ------------------------------------------------------------------------------------------


class Code(StrEnum):
    """What is wrong with a plan for a date."""

    END_BEFORE_START = "end-before-start"
    TOO_LONG = "too-long"
    SKIPPED_TIME = "skipped-time"
    DOUBLED_TIME = "doubled-time"
    CLOSES_AFTER_START = "closes-after-start"
    PLACE_MISSING = "place-missing"
    PLATFORM_MISSING = "platform-missing"
    NO_CAPACITY = "no-capacity"
    OVER_THE_MOST = "over-the-most"
    NO_FORCE = "no-force"
    FORCE_TWICE = "force-twice"
    FORCE_NOT_STANDING = "force-not-standing"
    EMPTY_ALLOTMENT = "empty-allotment"
    OVER_CAPACITY = "over-capacity"


class CautionCode(StrEnum):
    """What somebody should look at, though the date may stand as it is."""

    FEW_PLACES = "few-places"
    NOTHING_LEFT = "nothing-left"
    OTHER_LENGTH = "other-length"
    TRAINERS_WANTED = "trainers-wanted"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: its code, the field of the plan that it is about, and the facts for its sentence."""

    code: Code
    about: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to look at, with the facts for its sentence."""

    code: CautionCode
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ForcePlan:
    """A force that a date is for: the places kept for it (None: none), and from when until when it stands."""

    key: str
    name: str
    allotment: int | None = None
    stood_up: dt.date | None = None
    stood_down: dt.date | None = None

    def stands_on(self, day: dt.date) -> bool:
        """True when the force exists on that day."""
        return (self.stood_up is None or self.stood_up <= day) and (self.stood_down is None or day < self.stood_down)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that is decided about a date. Times are aware moments."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    nominations_close_at: dt.datetime
    delivery: str
    platform: str
    place: str
    capacity: int
    language: str
    forces: tuple[ForcePlan, ...]

    @property
    def allotted(self) -> int:
        """The places that are kept for one force or another, in all (R29)."""
        return sum(force.allotment or 0 for force in self.forces)


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures of the course version that a date follows."""

    minutes: int
    least: int
    most_online: int
    most_in_person: int
    second_trainer_above: int

    def most(self, delivery: str) -> int:
        """How many may take part when it is held like that; the smaller figure where it is held both ways."""
        figures = {"online": self.most_online, "in-person": self.most_in_person}
        return figures.get(delivery, min(self.most_online, self.most_in_person))


def problems(plan: Plan, limits: Limits) -> list[Problem]:
    """Everything that is wrong with a plan, in the order in which its form asks; empty when it may stand."""
    return [
        *times(plan.starts_at, plan.ends_at, plan.nominations_close_at),
        *_where(plan),
        *_capacity(plan, limits),
        *_forces(plan),
    ]


def times(starts_at: dt.datetime, ends_at: dt.datetime, closes_at: dt.datetime) -> list[Problem]:
    """What is wrong with the times: an end before the start, a day too long, names wanted too late (R11)."""
    found = []
    if ends_at <= starts_at:
        found.append(Problem(Code.END_BEFORE_START, "end"))
    elif london_day(starts_at) != london_day(ends_at) and ends_at - starts_at > LONGEST_OVERNIGHT:
        found.append(Problem(Code.TOO_LONG, "end", {"hours": 14}))
    if closes_at >= starts_at:
        found.append(Problem(Code.CLOSES_AFTER_START, "closes"))
    return found


def _where(plan: Plan) -> list[Problem]:
    found = []
    if plan.delivery in {"online", "blended"} and not plan.platform:
        found.append(Problem(Code.PLATFORM_MISSING, "platform"))
    if plan.delivery in {"in-person", "blended"} and not plan.place:
        found.append(Problem(Code.PLACE_MISSING, "place"))
    return found


def _capacity(plan: Plan, limits: Limits) -> list[Problem]:
    most = min(limits.most(plan.delivery), MOST_PLACES)
    if plan.capacity < 1:
        return [Problem(Code.NO_CAPACITY, "capacity")]
    if plan.capacity > most:
        return [Problem(Code.OVER_THE_MOST, "capacity", {"capacity": plan.capacity, "most": most})]
    return []


def _forces(plan: Plan) -> list[Problem]:
    if not plan.forces:
        return [Problem(Code.NO_FORCE, "forces")]
    day = london_day(plan.starts_at)
    found = []
    for key, times_named in Counter(force.key for force in plan.forces).items():
        if times_named > 1:
            name = next(force.name for force in plan.forces if force.key == key)
            found.append(Problem(Code.FORCE_TWICE, "forces", {"force": name}))
    for force in plan.forces:
        if not force.stands_on(day):
            found.append(Problem(Code.FORCE_NOT_STANDING, "forces", {"force": force.name}))
        if force.allotment is not None and force.allotment < 1:
            found.append(Problem(Code.EMPTY_ALLOTMENT, "forces", {"force": force.name}))
    kept = plan.allotted
    if kept > plan.capacity:
        found.append(Problem(Code.OVER_CAPACITY, "forces", {"kept": kept, "capacity": plan.capacity}))
    return found


def cautions(plan: Plan, limits: Limits, trainers: int) -> list[Caution]:
    """What somebody should look at before publishing, with that many trainers named."""
    found = []
    length = int((plan.ends_at - plan.starts_at).total_seconds() // 60)
    if length != limits.minutes:
        found.append(Caution(CautionCode.OTHER_LENGTH, {"minutes": length, "course": limits.minutes}))
    if plan.capacity < limits.least:
        found.append(Caution(CautionCode.FEW_PLACES, {"capacity": plan.capacity, "least": limits.least}))
    left_over = [force for force in plan.forces if force.allotment is None]
    if left_over and plan.allotted >= plan.capacity:
        found.append(Caution(CautionCode.NOTHING_LEFT, {"force": left_over[0].name}))
    wanted = trainers_wanted(plan.capacity, limits.second_trainer_above)
    if trainers < wanted:
        found.append(Caution(CautionCode.TRAINERS_WANTED, {"trainers": trainers, "wanted": wanted}))
    return found


def trainers_wanted(capacity: int, second_above: int) -> int:
    """One trainer, and a second one for more than `second_above` people (source: section 4, delegates per course)."""
    return 2 if capacity > second_above else 1


# -- times on London's clock ----------------------------------------------------------------------------------------


def london_day(moment: dt.datetime) -> dt.date:
    """The calendar day in London at that moment."""
    return moment.astimezone(LONDON).date()


class Every(StrEnum):
    """How a series of dates goes on."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


def series(first: dt.date, every: Every, count: int) -> list[dt.date]:
    """That many days from `first` on.

    Every month means the same weekday of the month ("the second Tuesday"); a fifth one becomes the month's last.
    Raises ValueError for fewer than one or more than sixty, and where the calendar ends.
    """
    if not 1 <= count <= MOST_AT_ONCE:
        raise ValueError("a series has from 1 to 60 dates")
    weeks = {Every.WEEK: 1, Every.FORTNIGHT: 2}.get(every)
    try:
        if weeks is not None:
            return [first + dt.timedelta(weeks=weeks * number) for number in range(count)]
        return [_months_on(first, number) for number in range(count)]
    except OverflowError as error:
        raise ValueError("the calendar ends before the series does") from error


def _months_on(first: dt.date, number: int) -> dt.date:
    months = first.year * 12 + first.month - 1 + number
    year, month = months // 12, months % 12 + 1
    weekday, days = calendar.monthrange(year, month)
    of_weekday = 1 + (first.weekday() - weekday) % _WEEK
    day = of_weekday + _WEEK * ((first.day - 1) // _WEEK)
    return dt.date(year, month, day if day <= days else day - _WEEK)


def repeated(days: Sequence[dt.date]) -> list[dt.date]:
    """The days that a list names more than once, in order."""
    return sorted(day for day, times_named in Counter(days).items() if times_named > 1)
