"""What the coordinator does about who leads: ask somebody, or ask them no longer."""

from __future__ import annotations

import datetime as dt
import uuid

from standdown.audit.act import act
from standdown.care.defusing import hooks
from standdown.care.defusing.models import Ask, AskReason, Defusing, SessionState
from standdown.care.incidents.models import Incident
from standdown.care.matching import plan, proposals, queries, questions, reasons, scene
from standdown.care.matching.models import Plan
from standdown.care.matching.policy import Part
from standdown.care.matching.words import AlreadyAsked, HeldBack, NoLongerPossible, NothingToPlan, NotToBeAsked
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.foundation.kept_insert import KeptInsert

_ASKS = KeptInsert(Ask)


def ask(
    *, by: Actor, at: dt.datetime, session: Defusing, person: uuid.UUID, starts_at: dt.datetime, by_hand: bool = False
) -> Ask:
    """Ask somebody to lead a session at a time, or to help whoever leads it; store why it was them (R82).

    Every rule is asked again inside the act: who was excluded, booked or lapsed a moment ago is not asked. Raises
    AlreadyAsked, NotToBeAsked, HeldBack, NoLongerPossible, NotAllowed.
    """
    with act(by, Can.RUN_CARE, on=session, at=at) as step:
        (fresh,) = questions.HELD_SESSION.rows(session=session.pk)
        asks = queries.standing_asks(fresh)
        # Whoever is asked for two sessions at once is asked in turn.
        held = next(iter(questions.HELD_PERSON.rows(person=person)), None)
        looked = queries.look(fresh, by, at, asks)
        if looked is None:
            raise AlreadyAsked if asks else NotToBeAsked
        if reason := queries.held_back(fresh):
            raise HeldBack(reason)
        chosen = looked.at(person, starts_at)
        if chosen is None or held is None:
            raise NoLongerPossible
        made = Ask(
            defusing=fresh, person=held, as_second=looked.part is Part.SECOND, starts_at=starts_at, asked_at=at,
            asked_by_id=by.person_id, lapses_at=at + dt.timedelta(hours=fresh.incident.programme.ask_lapses_hours),
        )  # fmt: skip
        _ASKS.store_new(made)
        told = reasons.figures(looked.found, chosen, by_hand=by_hand)
        AskReason.objects.bulk_create(AskReason(ask=made, code=code, figure=figure) for code, figure in told.items())
        if looked.part is Part.LEAD:
            fresh.state, fresh.changed_at = SessionState.ASKED, at
            fresh.save(update_fields=["state", "changed_at"])
        for listener in hooks.ASKED:
            listener(made, by, at)
        step.note(part=looked.part.value, by_hand=by_hand)
    return made


def take_back(*, by: Actor, at: dt.datetime, session: Defusing, of: uuid.UUID) -> Ask:
    """Ask somebody no longer who has not answered yet; the session is without a leader again. Raises NotToBeAsked."""
    with act(by, Can.RUN_CARE, on=session, at=at):
        fresh = db.lock(Defusing.objects.filter(pk=session.pk)).get()
        found = db.lock(fresh.asks.filter(pk=of, answer=Ask.Answer.NONE)).first()
        if found is None:
            raise NotToBeAsked
        found.answer, found.answered_at = Ask.Answer.TAKEN_BACK, at
        found.save(update_fields=["answer", "answered_at"])
        if not found.as_second and fresh.state == SessionState.ASKED:
            fresh.state, fresh.changed_at = SessionState.PLANNED, at
            fresh.save(update_fields=["state", "changed_at"])
        for listener in hooks.NO_LONGER_ASKED:
            listener(found, by, at)
    return found


def plan_all(*, by: Actor, at: dt.datetime, incident: Incident) -> Plan:
    """Plan who leads every session of an incident for which nobody is asked, all at once; a proposal, no more (R152).

    Raises NothingToPlan, NotAllowed. Reading and solving come before the act, so that nobody else waits for them; the
    rules are asked again when the plan is confirmed.
    """
    sessions = queries.to_plan(by, incident)
    read = scene.read(incident, dict.fromkeys(sessions), by, at)
    planned = plan.plan(read.groups, read.people, read.times, read.limits)
    with act(by, Can.RUN_CARE, on=incident, at=at) as step:
        if not sessions:
            raise NothingToPlan
        made = proposals.store(incident, planned, by, at)
        step.note(groups=made.groups, placed=made.placed)
    return made


def confirm_plan(*, by: Actor, at: dt.datetime, of: Plan) -> list[Ask]:
    """Ask everybody whom a plan proposes and whom the rules still allow; gives the asks. Twice is once.

    Sessions for which somebody was asked meanwhile are left as they are. Raises NothingToPlan for a plan that is
    confirmed or that a later one replaced.
    """
    with act(by, Can.RUN_CARE, on=of.incident, at=at) as step:
        fresh = db.lock(Plan.objects.filter(pk=of.pk)).select_related("incident__programme").get()
        latest = queries.latest_plan(fresh.incident)
        if fresh.confirmed_at is not None or latest != fresh:
            raise NothingToPlan
        asks = proposals.store_asks(proposals.asks_of(fresh, queries.to_plan(by, fresh.incident), by, at), at)
        fresh.confirmed_at = at
        fresh.save(update_fields=["confirmed_at"])
        for ask_made in asks:
            for listener in hooks.ASKED:
                listener(ask_made, by, at)
        step.note(asked=len(asks), proposed=fresh.placed)
    return asks
