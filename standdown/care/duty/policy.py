"""When somebody is on duty, rests or must not be asked in. Plain Python; moments are aware and in UTC, hours are real.

A duty is said on London's clock ("22:00 to 07:00"), so a night in which the clocks change is an hour longer or shorter.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAY = dt.timedelta(days=1)
AFTER_A_NIGHT = dt.timedelta(hours=11)  # the daily rest that follows any duty; after nights it is for sleep (R31)
BEFORE_A_NIGHT = dt.timedelta(hours=4)  # nobody leads a session just before a night begins
NIGHT_FROM, NIGHT_UNTIL = dt.time(23), dt.time(6)
LEAST_NIGHT = dt.timedelta(hours=3)  # of a duty that falls into the night, for it to be a night
WAKING_FROM, WAKING_UNTIL = dt.time(8), dt.time(20)  # who is off duty or unknown is asked in only between these


class Span(NamedTuple):
    """From a moment until a moment, which is no longer of it."""

    starts: dt.datetime
    ends: dt.datetime


class Source(StrEnum):
    """From where it is known when somebody is on duty."""

    FILE = "file"
    PATTERN = "pattern"
    UNKNOWN = "unknown"


class Shift(NamedTuple):
    """One day of a cycle on which there is a shift: `day` counts from 0, `minutes` on the clock on the wall."""

    day: int
    starts: dt.time
    minutes: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """The rhythm of a team: a cycle of so many days, from a day until a day (None: open)."""

    anchor: dt.date
    days: int
    since: dt.date
    until: dt.date | None
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """What is known of one person: on duty, certainly away (leave, rest day or court by the file), and which days.

    Every list is in order and does not overlap itself. Outside `known` nobody said anything.
    """

    source: Source = Source.UNKNOWN
    on: tuple[Span, ...] = ()
    away: tuple[Span, ...] = ()
    known: tuple[Span, ...] = ()


UNKNOWN = Duty()


# -- London's clock --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def midnight(day: dt.date) -> dt.datetime:
    """The moment at which that day begins in London."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=LONDON).astimezone(dt.UTC)


def at_wall(wall: dt.datetime, *, late: bool = False) -> dt.datetime:
    """The moment that clocks in London show as `wall` (naive).

    In the hour that comes twice, the first of the two, or with `late` the second; a time that is skipped is read as
    if the clocks had not been put forward.
    """
    return wall.replace(tzinfo=LONDON, fold=int(late)).astimezone(dt.UTC)


def day_of(moment: dt.datetime) -> dt.date:
    """The calendar day in London at that moment."""
    return moment.astimezone(LONDON).date()


def days_of(span: Span) -> Iterator[dt.date]:
    """Every day in London that the span touches."""
    day, last = day_of(span.starts), day_of(span.ends - dt.timedelta(microseconds=1))
    while day <= last:
        yield day
        day += DAY


# -- spans -----------------------------------------------------------------------------------------------------------


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time in order, with spans that touch made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.starts <= found[-1].ends:
            found[-1] = Span(found[-1].starts, max(found[-1].ends, span.ends))
        else:
            found.append(span)
    return tuple(found)


def without(spans: Iterable[Span], taken: Sequence[Span]) -> tuple[Span, ...]:
    """What is left of the spans when the others (in order, not overlapping) are taken out."""
    left: list[Span] = []
    for span in spans:
        begin = span.starts
        for out in taken[bisect_right(taken, span.starts, key=lambda one: one.ends) :]:
            if out.starts >= span.ends:
                break
            if out.starts > begin:
                left.append(Span(begin, out.starts))
            begin = max(begin, out.ends)
        if begin < span.ends:
            left.append(Span(begin, span.ends))
    return tuple(left)


def holding(spans: Sequence[Span], at: dt.datetime) -> Span | None:
    """The one of the spans (in order) in which that moment lies."""
    index = bisect_right(spans, at, key=lambda one: one.starts) - 1
    return spans[index] if index >= 0 and at < spans[index].ends else None


def touching(spans: Sequence[Span], span: Span) -> bool:
    """True when any of the spans (in order, not overlapping) shares time with that one."""
    index = bisect_right(spans, span.starts, key=lambda one: one.ends)
    return index < len(spans) and spans[index].starts < span.ends


# -- one person ------------------------------------------------------------------------------------------------------


def free(duty: Duty) -> tuple[Span, ...]:
    """When the person is on duty and not away: the time in which something can be booked."""
    return without(duty.on, duty.away)


def on_duty_at(duty: Duty, at: dt.datetime) -> bool | None:
    """True or False where it is known whether the person is on duty at that moment, else None."""
    if holding(duty.known, at) is None:
        return None
    return holding(duty.on, at) is not None and holding(duty.away, at) is None


def off_duty_after(duty: Duty, t0: dt.datetime) -> dt.datetime | None:
    """When the duty ends during which T0 fell; None when it fell into none, or nothing is known (R67)."""
    span = holding(duty.on, t0)
    return span.ends if span else None


