"""What people do afterwards: answer how they are, be asked later, try to reach somebody, close, open again."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from standdown.audit.act import act
from standdown.care.clocks import steps
from standdown.care.clocks.models import Step
from standdown.care.exposures import stages
from standdown.care.exposures.models import Exposure, Stage
from standdown.care.follow_up import diary, messages, policy
from standdown.care.follow_up.models import Contact, ContactTry
from standdown.care.follow_up.refusals import NotNow, TooLate, WrongDay
from standdown.foundation import clock, db
from standdown.foundation.access import Actor, Can
from standdown.people.models import Person

Outcome = Contact.Outcome


def _open(contact: Contact) -> Contact:
    """The contact as it stands, locked. Raises NotNow once it is over."""
    rows = Contact.objects.filter(pk=contact.pk).select_related("exposure__incident__programme", "exposure__person")
    fresh = db.lock(rows).get()
    if fresh.outcome:
        raise NotNow
    return fresh


def answer(*, by: Actor, at: dt.datetime, contact: Contact, wants_more: Contact.WantsMore) -> Contact:
    """Say for oneself how one is: whether one would like more help. Raises NotNow."""
    with act(by, Can.KEEP_OWN_CARE, on=contact.exposure, at=at):
        fresh = _open(contact)
        _reached(fresh, wants_more, by, at)
    return fresh


def _reached(fresh: Contact, wants_more: Contact.WantsMore, by: Actor, at: dt.datetime) -> None:
    fresh.wants_more = wants_more.value
    diary.end(fresh, Outcome.REACHED, by, at)
    if wants_more == Contact.WantsMore.YES:
        diary.wants_more(fresh, at)
    diary.close_when_last(fresh, by, at)


def rather_not(*, by: Actor, at: dt.datetime, contact: Contact, ever: bool) -> Contact:
    """Say that one would rather not be asked: this time, or (`ever`) any more about this incident. No reason."""
    with act(by, Can.KEEP_OWN_CARE, on=contact.exposure, at=at):
        fresh = _open(contact)
        diary.end(fresh, Outcome.NOT_WISHED, by, at)
        if ever:
            stages.close(fresh.exposure, Exposure.CloseCode.PREFERS_NOT, by, at)
        else:
            diary.close_when_last(fresh, by, at)
    return fresh


def snooze(*, by: Actor, at: dt.datetime, contact: Contact, until: dt.date) -> Contact:
    """Be asked again on another day, at most two weeks ahead. Raises WrongDay, NotNow."""
    with act(by, Can.KEEP_OWN_CARE, on=contact.exposure, at=at):
        fresh = _open(contact)
        if policy.snooze_problem(until, clock.london_day(at)):
            raise WrongDay
        fresh.snoozed_until = until
        fresh.save(update_fields=["snoozed_until"])
        due = max(fresh.due_on, until)
        steps.move_due(Step.objects.filter(on=fresh.pk), clock.from_wall(due, policy.DUE_AT))
    return fresh


def give(*, by: Actor, at: dt.datetime, contact: Contact, to: Person) -> Contact:
    """Give a contact to somebody: a line manager, a peer supporter. They are told. Raises NotNow."""
    with act(by, Can.RUN_CARE, on=contact.exposure, at=at):
        fresh = _open(contact)
        fresh.by = to
        fresh.save(update_fields=["by"])
        Step.objects.filter(on=fresh.pk, closed_at=None).update(owner=to)
        exercise = fresh.exposure.incident.is_exercise
        messages.tell_task(to, fresh.pk, reverse("follow_up:list"), at, exercise=exercise)
    return fresh


def record_try(
    *, by: Actor, at: dt.datetime, contact: Contact, channel: ContactTry.Channel, reached: bool,
    wants_more: Contact.WantsMore | None = None,
) -> Contact:  # fmt: skip
    """Record that one tried to reach somebody, and whether one did; after three tries it ends kindly (R97)."""
    with act(by, Can.MAKE_CONTACT, on=contact, at=at):
        fresh = _open(contact)
        ContactTry.objects.create(contact=fresh, at=at, by_id=by.person_id, channel=channel, reached=reached)
        tries = ContactTry.objects.filter(contact=fresh).count()
        if reached:
            _reached(fresh, wants_more or Contact.WantsMore.NOT_NOW, by, at)
        elif policy.closes_kindly(tries, fresh.exposure.incident.programme.contact_tries):
            diary.end(fresh, Outcome.NO_REPLY, by, at)
            diary.close_when_last(fresh, by, at)
    return fresh


def close(*, by: Actor, at: dt.datetime, exposure: Exposure, code: Exposure.CloseCode) -> Exposure:
    """Close somebody's part in an incident, with a code; they are told, and may object (R101). Raises NotNow."""
    with act(by, Can.RUN_CARE, on=exposure, at=at) as step:
        fresh = _exposure(exposure)
        if fresh.stage == Stage.CLOSED:
            raise NotNow
        stages.close(fresh, code, by, at)
        exercise = fresh.incident.is_exercise
        messages.tell_person(messages.ClosedKindly, fresh.person, fresh.pk, at, exercise=exercise)
        step.note(code=code.value)
    return fresh


def open_again(*, by: Actor, at: dt.datetime, exposure: Exposure) -> Exposure:
    """Object to the close of one's own part, or open it again within a year; no reason (R97, R101).

    Raises NotNow, TooLate.
    """
    with act(by, Can.KEEP_OWN_CARE, on=exposure, at=at):
        fresh = _exposure(exposure)
        if fresh.closed_at is None:
            raise NotNow
        days = fresh.incident.programme.reopen_days
        if not policy.may_reopen(clock.london_day(fresh.closed_at), days, clock.london_day(at)):
            raise TooLate
        fresh.objected_at = at
        fresh.save(update_fields=["objected_at"])
        stages.reopen(fresh, by, at)
    return fresh


def _exposure(exposure: Exposure) -> Exposure:
    rows = Exposure.objects.filter(pk=exposure.pk).select_related("incident__programme", "person")
    return db.lock(rows).get()


def send_how_are_you(*, by: Actor, at: dt.datetime, contact: Contact) -> Contact:
    """Ask somebody by mail how they are, the first or the second time. A job's act. Raises NotNow."""
    with act(by, Can.MAKE_CONTACT, on=contact, at=at):
        fresh = _open(contact)
        days = [clock.london_day(one.at) for one in ContactTry.objects.filter(contact=fresh, by=None)]
        sent, last_on = len(days), max(days, default=None)
        if not policy.mails_owed(fresh.due_on, fresh.snoozed_until, sent, last_on, clock.london_day(at)):
            raise NotNow
        ContactTry.objects.create(contact=fresh, at=at, by=None, channel=ContactTry.Channel.MAIL)
        whom, exercise = fresh.exposure.person, fresh.exposure.incident.is_exercise
        messages.tell_person(messages.HowAreYou, whom, fresh.pk, at, exercise=exercise, version=sent)
    return fresh
