"""Who may lead a session: the rules that remove, and the order of who is left. Plain Python; moments are aware.

A rule about times is a mask of bits (spans.py), so that asking all rules of four hundred people at two dozen times is a
few operations each.
"""

from __future__ import annotations

import datetime as dt
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from standdown.care.matching.spans import Slot, Span, Times, bits

Key = uuid.UUID


class Part(StrEnum):
    """As what somebody is asked: to lead, or to help whoever leads."""

    LEAD = "lead"
    SECOND = "second"


def wanted(state: str, *, leads: bool, helps: bool) -> Part | None:
    """As what the next one may be asked for a session in that state, when `leads` and `helps` say who stands already.

    None where nobody may be asked now: groups are not confirmed yet, everybody is asked, or it is over.
    """
    if state in {"planned", "asked"} and not leads:
        return Part.LEAD
    return Part.SECOND if state in {"asked", "accepted", "booked"} and leads and not helps else None


class Rule(StrEnum):
    """Why somebody cannot lead a session, in the order in which the rules are asked (R82, R114, R152)."""

    FORCE = "force"
    QUALIFIED = "qualified"
    EXPOSED = "exposed"
    EXCLUDED = "excluded"
    REFUSED = "refused"
    MANAGER = "manager"
    FREE = "free"
    LOAD = "load"
    RESTED = "rested"


