"""What the tests of the clocks are played with: a force with its posts, an incident, and steps on it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.audit.act import act
from standdown.care.clocks import steps
from standdown.care.clocks.steps import Owed
from standdown.care.models import Incident, Step, Telling
from standdown.care.programme.policy import StepKind
from standdown.foundation import access, db
from standdown.foundation.access import Can
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, LineManagement, Person
from standdown.people.roles.policy import Role
from tests import care_cast, cast

AT = cast.AT
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
JOB = access.system("the tests")


class Scene:
    """Ashire, with a coordinator, a lead, a sergeant, her inspector, and Eve, who was exposed and is owed nothing."""

    def __init__(self, slug: str = "ashire", *, posts: bool = True) -> None:
        self.force: Force = cast.force(slug)
        self.eve = cast.person(self.force, "Eve")
        self.sergeant = cast.person(self.force, "Sergeant")
        self.inspector = cast.person(self.force, "Inspector")
        managed(self.eve, self.sergeant)
        managed(self.sergeant, self.inspector)
        if posts:
            self.coordinator = self.holder(Role.ESTIP_COORDINATOR, "Coordinator")
            self.lead = self.holder(Role.ESTIP_LEAD, "Lead")
        self.incident: Incident = care_cast.incident(self.force)
        self.exposure = care_cast.exposure(self.incident, self.eve, supervisor=self.sergeant, stage="followed")

    def holder(self, role: Role, given_name: str) -> Person:
        """Somebody new who holds that role in the force."""
        who = cast.person(self.force, given_name)
        cast.grant(who, role, self.force, starts_on=cast.TODAY - 40 * DAY)
        return who

    def owed(self, kind: StepKind, due_at: dt.datetime, *, at: dt.datetime | None = None, **facts: Any) -> Step:
        """A step of that kind, opened a day before it is due unless `at` says otherwise."""
        opened = at or due_at - DAY
        about = {"incident": self.incident.pk, "exposure": self.exposure.pk, **facts}
        with act(JOB, Can.RUN_CARE, on=self.force, at=opened):
            owed = Owed(kind=kind, due_at=due_at, **about)
            steps.open_steps(self.incident.programme, self.force.pk, [owed], opened)
        return Step.objects.get(kind=kind.value, on=owed.about)


def managed(person: Person, manager: Person) -> None:
    """Let the one be the other's line manager."""
    with db.open_for("the cast"):
        LineManagement.objects.create(person=person, manager=manager, since=dt.date(2020, 1, 1))


def told(step: Step) -> list[tuple[int, str, str]]:
    """(level, whom the link means, who was told) of a step, in order."""
    rows = Telling.objects.filter(step=step).select_related("person").order_by("at", "level", "person__given_name")
    return [(row.level, row.told, row.person.given_name if row.person else "nobody") for row in rows]


def mail() -> list[tuple[str, str, str]]:
    """(to whom, which message, its state) of every message about steps, oldest first."""
    rows = OutboxMessage.objects.filter(purpose__startswith="StepsWait").order_by("created_at", "id")
    return [(row.recipient.given_name, row.purpose, row.state) for row in rows.select_related("recipient")]
