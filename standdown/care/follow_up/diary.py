"""Opening and ending of contacts, inside the act that gives the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from standdown.care.clocks import policy as clock_policy
from standdown.care.clocks import steps
from standdown.care.clocks.models import Step
from standdown.care.clocks.steps import Owed
from standdown.care.exposures import stages
from standdown.care.exposures.models import Exposure
from standdown.care.follow_up import messages, policy
from standdown.care.follow_up.models import Contact
from standdown.care.incidents.models import Incident
from standdown.care.programme.models import Programme
from standdown.care.programme.policy import StepKind
from standdown.foundation import clock
from standdown.foundation.access import Actor

Kind = Contact.Kind
STEP: dict[str, StepKind] = {
    Kind.TWO_WEEKS: StepKind.CONTACT_TWO_WEEKS,
    Kind.MONTH: StepKind.CONTACT_MONTH,
    Kind.THREE_MONTHS: StepKind.CONTACT_THREE_MONTHS,
    Kind.EXTRA: StepKind.CONTACT_TWO_WEEKS,
}


def open_contacts(exposures: Sequence[Exposure], _by: Actor, at: dt.datetime) -> None:
    """Everybody exposed is owed three contacts, whatever else happens (R96, R160). Again it adds what lacks.

    Three statements and the steps'.
    """
    contacts = [Contact(exposure=one, kind=kind, due_on=due) for one in exposures for kind, due in _due(one).items()]
    Contact.objects.bulk_create(contacts, ignore_conflicts=True)
    by_key = {one.pk: one for one in exposures}
    stored = list(Contact.objects.filter(exposure__in=list(by_key), outcome=""))  # who was there keeps their key
    for contact in stored:
        contact.exposure = by_key[contact.exposure_id]
    incident = exposures[0].incident
    steps.open_steps(incident.programme, incident.force_id, [_owed(contact) for contact in stored], at)


def _due(one: Exposure) -> dict[str, dt.date]:
    day = clock.london_day(one.incident.ended_at)
    return {kind: day + dt.timedelta(days=days) for kind, days in _days(one.incident.programme).items()}


def move_contacts(incident: Incident, _by_how_much: dt.timedelta, _by: Actor, _at: dt.datetime) -> None:
    """T0 was put right: the days on which people are asked move with it, but for those whom somebody chose.

    A few statements for each kind, however many people.
    """
    programme, day = incident.programme, clock.london_day(incident.ended_at)
    for kind, days in _days(programme).items():
        due_on = day + dt.timedelta(days=days)
        due_at = clock.from_wall(due_on, policy.DUE_AT)
        moving = Contact.objects.filter(exposure__incident=incident, kind=kind, outcome="", snoozed_until=None)
        first = clock_policy.moment_of(steps.chain_of(programme.pk, STEP[kind]), 0, due_at)
        owed = Step.objects.open().filter(on__in=moving.values("pk"))
        owed.update(due_at=due_at, level=0, next_at=first)
        Contact.objects.filter(pk__in=list(moving.values_list("pk", flat=True))).update(due_on=due_on)


def _days(programme: Programme) -> dict[str, int]:
    return {
        Kind.TWO_WEEKS: programme.contact_two_weeks_days,
        Kind.MONTH: programme.contact_month_days,
        Kind.THREE_MONTHS: programme.contact_three_months_days,
    }


def _owed(contact: Contact) -> Owed:
    one = contact.exposure
    due = clock.from_wall(contact.due_on, policy.DUE_AT)
    return Owed(
        kind=STEP[contact.kind], due_at=due, incident=one.incident_id, exposure=one.pk, on=contact.pk,
        owner=contact.by_id,
    )  # fmt: skip


def end(contact: Contact, outcome: Contact.Outcome, by: Actor, at: dt.datetime) -> None:
    """A contact is over; its step goes with it."""
    contact.outcome, contact.ended_at = outcome.value, at
    contact.save(update_fields=["outcome", "ended_at", "wants_more"])
    closing = {
        Contact.Outcome.REACHED: Step.Outcome.DONE, Contact.Outcome.NO_REPLY: Step.Outcome.NO_REPLY,
        Contact.Outcome.NOT_WISHED: Step.Outcome.OFFERED, Contact.Outcome.OVER: Step.Outcome.NOT_NEEDED,
    }[outcome]  # fmt: skip
    steps.close_steps(Step.objects.filter(on=contact.pk), closing, by.person_id, at)


def end_all(one: Exposure, _by: Actor, at: dt.datetime) -> None:
    """Nothing more is owed in this incident: the contacts that are left are over. Their steps are closed already."""
    Contact.objects.filter(exposure=one, outcome="").update(outcome=Contact.Outcome.OVER, ended_at=at)


def begin_again(one: Exposure, _by: Actor, at: dt.datetime) -> None:
    """It was opened again: the contacts that lie ahead are owed once more."""
    today = clock.london_day(at)
    rows = list(Contact.objects.filter(exposure=one, outcome=Contact.Outcome.OVER, due_on__gt=today))
    for row in rows:
        row.outcome, row.ended_at, row.exposure = "", None, one
        row.save(update_fields=["outcome", "ended_at"])
    steps.open_steps(one.incident.programme, one.force_id, [_owed(row) for row in rows], at)


def wants_more(contact: Contact, at: dt.datetime) -> None:
    """They would like more help: a coordinator owes them an answer within a day."""
    one = contact.exposure
    due = at + policy.SELF_REFERRAL_WITHIN
    owed = Owed(
        kind=StepKind.SELF_REFERRAL, due_at=due, incident=one.incident_id, exposure=one.pk,
        on=contact.pk,
    )  # fmt: skip
    steps.open_steps(one.incident.programme, one.force_id, [owed], at)


def close_when_last(contact: Contact, by: Actor, at: dt.datetime) -> None:
    """After the last contact a part is closed: as agreed, or kindly where nobody answered; they may open it again."""
    one = contact.exposure
    left = Contact.objects.filter(exposure=one, outcome="").exclude(pk=contact.pk)
    if left.exists() or one.closed_at is not None or contact.wants_more == Contact.WantsMore.YES:
        return
    reached = contact.outcome == Contact.Outcome.REACHED
    code = Exposure.CloseCode.AGREED if reached else Exposure.CloseCode.NO_REPLY
    if contact.outcome == Contact.Outcome.NOT_WISHED:
        code = Exposure.CloseCode.PREFERS_NOT
    stages.close(one, code, by, at)
    messages.tell_person(messages.ClosedKindly, one.person, one.pk, at, exercise=one.incident.is_exercise)
