"""What people do when a session is held and after it: record it, check out, hand somebody over at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from standdown.audit.act import act
from standdown.care.clocks import steps
from standdown.care.clocks.models import Step
from standdown.care.clocks.steps import Owed
from standdown.care.defusing import diary, hooks, messages, policy
from standdown.care.defusing.afterwards import CheckOut, UrgentHandover
from standdown.care.defusing.models import Attendee, Defusing, SessionState
from standdown.care.defusing.refusals import CheckedOut, LimitsNotRead, NotNow, Taken
from standdown.care.exposures import stages
from standdown.care.exposures.models import Exposure
from standdown.care.incidents.models import IncidentEvent
from standdown.care.programme.policy import StepKind
from standdown.foundation import clock, db
from standdown.foundation.access import Actor, Can
from standdown.people.models import Person
from standdown.people.qualifications import deliveries

Outcome = Step.Outcome
There = Attendee.There


@dataclass(frozen=True, slots=True)
class Seen:
    """Of one person: whether they were there, and the next step agreed with them (a code; empty where absent)."""

    there: There
    next_step: str = ""


def record_held(
    *, by: Actor, at: dt.datetime, defusing: Defusing, seen: Mapping[str, Seen], limits_read: bool, limits_version: int
) -> Defusing:  # fmt: skip
    """Record that the session was held: who was there, and the agreed next step of each (R87, R92). Nothing said in it.

    `seen` by the attendee's key. `limits_read`: the limits of confidentiality were read out, in that version of the
    text. Whoever was absent is owed a session still. Keeps the defuser's qualification current (R51). Raises NotNow,
    LimitsNotRead.
    """
    with act(by, Can.LEAD_DEFUSING, on=defusing, at=at) as step:
        session = diary.held_fast(defusing)
        if not policy.may_hold(booked=session.state == SessionState.BOOKED, starts_at=session.starts_at, at=at):
            raise NotNow
        if not limits_read:
            raise LimitsNotRead
        everybody = diary.present(session)
        session.state, session.held_at, session.held_by_id = SessionState.HELD, at, by.person_id
        session.limits_read_at, session.limits_version, session.changed_at = at, limits_version, at
        session.save()
        for one in everybody:
            _record(one, seen.get(str(one.pk), Seen(There.ABSENT)), by, at)
        leaders = [key for key in (session.defuser_id, session.second_id) if key is not None]
        diary.owe_afterwards(session, leaders, at)
        for person in leaders:
            deliveries.record_delivery(person, clock.london_day(session.starts_at or at), at=at, by_id=by.person_id)
        diary.note(session, IncidentEvent.Kind.HELD, by, at)
        for listener in hooks.HELD:
            listener(session, everybody, by, at)
        step.note(there=sum(one.there != There.ABSENT for one in everybody), people=len(everybody))
    return session


def _record(one: Attendee, what: Seen, by: Actor, at: dt.datetime) -> None:
    one.there, one.next_step = what.there.value, what.next_step if what.there != There.ABSENT else ""
    if what.there == There.ABSENT:
        one.left_at = at
        one.save(update_fields=["there", "next_step", "left_at"])
        stages.unbooked(one.exposure, at)
    else:
        one.save(update_fields=["there", "next_step"])
        stages.after_session(one.exposure, Outcome.DONE, by, at)


def checked_on(*, by: Actor, at: dt.datetime, attendee: Attendee) -> None:
    """Somebody who left early was checked on afterwards (R87). Saying so twice is saying so once."""
    with act(by, Can.LEAD_DEFUSING, on=attendee.defusing, at=at):
        Attendee.objects.filter(pk=attendee.pk, checked_on_at=None).update(checked_on_at=at)


def check_out(*, by: Actor, at: dt.datetime, defusing: Defusing, wants: CheckOut.Wants) -> CheckOut:
    """Check out of a session that one led: a code about oneself, which only oneself and the coordinator's call see.

    Raises CheckedOut, NotNow.
    """
    with act(by, Can.LEAD_DEFUSING, on=defusing, at=at) as step:
        if defusing.state != SessionState.HELD or by.person_id is None:
            raise NotNow
        if CheckOut.objects.filter(defusing=defusing, person_id=by.person_id).exists():
            raise CheckedOut
        made = CheckOut.objects.create(defusing=defusing, person_id=by.person_id, wants=wants.value, said_at=at)
        own = diary.key_afterwards(defusing, StepKind.CHECK_OUT, by.person_id)
        steps.close_steps(Step.objects.filter(on=own), Outcome.DONE, by.person_id, at)
        step.about(made)
    return made


def called_buddy(*, by: Actor, at: dt.datetime, step: Step) -> None:
    """The call to a defuser a day after was made (R91). By a coordinator."""
    with act(by, Can.RUN_CARE, on=step, at=at):
        steps.close_steps(Step.objects.filter(pk=step.pk), Outcome.DONE, by.person_id, at)


def hand_over(
    *, by: Actor, at: dt.datetime, exposure: Exposure, to: Person, can: Can, led: Defusing | None = None
) -> UrgentHandover:
    """Hand somebody who needs help now to a named colleague: who, to whom, when; no reason is kept (R93).

    `can` is what makes it the giver's to do: DEMOBILISE for whoever talked with them, RUN_CARE for a coordinator,
    LEAD_DEFUSING for whoever leads `led`, the session that the person sits in.
    The colleague is told at once, whatever the hour; if they do not take over within half an hour, others are.
    """
    with act(by, can, on=led or exposure, at=at) as step:
        assert by.person_id is not None
        made = UrgentHandover.objects.create(exposure=exposure, handed_by_id=by.person_id, handed_to=to, handed_at=at)
        owed = Owed(
            kind=StepKind.URGENT_HANDOVER, due_at=at + policy.TAKEN_OVER_WITHIN, incident=exposure.incident_id,
            exposure=exposure.pk, on=made.pk, owner=to.pk,
        )  # fmt: skip
        steps.open_steps(exposure.incident.programme, exposure.force_id, [owed], at)
        messages.tell_urgent(made, at)
        step.about(made)
    return made


def take_over(*, by: Actor, at: dt.datetime, handover: UrgentHandover) -> UrgentHandover:
    """Say that one has taken somebody over who was handed to one. Raises Taken."""
    with act(by, Can.MAKE_CONTACT, on=handover, at=at):
        fresh = db.lock(UrgentHandover.objects.filter(pk=handover.pk)).get()
        if fresh.taken_at is not None:
            raise Taken
        fresh.taken_at = at
        fresh.save(update_fields=["taken_at"])
        steps.close_steps(Step.objects.filter(on=fresh.pk), Outcome.DONE, by.person_id, at)
    return fresh
