"""Mutual aid, by exception: ask for a place on a date of others; each side answers; silence is no."""

from __future__ import annotations

import datetime as dt
import uuid

from standdown.audit.act import Step, act
from standdown.foundation import ids
from standdown.foundation.access import Actor, Can, NotAllowed
from standdown.training.mutual_aid import messages, policy
from standdown.training.mutual_aid.models import MutualAid
from standdown.training.mutual_aid.permissions import decider, request_of
from standdown.training.mutual_aid.policy import Outcome, Side
from standdown.training.mutual_aid.sentences import Decided, NoException, NotReleased
from standdown.training.nominations import candidates, diary, places
from standdown.training.nominations.board import Board
from standdown.training.nominations.candidates import Known
from standdown.training.nominations.models import EndReason, Nomination, NominationEvent, State
from standdown.training.nominations.policy import Deed, may, why_not
from standdown.training.nominations.sentences import NotPutForward

Kind = NominationEvent.Kind


def ask(
    *, by: Actor, at: dt.datetime, session: uuid.UUID, who: Known, reason: MutualAid.Reason, released: bool,
    stated: bool = False, cost_agreed: bool = False, key: uuid.UUID | None = None,
) -> MutualAid:  # fmt: skip
    """Ask that one of the force's own people may come to a date that is not for the force.

    The person's own force and the date's owner are asked, each until `decide_by`; no place is held meanwhile.
    `released`: the lead has made sure that the person is free on the day. The same `key` again changes nothing.
    Raises NoException, NotReleased, NotPutForward with every rule that speaks against it, NotAllowed.
    """
    key = key or ids.new()
    made = Nomination(session_id=session, person=who.person, force=who.person.home_force, request_key=key)
    with act(by, Can.PUT_FORWARD, on=made, at=at) as step:
        found = places.board(session, at)
        other = candidates.others(who.person.pk, found, key)
        if other.same_request is not None:
            return _same(other.same_request, by, step)
        if found.is_for(made.force_id):
            raise NoException
        candidate = candidates.candidate(who, other, found, stated=stated)
        bars = why_not(candidate, candidates.date_facts(who, found, exception=True, cost_agreed=cost_agreed), at)
        if bars:
            raise NotPutForward(bars, who.person.full_name)
        if not released:
            raise NotReleased
        made.eligibility = candidate.eligibility or ""
        aid = _begin(made, found, reason, by, at)
        step.note(asked=messages.ask_both(aid, at), reason=str(reason))
    return aid


def decide(*, by: Actor, at: dt.datetime, aid: MutualAid, side: Side, agreed: bool) -> MutualAid:
    """Answer for one side. Once both agree, there is a place from those that are open to all, or the waiting list.

    One no ends it. The same answer again changes nothing. Raises NotAllowed for a side that is not one's own to answer
    for, Decided when the time is over.
    """
    with act(by, Can.AGREE_MUTUAL_AID, on=aid, at=at) as step:
        found = places.board(aid.nomination.session_id, at)
        fresh = _fresh(aid, found)
        if not policy.may_decide(side, decider(by), request_of(fresh)):
            raise NotAllowed(Can.AGREE_MUTUAL_AID)
        step.note(side=side.value, agreed=agreed)
        if agreed and request_of(fresh).agreed_by(side) == str(by.person_id):
            step.note(again=True)
            return fresh
        _check_open(fresh, side, at)
        if agreed:
            _agree(fresh, found, side, by, at)
        else:
            _refuse(fresh, side, by, at)
    return fresh


def expire(*, by: Actor, at: dt.datetime, aid: MutualAid) -> MutualAid:
    """Nobody, or one side only, agreed in time, which is no; whoever asked is told. A job's act. Raises Decided."""
    with act(by, Can.AGREE_MUTUAL_AID, on=aid, at=at):
        found = places.board(aid.nomination.session_id, at)
        fresh = _fresh(aid, found)
        if not may(Deed.EXPIRE, fresh.nomination.state, found.session.starts_at, at) or not _is_over(fresh, at):
            raise Decided
        places.end(fresh.nomination, State.EXPIRED, EndReason.NOT_AGREED, at)
        places.note([fresh.nomination], Kind.EXPIRED, by.person_id, at, EndReason.NOT_AGREED)
        messages.tell_asker(fresh, Outcome.NO_ANSWER, at)
    return fresh


def _begin(made: Nomination, found: Board, reason: MutualAid.Reason, by: Actor, at: dt.datetime) -> MutualAid:
    diary.sign(made, found, by, at)
    made.mutual_aid, made.state = True, State.NOMINATED
    diary.released_by_lead(made, by, at)
    made.answer_by = diary.agree_by(made, at)
    made.save(force_insert=True)
    aid = MutualAid.objects.create(nomination=made, reason=reason, asked_at=at, decide_by=made.answer_by)
    places.note([made], Kind.PUT_FORWARD, by.person_id, at)
    return aid


def _same(before: Nomination, by: Actor, step: Step) -> MutualAid:
    """What the same request made when it came first. Raises NotAllowed for a key that was used for something else."""
    if before.put_forward_by_id != by.person_id or not before.mutual_aid:
        raise NotAllowed(Can.PUT_FORWARD)
    step.note(again=True)
    return MutualAid.objects.select_related("nomination").get(nomination=before)


def _fresh(aid: MutualAid, found: Board) -> MutualAid:
    """The request as it stands, under the date's lock."""
    related = ("nomination__person", "nomination__force", "nomination__put_forward_by")
    fresh = MutualAid.objects.select_related(*related).get(pk=aid.pk)
    fresh.nomination.session = found.session
    return fresh


def _is_over(aid: MutualAid, at: dt.datetime) -> bool:
    until = aid.nomination.answer_by
    return until is None or until <= at


def _check_open(aid: MutualAid, side: Side, at: dt.datetime) -> None:
    answered = request_of(aid).agreed_by(side) is not None
    if answered or aid.nomination.state != State.NOMINATED or _is_over(aid, at):
        raise Decided


def _agree(aid: MutualAid, found: Board, side: Side, by: Actor, at: dt.datetime) -> None:
    nomination = aid.nomination
    if side is Side.OWN_FORCE:
        aid.own_force_at, aid.own_force_by_id = at, by.person_id
    else:
        aid.owner_at, aid.owner_by_id = at, by.person_id
    aid.save(update_fields=["own_force_at", "own_force_by", "owner_at", "owner_by"])
    places.note([nomination], Kind.AGREED, by.person_id, at, side.value)
    if aid.own_force_at is None or aid.owner_at is None:
        return
    nomination.answer_by = None
    places.give(found, nomination, at)
    nomination.save()
    diary.tell_where_it_stands(nomination, at)
    messages.tell_asker(aid, Outcome.AGREED, at)


def _refuse(aid: MutualAid, side: Side, by: Actor, at: dt.datetime) -> None:
    aid.refused_at, aid.refused_by_id, aid.refused_side = at, by.person_id, side.value
    aid.save(update_fields=["refused_at", "refused_by", "refused_side"])
    places.end(aid.nomination, State.REFUSED, EndReason.NOT_AGREED, at)
    places.note([aid.nomination], Kind.REFUSED, by.person_id, at, EndReason.NOT_AGREED)
    messages.tell_asker(aid, Outcome.REFUSED, at)
