"""What the addresses of certificates name: somebody's certificate, of a day of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.foundation import db
from standdown.people.models import Force, Person
from standdown.training.models import Certificate, Course, Session
from tests import cast
from tests.matrix.records_feedback import attended

DAY = dt.date(2026, 1, 13)


def records(force: Force, course: Course, someone: Person, _session: Session) -> dict[str, Any]:
    """A certificate that stands."""
    nomination = attended(force, course, someone, DAY)
    with db.open_for("the cast"):
        made = Certificate.objects.create(
            number=f"DD-7KQ4-{force.slug.upper()[:4]}", nomination=nomination, person=someone, force=force,
            version=nomination.session.version, name=someone.full_name, language="en", trained_on=DAY,
            valid_until=DAY.replace(year=2028), issued_at=cast.AT,
        )  # fmt: skip
    return {"certificates.certificate": made.pk}
