"""People who are qualified, made straight in the tables."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.foundation import db
from standdown.people.models import Base, Establishment, Force, Person, Posting, Qualification, StandDown, Team
from tests import cast
from tests.cast import AT, TODAY


def ahead(days: int) -> dt.date:
    """So many days from today."""
    return TODAY + dt.timedelta(days=days)


def qualify(person: Person, skill: str = "defuse", **facts: Any) -> Qualification:
    """A standing qualification on the register of the person's force: since a hundred days, for two years more."""
    facts = {
        "force_id": person.home_force_id, "valid_from": ahead(-100), "valid_until": ahead(700),
        "latest_until": ahead(1100), "source": "certificate", "granted_at": AT - dt.timedelta(days=100), **facts,
    }  # fmt: skip
    with db.open_for("the cast"):
        return Qualification.objects.create(person=person, skill=skill, **facts)


def team(of: Force, name: str = "Response A", base: str = "North", *, wanted: int | None = None) -> Team:
    """A team of a force, at a base (empty: none), with how many are wanted (None: nobody said)."""
    with db.open_for("the cast"):
        its_base = Base.objects.get_or_create(force=of, name=base)[0] if base else None
        made = Team.objects.create(force=of, base=its_base, name=name)
        if wanted is not None:
            Establishment.objects.create(team=made, wanted=wanted, set_at=AT)
    return made


def member(of: Team, given_name: str = "Dee", **facts: Any) -> Person:
    """Somebody of that team."""
    person = cast.person(of.force, given_name, **facts)
    with db.open_for("the cast"):
        Posting.objects.filter(person=person).update(team=of)
    return person


def away(person: Person, since: dt.date, until: dt.date | None = None) -> StandDown:
    """Somebody who has stood down."""
    with db.open_for("the cast"):
        return StandDown.objects.create(person=person, since=since, until=until, said_at=AT)


def rows(person: Person) -> list[tuple[str, dt.date, str]]:
    """The register of somebody, all of it, as it was written: skill, until when, and why it ended."""
    found = Qualification.objects.filter(person=person).order_by("granted_at", "id")
    return [(one.skill, one.valid_until, one.end_reason) for one in found]
