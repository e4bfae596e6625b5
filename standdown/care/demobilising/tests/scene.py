"""A supervisor with two people at the end of a night, and those around them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.care.demobilising import actions
from standdown.care.demobilising.actions import Captured
from standdown.care.demobilising.models import Demobilisation
from standdown.care.exposures import stages
from standdown.care.exposures.models import Exposure, Stage
from standdown.foundation import clock, db, ids
from standdown.foundation.access import Actor, system
from standdown.people.models import Person
from standdown.people.roles.policy import Role
from tests import care_cast, cast

NIGHT = cast.AT
HOUR = dt.timedelta(hours=1)


class Night:
    """An incident at `at`: Sam supervises Ann and Ben, Cora coordinates, Otto is of another force."""

    def __init__(self, at: dt.datetime = NIGHT) -> None:
        self.at = at
        self.force = cast.force()
        self.sam = cast.holder(Role.SUPERVISOR, self.force, "Sam")
        self.cora = cast.holder(Role.ESTIP_COORDINATOR, self.force, "Cora")
        self.ann_person = cast.person(self.force, "Ann", family_name="Ambridge")
        self.ben_person = cast.person(self.force, "Ben", family_name="Borchester")
        self.incident = care_cast.incident(self.force, ended_at=at - 2 * HOUR, raised_at=at - HOUR)
        self.ann = self.exposed(self.ann_person, duty_end_at=at + HOUR)
        self.ben = self.exposed(self.ben_person, duty_end_at=at + 2 * HOUR)

    def exposed(self, who: Person, by: Actor | None = None, **facts: Any) -> Exposure:
        """That person on the incident's list, with the talk owed by Sam (or by `by`)."""
        owner = (by or self.sam).person_id
        made = care_cast.exposure(
            self.incident, who, stage=Stage.TO_DEMOBILISE, supervisor_id=owner, **{"added_at": self.at, **facts}
        )
        with db.open_for("the cast"):
            stages.open_first_steps([made], system("the cast"), self.at)
        return made

    def record(self, one: Exposure, outcome: str = "held", by: Actor | None = None, **facts: Any) -> Demobilisation:
        """Record a talk now, or at `at`."""
        at = facts.pop("at", self.at)
        captured = Captured(**{"key": ids.new(), "outcome": outcome, **facts})
        return actions.record(by=by or self.sam, at=at, exposure=one, captured=captured)


def tonight() -> Night:
    """The same, now: pages ask the real clock."""
    return Night(clock.now())
