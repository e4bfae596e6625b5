"""When a session can be: sittings inside the programme's window that fit the duties of those who are to come. Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from standdown.care.duty import policy
from standdown.care.duty.policy import Duty, Source, Span

EVERY = dt.timedelta(minutes=30)
HEART = 12  # hours around the target: 60 to 84 where it is 72, preferred before all else (peers-care 3.2)


class Zone(StrEnum):
    """In which part of the window a sitting lies, best first."""

    HEART = "heart"
    GREEN = "green"
    AMBER = "amber"


_PLACES = {zone: place for place, zone in enumerate(Zone)}


class Rule(StrEnum):
    """Why somebody cannot come to a sitting."""

    AWAY = "away"  # leave, court or training, or a rest day by the file
    AFTER_NIGHT = "after-night"
    REST_DAY = "rest-day"
    OFF_HOURS = "off-hours"  # off duty, and not between 08:00 and 20:00
    NO_DEFUSER = "no-defuser"  # none of those who could lead it is there


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The window of one incident: T0, and the programme's hours after it. `earliest`: nothing begins before that."""

    t0: dt.datetime
    target: int
    green_from: int
    green_until: int
    amber_until: int
    minutes: int
    earliest: dt.datetime

    @property
    def length(self) -> dt.timedelta:
        """How long a session is."""
        return dt.timedelta(minutes=self.minutes)

    @property
    def span(self) -> Span:
        """From the earliest beginning to the last end. Empty (ends first) when it is over."""
        return Span(max(self.moment(self.green_from), self.earliest), self.moment(self.amber_until))

    def moment(self, hours: int) -> dt.datetime:
        """So many hours after T0; hours are real, also over a change of the clocks."""
        return self.t0 + dt.timedelta(hours=hours)

    def zone(self, starts: dt.datetime) -> Zone:
        """In which part of the window a sitting that begins then lies; it must end inside."""
        ends = starts + self.length
        first, last = max(self.target - HEART, self.green_from), min(self.target + HEART, self.green_until)
        if self.moment(first) <= starts and ends <= self.moment(last):
            return Zone.HEART
        return Zone.GREEN if ends <= self.moment(self.green_until) else Zone.AMBER


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which all could come: how many of them are on duty then, unknown, and how many could lead it."""

    starts: dt.datetime
    ends: dt.datetime
    zone: Zone
    on_duty: int
    unknown: int
    defusers: int


@dataclass(frozen=True, slots=True)
class Nearly:
    """A time at which not all can come, and how many each rule keeps away."""

    starts: dt.datetime
    ends: dt.datetime
    zone: Zone
    kept: Mapping[Rule, int]


@dataclass(frozen=True, slots=True)
class Found:
    """The sittings that are possible, best first; else those nearest to it, and what stood in the way.

    `stopped` counts, for each rule, the sittings that it stops; `alone` those that it alone stops, so that the rule
    with the most there is the one whose relaxing helps most.
    """

    slots: Sequence[Slot]
    nearly: Sequence[Nearly] = ()
    looked_at: int = 0
    stopped: Mapping[Rule, int] = field(default_factory=dict)
    alone: Mapping[Rule, int] = field(default_factory=dict)

    @property
    def helps_most(self) -> Rule | None:
        """The one rule without which most sittings would be possible; None when no single one is enough."""
        best = max(Rule, key=lambda rule: (self.alone.get(rule, 0), -list(Rule).index(rule)))
        return best if self.alone.get(best, 0) else None


def grid(window: Window) -> list[dt.datetime]:
    """The beginnings to look at: each half hour on London's clock, ending inside the window, and not too soon."""
    span = window.span
    last = span.ends - window.length
    begin = span.starts.astimezone(dt.UTC).replace(second=0, microsecond=0)
    begin -= dt.timedelta(minutes=begin.minute % (EVERY.seconds // 60))
    if begin < span.starts:
        begin += EVERY
    return [begin + EVERY * number for number in range(max(0, (last - begin) // EVERY + 1))]


def kept_by(duty: Duty, starts: Sequence[dt.datetime], length: dt.timedelta) -> Iterator[tuple[Rule, int]]:
    """For each rule the sittings to which it keeps this person from coming, as bits (policy.inside).

    Each sitting is counted for the first rule alone. Being on duty beats all but being away.
    """
    if not starts:
        return
    within = Span(starts[0], starts[-1] + length)
    away = policy.meeting(duty.away, starts, length)
    on_duty = policy.inside(duty.on, starts, length)
    taken = away | on_duty
    yield Rule.AWAY, away
    for rule, spans in (
        (Rule.AFTER_NIGHT, policy.after_nights(duty)),
        (Rule.REST_DAY, policy.rest_days(duty)),
        (Rule.OFF_HOURS, policy.off_hours(duty, within)),
    ):
        bits = policy.meeting(spans, starts, length) & ~taken
        taken |= bits
        yield rule, bits


def can_lead(duty: Duty, starts: Sequence[dt.datetime], length: dt.timedelta) -> int:
    """The sittings that this defuser could lead, as bits: on duty and not away; where nothing is known, waking hours.

    Nobody leads within eleven hours after a night or four before one (`rested`), unless that night is the duty.
    """
    if not starts:
        return 0
    within = Span(starts[0], starts[-1] + length)
    every = (1 << len(starts)) - 1
    known = policy.meeting(duty.known, starts, length)
    unsaid = every & ~known & ~policy.meeting(policy.off_hours(duty, within), starts, length)
    on = policy.inside(duty.on, starts, length)
    before = [Span(one.starts - policy.BEFORE_A_NIGHT, one.starts) for one in duty.on if policy.is_night(one)]
    unrested = policy.meeting(policy.after_nights(duty), starts, length) | policy.meeting(before, starts, length)
    return (on | unsaid) & ~policy.meeting(duty.away, starts, length) & ~unrested


def find(window: Window, people: Sequence[Duty], defusers: Sequence[Duty] | None = None, *, most: int = 24) -> Found:
    """The best sittings for these people, at most `most`: by zone, then how many are on duty, then near the target.

    `defusers`: of those who could lead it one must be there; None asks for nobody. Deterministic.
    """
    starts, length = grid(window), window.length
    kept = _kept(people, starts, length)
    leads = [can_lead(one, starts, length) for one in defusers or ()]
    if defusers is not None:
        anybody = 0
        for bits in leads:
            anybody |= bits
        kept[Rule.NO_DEFUSER] = [((1 << len(starts)) - 1) & ~anybody]
    stopping = {rule: _any(bits) for rule, bits in kept.items()}
    barred = _any(list(stopping.values()))
    on_duty = [policy.inside(one.on, starts, length) for one in people]
    unknown = [0 if one.source is not Source.UNKNOWN else (1 << len(starts)) - 1 for one in people]
    possible = [
        Slot(
            start, start + length, window.zone(start), _count(on_duty, index), _count(unknown, index),
            _count(leads, index),
        )
        for index, start in enumerate(starts)
        if not barred >> index & 1
    ]  # fmt: skip
    best = sorted(possible, key=lambda one: (_PLACES[one.zone], -one.on_duty, *_aside(window, one.starts)))
    return Found(
        best[:most], () if best else _nearly(window, starts, kept), len(starts),
        {rule: bits.bit_count() for rule, bits in stopping.items() if bits}, _alone(stopping),
    )  # fmt: skip


def _kept(people: Sequence[Duty], starts: Sequence[dt.datetime], length: dt.timedelta) -> dict[Rule, list[int]]:
    kept: dict[Rule, list[int]] = {}
    same: dict[int, list[tuple[Rule, int]]] = {}  # a whole shift has one and the same duty
    for one in people:
        if id(one) not in same:
            same[id(one)] = list(kept_by(one, starts, length))
        for rule, bits in same[id(one)]:
            kept.setdefault(rule, []).append(bits)
    return kept


def _any(bits: Sequence[int]) -> int:
    found = 0
    for one in bits:
        found |= one
    return found


def _count(bits: Sequence[int], index: int) -> int:
    return sum(one >> index & 1 for one in bits)


def _aside(window: Window, starts: dt.datetime) -> tuple[dt.timedelta, dt.datetime]:
    return abs(starts - window.moment(window.target)), starts


def _alone(stopping: Mapping[Rule, int]) -> dict[Rule, int]:
    found = {}
    for rule, bits in stopping.items():
        others = _any([other for name, other in stopping.items() if name is not rule])
        if (bits & ~others).bit_count():
            found[rule] = (bits & ~others).bit_count()
    return found


def _nearly(
    window: Window, starts: Sequence[dt.datetime], kept: Mapping[Rule, Sequence[int]], most: int = 5
) -> list[Nearly]:
    """The sittings to which the fewest cannot come."""
    rows = []
    for index, start in enumerate(starts):
        counts = Counter({rule: _count(bits, index) for rule, bits in kept.items()})
        order = (counts.total(), _PLACES[window.zone(start)], *_aside(window, start))
        rows.append((order, Nearly(start, start + window.length, window.zone(start), dict(+counts))))
    return [nearly for _order, nearly in sorted(rows, key=lambda row: row[0])[:most]]
