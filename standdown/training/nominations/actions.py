"""What people do about places: put forward, release, accept, decline, give back, withdraw; and what time does."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import BinaryIO

from standdown.audit.act import Step, act
from standdown.foundation import ids
from standdown.foundation.access import Actor, Can, NotAllowed
from standdown.notifications import outbox
from standdown.people.models import Force
from standdown.training.nominations import bulk, bulk_rows, candidates, diary, lead_messages, messages, places, policy
from standdown.training.nominations.bulk import NamesReport
from standdown.training.nominations.candidates import Known
from standdown.training.nominations.models import EndReason, Nomination, NominationEvent, State
from standdown.training.nominations.policy import Deed, No
from standdown.training.nominations.sentences import NobodyToAsk, NotNow, NotPutForward, OwnRelease
from standdown.training.sessions.models import Session

Kind = NominationEvent.Kind
Release = Nomination.Release


def put_forward(
    *, by: Actor, at: dt.datetime, session: uuid.UUID, who: Known, released: bool, stated: bool = False,
    cost_agreed: bool = False, key: uuid.UUID | None = None,
) -> Nomination:  # fmt: skip
    """Put one of the force's own people forward for a date (R23, R25, R30). A place is held or the list joined at once.

    `session` is the key of the date; `who` comes from `candidates.known`. `released`: the lead confirms that the
    person is free on the day; otherwise their line manager is asked, and no place is held until they agree. `stated`:
    the lead vouches that the person is a line manager or peer supporter where the directory does not know it.
    The same `key` again changes nothing and gives back the same nomination. Raises NotPutForward with every rule that
    speaks against it, OwnRelease, NobodyToAsk, NotAllowed.
    """
    key = key or ids.new()
    made = Nomination(session_id=session, person=who.person, force=who.person.home_force, request_key=key)
    with act(by, Can.PUT_FORWARD, on=made, at=at) as step:
        try:
            found = places.counted_board(session, at)
        except Session.DoesNotExist:
            raise NotPutForward([No.NOT_PUBLISHED], who.person.full_name) from None
        other = candidates.others(who.person.pk, found, key)
        if other.same_request is not None:
            return _same(other.same_request, by, step)
        candidate = candidates.candidate(who, other, found, stated=stated)
        bars = policy.why_not(candidate, candidates.date_facts(who, found, cost_agreed=cost_agreed), at)
        if bars:  # of a date that is not published nothing else is said: it reads like one that is not there
            raise NotPutForward([No.NOT_PUBLISHED] if No.NOT_PUBLISHED in bars else bars, who.person.full_name)
        if released and policy.confirms_own(by.person_id, who.person.pk):
            raise OwnRelease
        if not (released or who.managed_by):
            raise NobodyToAsk(who.person.full_name, own=policy.confirms_own(by.person_id, who.person.pk))
        made.eligibility = candidate.eligibility or ""
        acting = diary.in_capacity(by, made.force_id, who.lead_id)
        diary.begin(made, found, by, at, released=released, acting=acting)
        if who.interested:
            diary.answer_interest(made, by, at)
        step.note(state=str(made.state))
    return made


def put_forward_many(
    *, by: Actor, at: dt.datetime, force: Force, source: BinaryIO, dry_run: bool
) -> NamesReport:  # fmt: skip
    """Put the people of a file forward, all or none, as if one by one in its order; the same file twice is once.

    Every problem of every row is in the report, with what to do. Raises NotAllowed for another force's people.
    """
    report = NamesReport(dry_run=dry_run)
    with act(by, Can.PUT_FORWARD, on=force, at=at) as step:
        work = bulk.sorted_out(bulk_rows.read_names(source, report), force, by, report, at)
        report.problems.sort(key=lambda problem: problem.row)
        if not dry_run:
            bulk.store(work, by, at)
        step.note(rows=report.rows, added=report.added, problems=len(report.problems), dry_run=dry_run)
    return report


def _same(before: Nomination, by: Actor, step: Step) -> Nomination:
    """The nomination that the same request made when it came first. Raises NotAllowed for somebody else's key."""
    if before.put_forward_by_id != by.person_id:
        raise NotAllowed(Can.PUT_FORWARD)
    step.about(before)
    step.note(again=True)
    return before


def confirm_release(*, by: Actor, at: dt.datetime, nomination: Nomination) -> Nomination:
    """The line manager says that one of their people is free on the day (R30). Raises NotNow."""
    with act(by, Can.CONFIRM_RELEASE, on=nomination, at=at):
        return diary.release(nomination, Release.CONFIRMED, by, at)


def refuse_release(*, by: Actor, at: dt.datetime, nomination: Nomination) -> Nomination:
    """The line manager cannot release them for the day; the lead hears it, and may confirm all the same (R30)."""
    with act(by, Can.CONFIRM_RELEASE, on=nomination, at=at):
        return diary.do_not_release(nomination, by, at)


def release_as_lead(*, by: Actor, at: dt.datetime, nomination: Nomination) -> Nomination:
    """The wellbeing lead confirms the release in the line manager's stead, or against their answer (R30).

    Never their own. Raises NotNow, OwnRelease.
    """
    with act(by, Can.PUT_FORWARD, on=nomination, at=at):
        return diary.release(nomination, Release.BY_LEAD, by, at)


