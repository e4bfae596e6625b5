"""The names of one date: a lead's own force's, or every numbered place for whoever answers for the date."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.foundation import clock
from standdown.foundation.access import Actor, Can
from standdown.people.qualifications.cover import TeamCover, by_team
from standdown.training.nominations import policy, queries, screens_places
from standdown.training.nominations.board import Board
from standdown.training.nominations.models import Nomination, State
from standdown.training.nominations.policy import Deed
from standdown.training.nominations.screens_places import Laid
from standdown.training.sessions.models import Session

Key = uuid.UUID


@dataclass(frozen=True, slots=True)
class Row:
    """One name on the date; without a nomination a place that nobody holds."""

    number: int | None
    row: Nomination | None
    name: str = ""
    force: str = ""
    state: str = ""
    tone: str = "plain"
    stands: str = ""
    detail: str = ""  # what the state alone does not say
    address: str = ""
    marks: tuple[str, ...] = ()
    reason: str = ""  # where cover is thin; empty for who may not know it of that force


@dataclass(frozen=True, slots=True)
class Order:
    """One force's waiting names: as they stand, and as the gaps in cover propose."""

    force_id: Key
    force: str
    names: list[Row]
    proposed: list[Row]
    address: str  # where an order is sent

    @property
    def differs(self) -> bool:
        """True when cover would have it otherwise."""
        return self.keys != self.proposed_keys

    @property
    def keys(self) -> list[str]:
        """The names as they stand, by key."""
        return [str(one.row.pk) for one in self.names if one.row]

    @property
    def proposed_keys(self) -> list[str]:
        """The names as proposed, by key."""
        return [str(one.row.pk) for one in self.proposed if one.row]

    def swapped(self, index: int, step: int) -> list[str]:
        """The keys with the name at `index` moved by one."""
        keys = list(self.keys)
        keys[index], keys[index + step] = keys[index + step], keys[index]
        return keys


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of a date's names shows."""

    session: Session
    when: str
    forces: str
    names_by: str
    sentences: list[str]
    whole: bool  # every place is shown, not one force's only
    placed: list[Row]
    waiting: list[Row]
    asked: list[Row]
    ended: list[Row]
    orders: list[Order]
    put_forward: bool
    exports: bool


def page(by: Actor, session: Session, at: dt.datetime) -> Page:
    """The names of a date for this actor, who was found to see it. Six statements, however many names."""
    reach = by.reach(Can.SEE_NOMINATIONS)
    whole = reach.covers(session.owner_force_id)
    dates = queries.one_date(session)
    (laid,) = screens_places.laid_out(dates, reach.forces, at) or [_empty(session)]
    rows = list(queries.names_of(by, session))
    sees = by.reach(Can.SEE_QUALIFICATIONS)  # where cover is thin is the force's own knowledge, few as its people are
    teams = by_team({row.force_id for row in rows if sees.covers(row.force_id)}, clock.london_day(at))
    line = laid.line
    shown = [_row(one, laid, line, teams, at, reasoned=sees.covers(one.force_id)) for one in rows]
    own = [force for force in laid.forces if reach.covers(force)]
    puts = by.reach(Can.PUT_FORWARD)
    return Page(
        session=session,
        when=screens_places.when(session),
        forces=", ".join(force.short_name for force in laid.forces.values()),
        names_by=screens_places.names_by(session, at),
        sentences=_sentences(laid, own, at, whole=whole),
        whole=whole,
        placed=_places(shown, session, whole=whole),
        waiting=sorted((one for one in shown if _is(one, State.WAITING)), key=lambda one: one.number or 0),
        asked=[one for one in shown if _is(one, State.NOMINATED)],
        ended=[one for one in shown if one.row and one.row.state in policy.ENDED],
        orders=_orders(by, shown, laid, teams, at),
        put_forward=any(puts.covers(key) and screens_places.share(laid, key, at).open for key in own),
        exports=exports(by, session, [key for key in own if by.reach(Can.EXPORT_NOMINATIONS).covers(key)]),
    )  # fmt: skip


def exports(by: Actor, session: Session, forces: Sequence[object]) -> bool:
    """True when this actor may take the names away as a file."""
    reach = by.reach(Can.EXPORT_NOMINATIONS)
    whole = by.reach(Can.SEE_NOMINATIONS).covers(session.owner_force_id)
    return reach.covers(session.owner_force_id) if whole else bool(forces)


