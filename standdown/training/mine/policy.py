"""What happens next for somebody, in plain Python: the one thing that stands on top of their page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

AWAITED = dt.timedelta(days=90)  # how long a day that is over, and not settled, stays on top


class Next(StrEnum):
    """What happens next, in the order in which it matters: what the person has to do, then what is coming."""

    ANSWER = "answer"
    COMING = "coming"
    FEEDBACK = "feedback"
    FOLLOW_UP = "follow-up"
    RECORDING = "recording"
    AWAITED = "awaited"
    AGREEMENT = "agreement"
    WAITING = "waiting"
    HELD = "held"
    TOLD = "told"
    QUALIFIED = "qualified"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One of the person's dates: where it stands. `certified`: its certificate was issued."""

    key: str
    state: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    answer_by: dt.datetime | None = None
    certified: bool = False
    goes_ahead: bool = True

    def next_at(self, at: dt.datetime) -> Next | None:
        """What this date asks or promises at that moment; None when it is settled."""
        if not self.goes_ahead:
            return None
        if self.state == "offered":
            return Next.ANSWER if self.answer_by is not None and at < self.answer_by else None
        if self.state == "accepted":
            return Next.COMING if at < self.ends_at else self._after(Next.RECORDING, at)
        if self.state == "attended":
            return None if self.certified else self._after(Next.AWAITED, at)
        if at >= self.starts_at:
            return None
        return {"nominated": Next.AGREEMENT, "waiting": Next.WAITING}.get(self.state)

    def _after(self, what: Next, at: dt.datetime) -> Next | None:
        return what if at - self.ends_at < AWAITED else None

    @property
    def moment(self) -> dt.datetime:
        """What decides between two dates of one kind: the nearer deadline, or the nearer day."""
        return self.answer_by or self.starts_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that decides what stands on top. Keys are those of the nominations and questions concerned."""

    dates: Sequence[Standing] = ()
    feedback: str | None = None  # the day on which feedback is asked
    follow_up: str | None = None  # the question, three months on
    interest: str = ""  # "open", "held", or none
    qualified: bool = False


def what_next(facts: Facts, at: dt.datetime) -> tuple[Next, str | None]:
    """What happens next, and the key of what it is about; None where it is about nothing in particular."""
    found = list(_possible(facts, at))
    order = list(Next)
    what, _moment, key = min(found, key=lambda one: (order.index(one[0]), one[1], one[2] or ""))
    return what, key


def _possible(facts: Facts, at: dt.datetime) -> Iterable[tuple[Next, dt.datetime, str | None]]:
    for one in facts.dates:
        what = one.next_at(at)
        if what is not None and not (what is Next.AWAITED and one.key == facts.feedback):
            yield what, one.moment, one.key
    if facts.feedback is not None:
        yield Next.FEEDBACK, at, facts.feedback
    if facts.follow_up is not None:
        yield Next.FOLLOW_UP, at, facts.follow_up
    if facts.interest:
        yield (Next.HELD if facts.interest == "held" else Next.TOLD), at, None
    yield (Next.QUALIFIED if facts.qualified else Next.NOTHING), at, None