@lru_cache(maxsize=4096)
def is_night(span: Span) -> bool:
    """True for a duty of which at least three hours fall between 23:00 and 06:00 in London."""
    share = dt.timedelta()
    for day in (day_of(span.starts) - DAY, *days_of(span)):
        begin = at_wall(dt.datetime.combine(day, NIGHT_FROM))
        end = at_wall(dt.datetime.combine(day + DAY, NIGHT_UNTIL))
        share += max(dt.timedelta(), min(end, span.ends) - max(begin, span.starts))
    return share >= LEAST_NIGHT


def after_nights(duty: Duty) -> tuple[Span, ...]:
    """The time after each night in which nobody is asked in: eleven hours, unless they are on duty sooner."""
    return without([Span(one.ends, one.ends + AFTER_A_NIGHT) for one in duty.on if is_night(one)], duty.on)


def rested(duty: Duty, span: Span) -> bool:
    """True when no night has just ended before that time and none begins right after it (R31, R82)."""
    ahead = tuple(Span(one.starts - BEFORE_A_NIGHT, one.starts) for one in duty.on if is_night(one))
    return not touching(after_nights(duty), span) and not touching(ahead, span)


def rest_days(duty: Duty) -> tuple[Span, ...]:
    """The days, of those that are known, on which no duty begins; what is left of a night is no part of them."""
    begun = {day_of(one.starts) for one in duty.on}
    idle = (
        Span(max(midnight(day), known.starts), min(midnight(day + DAY), known.ends))
        for known in duty.known
        for day in days_of(known)
        if day not in begun
    )
    return without(merged(idle), duty.on)


def off_hours(duty: Duty, within: Span) -> tuple[Span, ...]:
    """The hours in which nobody is asked in unless they are on duty then: before 08:00 and after 20:00 in London."""
    return without(_dark(within), duty.on)


@lru_cache(maxsize=64)
def _dark(within: Span) -> tuple[Span, ...]:
    return merged(
        Span(
            at_wall(dt.datetime.combine(day - DAY, WAKING_UNTIL)), at_wall(dt.datetime.combine(day, WAKING_FROM))
        )
        for day in (*days_of(within), day_of(within.ends) + DAY)
    )  # fmt: skip


# -- shift patterns --------------------------------------------------------------------------------------------------


def shifts_between(pattern: Pattern, since: dt.date, until: dt.date) -> tuple[Span, ...]:
    """The duties of that pattern that begin on the days from `since` until before `until`."""
    by_day = {shift.day: shift for shift in pattern.shifts}
    first = max(since, pattern.since)
    last = min(until, pattern.until) if pattern.until else until
    found = []
    for offset in range(max(0, (last - first).days)):
        day = first + dt.timedelta(days=offset)
        shift = by_day.get((day - pattern.anchor).days % pattern.days)
        if shift is not None:
            wall = dt.datetime.combine(day, shift.starts)
            ends = at_wall(wall + dt.timedelta(minutes=shift.minutes), late=True)
            found.append(Span(at_wall(wall), ends))
    return merged(found)


def put_together(
    filed: Sequence[tuple[bool, Span]], covered: Sequence[Span], patterns: Sequence[Pattern], window: Span
) -> Duty:
    """What is known of a person in that window: by the file on the days that it covers, else by the team's pattern.

    `filed` holds (is on duty, from when until when); `covered` is from the first to the last day of each file.
    """
    by_file = merged(covered)
    on = [span for on_duty, span in filed if on_duty]
    away = merged(span for on_duty, span in filed if not on_duty)
    since, until = day_of(window.starts) - DAY, day_of(window.ends) + DAY
    by_pattern: list[Span] = []
    for pattern in patterns:
        known = Span(
            midnight(max(since, pattern.since)), midnight(min(until, pattern.until) if pattern.until else until)
        )
        if known.starts < known.ends:
            by_pattern += without([known], by_file)
            begins = shifts_between(pattern, since, until)
            on += [span for span in begins if holding(by_file, span.starts) is None]
    source = Source.FILE if by_file else Source.PATTERN if by_pattern else Source.UNKNOWN
    return Duty(source, merged(on), away, merged([*by_file, *by_pattern]))


# -- many moments at once --------------------------------------------------------------------------------------------


def inside(spans: Iterable[Span], starts: Sequence[dt.datetime], length: dt.timedelta) -> int:
    """Which of the sittings lie wholly inside one of the spans, as bits: bit i is the sitting that begins at starts[i].

    `starts` is in order. A few steps for each span, however many sittings.
    """
    bits = 0
    for span in spans:
        first = bisect_left(starts, span.starts)
        after = bisect_right(starts, span.ends - length)
        if after > first:
            bits |= (1 << after) - (1 << first)
    return bits


def meeting(spans: Iterable[Span], starts: Sequence[dt.datetime], length: dt.timedelta) -> int:
    """Which of the sittings share time with any of the spans, as bits as in `inside`."""
    bits = 0
    for span in spans:
        first = bisect_right(starts, span.starts - length)
        after = bisect_left(starts, span.ends)
        if after > first:
            bits |= (1 << after) - (1 << first)
    return bits
