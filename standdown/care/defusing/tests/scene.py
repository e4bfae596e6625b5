"""A small scene for tests of sessions: an incident, three people in a group, somebody able to lead it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.care.defusing import actions
from standdown.care.models import Ask, Attendee, Defusing, Exposure, Incident
from standdown.foundation import db
from standdown.foundation.access import Actor
from standdown.people.models import Person
from standdown.people.roles.policy import Role
from tests import care_cast, cast

START = care_cast.T0 + dt.timedelta(hours=72)
BEGUN = START + dt.timedelta(minutes=5)


class Scene:
    """The force, its coordinator, a defuser, and a group of three."""

    def __init__(self) -> None:
        self.force = cast.force("ashire")
        self.coordinator = cast.holder(Role.ESTIP_COORDINATOR, self.force, "Cora")
        self.defuser_person = care_cast.qualified(cast.person(self.force, "Dana"))
        self.defuser = cast.actor(self.defuser_person)
        self.incident: Incident = care_cast.incident(self.force)
        self.exposures = [self.exposed(name) for name in ("Erin", "Fay", "Gus")]
        self.session: Defusing = care_cast.defusing(self.incident, *self.exposures, state="planned")

    def exposed(self, name: str) -> Exposure:
        """Somebody on the list for whom a defusing is decided."""
        return care_cast.exposure(
            self.incident, cast.person(self.force, name), stage="to-defuse", decided_step="defuse-group",
            decided_at=cast.AT, core=True,
        )  # fmt: skip

    def ask(self, who: Person | None = None, **facts: Any) -> Ask:
        """Somebody is asked to lead."""
        facts = {"starts_at": START, "lapses_at": cast.AT + dt.timedelta(hours=12), **facts}
        made = Ask(defusing=self.session, person=who or self.defuser_person, asked_at=cast.AT, **facts)
        return actions.ask_to_lead(by=self.coordinator, at=cast.AT, ask=made)

    def booked(self) -> Defusing:
        """The session booked with the defuser at the proposed time."""
        return actions.say_yes(by=self.defuser, at=cast.AT, ask=self.ask())

    def attendee(self, number: int = 0) -> Attendee:
        """One of the group."""
        return Attendee.objects.get(defusing=self.session, exposure=self.exposures[number])

    def actor_of(self, number: int = 0) -> Actor:
        """The same as an actor."""
        return cast.actor(self.exposures[number].person)

    def fresh(self) -> Defusing:
        """The session as it is stored."""
        return Defusing.objects.get(pk=self.session.pk)

    def stages(self) -> list[str]:
        """Where each of the group stands."""
        return list(
            Exposure.objects.filter(incident=self.incident).order_by("added_at", "pk").values_list("stage", flat=True)
        )

    def change(self, record: Any, **facts: Any) -> None:
        """Store that of a record, as if it had always been so."""
        with db.open_for("the cast"):
            type(record).objects.filter(pk=record.pk).update(**facts)
