"""What the pages of one's own place name: a place of somebody who is not among those who knock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.foundation import db
from standdown.people.models import Force, Person
from standdown.training.models import Course, Nomination, Session
from tests import cast


def records(force: Force, course: Course, someone: Person, _session: Session) -> dict[str, Any]:
    """A place on a date of its own."""
    session = cast.session(course, force, day=dt.date(2031, 3, 12))
    with db.open_for("the cast"):
        made = Nomination.objects.create(
            session=session, person=someone, force=force, state="accepted", place_no=1, put_forward_at=cast.AT,
            acting_as="lead", eligibility="both", release="by-lead", terms="free", accepted_at=cast.AT,
            changed_at=cast.AT,
        )  # fmt: skip
    return {"mine.nomination": made.pk}
