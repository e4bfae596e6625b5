"""A force with an incident and a group of two, and people who can defuse; made straight into the tables."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.care.models import Defusing, Exclusion, Incident
from standdown.foundation import clock, db
from standdown.foundation.access import Actor
from standdown.people.models import Base, Force, Person, Posting, Team
from standdown.people.roles.policy import Role
from tests import care_cast, cast

AT = cast.AT
T0 = care_cast.T0


def hours(number: float) -> dt.datetime:
    """So many hours after the incident ended."""
    return T0 + dt.timedelta(hours=number)


class Scene:
    """One force, its coordinator, and a session of two people that waits for somebody to lead it."""

    def __init__(self, slug: str = "ashire", state: str = "planned", t0: dt.datetime = T0) -> None:
        self.force: Force = cast.force(slug)
        self.lead: Actor = cast.holder(Role.ESTIP_COORDINATOR, self.force, "Cora")
        self.incident: Incident = care_cast.incident(self.force, ended_at=t0)
        self.ann, self.ben = cast.person(self.force, "Ann"), cast.person(self.force, "Ben")
        self.exposures = [care_cast.exposure(self.incident, one) for one in (self.ann, self.ben)]
        self.session: Defusing = care_cast.defusing(self.incident, *self.exposures, state=state)

    def able(self, given_name: str, **facts: Any) -> Person:
        """Somebody of the force who can defuse."""
        return care_cast.qualified(cast.person(self.force, given_name), **facts)

    def team(self, name: str, *people: Person, base: str = "") -> Team:
        """These people in one team, at a base of that name."""
        with db.open_for("the cast"):
            at = Base.objects.get_or_create(force=self.force, name=base)[0] if base else None
            made = Team.objects.create(force=self.force, name=name, base=at)
            Posting.objects.filter(person__in=people).update(team=made)
        return made


def soon() -> dt.datetime:
    """An end of an incident a day before the real now, on a full hour: views ask the real clock."""
    return (clock.now() - dt.timedelta(days=1)).replace(minute=0, second=0, microsecond=0)


def excludes(person: Person, excluded: Person) -> None:
    """The first never wants to be dealt with by the second."""
    with db.open_for("the cast"):
        Exclusion.objects.create(person=person, excluded=excluded, since=AT)
