"""What the addresses of exchanges name: a place, and a name that waits, on a date of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.foundation import db
from standdown.people.models import Force, Person
from standdown.training.models import Course, Nomination, Session
from tests import cast

DAY = dt.date(2032, 4, 7)


def records(force: Force, course: Course, someone: Person, _session: Session) -> dict[str, Any]:
    """One who has the only place, and one who waits for it."""
    session = cast.session(course, force, day=DAY, capacity=1)
    facts: dict[str, Any] = {
        "session": session, "force": force, "put_forward_at": cast.AT, "acting_as": "lead", "eligibility": "both",
        "release": "by-lead", "terms": "free", "changed_at": cast.AT, "clash_day": DAY,
    }  # fmt: skip
    waiter = cast.person(force, "Willa", family_name=someone.family_name)
    with db.open_for("the cast"):
        place = Nomination.objects.create(person=someone, state="accepted", place_no=1, accepted_at=cast.AT, **facts)
        waits = Nomination.objects.create(person=waiter, state="waiting", queue_no=1, **facts)
    return {
        "exchanges.nomination": place.pk,
        "exchanges:over-capacity.nomination": waits.pk,
        "exchanges:reorder.session": session.pk,
    }
