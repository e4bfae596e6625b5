"""A date with people on it, for the tests of this slice: made as its actions would have left it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.foundation import clock, db
from standdown.foundation.access import Actor
from standdown.people.models import Force, Person
from standdown.people.roles.policy import Role
from standdown.training.attendance.register import Wanted
from standdown.training.models import Nomination, Session, SessionTrainer
from tests import cast

DAY = dt.date(2027, 1, 12)  # a Tuesday: 9:00 to 16:00, the half at 12:30
MORNING = clock.from_wall(DAY, dt.time(10))
EVENING = clock.from_wall(DAY, dt.time(17))
NEXT = dt.date(2027, 3, 9)


def held_by(session: Session, who: Actor, **facts: Any) -> Actor:
    """Name that actor as trainer of the date."""
    with db.open_for("the cast"):
        SessionTrainer.objects.create(session=session, person=cast.person_of(who), **facts)
    return who


def trainer(session: Session, of: Force | None = None, name: str = "Tara") -> Actor:
    """A trainer, by default a national one, who is named on the date."""
    return held_by(session, cast.holder(Role.TRAINER, of, name))


def confirmed(session: Session, person: Person, place: int, **facts: Any) -> Nomination:
    """Somebody with an accepted place."""
    facts = {
        "state": "accepted", "place_no": place, "acting_as": "lead", "eligibility": "stated", "release": "by-lead",
        "terms": "free", "accepted_at": cast.AT, "clash_day": clock.london_day(session.starts_at), **facts,
    }  # fmt: skip
    assert person.home_force is not None
    with db.open_for("the cast"):
        return Nomination.objects.create(
            session=session, person=person, force=person.home_force, put_forward_at=cast.AT, changed_at=cast.AT, **facts
        )


def there(nomination: Nomination, morning: str = "present", afternoon: str = "present", **minutes: int) -> list[Wanted]:
    """Marks for both halves; `morning_minutes` and `afternoon_minutes` where somebody missed some."""
    return [
        Wanted(nomination.pk, half, mark, minutes.get(f"{half}_minutes", 0))
        for half, mark in (("morning", morning), ("afternoon", afternoon))
        if mark
    ]
