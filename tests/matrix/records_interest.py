"""What the addresses of interest name: what somebody told their lead."""

from __future__ import annotations

from typing import Any

from standdown.foundation import db
from standdown.people.models import Force, Person
from standdown.training.models import Course, Interest, Session
from tests import cast


def records(force: Force, course: Course, someone: Person, _session: Session) -> dict[str, Any]:
    """A wish that nobody has answered."""
    with db.open_for("the cast"):
        made = Interest.objects.create(
            person=someone, force=force, course=course, shift="days", line_manager=True, told_at=cast.AT
        )
    return {"interest": made.pk}