# What a coordinator may bend, and nothing else: never qualification, exposure or somebody's exclusion.
RELAXABLE = (Rule.MANAGER, Rule.LOAD, Rule.RESTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the programme asks of whoever leads. At most `load_most` sessions in `load`, `rest` between two of them."""

    load_most: int
    load: dt.timedelta
    rest: dt.timedelta
    own_manager: bool = True  # a line manager may lead a session with their own people in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Defuser:
    """Somebody on a register of who can defuse.

    Their qualification holds from `valid_from` until before `valid_until`; `sessions` are in order of their start.
    """

    key: Key
    force: Key | None  # where they serve
    valid_from: dt.date
    valid_until: dt.date
    away: tuple[tuple[dt.date, dt.date | None], ...] = ()  # stood down, from a day until a day
    free: int = -1  # the times that their duty leaves open
    sessions: tuple[Span, ...] = ()  # led, booked or asked
    team: Key | None = None
    base: Key | None = None
    rank: int | None = None
    sex: str = ""
    welsh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in the group: who manages them, where they work, and what kind of colleague they would rather have."""

    key: Key
    team: Key | None = None
    manager: Key | None = None
    not_own_manager: bool = False
    rank: int | None = None
    wants_rank: str = ""  # "same", "not-senior"
    wants_unit: str = ""  # "own", "other"
    wants_sex: str = ""
    wants_welsh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Those of one session, and who must not lead it. `suits` are the times at which the group itself can come."""

    key: Key
    force: Key
    members: tuple[Member, ...]
    suits: int
    on_duty: tuple[int, ...] = ()  # how many of them are on duty at each of the times; empty: not known
    exposed: frozenset[Key] = frozenset()
    excluded: frozenset[Key] = frozenset()  # by somebody in the group, or who excluded somebody in it
    refused: frozenset[Key] = frozenset()  # passed this session, or somebody in it wants another
    base: Key | None = None


class Standing(NamedTuple):
    """At which times one person could lead any session at all: each rule that is about times, by itself."""

    qualified: int
    free: int
    load: int
    rested: int


def standing(who: Defuser, times: Times, limits: Limits) -> Standing:
    """What this person's days, duties and sessions leave open, whatever the group."""
    qualified = 0
    for day, mask in times.days.items():
        if who.valid_from <= day < who.valid_until and not (who.away and any(_covers(one, day) for one in who.away)):
            qualified |= mask
    taken, unrested = 0, 0
    for start, end in who.sessions:
        taken |= times.touching(start, end)
        unrested |= times.touching(start - limits.rest, end + limits.rest)
    load = times.all
    if len(who.sessions) >= limits.load_most:
        load = times.since(who.sessions[-limits.load_most][0] + limits.load) if limits.load_most else 0
    return Standing(qualified, times.all & who.free & ~taken, load, times.all & ~unrested)


def _covers(away: tuple[dt.date, dt.date | None], day: dt.date) -> bool:
    since, until = away
    return since <= day and (until is None or day < until)


def load_at(who: Defuser, start: dt.datetime, limits: Limits) -> int:
    """How many sessions they led in the programme's number of days before that start, or will lead until then."""
    return sum(1 for began, _end in who.sessions if began > start - limits.load)


class Order(NamedTuple):
    """By what somebody comes before somebody else: strictly the first of these that differs. Less is better."""

    outside: bool  # the time is not within 12 hours of the target
    load: int
    same_team: bool
    unmet: int  # wishes of the group that they do not meet
    travel: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may lead, with their best time and every time at which they could."""

    who: Defuser
    slot: Slot
    order: Order
    met: int
    times: int
    tie: tuple[int, float, int]

    @property
    def sort_key(self) -> tuple[Order, tuple[int, float, int]]:
        """By the order; then the better time, longest without a session, and by lot."""
        return self.order, self.tie


class Judge:
    """Asks every rule of one group about one person after the other."""

    def __init__(self, group: Group, times: Times, limits: Limits) -> None:
        self.group, self.times, self.limits = group, times, limits
        self.teams = {one.team for one in group.members if one.team}
        self.wanting = [one for one in group.members if _wishes(one)]
        self.wishes = sum(_wishes(one) for one in group.members)
        on_duty = group.on_duty or (0,) * len(times.starts)
        far = [(times.outside[n], -on_duty[n], times.far[n], n) for n in range(len(times.starts))]
        self.preferred = sorted(range(len(far)), key=far.__getitem__)
        self.place = {number: place for place, number in enumerate(self.preferred)}
        managers = {one.manager for one in group.members if one.manager}
        self.barred = {one.manager for one in group.members if one.manager and one.not_own_manager}
        self.managers = self.barred if limits.own_manager else managers

    def masks(self, who: Defuser, stands: Standing) -> dict[Rule, int]:
        """At which times each rule, by itself, lets this person lead this group; in the order of the rules."""
        group, every = self.group, self.group.suits
        return {
            Rule.FORCE: every if who.force == group.force else 0,
            Rule.QUALIFIED: every & stands.qualified,
            Rule.EXPOSED: 0 if who.key in group.exposed else every,
            Rule.EXCLUDED: 0 if who.key in group.excluded else every,
            Rule.REFUSED: 0 if who.key in group.refused else every,
            Rule.MANAGER: 0 if who.key in self.managers else every,
            Rule.FREE: every & stands.free,
            Rule.LOAD: every & stands.load,
            Rule.RESTED: every & stands.rested,
        }

    def relaxable(self, rule: Rule, who: Defuser) -> bool:
        """Whether a coordinator may bend that rule for this person; a person's own wish about their manager stands."""
        return rule in RELAXABLE and not (rule is Rule.MANAGER and who.key in self.barred)

    def candidate(self, who: Defuser, left: int) -> Candidate:
        """This person with the best of the times that are left to them."""
        times, best = self.times, self._best(who, left)
        load = self._load(who, best)
        last = who.sessions[-1][0].timestamp() if who.sessions else 0.0
        met = self.met(who)
        order = Order(
            times.outside[best], load, who.team in self.teams, self.wishes - met,
            self.group.base is not None and who.base != self.group.base,
        )  # fmt: skip
        tie = (self.place[best], last, zlib.crc32(who.key.bytes + self.group.key.bytes))
        return Candidate(who, times.slots[best], order, met, left, tie)

    def _best(self, who: Defuser, left: int) -> int:
        """The number of the best of those times. From one time to the next load only ever falls, and mostly stays."""
        first, last = (left & -left).bit_length() - 1, left.bit_length() - 1
        if self._load(who, first) == self._load(who, last):
            return next(n for n in self.preferred if left >> n & 1)
        return min(bits(left), key=lambda n: (self.times.outside[n], self._load(who, n), self.place[n]))

    def _load(self, who: Defuser, number: int) -> int:
        return load_at(who, self.times.starts[number], self.limits)

    def met(self, who: Defuser) -> int:
        """How many wishes of the group this person meets; what is not known of somebody meets none."""
        return sum(_met(one, who) for one in self.wanting)


def _wishes(one: Member) -> int:
    return bool(one.wants_rank) + bool(one.wants_unit) + bool(one.wants_sex) + one.wants_welsh


def _met(one: Member, who: Defuser) -> int:
    met = [bool(one.wants_sex) and one.wants_sex == who.sex, one.wants_welsh and who.welsh]
    if one.wants_unit:
        own = one.team is not None and one.team == who.team
        met.append(own == (one.wants_unit == "own"))
    if one.wants_rank and one.rank is not None and who.rank is not None:
        met.append(who.rank == one.rank if one.wants_rank == "same" else who.rank <= one.rank)
    return sum(met)


@dataclass(slots=True)
class Found:
    """Who may lead, best first; else how many each rule removed, and how many each relaxation would bring."""

    looked_at: int = 0
    candidates: list[Candidate] = field(default_factory=list)
    removed: dict[Rule, int] = field(default_factory=lambda: dict.fromkeys(Rule, 0))
    would: dict[Rule, int] = field(default_factory=lambda: dict.fromkeys(RELAXABLE, 0))

    @property
    def helps_most(self) -> Rule | None:
        """The one rule that brings most people when a coordinator bends it; None where none brings anybody."""
        best = max(RELAXABLE, key=lambda rule: self.would[rule])
        return best if self.would[best] else None


def look_for(group: Group, people: Sequence[Defuser], times: Times, limits: Limits) -> Found:
    """Ask every rule about everybody. A person counts as removed by the first rule that leaves them no time.

    For a group that can come at no time nobody is looked at: that is no rule about anybody.
    """
    found, judge = Found(looked_at=len(people) if group.suits else 0), Judge(group, times, limits)
    for who in people if group.suits else ():
        masks, left = judge.masks(who, standing(who, times, limits)), group.suits
        for rule, mask in masks.items():
            left &= mask
            if not left:
                found.removed[rule] += 1
                break
        if left:
            found.candidates.append(judge.candidate(who, left))
        else:
            _count_relaxations(found, judge, who, masks)
    found.candidates.sort(key=lambda one: one.sort_key)
    return found


def _count_relaxations(found: Found, judge: Judge, who: Defuser, masks: dict[Rule, int]) -> None:
    for rule in RELAXABLE:
        left = judge.group.suits
        for other, mask in masks.items():
            left &= judge.group.suits if other is rule else mask
        if left and judge.relaxable(rule, who):
            found.would[rule] += 1
