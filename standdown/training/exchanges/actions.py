"""What a lead does to exchange places, each as one locked act: substitute, transfer, swap, reorder, over capacity."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from standdown.audit.act import Step, act
from standdown.foundation import ids
from standdown.foundation.access import Actor, Can, NotAllowed
from standdown.notifications.outbox import tell
from standdown.training.exchanges import policy, seats
from standdown.training.exchanges.policy import No, OrderReason
from standdown.training.exchanges.sentences import NotExchanged
from standdown.training.nominations import candidates, diary, messages, places, queries
from standdown.training.nominations.board import Board
from standdown.training.nominations.candidates import Known
from standdown.training.nominations.models import EndReason, Nomination, NominationEvent, State
from standdown.training.nominations.policy import Deed, why_not
from standdown.training.nominations.policy import No as Bar
from standdown.training.nominations.sentences import NotNow, NotPutForward
from standdown.training.sessions.models import Session

Kind = NominationEvent.Kind


def substitute(
    *, by: Actor, at: dt.datetime, nomination: Nomination, who: Known, agreed: bool, stated: bool = False,
    cost_agreed: bool = False, key: uuid.UUID | None = None,
) -> Nomination:  # fmt: skip
    """Up to the start somebody else of the same force comes in this person's stead (R28), under the same number.

    `who` comes from `candidates.known`; by substituting, the lead confirms that they are free on the day. `agreed`:
    they told the lead that they come, and get the joining pack at once; else they are offered the place. The same `key`
    again changes nothing. The place never passes through the waiting list. Raises NotNow, NotExchanged, NotPutForward.
    """
    key = key or ids.new()
    with act(by, Can.PUT_FORWARD, on=nomination, at=at) as step:
        found = places.board(nomination.session_id, at)
        other = candidates.others(who.person.pk, found, key)
        if other.same_request is not None:
            return _same(other.same_request, nomination, by, step)
        first = places.on_board(found, nomination, Deed.SUBSTITUTE, at)
        no = policy.substitute_bar(_name(first), str(who.person.home_force_id))
        if no is not None:
            raise NotExchanged(no)
        candidate = candidates.candidate(who, other, found, stated=stated)
        facts = candidates.date_facts(who, found, substitute=True, cost_agreed=cost_agreed)
        _check(why_not(candidate, facts, at), who)
        place = seats.vacate(first, EndReason.SUBSTITUTED, by, at)
        made = Nomination(person=who.person, force=first.force, request_key=key, follows=first)
        made.eligibility = candidate.eligibility or ""
        seats.come_in(made, found, place, by, at, kind=Kind.SUBSTITUTED, agreed=agreed)
        if who.interested:
            diary.answer_interest(made, by, at)
        places.fill_places(found, at)
        step.note(instead=str(made.pk), agreed=agreed)
    return made


def transfer(
    *, by: Actor, at: dt.datetime, nomination: Nomination, to_session: uuid.UUID, cost_agreed: bool = False
) -> Nomination:
    """Move a name to another date that is open to the force: a place there or its list, and the old place is filled.

    By moving it the lead confirms that the person is free on the new day. Moving it there again changes nothing.
    Raises NotNow, NotExchanged, NotPutForward with every rule that speaks against the new date.
    """
    with act(by, Can.PUT_FORWARD, on=nomination, at=at) as step:
        if to_session == nomination.session_id:
            raise NotExchanged(No.SAME_DATE)
        try:
            boards = places.boards([nomination.session_id, to_session], at)
        except Session.DoesNotExist:
            raise NotPutForward([Bar.NOT_PUBLISHED], nomination.person.full_name) from None
        made = Nomination.objects.filter(follows=nomination, session=to_session).first()
        if made is not None:
            step.note(again=True)
            return made
        old = places.on_board(boards[nomination.session_id], nomination, Deed.TRANSFER, at)
        made = _for_date(old, boards[to_session], at, by, but=[old.pk], cost_agreed=cost_agreed)
        number = old.place_no
        diary.take_off(old, boards[old.session_id], EndReason.TRANSFERRED, by, at)
        diary.begin(made, boards[to_session], by, at, released=True)
        places.note([made], Kind.TRANSFERRED, by.person_id, at)
        step.note(to=str(made.pk), freed=number is not None)
    return made


def swap(
    *, by: Actor, at: dt.datetime, nomination: Nomination, other: Nomination, agreed: bool = False,
    cost_agreed: bool = False,
) -> tuple[Nomination, Nomination]:  # fmt: skip
    """Two people of a force change places: on two dates, or place and position on one date's waiting list.

    On two dates each is on the other's date under the other's number; gives back who stands now where `nomination`
    and `other` stood. `agreed`: who comes to a new place told the lead so. Raises NotNow, NotExchanged, NotPutForward.
    """
    with act(by, Can.PUT_FORWARD, on=nomination, at=at) as step:
        boards = places.boards([nomination.session_id, other.session_id], at)
        first = places.on_board(boards[nomination.session_id], nomination, Deed.TRANSFER, at)
        second = places.on_board(boards[other.session_id], other, Deed.TRANSFER, at)
        no = policy.swap_bar(_name(first), _name(second))
        if no is not None:
            raise NotExchanged(no)
        step.note(other=str(second.pk), agreed=agreed)
        if first.session_id == second.session_id:
            holder, waiter = (second, first) if first.state == State.WAITING else (first, second)
            back = seats.trade(holder, waiter, boards[first.session_id], by, at, agreed=agreed)
            return (waiter, back) if holder is first else (back, waiter)
        here, there = boards[first.session_id], boards[second.session_id]
        comes = _for_date(second, here, at, by, but=[second.pk], cost_agreed=cost_agreed, substitute=True)
        goes = _for_date(first, there, at, by, but=[first.pk], cost_agreed=cost_agreed, substitute=True)
        places_of = [seats.vacate(one, EndReason.TRANSFERRED, by, at) for one in (first, second)]
        seats.come_in(comes, here, places_of[0], by, at, kind=Kind.TRANSFERRED, agreed=agreed)
        seats.come_in(goes, there, places_of[1], by, at, kind=Kind.TRANSFERRED, agreed=agreed)
        for key in sorted(boards):
            places.fill_places(boards[key], at)
    return comes, goes


def reorder(
    *, by: Actor, at: dt.datetime, session: uuid.UUID, force_id: uuid.UUID, keys: Sequence[uuid.UUID],
    reason: OrderReason,
) -> int:  # fmt: skip
    """The lead's order among the force's own waiting names on a date (R26); how many names stand elsewhere than before.

    The date's list, which says whose force's turn it is, does not change. `keys`: all of the force's waiting names, the
    first first. Raises NotNow when they are not those that wait now.
    """
    names = Nomination(session_id=session, force_id=force_id)
    with act(by, Can.PUT_FORWARD, on=names, at=at) as step:
        found = places.board(session, at)
        step.about(found.session)
        rows = Nomination.objects.waiting().filter(session=session, force=force_id, mutual_aid=False)
        own = {str(row.pk): row for row in rows}
        order = policy.new_order([str(key) for key in keys], {key: row.own_order for key, row in own.items()})
        if order is None or found.session.starts_at <= at:
            raise NotNow(Deed.REORDER)
        for key, number in order.items():
            own[key].own_order, own[key].changed_at = number, at
        changed = [own[key] for key in order]
        Nomination.objects.bulk_update(changed, ["own_order", "changed_at"])
        places.note(changed, Kind.REORDERED, by.person_id, at, reason)
        step.note(reason=reason.value, changed=len(changed))
    return len(changed)


def place_over_capacity(*, by: Actor, at: dt.datetime, nomination: Nomination) -> Nomination:
    """Offer somebody who waits a place beyond the date's capacity; it is marked as such for as long as it is held.

    Raises NotNow when the name does not wait, or the date has begun.
    """
    with act(by, Can.PLACE_OVER_CAPACITY, on=nomination, at=at) as step:
        fresh, found = places.held(nomination, Deed.OVER_CAPACITY, at)
        pool = found.pool_of(fresh.force_id, mutual_aid=fresh.mutual_aid)
        places.hand_over(found, fresh, found.places.take(pool, over_capacity=True), at)
        fresh.over_capacity = True
        fresh.save()
        places.gone(found, fresh)
        places.note([fresh], Kind.OVER_CAPACITY, by.person_id, at)
        if fresh.person.work_email:
            tell(fresh.person, messages.offered(fresh), at=at)
        places.fill_places(found, at)
        step.note(place=fresh.place_no)
    return fresh


def _name(row: Nomination) -> policy.Name:
    return policy.Name(str(row.person_id), str(row.force_id), str(row.session_id), row.state, row.mutual_aid)


def _same(before: Nomination, instead_of: Nomination, by: Actor, step: Step) -> Nomination:
    """What the same request made when it came first. Raises NotAllowed for a key that was used for something else."""
    if before.put_forward_by_id != by.person_id or before.follows_id != instead_of.pk:
        raise NotAllowed(Can.PUT_FORWARD)
    step.note(again=True)
    return before


def _check(bars: Sequence[Bar], who: Known) -> None:
    if bars:  # of a date that is not published nothing else is said: it reads like one that is not there
        raise NotPutForward([Bar.NOT_PUBLISHED] if Bar.NOT_PUBLISHED in bars else bars, who.person.full_name)


def _for_date(
    old: Nomination, found: Board, at: dt.datetime, by: Actor, *, but: Sequence[uuid.UUID], cost_agreed: bool,
    substitute: bool = False,
) -> Nomination:  # fmt: skip
    """A new nomination, not stored yet, of the same person for another date, whose rules have been asked.

    What the lead once stated of them holds, and so does what they need. Raises NotPutForward.
    """
    who = candidates.known(by, old.person_id, queries.skill_of(found.session.pk), at)
    if who is None or who.person.home_force_id != old.force_id:
        raise NotPutForward([Bar.LEFT], old.person.full_name)
    other = candidates.others(old.person_id, found, ids.new(), but=but)
    stated = old.eligibility == Nomination.Eligibility.STATED
    facts = candidates.date_facts(who, found, substitute=substitute, cost_agreed=cost_agreed)
    _check(why_not(candidates.candidate(who, other, found, stated=stated), facts, at), who)
    made = Nomination(person=who.person, force=old.force, follows=old)
    made.eligibility, made.needs, made.needs_shared = old.eligibility, old.needs, old.needs_shared
    return made
