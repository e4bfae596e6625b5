"""Who must not be told of an incident's steps as staff: everybody on its list."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from standdown.care.exposures.models import Exposure


def exposed_among(incidents: Iterable[uuid.UUID], people: Iterable[uuid.UUID]) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Which of these people are on the list of which of these incidents: (incident, person). One statement."""
    rows = Exposure.objects.live().filter(incident__in=list(incidents), person__in=list(people)).order_by()
    return set(rows.values_list("incident_id", "person_id"))
