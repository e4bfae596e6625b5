"""The rules of putting forward and of places, in plain Python: who may have a place, in which order, until when.

What speaks against a name comes back as codes; `sentences.py` says them in words, with what to do next.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from standdown.training.interest import policy as interest

# Which states hold a numbered place, may still come to one, or are over for good (R27).
PLACED = ("offered", "accepted", "attended", "part-attended", "did-not-attend")
LIVE = ("nominated", "offered", "accepted", "waiting")
ENDED = ("declined", "withdrawn", "expired", "refused")

ANSWER_HOURS = 16  # working hours in which an offer is to be answered: two working days (R28)
SHORT_ANSWER_HOURS = 4  # within the last two days, when a place comes free late
RELEASE_HOURS = 40  # working hours in which a line manager or another force is to agree: a week
LEAST_TIME = dt.timedelta(hours=2)  # nobody is offered a place that they could not prepare for
REST_AFTER_LAPSE = dt.timedelta(days=1)  # before who let an offer lapse is asked again, though nobody else waits
MOST_LAPSES = 2  # an offer that lapses goes to the back of the list; a second time it is over
LATE_WITHDRAWAL = dt.timedelta(days=2)  # before the start: from then on giving a place back counts as late (R32)
CURRENT_ENOUGH = dt.timedelta(days=183)  # who is qualified for longer than this is not put forward again yet
LINK_SHOWN = dt.timedelta(hours=24)  # how long before the start a delegate sees the joining link


# -- who may be put forward -----------------------------------------------------------------------------------------


class No(StrEnum):
    """Why a name cannot be put forward for a date."""

    NOT_ADOPTED = "not-adopted"
    NOT_PUBLISHED = "not-published"
    HAS_BEGUN = "has-begun"
    CLOSED = "closed"
    NOT_FOR_FORCE = "not-for-force"
    LEFT = "left"
    NO_ADDRESS = "no-address"
    NOT_OFFICER_OR_STAFF = "not-officer-or-staff"
    NOT_ELIGIBLE = "not-eligible"
    ALREADY = "already"
    SAME_DAY = "same-day"
    TRAINS_IT = "trains-it"
    CURRENT = "current"
    TERMS = "terms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What the rules ask about a person, for one date. `until` is when their qualification for it ends."""

    serving: bool
    has_address: bool
    kind: str
    line_manager: bool
    peer_supporter: bool
    stated: bool = False
    until: dt.date | None = None
    in_session: bool = False
    same_day: bool = False
    trains: bool = False

    @property
    def eligibility(self) -> str | None:
        """On what grounds the course is for this person (R25); None when on none."""
        if self.line_manager and self.peer_supporter:
            return "both"
        if self.line_manager:
            return "line-manager"
        if self.peer_supporter:
            return "peer-supporter"
        return "stated" if self.stated else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFacts:
    """What the rules ask about a date and a force's part in it."""

    status: str
    starts_at: dt.datetime
    closes_at: dt.datetime
    day: dt.date
    adopted: bool
    for_force: bool
    home_office: bool
    exception: bool = False  # mutual aid: the date is not for the force, and both sides are asked
    substitute: bool = False  # comes in somebody's stead, which is possible until the start (R28)
    cost_agreed: bool = False


def why_not(who: Candidate, date: DateFacts, at: dt.datetime) -> list[No]:
    """Everything that speaks against putting this person forward; empty when nothing does (R16, R23, R25, R26)."""
    ended = who.until is not None and who.until - date.day <= CURRENT_ENOUGH
    bars = (
        (No.NOT_ADOPTED, not date.adopted),
        (No.NOT_PUBLISHED, date.status != "published"),
        (No.HAS_BEGUN, date.starts_at <= at),
        (No.CLOSED, date.closes_at <= at < date.starts_at and not date.substitute),
        (No.NOT_FOR_FORCE, not (date.for_force or date.exception)),
        (No.LEFT, not who.serving),
        (No.NO_ADDRESS, not who.has_address),
        (No.NOT_OFFICER_OR_STAFF, who.kind not in {"officer", "staff"}),
        (No.NOT_ELIGIBLE, who.eligibility is None),
        (No.ALREADY, who.in_session),
        (No.SAME_DAY, who.same_day and not who.in_session),
        (No.TRAINS_IT, who.trains),
        (No.CURRENT, who.until is not None and not ended),
        (No.TERMS, not (date.home_office or date.cost_agreed)),
    )
    return [no for no, holds in bars if holds]


def confirms_own(confirming: Hashable | None, person: Hashable) -> bool:
    """True when it would be their own release: nobody confirms that for themselves, whatever they lead (R30)."""
    return confirming is not None and confirming == person


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody who holds a numbered place, by the pool that they took it from."""

    number: int
    pool: str
    over_capacity: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody on the waiting list. `queue` is the immutable order, `own` the lead's order within the force's names."""

    key: str
    pool: str
    queue: int
    own: int | None = None
    force: str = ""


