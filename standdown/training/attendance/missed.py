"""What follows a date that somebody missed, whole or in part: the next one for their force. Only inside an act."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from standdown.foundation import access, clock, ids
from standdown.foundation.access import Actor
from standdown.notifications.outbox import tell
from standdown.training.attendance import messages, policy, register, sentences
from standdown.training.attendance.policy import Outcome
from standdown.training.courses.policy import main_skill
from standdown.training.nominations import candidates, diary, lead_messages, links, places
from standdown.training.nominations.board import Board
from standdown.training.nominations.models import EndReason, Nomination, NominationEvent, State
from standdown.training.nominations.policy import LIVE, why_not
from standdown.training.sessions import lines
from standdown.training.sessions.models import Session, Status

STANDDOWN = access.system("offer after a missed date")


def hold(session: Session, at: dt.datetime) -> dict[uuid.UUID, Board]:
    """The date locked, with every other that the outcome may touch, all in one order (see `places.boards`).

    Those are the next date of each force of whom somebody was not there all day, and the dates of what followed.
    """
    roster = register.on_roster(session)
    marks = register.standing(roster)
    if not any(row.state != State.ACCEPTED for row in roster.values()) and session.ends_at > at:
        return places.boards([session.pk], at)  # still on its way: nothing follows from a mark
    not_all_day = {key for (key, _half), mark in marks.items() if mark.there != policy.PRESENT}
    not_all_day |= {key for key, row in roster.items() if row.state != State.ACCEPTED}
    forces = {roster[key].force_id for key in not_all_day}
    keys = {session.pk} | {key for key in (next_date(session, force, at) for force in forces) if key is not None}
    keys |= set(Nomination.objects.filter(follows__in=not_all_day, state__in=LIVE).values_list("session_id", flat=True))
    return places.boards(keys, at)


def next_date(session: Session, force_id: uuid.UUID, at: dt.datetime) -> uuid.UUID | None:
    """The next date of the same course for that force for which names are still open, by key; None when none is."""
    found = Session.objects.filter(
        course=session.course_id, status=Status.PUBLISHED, nominations_close_at__gt=at, for_forces__force=force_id
    ).exclude(pk=session.pk)
    return found.order_by("starts_at", "pk").values_list("pk", flat=True).first()


def follow_up(row: Nomination, found: Outcome, boards: dict[uuid.UUID, Board], at: dt.datetime) -> None:
    """Offer the next date at once, or tell the lead that nothing is offered (R33, R39)."""
    standing = followed_by(row)
    if standing is not None:
        _make_fit(standing, found, at)
    elif not policy.offers_again(found, _missed_before(row)):
        _tell_leads(row, at, again=True)
    else:
        key = next_date(row.session, row.force_id, at)
        if key is not None and key not in boards:
            raise sentences.Meanwhile
        _offer(row, found, boards.get(key) if key else None, at)


def followed_by(row: Nomination) -> Nomination | None:
    """What makes up for that nomination and is still to come."""
    return Nomination.objects.filter(follows=row, state__in=LIVE).select_related("person", "force").first()


def not_needed(row: Nomination, boards: dict[uuid.UUID, Board], by: Actor, at: dt.datetime) -> None:
    """A correction found that somebody attended after all: take the date back that was to make up for it."""
    standing = followed_by(row)
    if standing is None:
        return
    board = boards.get(standing.session_id)
    if board is None:
        raise sentences.Meanwhile
    standing.session = board.session
    diary.take_off(standing, board, EndReason.NOT_NEEDED, by, at)


def _make_fit(standing: Nomination, found: Outcome, at: dt.datetime) -> None:
    """A correction changed what is missing; the date that makes up for it stays, for what is missing now."""
    if standing.only_half != found.only_half:
        standing.only_half, standing.changed_at = found.only_half, at
        standing.save(update_fields=["only_half", "changed_at"])


def _missed_before(row: Nomination) -> int:
    others = Nomination.objects.filter(
        person_id=row.person_id, session__course=row.session.course_id, state=State.DID_NOT_ATTEND
    )
    return others.exclude(pk=row.pk).count()


def _offer(row: Nomination, found: Outcome, board: Board | None, at: dt.datetime) -> None:
    made = _put_forward(row, found, board, at) if board is not None else None
    if made is None:
        _tell_leads(row, at, again=False)
    if row.person.work_email:
        tell(row.person, _message(row, found, made), at=at)


def _put_forward(row: Nomination, found: Outcome, board: Board, at: dt.datetime) -> Nomination | None:
    """A nomination in the name of Standdown, with a place or on the waiting list, or the one that the lead has made.

    None where a rule says no.

    The release of the line manager and the needs are those of the date that was missed.
    """
    there = Nomination.objects.filter(session=board.session, person_id=row.person_id, state__in=LIVE).first()
    if there is not None:  # their lead was quicker
        there.session = board.session
        return there
    key = ids.new()
    who = candidates.known(STANDDOWN, row.person_id, main_skill(row.session.course.kind), at)
    if who is None or who.person.home_force_id != row.force_id:
        return None
    other = candidates.others(row.person_id, board, key)
    candidate = candidates.candidate(who, other, board, stated=True)
    if why_not(candidate, candidates.date_facts(who, board, cost_agreed=True), at):
        return None
    made = Nomination(
        session=board.session, person=row.person, force=row.force, follows=row, only_half=found.only_half,
        acting_as=Nomination.ActingAs.STANDDOWN, eligibility=row.eligibility, release=row.release,
        released_at=row.released_at, released_by_id=row.released_by_id, terms=row.terms, needs=row.needs,
        needs_shared=row.needs_shared, clash_day=clock.london_day(board.session.starts_at), put_forward_at=at,
        changed_at=at, request_key=key,
    )  # fmt: skip
    places.give(board, made, at)
    made.save(force_insert=True)
    places.note([made], NominationEvent.Kind.PUT_FORWARD, None, at)
    return made


def _message(row: Nomination, found: Outcome, made: Nomination | None) -> messages.NextDate:
    before = Nomination.objects.filter(follows=row).exclude(state__in=LIVE).count()
    facts: dict[str, Any] = {"about": row.pk, "version": before, "date": lines.of_session(row.session)}
    if made is not None:
        facts["following"] = lines.of_session(made.session)
        facts["answer_by"] = made.answer_by if made.state == State.OFFERED else None
        facts["placed"] = made.state == State.ACCEPTED
        facts["link"] = links.answer(made) if made.state == State.OFFERED else links.place(made)
    if found.state == policy.PART_ATTENDED:
        half = str(Nomination.Half(found.only_half).label) if found.only_half else ""
        halves = policy.halves(made.session.starts_at, made.session.ends_at) if made is not None else {}
        span = halves.get(made.only_half) if made is not None else None
        return messages.CatchUp(half=half, span=span, **facts)
    return messages.MissedIt(**facts)


def _tell_leads(row: Nomination, at: dt.datetime, *, again: bool) -> None:
    date = lines.of_session(row.session)
    message = messages.LeadDecides(about=row.pk, date=date, name=row.person.full_name, again=again)
    for lead in lead_messages.leads_of(row.force_id, at):
        tell(lead, message, at=at)
