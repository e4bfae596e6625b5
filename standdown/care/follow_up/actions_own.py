"""What people do for themselves at any time: ask to talk, mark a day, keep their own history."""

from __future__ import annotations

import datetime as dt

from standdown.audit.act import act
from standdown.care.clocks import steps
from standdown.care.clocks.models import Step
from standdown.care.clocks.steps import Owed
from standdown.care.exposures.models import Exposure
from standdown.care.follow_up import messages, policy
from standdown.care.follow_up.models import DayToMark, OwnEntry, SelfReferral
from standdown.care.follow_up.refusals import AskedAlready, NotNow, PastDay
from standdown.care.programme.policy import StepKind
from standdown.care.programme.queries import in_force
from standdown.foundation import clock, db
from standdown.foundation.access import Actor, Can
from standdown.people.models import Person


def ask_to_talk(*, by: Actor, at: dt.datetime, person: Person, to: SelfReferral.To) -> SelfReferral:
    """Ask to talk to somebody, without an incident and without a reason (R98). An answer is owed within a day.

    Raises AskedAlready.
    """
    assert person.home_force_id is not None, "whoever has a page of their own serves in a force"
    made = SelfReferral(person=person, force_id=person.home_force_id, to=to.value, asked_at=at)
    with act(by, Can.KEEP_OWN_CARE, on=made, at=at):
        if SelfReferral.objects.filter(person=person, to=to.value, ended_at=None).exists():
            raise AskedAlready
        made.save(force_insert=True)
        programme = in_force(made.force_id, clock.london_day(at))
        owed = Owed(kind=StepKind.SELF_REFERRAL, due_at=at + policy.SELF_REFERRAL_WITHIN, on=made.pk)
        steps.open_steps(programme, made.force_id, [owed], at)
    return made


def take_on(*, by: Actor, at: dt.datetime, asked: SelfReferral) -> SelfReferral:
    """Take somebody on who asked to talk. By whoever runs the care. Raises NotNow."""
    with act(by, Can.RUN_CARE, on=asked, at=at):
        fresh = db.lock(SelfReferral.objects.filter(pk=asked.pk)).get()
        if fresh.taken_at is not None or fresh.ended_at is not None:
            raise NotNow
        fresh.taken_by_id, fresh.taken_at = by.person_id, at
        fresh.save(update_fields=["taken_by", "taken_at"])
        steps.close_steps(Step.objects.filter(on=fresh.pk), Step.Outcome.DONE, by.person_id, at)
    return fresh


def talked(*, by: Actor, at: dt.datetime, asked: SelfReferral) -> SelfReferral:
    """Say that the talk happened, or is no longer wished for: by the person. Raises NotNow."""
    with act(by, Can.KEEP_OWN_CARE, on=asked, at=at):
        fresh = db.lock(SelfReferral.objects.filter(pk=asked.pk)).get()
        if fresh.ended_at is not None:
            raise NotNow
        fresh.ended_at = at
        fresh.save(update_fields=["ended_at"])
        steps.close_steps(Step.objects.filter(on=fresh.pk), Step.Outcome.NOT_NEEDED, by.person_id, at)
    return fresh


def mark_day(
    *, by: Actor, at: dt.datetime, person: Person, kind: DayToMark.Kind, on: dt.date, exposure: Exposure | None = None
) -> DayToMark:  # fmt: skip
    """Wish to be thought of on a day: an anniversary, an inquest, a trial, news (R99, R161). Raises PastDay."""
    made = DayToMark(person=person, exposure=exposure, kind=kind.value, on=on, said_at=at)
    with act(by, Can.KEEP_OWN_CARE, on=made, at=at):
        if on <= clock.london_day(at):
            raise PastDay
        made.save(force_insert=True)
    return made


def unmark_day(*, by: Actor, at: dt.datetime, day: DayToMark) -> None:
    """Take such a wish back."""
    with act(by, Can.KEEP_OWN_CARE, on=day, at=at):
        DayToMark.objects.filter(pk=day.pk, ended_at=None).update(ended_at=at)


def note_entry(*, by: Actor, at: dt.datetime, person: Person, category: str, on: dt.date) -> OwnEntry:
    """Add to one's own history, which nobody else sees: a category and a day (R66, R155). Raises PastDay."""
    made = OwnEntry(person=person, category=category, on=on, said_at=at)
    with act(by, Can.KEEP_OWN_CARE, on=made, at=at):
        if on > clock.london_day(at):
            raise PastDay
        made.save(force_insert=True)
    return made


def remove_entry(*, by: Actor, at: dt.datetime, entry: OwnEntry) -> None:
    """Take an entry of one's own away again."""
    with act(by, Can.KEEP_OWN_CARE, on=entry, at=at):
        OwnEntry.objects.filter(pk=entry.pk).delete()


def tell_of_day(*, by: Actor, at: dt.datetime, day: DayToMark) -> None:
    """The day before one that somebody wished to be thought of: they are told. A job's act. Raises NotNow."""
    with act(by, Can.KEEP_OWN_CARE, on=day, at=at):
        fresh = db.lock(DayToMark.objects.filter(pk=day.pk)).select_related("person").get()
        if fresh.ended_at is not None or fresh.on > clock.london_day(at) + dt.timedelta(days=1):
            raise NotNow
        fresh.ended_at = at
        fresh.save(update_fields=["ended_at"])
        messages.tell_person(messages.DayOfYours, fresh.person, fresh.pk, at, exercise=False)  # a day of one's own
