"""The places of one date under its lock. The one way in which a place is held, offered or freed. Only inside an act."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, Subquery

from standdown.foundation import clock, db, working_time
from standdown.notifications.outbox import tell
from standdown.people.accounts.models import serving_on
from standdown.people.forces.models import CollaborationMember
from standdown.training.nominations import messages, policy
from standdown.training.nominations.models import EndReason, Nomination, NominationEvent, State
from standdown.training.nominations.policy import Deed
from standdown.training.nominations.sentences import NotNow
from standdown.training.sessions.models import Session, SessionForce

Kind = NominationEvent.Kind
MUTUAL_AID = "mutual-aid"


@dataclass(slots=True)
class Board:
    """A date under its lock: its places, who waits for them, and which pool each named force takes from."""

    session: Session
    places: policy.Places
    pools: dict[uuid.UUID, str]
    waiting: list[policy.Wait] = field(default_factory=list)
    last_queue_no: int = 0
    trainers: frozenset[uuid.UUID] = frozenset()

    def pool_of(self, force_id: uuid.UUID, *, mutual_aid: bool = False) -> str:
        """Where a place for that force comes from: its own pool, or the exception's, for which nothing is kept."""
        return MUTUAL_AID if mutual_aid else self.pools.get(force_id, MUTUAL_AID)

    def is_for(self, force_id: uuid.UUID) -> bool:
        """True when the date names that force."""
        return force_id in self.pools


def board(session_id: uuid.UUID, at: dt.datetime) -> Board:
    """The date and its places, locked until the act ends. Three statements. Raises Session.DoesNotExist."""
    session = db.lock(Session.objects.select_related("version", "course", "owner_force")).get(pk=session_id)
    return laid_out(session, at)


def boards(session_ids: Iterable[uuid.UUID], at: dt.datetime) -> dict[uuid.UUID, Board]:
    """Several dates, locked in the order of their keys, so that two such acts never wait for each other."""
    return {key: board(key, at) for key in sorted(set(session_ids))}


def laid_out(session: Session, at: dt.datetime) -> Board:
    """The places of a date that the caller has locked. Two statements."""
    day = clock.london_day(at)
    shared = CollaborationMember.objects.filter(serving_on(day), force=OuterRef("force")).order_by("since", "pk")
    named = SessionForce.objects.filter(session=session).values_list(
        "force_id", "allotment", Subquery(shared.values("collaboration_id")[:1]), "session__trainers__person_id"
    )
    pools: dict[uuid.UUID, str] = {}
    kept: dict[str, int] = {}
    trainers: set[uuid.UUID] = set()
    for force_id, allotment, collaboration_id, trainer in named:  # once for each force and trainer
        if trainer is not None:
            trainers.add(trainer)
        if force_id in pools:
            continue
        pools[force_id] = str(collaboration_id or force_id)
        kept[pools[force_id]] = kept.get(pools[force_id], 0) + (allotment or 0)
    released = at >= (session.allotments_until or session.nominations_close_at)
    found = Board(session, policy.Places(session.capacity, kept, released), pools, trainers=frozenset(trainers))
    _seat(found)
    return found


def _seat(found: Board) -> None:
    rows = Nomination.objects.filter(Q(place_no__isnull=False) | Q(queue_no__isnull=False), session=found.session)
    facts = ("pk", "force_id", "mutual_aid", "state", "place_no", "over_capacity", "queue_no", "own_order")
    for key, force_id, aid, state, number, over, queue, own in rows.order_by().values_list(*facts):
        pool = found.pool_of(force_id, mutual_aid=aid)
        if number is not None:
            found.places.held.append(policy.Held(number, pool, over))
        if queue is not None:
            found.last_queue_no = max(found.last_queue_no, queue)
            if state == State.WAITING:
                found.waiting.append(policy.Wait(str(key), pool, queue, own))


def held(nomination: Nomination, deed: Deed, at: dt.datetime) -> tuple[Nomination, Board]:
    """The nomination and its date as they stand, locked. Raises NotNow when that cannot be done to it now."""
    found = board(nomination.session_id, at)
    fresh = Nomination.objects.select_related("person", "force").get(pk=nomination.pk)
    fresh.session = found.session
    if not policy.may(deed, fresh.state, found.session.starts_at, at):
        raise NotNow(deed)
    return fresh, found


def held_for_answer(nomination: Nomination, at: dt.datetime) -> tuple[Nomination, Board]:
    """As `held` for an answer, but a place that is accepted already is given back as it is: a second click is none."""
    found = board(nomination.session_id, at)
    fresh = Nomination.objects.select_related("person", "force").get(pk=nomination.pk)
    fresh.session = found.session
    open_still = fresh.answer_by is not None and at < fresh.answer_by
    if fresh.state != State.ACCEPTED and not (fresh.state == State.OFFERED and open_still):
        raise NotNow(Deed.ANSWER)
    return fresh, found


