"""People in other people's places: one is taken off, the next comes in under the same number. Only inside an act."""

from __future__ import annotations

import datetime as dt

from standdown.foundation.access import Actor
from standdown.notifications.outbox import tell
from standdown.training.exchanges import messages
from standdown.training.nominations import diary, places
from standdown.training.nominations import messages as place_messages
from standdown.training.nominations.board import Board
from standdown.training.nominations.models import EndReason, Nomination, NominationEvent, State

Kind = NominationEvent.Kind


def vacate(fresh: Nomination, reason: EndReason, by: Actor, at: dt.datetime) -> tuple[int, bool]:
    """Take somebody off the date for whom another comes; the number of the place, and whether it goes beyond capacity.

    It is never late: the place is used. Nothing is filled, for the place is not free.
    """
    number, beyond, had_place = fresh.place_no, fresh.over_capacity, fresh.state == State.ACCEPTED
    assert number is not None, "only who holds a place passes it on"
    places.end(fresh, State.WITHDRAWN, reason, at)
    places.note([fresh], Kind.WITHDRAWN, by.person_id, at, reason)
    place_messages.tell_withdrawn(fresh, at, had_place=had_place)
    return number, beyond


def come_in(
    made: Nomination, found: Board, place: tuple[int, bool], by: Actor, at: dt.datetime, *, kind: Kind, agreed: bool
) -> None:
    """Store a new nomination that takes over a place; confirmed at once where they told the lead that they come."""
    diary.sign(made, found, by, at)
    diary.released_by_lead(made, by, at)
    number, made.over_capacity = place
    places.hand_over(found, made, number, at)
    made.save(force_insert=True)
    places.note([made], kind, by.person_id, at)
    _answer(made, by, at, agreed=agreed)


def _answer(held: Nomination, by: Actor, at: dt.datetime, *, agreed: bool) -> None:
    if agreed:
        diary.accept(held, Nomination.Consent.TOLD_LEAD, by, at)
    else:
        tell(held.person, place_messages.offered(held), at=at)


def trade(
    holder: Nomination, waiter: Nomination, found: Board, by: Actor, at: dt.datetime, *, agreed: bool
) -> Nomination:
    """On one date: who waits takes the place, and who held it takes over the other's position on the list.

    The holder's name ends and begins anew, with a calendar entry of its own should it come to a place again: what a
    calendar was told to take out does not come back. Gives back the name that waits now.
    """
    place = holder.place_no, holder.over_capacity
    places.end(holder, State.WITHDRAWN, EndReason.SUBSTITUTED, at)
    places.note([holder], Kind.WITHDRAWN, by.person_id, at, EndReason.SUBSTITUTED)
    back = _waits_again(holder, waiter, found, by, at)
    waiter.queue_no, waiter.own_order = None, None
    number, waiter.over_capacity = place
    assert number is not None, "the caller has asked"
    places.hand_over(found, waiter, number, at)
    waiter.save()
    back.save(force_insert=True)
    places.note([back], Kind.QUEUED, by.person_id, at, EndReason.SUBSTITUTED)
    places.note([waiter], Kind.SUBSTITUTED, by.person_id, at)
    messages.tell_passed_on(holder, back, at)
    _answer(waiter, by, at, agreed=agreed)
    return back


def _waits_again(holder: Nomination, waiter: Nomination, found: Board, by: Actor, at: dt.datetime) -> Nomination:
    """The holder's new name, at the other's position. Not stored yet."""
    back = Nomination(person=holder.person, force=holder.force, follows=holder, eligibility=holder.eligibility)
    diary.sign(back, found, by, at)
    back.state, back.queue_no, back.own_order = State.WAITING, waiter.queue_no, waiter.own_order
    back.needs, back.needs_shared, back.only_half = holder.needs, holder.needs_shared, holder.only_half
    back.release, back.released_at, back.released_by_id = holder.release, holder.released_at, holder.released_by_id
    return back
