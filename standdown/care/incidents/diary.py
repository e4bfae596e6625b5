"""What was done to an incident, inside the act that did it."""

from __future__ import annotations

import datetime as dt

from standdown.care.incidents.models import Incident, IncidentEvent
from standdown.foundation.access import Actor

Kind = IncidentEvent.Kind


def note(incident: Incident, kind: IncidentEvent.Kind, by: Actor, at: dt.datetime, number: int = 0) -> None:
    """Add a line to the incident's history; `number` is how many it was about, where that means something."""
    IncidentEvent.objects.create(incident=incident, kind=kind.value, by_id=by.person_id, at=at, number=number)
