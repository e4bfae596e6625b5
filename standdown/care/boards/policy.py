"""The colour of an incident's clock, and what it is stuck on. Plain Python; moments are aware."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

SOON = dt.timedelta(hours=12)  # what is due within that time is amber


class Colour(StrEnum):
    """How an incident stands by its clocks. Red belongs to a step that we owe, never to a person."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Stuck(StrEnum):
    """Why an incident does not go on, in the order in which somebody can do something about it."""

    RESTRICTED = "restricted"
    ACCOUNTS = "accounts"
    NOT_CONFIRMED = "not-confirmed"
    UNDECIDED = "undecided"
    NOT_GROUPED = "not-grouped"
    NO_DEFUSER = "no-defuser"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one incident, in numbers."""

    next_due: dt.datetime | None = None
    late: int = 0
    restricted: bool = False
    accounts_outstanding: bool = False
    list_confirmed: bool = False
    undecided: int = 0
    to_defuse: int = 0
    placed: int = 0  # of those, how many are in a session that is planned
    without_defuser: int = 0
    disputed: int = 0

    @property
    def to_place(self) -> int:
        """How many people are to be defused and sit in no session yet."""
        return max(self.to_defuse - self.placed, 0)


def colour(standing: Standing, at: dt.datetime) -> Colour:
    """Red where a step is late, amber where one is due within twelve hours, else green."""
    if standing.late:
        return Colour.RED
    due = standing.next_due
    return Colour.AMBER if due is not None and due - at <= SOON else Colour.GREEN


def stuck(standing: Standing) -> list[Stuck]:
    """Everything that holds the incident up."""
    held_up = {
        Stuck.RESTRICTED: standing.restricted and standing.to_defuse > 0,
        Stuck.ACCOUNTS: standing.accounts_outstanding and standing.to_defuse > 0,
        Stuck.NOT_CONFIRMED: not standing.list_confirmed,
        Stuck.UNDECIDED: standing.undecided > 0,
        Stuck.NOT_GROUPED: standing.to_place > 0,
        Stuck.NO_DEFUSER: standing.without_defuser > 0,
        Stuck.DISPUTED: standing.disputed > 0,
    }
    return [reason for reason, holds in held_up.items() if holds]


def order(standing: Standing, at: dt.datetime) -> tuple[int, dt.datetime]:
    """What comes first on a board: late ones, then what is due next."""
    last = dt.datetime.max.replace(tzinfo=dt.UTC)
    return [*Colour].index(colour(standing, at)), standing.next_due or last
