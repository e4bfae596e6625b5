"""A day that is over: who was on it, how they attended, and its closed register."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from standdown.foundation import clock, db
from standdown.foundation.access import Actor
from standdown.people.models import Force, Person
from standdown.training.models import Nomination, Register, Session
from tests import cast

DAY = dt.date(2026, 11, 20)
CLOSED = dt.datetime(2026, 11, 20, 17, 0, tzinfo=dt.UTC)
AT = cast.AT


@dataclass
class Scene:
    """A force, its day, and the nomination of somebody who attended."""

    force: Force
    session: Session
    nomination: Nomination
    by: Actor


def attended(session: Session, person: Person, *, state: str = "attended", place: int = 1, **facts: Any) -> Nomination:
    """Somebody's nomination for that day, with what the register says."""
    assert person.home_force is not None
    facts = {"place_no": place if state in {"attended", "part-attended", "did-not-attend"} else None, **facts}
    with db.open_for("the cast"):
        return Nomination.objects.create(
            session=session, person=person, force=person.home_force, state=state, put_forward_at=AT,
            acting_as="lead", eligibility="line-manager", release="by-lead", terms="free", changed_at=AT, **facts,
        )  # fmt: skip


def close(session: Session, at: dt.datetime = CLOSED) -> Register:
    """Its register, closed at that moment."""
    with db.open_for("the cast"):
        return Register.objects.create(session=session, closed_at=at)


def day(
    day: dt.date = DAY, *, force: Force | None = None, closed_at: dt.datetime | None = CLOSED, **facts: Any
) -> Scene:
    """One day with one person who attended, and its register."""
    force = force or cast.force()
    session = cast.session(cast.course(), force, day=day, status="held")
    if closed_at is not None:
        close(session, closed_at)
    person = cast.person(force, **facts)
    return Scene(force, session, attended(session, person), cast.actor(person))


def real_day(**facts: Any) -> Scene:
    """As `day`, a few days before the real today: views ask the real clock."""
    now = clock.now()
    return day(clock.london_day(now) - dt.timedelta(days=3), closed_at=now - dt.timedelta(days=2), **facts)
