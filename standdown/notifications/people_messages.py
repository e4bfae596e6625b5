"""What we tell people about their force's adoption. The part of people lies below and calls us by its hooks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.functional import Promise

from standdown.foundation.clock import london_day
from standdown.notifications.outbox import Message, tell
from standdown.people.adoption import named_posts
from standdown.people.adoption.models import AdoptionState
from standdown.people.adoption.policy import AdoptionState as State
from standdown.people.adoption.policy import receives_dates
from standdown.people.models import AdoptionStep


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionStepRecorded(Message):
    """A step of your force's adoption was recorded."""

    template: ClassVar[str] = "notifications/people/mail/adoption_step"
    force: str
    state: str | Promise
    since: dt.date
    receives_dates: bool
    address: str


def tell_leads(step: AdoptionStep, at: dt.datetime) -> None:
    """Tell the force's lead, deputy, ESTIP lead and coordinator of the day.

    Who of them has no address stands on the page of the record.
    """
    message = AdoptionStepRecorded(
        about=step.pk,
        force=step.force.name,
        state=AdoptionState(step.state).label,
        since=step.since,
        receives_dates=receives_dates(State(step.state)),
        address=reverse("adoption:record", args=[step.force.slug]),
    )
    for person in named_posts.leads(step.force, london_day(at)):
        if person.work_email:
            tell(person, message, at=at)
