"""The way to being a trainer, in plain Python: which step comes after which, and how long an approval holds (R46)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

HOLDS = dt.timedelta(days=730)  # an approval lapses two years after it, or after the last day delivered
NATIONAL = "national"


class Stage(StrEnum):
    """How far somebody has come."""

    CANDIDATE = "candidate"
    CO_DELIVERED = "co-delivered"
    OBSERVED = "observed"
    APPROVED = "approved"
    LAPSED = "lapsed"


# What may follow what. Who lapsed is observed again before they are approved again.
NEXT: dict[Stage | None, frozenset[Stage]] = {
    None: frozenset({Stage.CANDIDATE}),
    Stage.CANDIDATE: frozenset({Stage.CO_DELIVERED, Stage.LAPSED}),
    Stage.CO_DELIVERED: frozenset({Stage.CO_DELIVERED, Stage.OBSERVED, Stage.LAPSED}),
    Stage.OBSERVED: frozenset({Stage.OBSERVED, Stage.APPROVED, Stage.LAPSED}),
    Stage.APPROVED: frozenset({Stage.LAPSED}),
    Stage.LAPSED: frozenset({Stage.CO_DELIVERED, Stage.OBSERVED}),
}


class No(StrEnum):
    """Why a step cannot be recorded."""

    ORDER = "order"
    NO_DATE = "no-date"
    NOT_ON_DATE = "not-on-date"
    FUTURE = "future"
    BEFORE_LAST = "before-last"
    NOT_TRAINED = "not-trained"
    NATIONAL_APPROVES = "national-approves"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Step:
    """One step that was taken, on a day."""

    stage: Stage
    on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A step that somebody wants to record: with the training to train others or not, on which date it was seen."""

    stage: Stage
    on: dt.date
    trained: bool
    has_date: bool
    on_date: bool
    by_national: bool
    own: bool = False  # whoever records it is the person


def why_not(asked: Asked, last: Step | None, today: dt.date) -> No | None:
    """Why a step cannot be recorded after the last one; None when it can.

    Co-delivering and being observed are seen on a date on which the person was named; approving takes the training to
    train others, and is for the national body. Nobody records a step of their own.
    """
    seen = asked.stage in {Stage.CO_DELIVERED, Stage.OBSERVED}
    bars = (
        (No.OWN, asked.own),
        (No.ORDER, asked.stage not in NEXT[last.stage if last else None]),
        (No.FUTURE, asked.on > today),
        (No.BEFORE_LAST, last is not None and asked.on < last.on),
        (No.NO_DATE, seen and not asked.has_date),
        (No.NOT_ON_DATE, seen and asked.has_date and not asked.on_date),
        (No.NOT_TRAINED, asked.stage is Stage.APPROVED and not asked.trained),
        (No.NATIONAL_APPROVES, asked.stage is Stage.APPROVED and not asked.by_national),
    )
    return next((no for no, holds in bars if holds), None)


def lapses(last: Step, delivered: Iterable[dt.date], today: dt.date) -> bool:
    """True when an approval no longer holds: neither approved nor delivering within the last two years."""
    if last.stage is not Stage.APPROVED:
        return False
    return max([last.on, *(day for day in delivered if day <= today)]) + HOLDS <= today
