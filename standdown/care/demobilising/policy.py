"""Five minutes before going off duty: who may hold them, how long a list shows it. Plain Python; aware moments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

A_MINUTE = dt.timedelta(minutes=1)  # cards are filled in by the minute
SHOWN_FOR = dt.timedelta(hours=72)  # what is dealt with stays on a supervisor's list so long, and no longer (R127)
TRAINED_BY = frozenset({"demobilise", "peer-support", "defuse"})  # any of these skills is training enough (R67)


class Standing(StrEnum):
    """All that a list says of somebody: no outcome, no reason, and a decline reads as everything else dealt with."""

    NOT_YET = "not-yet"
    LATE = "late"  # ours, never theirs
    CLOSED = "closed"


# What each outcome makes of the step that was owed. Whatever was offered is done; nothing of it counts against anyone.
COMES_TO = {"held": "done", "offered": "offered", "declined": "offered", "could-not": "no-reply"}


def standing(*, waits: bool, due_at: dt.datetime, at: dt.datetime) -> Standing:
    """How a list speaks of somebody: still to come, late, or closed."""
    if not waits:
        return Standing.CLOSED
    return Standing.LATE if due_at < at else Standing.NOT_YET


def is_trained(skills: Collection[str]) -> bool:
    """True when one of these current skills teaches how to hold the talk."""
    return not TRAINED_BY.isdisjoint(skills)


def may_be_given(*, supervises: bool, coordinates: bool, trained: bool) -> bool:
    """Who may be given a talk: a supervisor or coordinator, trained or not; anybody else only when trained (R67)."""
    return supervises or coordinates or trained


def held_when(said: dt.datetime | None, t0: dt.datetime, at: dt.datetime) -> dt.datetime:
    """When a talk was held, as a device says, whose clock may be wrong: never before T0, never after now."""
    return at if said is None else min(max(said, t0), at)


def may_record_again(*, recorded: bool, decided: bool) -> bool:
    """A record may be put right until the next step is decided. A first record is taken however late it comes."""
    return not (recorded and decided)


class PaperProblem(StrEnum):
    """What is wrong with the time on a card."""

    AHEAD = "ahead"
    BEFORE = "before"


def paper_problem(held: dt.datetime, t0: dt.datetime, at: dt.datetime) -> PaperProblem | None:
    """What is wrong with when a card says it was held: ahead of now, or before T0. None: nothing."""
    if held > at:
        return PaperProblem.AHEAD
    return PaperProblem.BEFORE if held < t0 - A_MINUTE else None
