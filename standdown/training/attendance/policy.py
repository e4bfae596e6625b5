"""The rules of the day in plain Python: what counts as having been there, what follows, what speaks against a deed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

HALVES = ("morning", "afternoon")
PRESENT, LATE, LEFT, ABSENT = "present", "late", "left", "absent"
ATTENDED, PART_ATTENDED, DID_NOT_ATTEND = "attended", "part-attended", "did-not-attend"

CORRECTIONS = dt.timedelta(days=14)  # for so long after the register was closed a mistake in it can be put right
LEAST_SHARE = 75  # percent of a half that a meeting's file must show, to propose that somebody was there
MOST_MISSES = 2  # after so many dates missed nothing is offered by itself: the lead decides
NUDGED_AFTER = dt.timedelta(days=1)  # after its end a date whose register is open is brought to its trainers' minds

Stay = tuple[dt.datetime, dt.datetime]  # from joining until leaving


# -- the two halves of a day ------------------------------------------------------------------------------------------


def halves(starts_at: dt.datetime, ends_at: dt.datetime) -> dict[str, Stay]:
    """The morning and the afternoon of a date: its time cut in two, whatever the clock shows."""
    middle = starts_at + (ends_at - starts_at) / 2
    return {"morning": (starts_at, middle), "afternoon": (middle, ends_at)}


def minutes_of(stay: Stay) -> int:
    """How long that is, in whole minutes."""
    return int((stay[1] - stay[0]).total_seconds() // 60)


def wanted(only_half: str) -> tuple[str, ...]:
    """The halves for which somebody is to be marked: both, or the one that they catch up (R39)."""
    return (only_half,) if only_half else HALVES


# -- what came of it --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Marked:
    """How somebody was marked for one half."""

    there: str
    minutes_missed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date as somebody was marked on it, with the rule of its course: percent to be there, minutes of grace."""

    marks: Mapping[str, Marked]
    minutes: Mapping[str, int]  # of each half
    percent: int
    grace: int

    def there(self, half: str) -> int:
        """Minutes of that half for which they were there; missing no more than the grace is missing nothing."""
        marked = self.marks.get(half)
        if marked is None or marked.there == ABSENT:
            return 0
        missed = marked.minutes_missed if marked.minutes_missed > self.grace else 0
        return max(0, self.minutes[half] - missed)

    def enough(self, chosen: Iterable[str]) -> bool:
        """True when they were there for the percentage that the course asks of these halves together."""
        named = list(chosen)
        return sum(map(self.there, named)) * 100 >= self.percent * sum(self.minutes[half] for half in named)

    def kept(self) -> frozenset[str]:
        """The halves that they need not sit again."""
        if self.enough(HALVES):
            return frozenset(HALVES)
        return frozenset(half for half in HALVES if self.enough([half]))

    @property
    def came(self) -> bool:
        """True when they were there at all."""
        return any(one.there != ABSENT for one in self.marks.values())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of somebody's date, and which halves are still to be done."""

    state: str
    missing: tuple[str, ...] = ()

    @property
    def only_half(self) -> str:
        """The one half that a next date is to make up for; empty where all of it is."""
        return self.missing[0] if len(self.missing) == 1 else ""


def outcome(days: Sequence[Day]) -> Outcome:
    """What came of the last of these days, which makes up for the ones before it: halves kept add up (R39).

    Who kept both halves, on one day or on several, attended. Who was not there at all did not attend.
    """
    kept = frozenset[str]().union(*(day.kept() for day in days))
    missing = tuple(half for half in HALVES if half not in kept)
    if not days[-1].came:
        return Outcome(DID_NOT_ATTEND, missing)
    return Outcome(PART_ATTENDED, missing) if missing else Outcome(ATTENDED)


def offers_again(found: Outcome, missed_before: int) -> bool:
    """True when the next date is offered by itself; False when they attended, or missed it a second time (R33)."""
    misses = missed_before + (found.state == DID_NOT_ATTEND)
    return found.state != ATTENDED and misses < MOST_MISSES


