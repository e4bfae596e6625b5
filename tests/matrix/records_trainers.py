"""What the addresses of trainers and of the overview name."""

from __future__ import annotations

from typing import Any

from standdown.people.models import Force, Person
from standdown.training.models import Course, Session


def records(force: Force, _course: Course, _someone: Person, _session: Session) -> dict[str, Any]:
    """Where somebody trains: the force, by its word; and a kind of file."""
    files = ("overview:dates-file", "overview:forecast-file", "qualifications:cover-file", "qualifications:needed-file")
    return {"trainers:record.place": force.slug, **{f"{name}.kind": "csv" for name in files}}
