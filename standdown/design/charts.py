"""Where the shapes of a drawing stand, worked out before the template draws them.

Drawings are SVG made here, on the server, each beside the same facts in words. Positions are per cent of the width.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext, ngettext

from standdown.design.times import when_words

State = Literal["done", "due", "late", "coming"]
TONES: dict[State, str] = {"done": "done", "due": "due", "late": "late", "coming": "plain"}
_SEVEN_DAYS = 7 * 24
_EDGE = 4.0  # per cent kept free at both ends, so that marks are not cut off


@dataclass(frozen=True, slots=True)
class Step:
    """One step that we owe: its name, when it falls, how it stands, and when it was done if it was."""

    name: str
    due: dt.datetime
    state: State
    done: dt.datetime | None = None
    opens: dt.datetime | None = None
    now: dt.datetime | None = None

    @property
    def tone(self) -> str:
        """Name the tone of its tag."""
        return TONES[self.state]

    @property
    def state_words(self) -> str:
        """Say how it stands."""
        words: dict[State, str] = {
            "done": gettext("Done"),
            "due": gettext("Due"),
            "late": gettext("Late"),
            "coming": gettext("Coming"),
        }
        return words[self.state]

    @property
    def sentence(self) -> str:
        """Say when it was done, or by when it is to be done and how far that is from now."""
        at, now = self.done or self.due, self.now or self.due
        words = gettext("done %(when)s") if self.done else gettext("by %(when)s")
        return words % {"when": when_words(at, now)}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the strip, at `x` per cent."""

    x: float
    words: str = ""
    anchor: str = "middle"
    state: State = "coming"
    width: float = 0


@dataclass(frozen=True, slots=True)
class WindowStrip:
    """All that the strip draws, and the same in words."""

    title: str
    now_x: float
    now_anchor: str
    ticks: Sequence[Mark]
    windows: Sequence[Mark]
    marks: Sequence[Mark]
    steps: Sequence[Step]


def window_strip(
    *, title: str, began: dt.datetime, off_duty: dt.datetime, now: dt.datetime, steps: Sequence[Step]
) -> WindowStrip:
    """Lay out seven days after `began` (T0). Hours are drawn by their square root: early ones get more room."""

    def x(at: dt.datetime) -> float:
        hours = (at - began).total_seconds() / 3600
        share = math.sqrt(min(max(hours, 0.0), _SEVEN_DAYS) / _SEVEN_DAYS)
        return round(_EDGE + share * (100 - 2 * _EDGE), 1)

    hours = {number: began + dt.timedelta(hours=number) for number in (48, 72, 96)}
    ticks = [
        Mark(x(began), gettext("start"), "start"),
        Mark(x(off_duty), gettext("off duty")),
        *(Mark(x(at), gettext("%(hours)s h") % {"hours": number}) for number, at in hours.items()),
        Mark(x(began + dt.timedelta(days=7)), gettext("7 days"), "end"),
    ]
    told = [Step(step.name, step.due, step.state, step.done, step.opens, now) for step in steps]
    return WindowStrip(
        title=title,
        now_x=x(now),
        now_anchor="start" if now - began < dt.timedelta(hours=1) else "middle",
        ticks=ticks,
        windows=[
            Mark(x(step.opens), state=step.state, width=round(x(step.due) - x(step.opens), 1))
            for step in told
            if step.opens
        ],
        marks=[Mark(x(step.done or step.due), state=step.state) for step in told],
        steps=told,
    )


@dataclass(frozen=True, slots=True)
class ForcePlaces:
    """One force's share of a session: places taken, offered and not yet answered, and names waiting."""

    force: str
    taken: int
    offered: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of the bar."""

    kind: Literal["taken", "offered"]
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Places:
    """A session's capacity, drawn and told."""

    key: str
    sentence: str
    pieces: Sequence[Piece]
    rows: Sequence[ForcePlaces]


def places(*, key: str, capacity: int, rows: Sequence[ForcePlaces]) -> Places:
    """Lay out a session's places; `key` tells two bars on one page apart. More taken than there are fills the bar."""
    room = max(capacity, sum(row.taken + row.offered for row in rows), 1)
    pieces, at = [], 0
    for row in rows:
        counts: tuple[tuple[Literal["taken", "offered"], int], ...] = (("taken", row.taken), ("offered", row.offered))
        for kind, count in counts:
            if count:
                pieces.append(Piece(kind, round(at * 100 / room, 2), round(count * 100 / room, 2)))
                at += count
    free = max(capacity - at, 0)
    waiting = sum(row.waiting for row in rows)
    sentence = ngettext("%(free)s of %(capacity)s place free", "%(free)s of %(capacity)s places free", capacity)
    if waiting:
        sentence = ngettext(
            "%(free)s of %(capacity)s places free, %(waiting)s name waiting",
            "%(free)s of %(capacity)s places free, %(waiting)s names waiting",
            waiting,
        )
    numbers = {"free": free, "capacity": capacity, "waiting": waiting}
    return Places(key, sentence % numbers, pieces, rows)


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One number, as it may be shown; `width` is None when it may not be drawn."""

    words: str
    shown: str
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Funnel:
    """Coverage of one period or place."""

    title: str
    steps: Sequence[FunnelStep]
    beside: Sequence[FunnelStep]


def funnel(
    *,
    title: str,
    exposed: int | None,
    offered: int | None,
    held: int | None,
    declined: int | None,
    no_reply: int | None,
) -> Funnel:
    """Lay out coverage. A number that was suppressed comes as None and is told as "too few to show"."""

    def shown(number: int | None) -> str:
        return gettext("too few to show") if number is None else str(number)

    def width(number: int | None) -> float | None:
        return None if number is None or not exposed else round(number * 100 / exposed, 1)

    steps = ((gettext("Exposed"), exposed), (gettext("Offered"), offered), (gettext("Held"), held))
    beside = ((gettext("Declined"), declined), (gettext("No reply"), no_reply))
    return Funnel(
        title,
        [FunnelStep(words, shown(number), width(number)) for words, number in steps],
        [FunnelStep(words, shown(number)) for words, number in beside],
    )
