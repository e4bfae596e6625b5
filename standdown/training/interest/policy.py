"""The rules of telling one's wellbeing lead, and the order in which a lead sees names. Plain Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# -- telling ----------------------------------------------------------------------------------------------------------

OPEN = ("open", "held")  # nobody has answered for good
FOR_KINDS = frozenset({"officer", "staff"})  # whom the course is for (R25)


class No(StrEnum):
    """Why somebody cannot tell their lead that they would like to be trained."""

    NO_FORCE = "no-force"
    LEFT = "left"
    NOT_ADOPTED = "not-adopted"
    NOT_OFFICER_OR_STAFF = "not-officer-or-staff"
    NO_ROLE = "no-role"
    ALREADY = "already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """What the rules ask about somebody who tells their lead."""

    has_force: bool
    serving: bool
    adopted: bool
    kind: str
    line_manager: bool
    peer_supporter: bool
    already: bool


def why_not(who: Teller) -> No | None:
    """The first rule that speaks against telling one's lead now; None when none does (R23 to R25)."""
    bars = (
        (No.NO_FORCE, not who.has_force),
        (No.LEFT, not who.serving),
        (No.NOT_ADOPTED, not who.adopted),
        (No.NOT_OFFICER_OR_STAFF, who.kind not in FOR_KINDS),
        (No.ALREADY, who.already),
        (No.NO_ROLE, not (who.line_manager or who.peer_supporter)),
    )
    return next((no for no, holds in bars if holds), None)


class Deed(StrEnum):
    """What can be done about what somebody told."""

    KEEP = "keep"
    NOT_NOW = "not-now"
    ASK_LINE_MANAGER = "ask-line-manager"
    TAKE_BACK = "take-back"


def may(deed: Deed, state: str) -> bool:
    """True when that can be done in that state. What is kept for later is not kept a second time."""
    return state == "open" if deed is Deed.KEEP else state in OPEN


# -- the order of names -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cover:
    """How thin cover is where somebody works: how many able people their team has, of how many wanted."""

    able: int
    wanted: int
    lapsing: int = 0  # of the able, those whose qualification ends within three months

    @property
    def gap(self) -> int:
        """How many are missing, counting those who will soon lapse as missing."""
        return max(0, self.wanted - self.able + self.lapsing)

    def __add__(self, other: Cover) -> Cover:
        return Cover(self.able + other.able, self.wanted + other.wanted, self.lapsing + other.lapsing)


NOWHERE = Cover(0, 0)


def in_cover_order(names: Iterable[tuple[str, Cover, dt.datetime]]) -> list[str]:
    """Names (key, cover where they work, since when they wait) with the widest gap first (R26, R159).

    Where gaps are equal, the team with the smaller share of able people; then who has waited longer. It is a
    proposal: the lead decides.
    """

    def order(one: tuple[str, Cover, dt.datetime]) -> tuple[int, float, dt.datetime, str]:
        key, cover, since = one
        share = cover.able / cover.wanted if cover.wanted else 1.0
        return (-cover.gap, share, since, key)

    return [key for key, _cover, _since in sorted(names, key=order)]
