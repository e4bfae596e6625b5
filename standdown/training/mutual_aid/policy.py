"""Mutual aid in plain Python: two sides agree, different people, in time; whatever is missing, the answer is no."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Whose agreement is asked: the person's own force, and whoever owns the date."""

    OWN_FORCE = "own-force"
    OWNER = "owner"


class Outcome(StrEnum):
    """What came of a request."""

    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"
    NO_ANSWER = "no-answer"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Who asked for whom, and who has agreed so far, all by their keys; `owner` is None for a national date."""

    home: str
    owner: str | None
    asker: str | None
    person: str
    own_force_by: str | None = None
    owner_by: str | None = None

    def agreed_by(self, side: Side) -> str | None:
        """Who has agreed for that side; None when nobody has yet."""
        return self.own_force_by if side is Side.OWN_FORCE else self.owner_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Somebody who may agree to mutual aid, in these forces, or for national dates."""

    key: str | None
    forces: frozenset[str]
    national: bool


def may_decide(side: Side, who: Decider, request: Request) -> bool:
    """True when this person may answer for that side.

    Nobody answers who asked, or whom it is about, or who answered for the other side. A national coordinator owns
    national dates and no others, and never speaks for a force.
    """
    other = request.agreed_by(Side.OWNER if side is Side.OWN_FORCE else Side.OWN_FORCE)
    if who.key is None or who.key in {request.asker, request.person, other}:
        return False
    if side is Side.OWN_FORCE:
        return request.home in who.forces
    return who.national if request.owner is None else request.owner in who.forces


def sides(who: Decider, request: Request) -> list[Side]:
    """For which sides this person may still answer."""
    return [side for side in Side if request.agreed_by(side) is None and may_decide(side, who, request)]


def outcome(state: str, *, refused: bool, both: bool) -> Outcome:
    """What came of a request whose nomination stands so: counted apart from other names."""
    if refused:
        return Outcome.REFUSED
    if both:
        return Outcome.AGREED
    if state == "nominated":
        return Outcome.OPEN
    return Outcome.NO_ANSWER if state == "expired" else Outcome.ENDED