@dataclass(slots=True)
class Places:
    """The places of one date as they stand under its lock.

    A pool is a force, or forces that collaborate and share their places (R20). `kept` are the places allotted to each
    pool; until they are `released` nobody else may have them (R29). Mutual aid has a pool of its own with none kept.
    """

    capacity: int
    kept: dict[str, int]
    released: bool
    held: list[Held] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """Places of the capacity that somebody holds; those beyond it are counted apart."""
        return sum(1 for one in self.held if not one.over_capacity)

    @property
    def free(self) -> int:
        """Places that nobody holds, whether or not they are kept for a force."""
        return max(0, self.capacity - self.taken)

    def taken_by(self, pool: str) -> int:
        """Places that this pool holds."""
        return sum(1 for one in self.held if one.pool == pool and not one.over_capacity)

    def open_to(self, pool: str) -> int:
        """How many places somebody of that pool could have now: what is free and not kept for others."""
        if self.released:
            return self.free
        taken = Counter(one.pool for one in self.held if not one.over_capacity)
        others = sum(max(0, kept - taken[other]) for other, kept in self.kept.items() if other != pool)
        return max(0, self.free - others)

    def next_number(self, *, over_capacity: bool = False) -> int:
        """The lowest number that nobody holds; beyond the capacity where the place is.

        Two who forget the lock find the same, and the database refuses one.
        """
        used = {one.number for one in self.held}
        first = self.capacity + 1 if over_capacity else 1
        return next(number for number in range(first, first + len(used) + 1) if number not in used)

    def take(self, pool: str, *, over_capacity: bool = False) -> int:
        """Hold the next number for that pool, and say which."""
        number = self.next_number(over_capacity=over_capacity)
        self.held.append(Held(number, pool, over_capacity))
        return number


def in_turn(waiting: Iterable[Wait]) -> list[Wait]:
    """Who waits, in the order in which they come to a place (R26, R28).

    The list's order is that of commit and never changes: it decides whose force's turn it is. Which of the force's own
    names comes first is what its lead decided; where the lead did not, the first who came.
    """
    turns = sorted(waiting, key=lambda one: one.queue)
    own: dict[tuple[str, str], list[Wait]] = {}
    for one in sorted(turns, key=lambda one: (one.own is None, one.own or 0, one.queue)):
        own.setdefault((one.pool, one.force), []).append(one)
    return [own[turn.pool, turn.force].pop(0) for turn in turns]


def next_in_turn(places: Places, waiting: Sequence[Wait]) -> Wait | None:
    """Who is to be offered the next place; None when nobody who waits may have one."""
    could = {pool for pool in {one.pool for one in waiting} if places.open_to(pool)}
    return next((one for one in in_turn(waiting) if one.pool in could), None) if could else None


def renumbered(held: Sequence[Held], capacity: int) -> dict[int, int]:
    """New numbers by old ones once the capacity is another, to be stored in this order so that none meets another.

    Places beyond the capacity that are marked so keep a number beyond it; ordinary ones get one within it. The caller
    has checked that these fit.
    """
    marked = sorted(one.number for one in held if one.over_capacity and one.number <= capacity)
    beyond = max([capacity, *(one.number for one in held)])
    moved = {number: beyond + step for step, number in enumerate(marked, start=1)}
    ordinary = sorted(one.number for one in held if not one.over_capacity)
    used = {number for number in ordinary if number <= capacity}
    gaps = iter(number for number in range(1, capacity + 1) if number not in used)
    return moved | {number: next(gaps) for number in ordinary if number > capacity}


# -- times ----------------------------------------------------------------------------------------------------------


def answer_window(starts_at: dt.datetime, at: dt.datetime) -> tuple[int, dt.datetime] | None:
    """How many working hours an offer made now is open for, and the cut-off past which no answer helps (R28).

    Until two days before the start, two working days; then four hours, until two hours before the start. None: too
    late to offer anybody a place, though a substitute may still come.
    """
    for hours, cut in ((ANSWER_HOURS, starts_at - LATE_WITHDRAWAL), (SHORT_ANSWER_HOURS, starts_at - LEAST_TIME)):
        if cut - at >= LEAST_TIME:
            return hours, cut
    return None


def is_late(starts_at: dt.datetime, at: dt.datetime) -> bool:
    """True when a place given back now can hardly be filled: counted apart from not coming (R32)."""
    return starts_at - LATE_WITHDRAWAL <= at


def shows_joining_link(starts_at: dt.datetime, ends_at: dt.datetime, at: dt.datetime) -> bool:
    """True when a confirmed delegate may see how to join: from a day before until the end."""
    return starts_at - LINK_SHOWN <= at < ends_at


# -- what may be done to a nomination -------------------------------------------------------------------------------


class Deed(StrEnum):
    """What somebody can do to a nomination."""

    ANSWER = "answer"
    LAPSE = "lapse"
    RELEASE = "release"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    SUBSTITUTE = "substitute"
    TRANSFER = "transfer"
    REORDER = "reorder"
    OVER_CAPACITY = "over-capacity"
    NEEDS = "needs"
    MARK = "mark"


ALLOWED: Mapping[Deed, frozenset[str]] = {
    Deed.ANSWER: frozenset({"offered"}),
    Deed.LAPSE: frozenset({"offered"}),
    Deed.RELEASE: frozenset({"nominated"}),
    Deed.EXPIRE: frozenset({"nominated", "waiting"}),
    Deed.WITHDRAW: frozenset(LIVE),
    Deed.SUBSTITUTE: frozenset({"offered", "accepted"}),
    Deed.TRANSFER: frozenset({"offered", "accepted", "waiting"}),
    Deed.REORDER: frozenset({"waiting"}),
    Deed.OVER_CAPACITY: frozenset({"waiting"}),
    Deed.NEEDS: frozenset(LIVE),
    Deed.MARK: frozenset({"accepted", "attended", "part-attended", "did-not-attend"}),
}

AFTER_THE_START = frozenset({Deed.MARK, Deed.LAPSE, Deed.EXPIRE})  # records what came of it, or that nothing did


def may(deed: Deed, state: str, starts_at: dt.datetime, at: dt.datetime) -> bool:
    """True when that can be done to a nomination in that state; a place cannot be changed once the date has begun."""
    if state not in ALLOWED[deed]:
        return False
    return deed in AFTER_THE_START or at < starts_at


# One order for those who told their lead and for those who wait: its rule stands where the names first come in.
Cover = interest.Cover
in_cover_order = interest.in_cover_order
