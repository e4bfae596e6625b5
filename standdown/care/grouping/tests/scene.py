"""An incident with people who are to be defused, and its coordinator."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.care.exposures import stages
from standdown.care.grouping import scene
from standdown.care.models import Attendee, Defusing, Exclusion, Exposure, Incident, Restriction, Wish
from standdown.foundation import db
from standdown.foundation.access import Actor
from standdown.people.models import Force, LineManagement, Person
from standdown.people.roles.policy import Role
from tests import care_cast, cast

AT = cast.AT


class Scene:
    """A force, an incident of it, and a coordinator."""

    def __init__(self) -> None:
        self.force: Force = cast.force()
        self.incident: Incident = care_cast.incident(self.force)
        self.coordinator: Actor = cast.holder(Role.ESTIP_COORDINATOR, self.force, "Cora")
        self.people: dict[str, Person] = {}

    def to_defuse(self, *names: str, closeness: int = 2, step: str = "defuse-group", **facts: Any) -> list[Exposure]:
        """These people were exposed, and it is decided that they are to be defused."""
        rows = []
        for name in names:
            self.people[name] = cast.person(self.force, name)
            rows.append(
                care_cast.exposure(
                    self.incident, self.people[name], closeness=closeness, stage="to-defuse", decided_step=step,
                    decided_at=AT, core=True, **facts,
                )
            )  # fmt: skip
        return rows

    def proposed(self) -> list[tuple[str, str]]:
        """The groups that the page proposes: names, and why."""
        now = scene.read(self.coordinator, self.incident)
        return [
            (" ".join(sorted(now.exposures[one.key].person.given_name for one in group.members)), group.why.value)
            for group in now.plan.groups
        ]

    def fingerprint(self) -> str:
        """That of the plan as it stands now."""
        return scene.read(self.coordinator, self.incident).plan.fingerprint

    def exclude(self, who: str, whom: str) -> None:
        """One of them never wants to be dealt with by another."""
        with db.open_for("the cast"):
            Exclusion.objects.create(person=self.people[who], excluded=self.people[whom], since=AT)

    def manages(self, manager: str, *names: str) -> None:
        """One of them is the line manager of others."""
        with db.open_for("the cast"):
            for name in names:
                LineManagement.objects.create(
                    person=self.people[name], manager=self.people[manager], since=dt.date(2020, 1, 1)
                )

    def wishes_one_to_one(self, name: str) -> None:
        """One of them would rather talk one to one."""
        with db.open_for("the cast"):
            Wish.objects.create(person=self.people[name], one_to_one=True, said_at=AT)

    def restrict(self) -> Restriction:
        """Conferring is restricted."""
        by = cast.person(self.force, "Pim")
        with db.open_for("the cast"):
            return Restriction.objects.create(incident=self.incident, set_at=AT, set_by=by)

    def lift(self) -> None:
        """The restriction is lifted."""
        by = cast.person(self.force, "Pim")
        with db.open_for("the cast"):
            Restriction.objects.update(lifted_at=AT, lifted_by=by)

    def seat(self, name: str) -> Attendee:
        """The place of one of them in a session ahead."""
        return Attendee.objects.get(exposure__person=self.people[name], left_at=None)

    def sessions(self) -> list[tuple[int, str, str, str, str]]:
        """The sessions of the incident: number, state, kind, why, and who is in it."""
        return [
            (
                one.number, one.state, one.kind, one.why_apart,
                " ".join(sorted(seat.exposure.person.given_name for seat in one.attendees.filter(left_at=None))),
            )
            for one in Defusing.objects.filter(incident=self.incident).order_by("number")
        ]  # fmt: skip

    def take_off(self, name: str) -> None:
        """One of them is taken off the list."""
        with db.open_for("the test"):
            stages.take_off(Exposure.objects.get(person=self.people[name]), self.coordinator, AT)


def set_state(session: Defusing, state: str, **facts: Any) -> Defusing:
    """The session, in that state."""
    with db.open_for("the cast"):
        Defusing.objects.filter(pk=session.pk).update(state=state, **facts)
    session.refresh_from_db()
    return session
