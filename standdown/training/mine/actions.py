"""What somebody does about the address from which their calendar reads their dates."""

from __future__ import annotations

import datetime as dt

from standdown.audit.act import act
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.people.models import Person
from standdown.training.nominations import feed
from standdown.training.nominations.models import CalendarFeed


def make_feed(*, by: Actor, at: dt.datetime, person: Person) -> str:
    """Make a new secret address for one's own dates; one made before stops working.

    Gives the token, which nobody can read again: only its SHA-256 is stored.
    """
    token = feed.new_token()
    made = CalendarFeed(person=person, digest=feed.digest(token), made_at=at)
    with act(by, Can.KEEP_OWN_TRAINING, on=made, at=at):
        db.lock(CalendarFeed.objects.filter(person=person, revoked_at__isnull=True)).update(revoked_at=at)
        made.save(force_insert=True)
    return token


def revoke_feed(*, by: Actor, at: dt.datetime, calendar: CalendarFeed) -> None:
    """Take the address back: from now on nothing is there. Doing it twice changes nothing."""
    with act(by, Can.KEEP_OWN_TRAINING, on=calendar, at=at) as step:
        taken = CalendarFeed.objects.filter(pk=calendar.pk, revoked_at__isnull=True).update(revoked_at=at)
        step.note(again=not taken)
