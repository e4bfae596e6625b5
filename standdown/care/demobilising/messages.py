"""What we tell those who hold talks, and coordinators: that a message waits. Nothing else leaves the house (R137)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from standdown.care.exposures.models import Exposure, Stage
from standdown.foundation import clock
from standdown.foundation.access import Actor
from standdown.notifications.outbox import Message, tell_many
from standdown.people.models import Person, RoleGrant
from standdown.people.roles.policy import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkWaits(Message):
    """You have a message: sign in. It goes out before the end of duty, also at night: whoever gets it is at work."""

    template: ClassVar[str] = "care/demobilising/mail/waits"
    confidential: ClassVar[bool] = True
    address: str
    before: dt.datetime

    def wanted_by(self) -> dt.datetime | None:
        """Before the person goes home."""
        return self.before


def tell_who_talks(people: Sequence[Exposure], by: Actor, at: dt.datetime) -> None:
    """Tell each supervisor of people who came onto a list, once for all of theirs; not whoever put the names there."""
    theirs: defaultdict[uuid.UUID, list[dt.datetime]] = defaultdict(list)
    for one in people:
        if one.stage == Stage.TO_DEMOBILISE and one.supervisor_id and one.supervisor_id != by.person_id:
            theirs[one.supervisor_id].append(one.duty_end_at or at)
    supervisors = Person.objects.filter(pk__in=theirs) if theirs else Person.objects.none()
    tell_many(
        [
            (
                one,
                TalkWaits(
                    about=people[0].incident_id, version=_number(at), exercise=people[0].incident.is_exercise,
                    address=reverse("demobilising:duty-end"), before=min(theirs[one.pk]),
                ),
            )
            for one in supervisors
        ],
        at=at,
    )  # fmt: skip


def tell_given(held: Exposure, to: Person, before: dt.datetime, at: dt.datetime) -> None:
    """Tell whoever was given a talk. Given back and again, they are told again."""
    told = _waits(held, reverse("demobilising:duty-end"), before, at)
    tell_many([(to, told)], at=at)


def tell_coordinators(held: Exposure, before: dt.datetime, at: dt.datetime) -> None:
    """Tell the coordinators of the force, whom the person did not exclude, that a talk waits to be given."""
    grants = RoleGrant.objects.filter(force=held.force_id, role=Role.ESTIP_COORDINATOR.value)
    people = Person.objects.filter(pk__in=grants.holding_on(clock.london_day(at)).values("person"))
    shut_out = held.person.exclusions.standing().values("excluded")
    address = reverse("demobilising:team", args=[held.incident_id])
    told = _waits(held, address, before, at)
    tell_many([(one, told) for one in people.exclude(pk=held.person_id).exclude(pk__in=shut_out)], at=at)


def _waits(held: Exposure, address: str, before: dt.datetime, at: dt.datetime) -> TalkWaits:
    return TalkWaits(
        about=held.pk, version=_number(at), exercise=held.incident.is_exercise, address=address, before=before
    )


def _number(at: dt.datetime) -> int:
    """A number that goes up with the minutes: what happens anew is told anew."""
    return int(at.timestamp() // 60)
