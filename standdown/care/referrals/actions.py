"""What people do about referrals: send with consent, take back, say that it was received; book a structured meeting."""

from __future__ import annotations

import datetime as dt

from standdown.audit.act import act
from standdown.care.clocks import steps
from standdown.care.clocks.models import Step
from standdown.care.clocks.steps import Owed
from standdown.care.exposures.models import Exposure
from standdown.care.programme.models import Programme
from standdown.care.programme.policy import StepKind
from standdown.care.programme.queries import in_force
from standdown.care.referrals import messages, policy
from standdown.care.referrals.models import EstimBooking, Referral
from standdown.care.referrals.refusals import DayPast, NoConsent, NotNow, ReferredAlready
from standdown.foundation import clock, db, working_time
from standdown.foundation.access import Actor, Can
from standdown.people.models import Person

State = Referral.State
Outcome = Step.Outcome


def refer_myself(*, by: Actor, at: dt.datetime, person: Person, exposure: Exposure | None = None) -> Referral:
    """Go to occupational health by oneself, with or without an incident (R94). Raises ReferredAlready."""
    assert person.home_force_id is not None, "whoever has a page of their own serves in a force"
    made = Referral(
        person=person, force_id=person.home_force_id, exposure=exposure, route=Referral.Route.SELF, consented_at=at,
        sent_at=at, sent_by_id=by.person_id,
    )  # fmt: skip
    with act(by, Can.KEEP_OWN_CARE, on=made, at=at):
        _send(made, exposure.incident.programme if exposure else in_force(made.force_id, clock.london_day(at)), at)
    return made


def refer_with_consent(*, by: Actor, at: dt.datetime, exposure: Exposure, consented: bool) -> Referral:
    """Refer somebody on, with their consent; only that, and the incident's reference, goes along (R94).

    Raises NoConsent, ReferredAlready.
    """
    made = Referral(
        person=exposure.person, force_id=exposure.force_id, exposure=exposure, route=Referral.Route.CONSENTED,
        consented_at=at, sent_at=at, sent_by_id=by.person_id,
    )  # fmt: skip
    with act(by, Can.RUN_CARE, on=exposure, at=at) as step:
        if not consented:
            raise NoConsent
        _send(made, exposure.incident.programme, at)
        step.about(made)
    return made


def _send(made: Referral, programme: Programme, at: dt.datetime) -> None:
    standing = Referral.objects.filter(person_id=made.person_id, state__in=policy.LIVE)
    if standing.exists():
        raise ReferredAlready
    made.save(force_insert=True)
    due = working_time.after(at, programme.referral_working_hours, made.force.jurisdiction)
    incident = made.exposure.incident_id if made.exposure else None
    owed = Owed(kind=StepKind.REFERRAL_ANSWER, due_at=due, incident=incident, exposure=made.exposure_id, on=made.pk)
    steps.open_steps(programme, made.force_id, [owed], at)
    messages.tell_occupational_health(made, at)


def take_back(*, by: Actor, at: dt.datetime, referral: Referral) -> Referral:
    """Take one's own referral back, at any time before it is closed; no reason. Raises NotNow."""
    with act(by, Can.KEEP_OWN_CARE, on=referral, at=at):
        fresh = _fresh(referral)
        if fresh.state not in policy.LIVE:
            raise NotNow
        _over(fresh, State.WITHDRAWN, at)
        _answered(fresh, Outcome.NOT_NEEDED, by, at)
    return fresh


def say(*, by: Actor, at: dt.datetime, referral: Referral, state: Referral.State) -> Referral:
    """Say how a referral stands: received, first contact offered, closed. Nothing clinical (R94). Raises NotNow."""
    with act(by, Can.RECEIVE_REFERRAL, on=referral, at=at) as step:
        fresh = _fresh(referral)
        if not policy.may_become(fresh.state, state.value):
            raise NotNow
        fresh.handled_by_id = by.person_id
        if state == State.CLOSED:
            _over(fresh, state, at)
        else:
            fresh.state = state.value
            fresh.received_at = fresh.received_at or at
            fresh.offered_at = at if state == State.OFFERED else None
            fresh.save(update_fields=["state", "received_at", "offered_at", "handled_by"])
            messages.tell_person(fresh, [*State].index(state), at)
        _answered(fresh, Outcome.DONE, by, at)
        step.note(state=state.value)
    return fresh


def _fresh(referral: Referral) -> Referral:
    return db.lock(Referral.objects.filter(pk=referral.pk).select_related("person", "exposure__incident")).get()


def _over(one: Referral, state: Referral.State, at: dt.datetime) -> None:
    one.state, one.ended_at = state.value, at
    one.save(update_fields=["state", "ended_at", "handled_by"])


def _answered(one: Referral, outcome: Step.Outcome, by: Actor, at: dt.datetime) -> None:
    steps.close_steps(Step.objects.filter(on=one.pk), outcome, by.person_id, at)


def book_meeting(*, by: Actor, at: dt.datetime, exposure: Exposure, on: dt.date, owner: Person) -> EstimBooking:
    """Book a structured meeting: its day and who owns it, nothing of what it is about (R95). Raises DayPast."""
    with act(by, Can.RUN_CARE, on=exposure, at=at) as step:
        if on < clock.london_day(at):
            raise DayPast
        made = EstimBooking.objects.create(
            exposure=exposure, on=on, owner=owner, booked_at=at, booked_by_id=by.person_id
        )
        step.about(made)
    return made


def meeting_over(*, by: Actor, at: dt.datetime, meeting: EstimBooking, there: EstimBooking.There) -> EstimBooking:
    """Record whether somebody was at a structured meeting. Raises NotNow once it is recorded, or before its day."""
    with act(by, Can.RUN_CARE, on=meeting.exposure, at=at):
        fresh = db.lock(EstimBooking.objects.filter(pk=meeting.pk)).get()
        if fresh.ended_at is not None or fresh.on > clock.london_day(at):
            raise NotNow
        fresh.there, fresh.ended_at = there.value, at
        fresh.save(update_fields=["there", "ended_at"])
    return fresh
