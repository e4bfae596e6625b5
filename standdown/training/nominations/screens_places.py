"""The places of dates as forces see them: what is kept for them, taken, offered, free, and who waits."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.design.times import clock_span, day_and_month, long_date, plain_date, when_words
from standdown.foundation import clock
from standdown.people.qualifications.cover import TeamCover
from standdown.training.nominations import policy, queries
from standdown.training.nominations.board import Board
from standdown.training.nominations.models import Nomination, State
from standdown.training.nominations.policy import Cover
from standdown.training.sessions.models import Session

Key = uuid.UUID
TONES = {
    State.NOMINATED: "due", State.OFFERED: "due", State.ACCEPTED: "done", State.WAITING: "calm",
    State.ATTENDED: "done", State.PART_ATTENDED: "calm",
}  # fmt: skip


@dataclass(slots=True)
class Laid:
    """One date with all its places, as it stands now and unlocked: for showing, never for deciding."""

    board: Board
    forces: dict[Key, Any] = field(default_factory=dict)
    allotments: dict[Key, int] = field(default_factory=dict)
    rows: list[Nomination] = field(default_factory=list)

    @property
    def session(self) -> Session:
        """The date itself."""
        return self.board.session

    @property
    def line(self) -> dict[str, int]:
        """Each waiting name's number in the list, by its key."""
        return numbers(self.board.waiting)

    def of(self, force_id: Key) -> list[Nomination]:
        """That force's own names on the date."""
        return [row for row in self.rows if row.force_id == force_id]


def numbers(waiting: Iterable[policy.Wait]) -> dict[str, int]:
    """Each waiting name's number, the first in turn first, by its key."""
    return {one.key: number for number, one in enumerate(policy.in_turn(waiting), start=1)}


def laid_out(dates: Any, forces: Collection[Key], at: dt.datetime) -> list[Laid]:
    """These dates with their places and the names of these forces, in order. Two statements, however many."""
    found: dict[Key, Laid] = {}
    for named in queries.named_forces(dates, clock.london_day(at)):
        session = named.session
        if session.pk not in found:
            released = at >= (session.allotments_until or session.nominations_close_at)
            found[session.pk] = Laid(Board(session, policy.Places(session.capacity, {}, released), {}))
        laid = found[session.pk]
        pool = laid.board.pools[named.force_id] = str(named.shared or named.force_id)
        laid.board.places.kept[pool] = laid.board.places.kept.get(pool, 0) + (named.allotment or 0)
        laid.forces[named.force_id] = named.force
        laid.allotments[named.force_id] = named.allotment or 0
    for row in queries.seats(found.keys(), forces, at):
        _seat(found[row.session_id], row)
    return list(found.values())


def _seat(laid: Laid, row: Nomination) -> None:
    row.session = laid.session
    laid.rows.append(row)
    pool = laid.board.pool_of(row.force_id, mutual_aid=row.mutual_aid)
    if row.place_no is not None:
        laid.board.places.held.append(policy.Held(row.place_no, pool, row.over_capacity))
    if row.state == State.WAITING and row.queue_no is not None:
        laid.board.waiting.append(policy.Wait(str(row.pk), pool, row.queue_no, row.own_order, str(row.force_id)))


@dataclass(frozen=True, slots=True)
class Share:
    """One force's part in a date, in numbers. `free` is what it could have now; `ahead` is who waits for any place."""

    kept: int
    taken: int
    offered: int
    free: int
    waiting: int
    asked: int  # names that still wait for somebody's agreement
    beyond: int  # of those taken, places beyond the capacity
    ahead: int
    open: bool  # names can be put forward now
    shared_with: tuple[str, ...] = ()


def share(laid: Laid, force_id: Key, at: dt.datetime) -> Share:
    """That force's part in the date."""
    board, own = laid.board, laid.of(force_id)
    by_state = {state: sum(1 for row in own if row.state == state) for state in State}
    here = board.is_for(force_id)
    pool = board.pool_of(force_id, mutual_aid=not here)
    offers = policy.answer_window(laid.session.starts_at, at) is not None
    named = here and at < laid.session.nominations_close_at
    others = [force.short_name for key, force in laid.forces.items() if board.pools[key] == pool and key != force_id]
    return Share(
        kept=0 if board.places.released else laid.allotments.get(force_id, 0),
        taken=sum(1 for row in own if row.place_no is not None and row.state != State.OFFERED),
        offered=by_state[State.OFFERED],
        free=board.places.open_to(pool) if offers and named else 0,
        waiting=by_state[State.WAITING],
        asked=by_state[State.NOMINATED],
        beyond=sum(1 for row in own if row.over_capacity),
        ahead=len(board.waiting),
        open=named,
        shared_with=tuple(sorted(others)),
    )


