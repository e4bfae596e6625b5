"""The words of the addresses about messages."""

from __future__ import annotations

from typing import Any

from standdown.people.models import Force, Person
from standdown.training.models import Course, Session


def records(force: Force, course: Course, someone: Person, session: Session) -> dict[str, Any]:
    """What each word of these addresses is filled with."""
    return {"force_words.force": force.slug, "force_words.kind": "offer", "language": "en"}
