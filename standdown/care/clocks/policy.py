"""When somebody is told of a step, when a step is late, and how it looks. Plain Python; moments are aware."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from standdown.care.programme.policy import StepKind, Told

_LONDON = ZoneInfo("Europe/London")
ASK_AGAIN = dt.timedelta(hours=1)  # nobody held the last link: who holds it now?
STALE = dt.timedelta(minutes=5)  # the worker comes by every minute
STILL_ON_DUTY = dt.timedelta(hours=1)  # after duty end, while the supervisor may still catch the person
# How long before it is due a step turns amber. A defusing has a whole window instead; see `colour`.
AMBER: dict[StepKind, dt.timedelta] = {
    StepKind.DEMOBILISE: dt.timedelta(hours=1),
    StepKind.CONFIRM_LIST: dt.timedelta(hours=3),
    StepKind.DECIDE: dt.timedelta(hours=6),
    StepKind.BOOK: dt.timedelta(hours=12),
    StepKind.HOLD: dt.timedelta(0),
    StepKind.CHECK_OUT: dt.timedelta(hours=6),
    StepKind.BUDDY_CALL: dt.timedelta(hours=6),
    StepKind.REFERRAL_ANSWER: dt.timedelta(hours=8),
    StepKind.URGENT_HANDOVER: dt.timedelta(hours=2),
    StepKind.CONTACT_TWO_WEEKS: dt.timedelta(days=2),
    StepKind.CONTACT_MONTH: dt.timedelta(days=3),
    StepKind.CONTACT_THREE_MONTHS: dt.timedelta(days=7),
    StepKind.ACCEPT_HANDED_OVER: dt.timedelta(hours=2),
    StepKind.SELF_REFERRAL: dt.timedelta(hours=6),
    StepKind.CUMULATIVE_OFFER: dt.timedelta(days=1),
}
Somebody = TypeVar("Somebody")


class Colour(StrEnum):
    """How a step looks: never a mark against anybody, only what we owe."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain of escalation: so many minutes after a step was due, who is told (a code of Told)."""

    minutes: int
    told: str


@dataclass(frozen=True, slots=True)
class Call(Generic[Somebody]):
    """That these people are told at that level. Nobody among them: nobody held that link."""

    level: int
    told: str
    people: tuple[Somebody, ...]


@dataclass(frozen=True, slots=True)
class Round(Generic[Somebody]):
    """Who is told of a step now, how many of its chain were told then, and when it goes on (None: it does not)."""

    calls: tuple[Call[Somebody], ...]
    level: int
    next_at: dt.datetime | None


def moment_of(chain: Sequence[Link], level: int, due_at: dt.datetime) -> dt.datetime | None:
    """When the link at that level (0 is the first) is due; None when nobody is left to tell."""
    return due_at + dt.timedelta(minutes=chain[level].minutes) if level < len(chain) else None


def go_on(
    chain: Sequence[Link], level: int, due_at: dt.datetime, at: dt.datetime, whom: Callable[[str], Sequence[Somebody]]
) -> Round[Somebody]:
    """Everybody who is to be told of a step whose moment has come, in the order of its chain (peers-care 3.1).

    Begins with the link at `level`, and goes on with those whose time had come by `at`, as after a day without a
    worker. Where nobody holds a link, the next one is told at once and not in its time. Where nobody holds the last one
    either, it is asked again an hour later, and so on: a step is never dropped because somebody's post is empty.
    """
    calls: list[Call[Somebody]] = []
    held = False
    while (moment := moment_of(chain, level, due_at)) is not None and (moment <= at or not held):
        people = tuple(whom(chain[level].told))
        calls.append(Call(level, chain[level].told, people))
        held, level = bool(people), level + 1
    if calls and not held:
        return Round(tuple(calls), level - 1, at + ASK_AGAIN)
    return Round(tuple(calls), level, moment)


def wakes(kind: str, due_at: dt.datetime, at: dt.datetime) -> bool:
    """True when word of a step goes out in quiet hours too: an urgent handover, and the talk while people are there.

    Only ever to those who owe something; nobody who was exposed is told of steps.
    """
    return kind == StepKind.URGENT_HANDOVER or (kind == StepKind.DEMOBILISE and at < due_at + STILL_ON_DUTY)


def posts(told: str) -> tuple[str, ...]:
    """The roles whose holders a link means, the first that somebody holds; empty where it means a person."""
    return {
        Told.COORDINATOR.value: ("estip-coordinator", "estip-lead"),
        Told.ESTIP_LEAD.value: ("estip-lead",),
        Told.OCCUPATIONAL_HEALTH.value: ("occupational-health",),
    }.get(told, ())


def is_late(due_at: dt.datetime, closed_at: dt.datetime | None, at: dt.datetime) -> bool:
    """True when the step was closed after it was due, or is open after it. Late stays late."""
    return (closed_at or at) > due_at


def colour(kind: str, due_at: dt.datetime, at: dt.datetime, *, amber_hours: int = 0) -> Colour:
    """How an open step looks at that moment.

    Amber from some time before it is due, red from then on. A defusing is due with the end of its green window, and is
    amber for `amber_hours` more: until seven days after T0, as its programme says (R77).
    """
    if at > due_at + (dt.timedelta(hours=amber_hours) if kind == StepKind.HOLD else dt.timedelta(0)):
        return Colour.RED
    return Colour.AMBER if at > due_at - AMBER[StepKind(kind)] else Colour.GREEN


def hours_after(t0: dt.datetime, hours: int) -> dt.datetime:
    """The moment so many hours after T0. Hours are hours, also over a change of the clocks."""
    return t0 + dt.timedelta(hours=hours)


def day_after(t0: dt.datetime, days: int) -> dt.date:
    """The day in London so many calendar days after the day of T0 there."""
    return t0.astimezone(_LONDON).date() + dt.timedelta(days=days)


def end_of(day: dt.date) -> dt.datetime:
    """The moment (UTC) with which that day ends in London; over a change of the clocks it has 23 or 25 hours."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, tzinfo=_LONDON).astimezone(dt.UTC)