def accept_place(
    *, by: Actor, at: dt.datetime, nomination: Nomination, consent: Nomination.Consent,
    needs: Sequence[str] = (), needs_shared: bool = False,
) -> Nomination:  # fmt: skip
    """Take the place that is offered to oneself. Accepting twice is accepting once. Raises NotNow once it is over."""
    with act(by, Can.KEEP_OWN_TRAINING, on=nomination, at=at) as step:
        fresh, _board = places.held_for_answer(nomination, at)
        if fresh.state == State.ACCEPTED:
            step.note(again=True)
            return fresh
        fresh.needs, fresh.needs_shared = list(needs), needs_shared
        diary.accept(fresh, consent, by, at)
    return fresh


def decline_place(*, by: Actor, at: dt.datetime, nomination: Nomination) -> Nomination:
    """Decline what is offered to oneself; no reason is asked, and the lead is told none."""
    with act(by, Can.KEEP_OWN_TRAINING, on=nomination, at=at):
        fresh, found = places.held(nomination, Deed.ANSWER, at)
        number = fresh.place_no
        places.end(fresh, State.DECLINED, "", at)
        places.note([fresh], Kind.DECLINED, by.person_id, at)
        outbox.drop(about=fresh.pk, at=at)
        places.freed(found, number, at)
    return fresh


def give_back(*, by: Actor, at: dt.datetime, nomination: Nomination) -> Nomination:
    """Give one's own place back, or leave the waiting list, up to the start; no reason is asked."""
    with act(by, Can.KEEP_OWN_TRAINING, on=nomination, at=at):
        return diary.withdraw(nomination, EndReason.OWN_WISH, by, at)


def withdraw(*, by: Actor, at: dt.datetime, nomination: Nomination, reason: EndReason) -> Nomination:
    """Take a name of one's force off a date, with a reason code (R32); the place goes to whoever's turn it is."""
    with act(by, Can.PUT_FORWARD, on=nomination, at=at) as step:
        fresh = diary.withdraw(nomination, reason, by, at)
        step.note(reason=str(reason), late=fresh.late)
    return fresh


def change_needs(
    *, by: Actor, at: dt.datetime, nomination: Nomination, needs: Sequence[str], needs_shared: bool
) -> Nomination:
    """Say what would make the day accessible, and whether the trainer may see it (R34)."""
    with act(by, Can.KEEP_OWN_TRAINING, on=nomination, at=at):
        fresh, _found = places.held(nomination, Deed.NEEDS, at)
        fresh.needs, fresh.needs_shared, fresh.changed_at = list(needs), needs_shared, at
        fresh.save(update_fields=["needs", "needs_shared", "changed_at"])
        places.note([fresh], Kind.NEEDS, by.person_id, at)
    return fresh


def export_names(*, by: Actor, at: dt.datetime, of: Force | Session, names: int, kind: str) -> None:
    """Take the names on screen away as a file: those of a force, or of a date. Records how many, and what kind."""
    with act(by, Can.EXPORT_NOMINATIONS, on=of, at=at) as step:
        step.note(names=names, kind=kind)


# -- what time does -------------------------------------------------------------------------------------------------


def lapse_offer(*, by: Actor, at: dt.datetime, nomination: Nomination) -> Nomination:
    """An offer that nobody answered goes to the back of the list; a second time it is over (R28). A job's act."""
    with act(by, Can.PUT_FORWARD, on=nomination, at=at):
        fresh, found = places.held(nomination, Deed.LAPSE, at)
        if fresh.answer_by is None or fresh.answer_by > at:
            raise NotNow(Deed.LAPSE)
        diary.lapse(fresh, found, at)
    return fresh


def expire_request(*, by: Actor, at: dt.datetime, nomination: Nomination) -> Nomination:
    """A name that still waits for an agreement when its time is over is off the date; the lead is told. A job's act."""
    with act(by, Can.PUT_FORWARD, on=nomination, at=at):
        fresh, _found = places.held(nomination, Deed.EXPIRE, at)
        if fresh.answer_by is None or fresh.answer_by > at:
            raise NotNow(Deed.EXPIRE)
        places.end(fresh, State.EXPIRED, EndReason.NO_ANSWER, at)
        places.note([fresh], Kind.EXPIRED, by.person_id, at, EndReason.NO_ANSWER)
        outbox.drop(about=fresh.pk, at=at)
        lead_messages.tell_expired(fresh, at)
    return fresh


def end_wait(*, by: Actor, at: dt.datetime, nomination: Nomination) -> Nomination:
    """A name that still waits when its date begins is off it, and the person is told. A job's act. Raises NotNow."""
    with act(by, Can.PUT_FORWARD, on=nomination, at=at):
        fresh, found = places.held(nomination, Deed.EXPIRE, at)
        if fresh.state != State.WAITING or found.session.starts_at > at:
            raise NotNow(Deed.EXPIRE)
        places.end(fresh, State.WITHDRAWN, EndReason.NO_PLACE, at)
        places.note([fresh], Kind.WITHDRAWN, by.person_id, at, EndReason.NO_PLACE)
        messages.tell_withdrawn(fresh, at, had_place=False)
    return fresh


def fill_date(*, by: Actor, at: dt.datetime, session: Session) -> list[Nomination]:
    """Offer what has come free by itself, such as places that were kept for a force until today (R29). A job's act."""
    with act(by, Can.PUT_FORWARD, on=session, at=at) as step:
        found = places.board(session.pk, at)
        offered = places.fill_places(found, at, passing_by=places.resting(found, at))
        step.note(offered=len(offered))
    return offered
