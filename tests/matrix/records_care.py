"""What the addresses of care name: an incident with one person on its list, and a session for them."""

from __future__ import annotations

from typing import Any

from standdown.foundation import ids
from standdown.people.models import Force, Person
from standdown.training.models import Course, Session
from tests import care_cast, cast


def records(force: Force, _course: Course, someone: Person, _session: Session) -> dict[str, Any]:
    """By the word that addresses use. The person has nothing to do with those who come to the doors."""
    incident = care_cast.incident(force)
    exposure = care_cast.exposure(incident, someone)
    defusing = care_cast.defusing(incident, exposure)
    planned = care_cast.incident(force)
    to_defuse = care_cast.exposure(
        planned, someone, stage="to-defuse", decided_step="defuse-one", decided_at=cast.AT, core=True
    )
    session = care_cast.defusing(planned, to_defuse, state="planned")
    return {
        "grouping.incident": planned.pk, "grouping.defusing": session.pk,
        "grouping.attendee": session.attendees.get().pk,
        "incident": incident.pk, "exposure": exposure.pk, "defusing": defusing.pk,
        "care_programme.programme": incident.programme_id,
        "attendee": defusing.attendees.get().pk, "ask": ids.new(), "handover": ids.new(), "step": ids.new(),
    }  # fmt: skip
