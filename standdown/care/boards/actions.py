"""Whose incident it is: taken on by a coordinator, and handed on when the shift ends."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from standdown.audit.act import act
from standdown.care.follow_up import messages
from standdown.care.incidents.models import Incident, IncidentEvent
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.foundation.refusal import Refusal
from standdown.people.models import Person


class TheirsAlready(Refusal):
    """The incident is with that coordinator already."""

    code = "theirs-already"

    def __init__(self) -> None:
        super().__init__(_("It is with them already. Choose somebody else, or leave it as it is."))


def hand_on(*, by: Actor, at: dt.datetime, incident: Incident, to: Person) -> Incident:
    """Take an incident on, or hand it on to another coordinator with everything that is owed in it; they are told.

    `to` comes from `queries.coordinators`. Raises TheirsAlready.
    """
    with act(by, Can.RUN_CARE, on=incident, at=at) as step:
        fresh = db.lock(Incident.objects.filter(pk=incident.pk)).get()
        if fresh.coordinator_id == to.pk:
            raise TheirsAlready
        fresh.coordinator, fresh.changed_at = to, at
        fresh.save(update_fields=["coordinator", "changed_at"])
        IncidentEvent.objects.create(incident=fresh, kind=IncidentEvent.Kind.COORDINATOR, at=at, by_id=by.person_id)
        if to.pk != by.person_id:
            address = reverse("boards:incident", args=[fresh.pk])
            version = int(at.timestamp()) % 2**31
            messages.tell_task(to, fresh.pk, address, at, exercise=fresh.is_exercise, version=version)
        step.note(taken_on=to.pk == by.person_id)
    return fresh