def _empty(session: Session) -> Laid:
    return Laid(Board(session, policy.Places(session.capacity, {}, released=True), {}))


def _is(one: Row, state: State) -> bool:
    return one.row is not None and one.row.state == state


def _row(
    row: Nomination, laid: Laid, line: dict[str, int], teams: dict[Key, TeamCover], at: dt.datetime, *, reasoned: bool
) -> Row:
    row.session = laid.session
    marks = []
    if row.over_capacity:
        marks.append(_("Beyond the capacity"))
    if row.mutual_aid:
        marks.append(_("Mutual aid"))
    return Row(
        number=row.place_no or line.get(str(row.pk)),
        row=row,
        name=row.person.full_name,
        force=row.force.short_name,
        state=_("Did not take the place") if row.state == State.DECLINED else str(State(row.state).label),
        tone=screens_places.TONES.get(State(row.state), "plain"),
        stands=screens_places.stands(row, line, at),
        detail=screens_places.stands(row, line, at) if row.state in {State.OFFERED, State.NOMINATED} else "",
        address=screens_places.page_of(row),
        marks=tuple(marks),
        reason=screens_places.reason(teams.get(row.team)) if reasoned else "",  # type: ignore[attr-defined]  # annotated
    )


def _places(shown: list[Row], session: Session, *, whole: bool) -> list[Row]:
    """The places that somebody holds, by number; for the whole date those that nobody holds, too."""
    held = {one.number: one for one in shown if one.row and one.row.place_no is not None and one.number}
    if not whole or session.status != "published":
        return [held[number] for number in sorted(held)]
    numbers = sorted({*held, *range(1, session.capacity + 1)})
    return [held.get(number, Row(number, None, state=_("Free"))) for number in numbers]


def _sentences(laid: Laid, own: list[Key], at: dt.datetime, *, whole: bool) -> list[str]:
    """The date's places in words: of the whole date, or of each of the actor's forces."""
    if whole:
        return _of_the_whole(laid)
    found = []
    for key in own:
        part = screens_places.share(laid, key, at)
        facts = {
            "force": laid.forces[key].short_name, "kept": part.kept, "taken": part.taken, "offered": part.offered,
            "free": part.free, "waiting": part.waiting,
        }  # fmt: skip
        words = _("%(force)s: %(kept)s kept, %(taken)s taken, %(offered)s offered, %(free)s free, %(waiting)s waiting")
        found.append(words % facts)
        found += screens_places.notes(laid, part, at)
    return found


def _of_the_whole(laid: Laid) -> list[str]:
    held, rows = laid.board.places, laid.rows
    facts = {"taken": held.taken, "capacity": held.capacity, "waiting": len(laid.board.waiting)}
    found = [_("%(taken)s of %(capacity)s places held, %(waiting)s waiting") % facts]
    beyond = len(held.held) - held.taken
    if beyond:
        words = ngettext("%(count)s place beyond the capacity", "%(count)s places beyond the capacity", beyond)
        found.append(words % {"count": beyond})
    aid = sum(1 for row in rows if row.mutual_aid and row.place_no is not None)
    if aid:
        words = ngettext("%(count)s place by mutual aid", "%(count)s places by mutual aid", aid)
        found.append(words % {"count": aid})
    return found


def _orders(by: Actor, shown: list[Row], laid: Laid, teams: dict[Key, TeamCover], at: dt.datetime) -> list[Order]:
    """Each force's waiting names with the order that cover proposes, for those who may change it."""
    puts = by.reach(Can.PUT_FORWARD)
    found = []
    waits = (one for one in shown if one.row and _is(one, State.WAITING) and not one.row.mutual_aid)
    waiting = sorted(waits, key=lambda one: one.number or 0)
    for key in dict.fromkeys(one.row.force_id for one in waiting if one.row):
        names = [one for one in waiting if one.row and one.row.force_id == key]
        by_key = {str(one.row.pk): one for one in names if one.row}
        order = policy.in_cover_order(
            (name, screens_places.cover_of(teams.get(one.row.team)), one.row.put_forward_at)  # type: ignore[union-attr]  # annotated
            for name, one in by_key.items()
        )
        may = puts.covers(key) and policy.may(Deed.REORDER, State.WAITING, laid.session.starts_at, at)
        if len(names) > 1 and may:
            proposed = [by_key[name] for name in order]
            found.append(Order(key, names[0].force, names, proposed, screens_places.reorder_address(laid.session, key)))
    return found
