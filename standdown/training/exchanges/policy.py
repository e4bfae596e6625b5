"""The rules of exchanging places, in plain Python: who may pass a place on to whom, and which two may change places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

PLACE = ("offered", "accepted")  # holds a place that can still be passed on


class OrderReason(StrEnum):
    """Why a lead put the force's own waiting names into another order (R26)."""

    COVER = "cover"
    CHOICE = "lead-choice"


class No(StrEnum):
    """Why two cannot change places, or a place not be passed on."""

    OTHER_FORCE = "other-force"
    BY_EXCEPTION = "by-exception"
    SAME_DATE = "same-date"
    SAME_PERSON = "same-person"
    NOTHING_TO_SWAP = "nothing-to-swap"


@dataclass(frozen=True, slots=True)
class Name:
    """One of the two who would change places. `aid`: the place was given by exception, to this person alone."""

    person: str
    force: str
    session: str
    state: str
    aid: bool = False


def substitute_bar(first: Name, force: str | None) -> No | None:
    """Why somebody of that force cannot come in this person's stead; None when they may.

    The place stays the force's. What was agreed by exception was agreed for one person.
    """
    if first.aid:
        return No.BY_EXCEPTION
    return None if force == first.force else No.OTHER_FORCE


def swap_bar(first: Name, second: Name) -> No | None:
    """Why these two cannot change places; None when they can.

    On two dates each holds a place; on one date one holds a place and the other waits for one.
    """
    bars = (
        (No.OTHER_FORCE, first.force != second.force),
        (No.SAME_PERSON, first.person == second.person),
        (No.BY_EXCEPTION, first.aid or second.aid),
        (No.NOTHING_TO_SWAP, not _pair(first, second)),
    )
    return next((no for no, holds in bars if holds), None)


def _pair(first: Name, second: Name) -> bool:
    if first.session != second.session:
        return first.state in PLACE and second.state in PLACE
    return (first.state in PLACE and second.state == "waiting") or (first.state == "waiting" and second.state in PLACE)


def new_order(wanted: Sequence[str], before: dict[str, int | None]) -> dict[str, int] | None:
    """The order of each of these names that is another than before; None when the names are not those that wait."""
    if len(wanted) != len(set(wanted)) or set(wanted) != before.keys():
        return None
    return {key: number for number, key in enumerate(wanted, start=1) if before[key] != number}
