"""What time does to contacts: from nine in the morning people are asked how they are, and days are marked."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Max, Q

from standdown.care.follow_up import actions, actions_own, policy
from standdown.care.follow_up.models import Contact, DayToMark
from standdown.foundation import access, clock
from standdown.foundation.one_by_one import tried

JOB = access.system("follow-up")


def each_minute(at: dt.datetime) -> None:
    """Ask everybody whose contact is near, and tell those who marked tomorrow; each once, and never at night."""
    if clock.london(at).time() < policy.OPENS_AT:
        return
    today = clock.london_day(at)
    near = Contact.objects.filter(outcome="", due_on__lte=today + policy.FIRST_MAIL)
    mails = Q(tries__by=None)
    counted = near.annotate(sent=Count("tries", filter=mails), last_at=Max("tries__at", filter=mails))
    for contact in counted.filter(sent__lt=policy.MAILS).select_related("exposure"):
        last_on = None if contact.last_at is None else clock.london_day(contact.last_at)
        if policy.mails_owed(contact.due_on, contact.snoozed_until, contact.sent, last_on, today):
            tried(actions.send_how_are_you, by=JOB, at=at, contact=contact)
    for day in DayToMark.objects.filter(ended_at=None, on__lte=today + dt.timedelta(days=1)).select_related("person"):
        tried(actions_own.tell_of_day, by=JOB, at=at, day=day)
