"""A shift of one force, with its sergeant and its coordinator, as the tests of this slice need them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from standdown.care.exposures import actions
from standdown.care.exposures.actions import Happened
from standdown.care.exposures.lists import Group
from standdown.care.models import Exposure, Incident, Step
from standdown.care.programme.models import ExposureRole
from standdown.foundation import db, ids
from standdown.foundation.access import Actor
from standdown.people.models import Base, Force, LineManagement, Person, Posting, Team
from standdown.people.roles.policy import Role
from tests import care_cast, cast

AT = cast.AT
HOUR = dt.timedelta(hours=1)
NONE = {"control-room": "none", "staff-and-specials": "none", "other-forces": "none"}


class Shift:
    """One force with a base, a team of it, a sergeant who manages three of the team, and a coordinator."""

    def __init__(self, slug: str = "ashire") -> None:
        self.force = cast.force(slug)
        with db.open_for("the cast"):
            self.base = Base.objects.create(force=self.force, name="Riverside")
            self.team = Team.objects.create(force=self.force, base=self.base, name="Response B")
        self.sergeant = self.member("Sam", family_name="Sergeant")
        self.ann, self.ben, self.cat = (self.managed(name) for name in ("Ann", "Ben", "Cat"))
        self.coordinator = cast.holder(Role.ESTIP_COORDINATOR, self.force, "Cora", family_name="Coordinator")

    def member(self, name: str, **facts: Any) -> Person:
        """Somebody of the team."""
        made = cast.person(self.force, name, **facts)
        with db.open_for("the cast"):
            Posting.objects.filter(person=made).update(team=self.team)
        return made

    def managed(self, name: str, by: Person | None = None) -> Person:
        """Somebody of the team whom the sergeant (or another) manages."""
        made = self.member(name)
        manages(by or self.sergeant, made)
        return made

    def raised(self, *people: Person, **facts: Any) -> Incident:
        """An incident that the sergeant raises, with these people, due off duty six hours after the cast's moment."""
        return raised(cast.actor(self.sergeant), people, base=self.base, **facts)


def manages(manager: Person, person: Person) -> None:
    """Make the one the other's line manager."""
    with db.open_for("the cast"):
        LineManagement.objects.create(manager=manager, person=person, since=dt.date(2020, 1, 1))


def raised(by: Actor, people: Sequence[Person], **facts: Any) -> Incident:
    """An incident raised by that actor with these people, in one act."""
    at = facts.pop("at", AT)
    key, as_ = facts.pop("key", None) or ids.new(), facts.pop("raised_as", Incident.RaisedAs.SUPERVISOR)
    group = Group(
        [one.pk for one in people], facts.pop("role", None) or care_cast.role(), facts.pop("off", AT + 6 * HOUR)
    )
    happened = Happened(
        **{"programme": care_cast.programme(), "category": care_cast.category(), "ended_at": AT - 2 * HOUR, **facts}
    )
    return actions.raise_incident(by=by, at=at, key=key, happened=happened, groups=[group], raised_as=as_)


def of(incident: Incident, person: Person) -> Exposure:
    """That person's exposure on the list."""
    return Exposure.objects.live().get(incident=incident, person=person)


def owed(exposure: Exposure) -> list[tuple[str, dt.datetime, uuid.UUID | None]]:
    """What is owed to somebody before the contacts of later weeks: kind, when due, whose."""
    rows = Step.objects.open().filter(exposure=exposure).exclude(kind__startswith="contact").order_by("kind")
    return list(rows.values_list("kind", "due_at", "owner_id"))


def number_of(person: Person) -> str:
    """The person's number."""
    return Posting.objects.get(person=person, until=None).number


def role(code: str) -> ExposureRole:
    """A role of the programme that ships."""
    return care_cast.role(code)


def force(slug: str) -> Force:
    """Another force."""
    return cast.force(slug)
