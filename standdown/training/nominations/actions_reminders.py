"""What the worker's jobs do about reminders and summaries, each in an act of the system."""

from __future__ import annotations

import datetime as dt

from standdown.audit.act import act
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.notifications.outbox import tell_many
from standdown.people.models import Force
from standdown.training.nominations import queries_reminders
from standdown.training.nominations.reminder_messages import reminder
from standdown.training.sessions.models import Session


def remind(*, by: Actor, at: dt.datetime, session: Session) -> int:
    """Remind everybody who has a place on the date and whose reminder is due (R36); how many. A job's act.

    The date is held meanwhile, so that nobody is reminded who has just given the place back.
    """
    with act(by, Can.PUT_FORWARD, on=session, at=at) as step:
        held = db.lock(Session.objects.filter(pk=session.pk)).get()
        due = queries_reminders.to_remind(at, held)
        told = tell_many([(row.person, reminder(row, which)) for row, which in due], at=at)
        step.note(told=len(told))
    return len(told)


def sum_up(*, by: Actor, at: dt.datetime, force: Force) -> int:
    """Tell the leads of a force what happened to its names since the last summary; how many. A job's act."""
    day = queries_reminders.summary_day(force, at)
    found = queries_reminders.summaries(force, day) if day is not None else []
    if not found:
        return 0
    with act(by, Can.PUT_FORWARD, on=force, at=at) as step:
        told = tell_many([(one.person, one.message) for one in found], at=at)
        step.note(told=len(told))
    return len(told)
