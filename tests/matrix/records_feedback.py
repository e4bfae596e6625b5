"""What the addresses of feedback name: somebody's day, their words, and the question after three months."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.foundation import db
from standdown.people.models import Force, Person
from standdown.training.models import Course, Feedback, FollowUp, Nomination, Quote, Register, Session
from tests import cast

DAY = dt.date(2026, 1, 12)


def records(force: Force, course: Course, someone: Person, _session: Session) -> dict[str, Any]:
    """A day that is over, and everything that one person said of it."""
    nomination = attended(force, course, someone, DAY)
    with db.open_for("the cast"):
        given = Feedback.objects.create(nomination=nomination, before=2, after=4, comment="Good.", given_at=cast.AT)
        quote = Quote.objects.create(
            feedback=given, course=course, words="Good.", consent_version=1, consented_at=cast.AT
        )
        asked = FollowUp.objects.create(nomination=nomination, asked_at=cast.AT)
    return {
        "feedback:give.nomination": nomination.pk,
        "feedback.quote": quote.pk,
        "feedback.follow_up": asked.pk,
    }


def attended(force: Force, course: Course, someone: Person, day: dt.date) -> Nomination:
    """Somebody who completed a day of that course, whose register is closed."""
    session = cast.session(course, force, day=day, status="held")
    with db.open_for("the cast"):
        Register.objects.create(session=session, closed_at=session.ends_at)
        return Nomination.objects.create(
            session=session, person=someone, force=force, state="attended", place_no=1, put_forward_at=cast.AT,
            acting_as="lead", eligibility="line-manager", release="by-lead", terms="free", changed_at=cast.AT,
        )  # fmt: skip