# -- what may be done, and when ---------------------------------------------------------------------------------------


class No(StrEnum):
    """Why a register cannot be written now."""

    NOT_HELD = "not-held"
    TOO_EARLY = "too-early"
    TOO_LATE = "too-late"
    NOT_OVER = "not-over"
    CLOSED = "register-closed"
    OVER = "over"


def why_not_mark(*, status: str, day_begins: dt.datetime, closed_at: dt.datetime | None, at: dt.datetime) -> No | None:
    """Why nobody can be marked: only from the start of the day on, and for two weeks after the register was closed."""
    if status not in {"published", "held"}:
        return No.NOT_HELD
    if at < day_begins:
        return No.TOO_EARLY
    if closed_at is not None and at >= closed_at + CORRECTIONS:
        return No.TOO_LATE
    return None


def why_not_close(*, status: str, ends_at: dt.datetime, closed_at: dt.datetime | None, at: dt.datetime) -> No | None:
    """Why the register cannot be closed: it is already, or the date is not over, or was never held."""
    if status not in {"published", "held"}:
        return No.NOT_HELD
    if closed_at is not None:
        return No.CLOSED
    return No.NOT_OVER if at < ends_at else None


def why_not_link(*, status: str, ends_at: dt.datetime, at: dt.datetime) -> No | None:
    """Why the joining link cannot be entered: the date is cancelled, or over."""
    if status != "published":
        return No.NOT_HELD
    return No.OVER if at >= ends_at else None


# -- who stands at the door -------------------------------------------------------------------------------------------


class AtTheDoor(StrEnum):
    """Where somebody stands who has come to the date."""

    EXPECTED = "expected"
    OFFERED = "offered"
    WAITING = "waiting"
    NOT_PUT_FORWARD = "not-put-forward"
    NOT_FOR_FORCE = "not-for-force"


def at_the_door(states: Iterable[str], *, for_force: bool) -> AtTheDoor:
    """Whether somebody with nominations in these states for the date may come in (R37); only `EXPECTED` may."""
    known = set(states)
    if known & {"accepted", ATTENDED, PART_ATTENDED, DID_NOT_ATTEND}:
        return AtTheDoor.EXPECTED
    for state, stands in (("offered", AtTheDoor.OFFERED), ("waiting", AtTheDoor.WAITING)):
        if state in known:
            return stands
    return AtTheDoor.NOT_PUT_FORWARD if for_force or "nominated" in known else AtTheDoor.NOT_FOR_FORCE


# -- from a meeting's file to a mark ----------------------------------------------------------------------------------


def merged(stays: Iterable[Stay]) -> list[Stay]:
    """Several stays in order, those that meet made into one: somebody may join from two devices."""
    found: list[Stay] = []
    for begins, ends in sorted(stays):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


def proposed(stays: Iterable[Stay], half: Stay, *, grace: int, away: int = 0) -> Marked | None:
    """What to propose for one half, from when somebody was in the meeting; None where a person has to say.

    `away`: minutes for which they were out of the meeting, the file does not say when. Not there below three quarters
    of the half; otherwise late or gone early where that is more than the grace, by the longer of the two.
    """
    inside = [(max(a, half[0]), min(b, half[1])) for a, b in merged(stays) if a < half[1] and b > half[0]]
    least = minutes_of(half) * LEAST_SHARE
    minutes = sum(map(minutes_of, inside))
    if minutes * 100 < least:
        return Marked(ABSENT)
    if (minutes - away) * 100 < least:
        return None
    late, early = minutes_of((half[0], inside[0][0])), minutes_of((inside[-1][1], half[1]))
    late, early = (late if late > grace else 0), (early if early > grace else 0)
    if not late and not early:
        return Marked(PRESENT)
    return Marked(LATE if late >= early else LEFT, late + early)
