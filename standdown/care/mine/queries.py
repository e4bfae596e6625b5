"""What is held about oneself in care, and who looked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from standdown.care.defusing import queries as sessions
from standdown.care.defusing.models import Attendee
from standdown.care.exposures.models import Exposure
from standdown.care.looks.models import Look
from standdown.foundation.access import Actor

LOOKS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Own:
    """Everything about oneself, the nearest first."""

    invitations: list[Attendee]
    exposures: list[Exposure]
    looks: list[Look]


def own(by: Actor, at: dt.datetime) -> Own:
    """What is offered to oneself, what is held, and the latest looks. Three statements."""
    mine = Exposure.objects.filter(Q(person_id=by.person_id)).live()
    looks = Look.objects.filter(Q(person_id=by.person_id)).select_related("by")
    return Own(
        invitations=sessions.own_attendances(by, at),
        exposures=list(mine.select_related("incident__category", "role").order_by("-incident__ended_at", "pk")),
        looks=list(looks[:LOOKS_SHOWN]),
    )
