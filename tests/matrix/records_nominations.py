"""What the addresses of nominations name: one who waits for a release, on a date of the force's own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.foundation import db
from standdown.people.models import Force, Person
from standdown.training.models import Course, Nomination, Session
from tests import cast

DAY = dt.date(2032, 5, 5)


def records(force: Force, course: Course, someone: Person, _session: Session) -> dict[str, Any]:
    """By the word that addresses use."""
    session = cast.session(course, force, day=DAY, owner_force=force)
    with db.open_for("the cast"):
        made = Nomination.objects.create(
            session=session, person=someone, force=force, state="nominated", clash_day=DAY, put_forward_at=cast.AT,
            acting_as="lead", eligibility="both", release="asked", terms="free", changed_at=cast.AT,
            answer_by=session.nominations_close_at,
        )  # fmt: skip
    return {
        "nominations.nomination": made.pk,
        "nominations.session": session.pk,
        "nominations:export-force.force": force.pk,
    }
