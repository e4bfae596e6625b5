"""What the addresses of mutual aid name: a date of a third force, and a request for it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.foundation import clock, db
from standdown.people.models import Force, Person
from standdown.training.models import Course, MutualAid, Nomination, Session
from tests import cast

DAY = dt.date(2032, 5, 12)


def records(force: Force, course: Course, someone: Person, _session: Session) -> dict[str, Any]:
    """A request that nobody has answered yet."""
    session = cast.session(course, cast.force(f"{force.slug}-third"), day=DAY)
    until = clock.from_wall(DAY - dt.timedelta(days=8), dt.time(12))
    with db.open_for("the cast"):
        name = Nomination.objects.create(
            session=session, person=someone, force=force, state="nominated", mutual_aid=True, put_forward_at=cast.AT,
            acting_as="lead", eligibility="both", release="by-lead", terms="free", changed_at=cast.AT,
            clash_day=DAY, answer_by=until,
        )  # fmt: skip
        asked = MutualAid.objects.create(nomination=name, reason="cover-gap", asked_at=cast.AT, decide_by=until)
    return {"mutual_aid:ask-for.session": session.pk, "aid": asked.pk}