# -- in words -------------------------------------------------------------------------------------------------------


def when(session: Session) -> str:
    """When a date is: "Tuesday 12 January 2027, 09:00 to 16:00"."""
    words = {"day": long_date(session.starts_at), "span": clock_span(session.starts_at, session.ends_at)}
    return _("%(day)s, %(span)s") % words


def names_by(session: Session, at: dt.datetime) -> str:
    """Until when names are wanted, or that they are closed."""
    closes = session.nominations_close_at
    if closes <= at:
        return _("Names closed on %(day)s") % {"day": day_and_month(closes)}
    return _("Names by %(when)s") % {"when": when_words(closes, at)}


def notes(laid: Laid, part: Share, at: dt.datetime) -> list[str]:
    """What else a lead should know of a date: until when places are kept, with whom, what goes beyond."""
    found = []
    until, closes = laid.session.allotments_until, laid.session.nominations_close_at
    if part.kept and (until is None or until >= closes):
        found.append(_("Kept for you until names close"))
    elif part.kept and until is not None:
        found.append(_("Kept for you until %(when)s, then for all") % {"when": when_words(until, at)})
    if part.shared_with:
        found.append(_("Shared with %(forces)s") % {"forces": ", ".join(part.shared_with)})
    if part.beyond:
        words = ngettext("%(count)s beyond the capacity", "%(count)s beyond the capacity", part.beyond)
        found.append(words % {"count": part.beyond})
    if part.asked:
        words = ngettext("%(count)s waits for an agreement", "%(count)s wait for an agreement", part.asked)
        found.append(words % {"count": part.asked})
    return found


def stands(row: Nomination, line: dict[str, int], at: dt.datetime) -> str:
    """Where a nomination stands, in one phrase."""
    if row.state == State.OFFERED and row.answer_by is not None:
        facts = {"number": row.place_no, "when": when_words(row.answer_by, at)}
        return _("Place %(number)s is held until %(when)s") % facts
    if row.state == State.WAITING:
        number = line.get(str(row.pk))
        return _("On the waiting list, number %(number)s") % {"number": number} if number else _("On the waiting list")
    if row.state == State.ACCEPTED:
        return _("Has place %(number)s") % {"number": row.place_no}
    if row.state == State.NOMINATED:
        return _awaited(row, at)
    if row.state == State.DECLINED:
        return _("Did not take the place")
    return str(State(row.state).label)


def _awaited(row: Nomination, at: dt.datetime) -> str:
    if row.release == Nomination.Release.NOT_RELEASED:
        return _("The line manager could not release them")
    if row.mutual_aid:
        return _("Waits for both forces to agree")
    if row.answer_by is None:
        return _("Waits for an agreement")
    return _("The line manager has until %(when)s to agree") % {"when": when_words(row.answer_by, at)}


def cover_of(team: TeamCover | None) -> Cover:
    """A team's cover as the rules of order see it; without a team nothing is missing."""
    return Cover(team.able, team.wanted, team.lapsing) if team else Cover(0, 0)


def team_words(team: TeamCover | None) -> str:
    """Where somebody works: "Luton, nights"."""
    if team is None:
        return _("No team in the directory")
    return _("%(base)s, %(team)s") % {"base": team.base, "team": team.team} if team.base else team.team


def reason(team: TeamCover | None) -> str:
    """Why a name stands where it does: "Luton, nights: 1 of 3 able to defuse, 1 lapsing"."""
    where = team_words(team)
    if team is None:
        return where
    facts = {"team": where, "able": team.able, "wanted": team.wanted, "lapsing": team.lapsing}
    if not team.wanted:
        return _("%(team)s: %(able)s able to defuse, no number set") % facts
    if team.lapsing:
        return _("%(team)s: %(able)s of %(wanted)s able to defuse, %(lapsing)s lapsing") % facts
    return _("%(team)s: %(able)s of %(wanted)s able to defuse") % facts


def until_words(until: dt.date, day: dt.date) -> str:
    """When a qualification ends, or that it has ended."""
    words = _("until %(day)s") if until > day else _("lapsed on %(day)s")
    return words % {"day": plain_date(until)}


def page_of(row: Nomination) -> str:
    """The address of one nomination."""
    return reverse("nominations:one", args=[row.pk])


def exchange(name: str, row: Nomination) -> str:
    """The address at which a place is exchanged: handed on, swapped, moved to another date."""
    return reverse(f"exchanges:{name}", args=[row.pk])


def reorder_address(session: Session, force_id: Key) -> str:
    """The address at which a force's own order among its waiting names is sent."""
    return f"{reverse('exchanges:reorder', args=[session.pk])}?force={force_id}"
