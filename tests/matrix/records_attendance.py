"""What the addresses of attendance name: a national date for the force, and a half of its day."""

from __future__ import annotations

from typing import Any

from standdown.people.models import Force, Person
from standdown.training.models import Course, Session
from tests import cast


def records(force: Force, course: Course, someone: Person, session: Session) -> dict[str, Any]:
    """By the word that addresses use."""
    return {"attendance.session": cast.session(course, force).pk, "half": "morning"}