def give(found: Board, nomination: Nomination, at: dt.datetime) -> None:
    """Offer a place, or put on the waiting list: a nomination is told at once which of the two (R28). Stores nothing.

    Nobody is passed by: whenever somebody waits, no place is open to their pool, because every path that frees one
    fills it.
    """
    pool = found.pool_of(nomination.force_id, mutual_aid=nomination.mutual_aid)
    until = answer_by(found.session, nomination, at)
    if until is not None and found.places.open_to(pool):
        _offer(nomination, found.places.take(pool), until, at)
    else:
        queue(found, nomination, at)


def queue(found: Board, nomination: Nomination, at: dt.datetime) -> None:
    """Put at the end of the waiting list. Stores nothing."""
    found.last_queue_no += 1
    nomination.state, nomination.place_no, nomination.queue_no = State.WAITING, None, found.last_queue_no
    nomination.over_capacity, nomination.own_order = False, None
    nomination.offered_at = nomination.answer_by = None
    nomination.changed_at = at


def _offer(nomination: Nomination, number: int, until: dt.datetime, at: dt.datetime) -> None:
    nomination.state, nomination.place_no = State.OFFERED, number
    nomination.offer_no += 1
    nomination.offered_at, nomination.answer_by, nomination.changed_at = at, until, at


def answer_by(session: Session, nomination: Nomination, at: dt.datetime) -> dt.datetime | None:
    """Until when an offer made now is to be answered: working hours of the force, never past the cut-off."""
    window = policy.answer_window(session.starts_at, at)
    if window is None:
        return None
    hours, cut = window
    return min(working_time.after(at, hours, nomination.force.jurisdiction), cut)


def fill_places(found: Board, at: dt.datetime, *, passing_by: Sequence[uuid.UUID] = ()) -> list[Nomination]:
    """Offer every place that is free to whoever's turn it is, and tell them. Every path that frees a place ends here.

    `passing_by`: who has just let an offer lapse is not offered the same place again in the same act.
    Returns the nominations that were offered a place. Five statements and one for each message, whatever their number.
    """
    if found.session.status != "published":
        return []
    waiting = [one for one in found.waiting if uuid.UUID(one.key) not in passing_by]
    chosen: dict[uuid.UUID, int] = {}
    if policy.answer_window(found.session.starts_at, at) is not None:
        while (one := policy.next_in_turn(found.places, waiting)) is not None:
            chosen[uuid.UUID(one.key)] = found.places.take(one.pool)
            waiting.remove(one)
    if not chosen:
        return []
    rows = list(Nomination.objects.filter(pk__in=chosen).select_related("person", "force"))
    for row in rows:
        until = answer_by(found.session, row, at)
        assert until is not None, "the window was asked above"
        _offer(row, chosen[row.pk], until, at)
    changed = ("state", "place_no", "offer_no", "offered_at", "answer_by", "changed_at")
    Nomination.objects.bulk_update(rows, changed)
    note(rows, Kind.OFFERED, None, at)
    found.waiting = [one for one in found.waiting if uuid.UUID(one.key) not in chosen]
    for row in sorted(rows, key=lambda row: row.place_no or 0):
        row.session = found.session
        tell(row.person, messages.offered(row), at=at)
    return rows


def end(nomination: Nomination, state: State, reason: EndReason | str, at: dt.datetime, *, late: bool = False) -> None:
    """Take a nomination off its date for good and free its place. The caller fills the place."""
    nomination.state, nomination.end_reason, nomination.ended_at = state, str(reason), at
    nomination.place_no, nomination.over_capacity, nomination.late = None, False, late
    nomination.answer_by, nomination.clash_day, nomination.changed_at = None, None, at
    nomination.save(
        update_fields=[
            "state", "end_reason", "ended_at", "place_no", "over_capacity", "late", "answer_by", "clash_day",
            "changed_at",
        ]
    )  # fmt: skip


def freed(found: Board, number: int | None, at: dt.datetime) -> list[Nomination]:
    """Note on the board that a numbered place is free again, and fill it."""
    found.places.held = [one for one in found.places.held if one.number != number]
    return fill_places(found, at)


def gone(found: Board, nomination: Nomination) -> None:
    """Note on the board that somebody no longer waits."""
    found.waiting = [one for one in found.waiting if one.key != str(nomination.pk)]


def note(rows: Iterable[Nomination], kind: Kind, by: uuid.UUID | None, at: dt.datetime, reason: str = "") -> None:
    """Put on record what happened to these nominations. One statement."""
    NominationEvent.objects.bulk_create(
        [NominationEvent(nomination=row, kind=kind, reason=reason, at=at, by_id=by) for row in rows]
    )
