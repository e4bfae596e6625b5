"""The rules of adopting the training, in plain Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class AdoptionState(StrEnum):
    """How far a force has come with adopting the training (R14)."""

    NOT_ASKED = "not-asked"
    INTEREST = "registered-interest"
    APPROVED = "senior-approval"
    ADOPTED = "adopted"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


class ChecklistItem(StrEnum):
    """What has to be in place before a force adopts (R15)."""

    CHIEF_OFFICER = "chief-officer"
    PEER_NETWORK = "peer-network"
    ESTIP_LEAD = "estip-lead"
    COORDINATOR = "coordinator"
    OCCUPATIONAL_HEALTH = "occupational-health"
    POLICY = "policy"
    DPIA = "dpia"


# From a state to the states that may follow. A force that withdrew may register interest again.
FOLLOWS: dict[AdoptionState, frozenset[AdoptionState]] = {
    AdoptionState.NOT_ASKED: frozenset({AdoptionState.INTEREST}),
    AdoptionState.INTEREST: frozenset({AdoptionState.APPROVED, AdoptionState.WITHDRAWN}),
    AdoptionState.APPROVED: frozenset({AdoptionState.ADOPTED, AdoptionState.WITHDRAWN}),
    AdoptionState.ADOPTED: frozenset({AdoptionState.PAUSED, AdoptionState.WITHDRAWN}),
    AdoptionState.PAUSED: frozenset({AdoptionState.ADOPTED, AdoptionState.WITHDRAWN}),
    AdoptionState.WITHDRAWN: frozenset({AdoptionState.INTEREST}),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One recorded step of adoption: the state and the day from which it holds."""

    state: AdoptionState
    on: dt.date


def state_on(steps: Iterable[Step], day: dt.date) -> AdoptionState:
    """The state that holds on `day`: that of the last step on or before it; not asked when there is none."""
    past = [step for step in steps if step.on <= day]
    return max(past, key=lambda step: step.on).state if past else AdoptionState.NOT_ASKED


def may_follow(current: AdoptionState, following: AdoptionState) -> bool:
    """True when a force in `current` may be recorded as `following`."""
    return following in FOLLOWS[current]


def missing(ticked: Iterable[ChecklistItem]) -> tuple[ChecklistItem, ...]:
    """The points of the checklist that are still open, in their own order."""
    done = set(ticked)
    return tuple(item for item in ChecklistItem if item not in done)


def receives_dates(state: AdoptionState) -> bool:
    """Only a force that has adopted, and not paused, is sent dates and may put people forward (R16)."""
    return state is AdoptionState.ADOPTED


class StepBar(StrEnum):
    """Why a step cannot be recorded as asked."""

    TO_COME = "to-come"
    NOT_AFTER = "not-after"  # on or before the day of the last step
    OUT_OF_ORDER = "out-of-order"
    INCOMPLETE = "incomplete"


def bar_to_step(step: Step, steps: Iterable[Step], ticked: Iterable[ChecklistItem], today: dt.date) -> StepBar | None:
    """What keeps `step` from being recorded after `steps`; None when nothing does (R14, R15).

    A step is a fact of the past or of today, later than the last one. Adopting, also again after a pause, needs every
    point of the checklist.
    """
    recorded = sorted(steps, key=lambda one: one.on)
    if step.on > today:
        return StepBar.TO_COME
    if recorded and step.on <= recorded[-1].on:
        return StepBar.NOT_AFTER
    if not may_follow(recorded[-1].state if recorded else AdoptionState.NOT_ASKED, step.state):
        return StepBar.OUT_OF_ORDER
    if step.state is AdoptionState.ADOPTED and missing(ticked):
        return StepBar.INCOMPLETE
    return None


def next_states(current: AdoptionState) -> tuple[AdoptionState, ...]:
    """The states that may follow, in their own order."""
    return tuple(state for state in AdoptionState if state in FOLLOWS[current])


MOST_EVIDENCE = 5 * 1024 * 1024  # bytes
MOST_DOCUMENTS = 20  # a force; enough for every point to be shown more than twice
_PDF = b"%PDF-"


def is_pdf(content: bytes) -> bool:
    """True for what begins as a PDF does; its name and what the browser called it do not count."""
    return content.startswith(_PDF)


MOST_DEMAND_A_DAY = 50  # counted for one force; a page that asks for no name can only be bounded by number


def counted_on(day: dt.date, last_day: dt.date | None, last_day_count: int) -> int:
    """How many voices of `day` were counted, from the last day that counted any and its number."""
    return last_day_count if last_day == day else 0
