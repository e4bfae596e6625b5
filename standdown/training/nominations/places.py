"""The places of one date under its lock. The one way in which a place is held, offered or freed. Only inside an act."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Case, F, QuerySet, Value, When

from standdown.foundation import clock, db, working_time
from standdown.foundation.kept_insert import KeptInsert
from standdown.foundation.kept_query import KeptQuery
from standdown.notifications.manner import with_manner
from standdown.notifications.outbox import tell_many
from standdown.people.models import Person
from standdown.training.nominations import messages, policy, seat_rows
from standdown.training.nominations.board import Board
from standdown.training.nominations.models import EndReason, Nomination, NominationEvent, State
from standdown.training.nominations.policy import Deed
from standdown.training.nominations.sentences import NotNow
from standdown.training.sessions.models import Session

Kind = NominationEvent.Kind
_EVENTS = KeptInsert(NominationEvent)


def board(session_id: uuid.UUID, at: dt.datetime) -> Board:
    """The date and its places, locked until the act ends. Three statements. Raises Session.DoesNotExist."""
    return laid_out(_locked(session_id), at)


def counted_board(session_id: uuid.UUID, at: dt.datetime) -> Board:
    """As `board`, for one more name: who waits is only counted, until somebody asks who."""
    session = _locked(session_id)
    found = _bare(session, at)
    _name_pools({session.pk: found}, clock.london_day(at))
    _count(found)
    return found


def _locked(session_id: uuid.UUID) -> Session:
    found = _DATE.rows(session=session_id)
    if not found:
        raise Session.DoesNotExist
    return found[0]


def boards(session_ids: Iterable[uuid.UUID], at: dt.datetime, *, locked: bool = True) -> dict[uuid.UUID, Board]:
    """Several dates, locked in the order of their keys, so that two such acts never wait for each other.

    Three statements, however many dates. `locked=False` only to say what would happen. Raises Session.DoesNotExist.
    """
    wanted = set(session_ids)
    rows = _dates().filter(pk__in=wanted).order_by("pk")
    found = all_laid_out(list(db.lock(rows) if locked else rows), at)
    if found.keys() != wanted:
        raise Session.DoesNotExist
    return found


def _dates() -> QuerySet[Session]:
    return Session.objects.select_related("version", "course", "owner_force")


_DATE: KeptQuery[Session] = KeptQuery(lambda session: db.lock(_dates()).filter(pk=session), session=uuid.UUID)


def laid_out(session: Session, at: dt.datetime) -> Board:
    """The places of a date that the caller has locked. Two statements."""
    return all_laid_out([session], at)[session.pk]


def all_laid_out(sessions: Iterable[Session], at: dt.datetime) -> dict[uuid.UUID, Board]:
    """The places of these dates, by their keys. Two statements, however many dates."""
    found = {session.pk: _bare(session, at) for session in sessions}
    _name_pools(found, clock.london_day(at))
    _seat(found)
    return found


def _bare(session: Session, at: dt.datetime) -> Board:
    released = at >= (session.allotments_until or session.nominations_close_at)
    return Board(session, policy.Places(session.capacity, {}, released), {})


def _name_pools(found: Mapping[uuid.UUID, Board], day: dt.date) -> None:
    one = next(iter(found), None)
    rows = (
        seat_rows.POOLS.rows(session=one, day=day)
        if len(found) == 1
        else seat_rows.pools(day).filter(session__in=found)
    )
    for key, force_id, allotment, collaboration_id, trainer in rows:  # once for each force and trainer
        board = found[key]
        if trainer is not None:
            board.trainers.add(trainer)
        if force_id not in board.pools:
            pool = board.pools[force_id] = str(collaboration_id or force_id)
            board.places.kept[pool] = board.places.kept.get(pool, 0) + (allotment or 0)


def _seat(found: Mapping[uuid.UUID, Board]) -> None:
    one = next(iter(found), None)
    rows = seat_rows.SEATS.rows(session=one) if len(found) == 1 else seat_rows.seats().filter(session__in=found)
    for row in rows:
        session_id, _key, force_id, aid, _state, number, over, queue_no, _own = row
        board = found[session_id]
        if number is not None:
            board.places.held.append(policy.Held(number, board.pool_of(force_id, mutual_aid=aid), over))
        board.last_queue_no = max(board.last_queue_no, queue_no or 0)
        board.join_line(row)


def _count(found: Board) -> None:
    found.line = None
    for force_id, aid, number, over, last, wait in seat_rows.TOTALS.rows(session=found.session.pk):
        pool = found.pool_of(force_id, mutual_aid=aid)
        if number is not None:
            found.places.held.append(policy.Held(number, pool, over))
        found.last_queue_no = max(found.last_queue_no, last or 0)
        if wait:
            found.queued[pool] += wait


def held(nomination: Nomination, deed: Deed, at: dt.datetime) -> tuple[Nomination, Board]:
    """The nomination and its date as they stand, locked. Raises NotNow when that cannot be done to it now."""
    found = board(nomination.session_id, at)
    return on_board(found, nomination, deed, at), found


def on_board(found: Board, nomination: Nomination, deed: Deed, at: dt.datetime) -> Nomination:
    """As `held`, for a date that the caller holds already. Raises NotNow."""
    fresh = Nomination.objects.select_related("person", "force").get(pk=nomination.pk)
    fresh.session = found.session
    if not policy.may(deed, fresh.state, found.session.starts_at, at):
        raise NotNow(deed)
    return fresh


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
    """Offer a place, or put on the waiting list: a nomination is told at once which of the two (R28).

    Nobody is passed by: what came free by the hour alone, such as places that were kept until now, goes to those who
    wait first. Stores nothing of this nomination.
    """
    fill_before(found, at)
    offer_or_queue(found, nomination, at)


def fill_before(found: Board, at: dt.datetime) -> None:
    """Offer those who wait what came free by the hour, before somebody new is given a place. Mostly no statement."""
    if any(found.places.open_to(pool) for pool in found.pools_that_wait()):
        fill_places(found, at, passing_by=resting(found, at))


def offer_or_queue(found: Board, nomination: Nomination, at: dt.datetime) -> None:
    """As `give`, where the caller has seen to those who wait. Stores nothing."""
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
    nomination.changed_at, nomination.ahead = at, found.ahead


def hand_over(found: Board, nomination: Nomination, number: int, at: dt.datetime) -> None:
    """Offer a numbered place that does not pass through the list: until the usual deadline, else until the start.

    Stores nothing.
    """
    _offer(nomination, number, answer_by(found.session, nomination, at) or found.session.starts_at, at)


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
    Returns the nominations that were offered a place, in the order of their numbers. A dozen statements, however many.
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
    rows = list(Nomination.objects.filter(pk__in=chosen).select_related("force"))
    people = with_manner(Person.objects.filter(nominations__in=chosen)).in_bulk()
    for row in rows:
        row.session, row.person = found.session, people[row.person_id]
        until = answer_by(found.session, row, at)
        assert until is not None, "the window was asked above"
        _offer(row, chosen[row.pk], until, at)
    rows.sort(key=lambda row: row.place_no or 0)
    _store_offers(rows, at)
    note(rows, Kind.OFFERED, None, at)
    found.waiting = [one for one in found.waiting if uuid.UUID(one.key) not in chosen]
    tell_many([(row.person, messages.offered(row)) for row in rows], at=at)  # who has no address is passed over
    return rows


def _store_offers(rows: Sequence[Nomination], at: dt.datetime) -> None:
    """A statement for each deadline, of which there are as many as there are calendars of bank holidays."""
    by_deadline: dict[dt.datetime | None, list[Nomination]] = {}
    for row in rows:
        by_deadline.setdefault(row.answer_by, []).append(row)
    for until, some in by_deadline.items():
        number = Case(*(When(pk=row.pk, then=Value(row.place_no)) for row in some))
        Nomination.objects.filter(pk__in=[row.pk for row in some]).update(
            state=State.OFFERED, place_no=number, offer_no=F("offer_no") + 1, offered_at=at, answer_by=until,
            changed_at=at,
        )  # fmt: skip


def resting(found: Board, at: dt.datetime) -> list[uuid.UUID]:
    """Who let an offer lapse so lately that they are not asked again yet, although nobody else wants the place."""
    return list(lately_lapsed(at).filter(session=found.session))


def lately_lapsed(at: dt.datetime) -> QuerySet[Nomination, uuid.UUID]:
    """The keys of all who rest so."""
    lately = Nomination.objects.waiting().filter(lapses__gt=0, changed_at__gt=at - policy.REST_AFTER_LAPSE)
    return lately.order_by().values_list("pk", flat=True)


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
    vacated(found, number)
    return fill_places(found, at)


def vacated(found: Board, number: int | None) -> None:
    """Note on the board that a numbered place is free again; the caller fills it once all of them are."""
    found.places.held = [one for one in found.places.held if one.number != number]


def gone(found: Board, nomination: Nomination) -> None:
    """Note on the board that somebody no longer waits."""
    found.waiting = [one for one in found.waiting if one.key != str(nomination.pk)]


def note(rows: Iterable[Nomination], kind: Kind, by: uuid.UUID | None, at: dt.datetime, reason: str = "") -> None:
    """Put on record what happened to these nominations. One statement."""
    events = [NominationEvent(nomination=row, kind=kind, reason=reason, at=at, by_id=by) for row in rows]
    if len(events) == 1:
        _EVENTS.store_new(events[0])
    else:
        NominationEvent.objects.bulk_create(events)
