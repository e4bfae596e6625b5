"""Whom a link of a chain means today: read once for many steps of one force, in seven statements at most.

Nobody who was exposed to an incident is ever told of its steps as staff, nobody whom the exposed person excluded, and
nobody who does not serve any more or has no address.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from standdown.care.clocks import hooks, policy
from standdown.care.clocks.models import Step
from standdown.care.clocks.policy import Link
from standdown.care.programme.models import Escalation
from standdown.care.programme.policy import Told
from standdown.care.wishes import queries as wishes
from standdown.foundation.clock import london_day
from standdown.notifications.manner import with_manner
from standdown.people.accounts.models import LineManagement, serving_on
from standdown.people.models import Person, RoleGrant

Key = uuid.UUID


@dataclass(slots=True)
class Book:
    """Everything that is asked while a batch of steps of one force is gone through."""

    chains: dict[tuple[Key, str], list[Link]]
    holders: dict[str, list[Key]]
    managers: dict[Key, Key]
    people: dict[Key, Person] = field(default_factory=dict)
    exposed: set[tuple[Key, Key]] = field(default_factory=set)
    excluded: set[tuple[Key, Key]] = field(default_factory=set)

    def chain(self, step: Step) -> list[Link]:
        """The chain of that kind of step in the programme version that it keeps."""
        return self.chains.get((step.programme_id, step.kind), [])

    def whom(self, step: Step, told: str) -> list[Person]:
        """The people whom that word means for that step, and who may be told. Empty: nobody is there."""
        for keys in self._meant(step, told):
            found = [self.people[key] for key in keys if self._may_hear(step, key)]
            if found:
                return found
        return []

    def _meant(self, step: Step, told: str) -> Iterable[Sequence[Key]]:
        """One set of people after the other; the first in which somebody is there counts."""
        if told == Told.COORDINATOR and step.incident_id is not None and step.incident.coordinator_id is not None:
            theirs = step.incident.coordinator_id
            if any(theirs in self.holders[role] for role in policy.posts(told)):
                yield [theirs]
        for role in policy.posts(told):
            yield self.holders[role]
        yield [key for key in (self._one(step, told),) if key is not None]

    def _one(self, step: Step, told: str) -> Key | None:
        if told == Told.OWNER:
            return step.owner_id
        supervisor = self._supervisor(step)
        if told == Told.SUPERVISOR:
            return supervisor
        if told == Told.DUTY_INSPECTOR:
            below = step.owner_id or supervisor
            return self.managers.get(below) if below is not None else None
        return None

    def _supervisor(self, step: Step) -> Key | None:
        """Who was to talk with the person; where nobody was named, their line manager."""
        if step.exposure_id is None:
            return None
        named: Key | None = step.exposure.supervisor_id
        return named or self.managers.get(step.exposure.person_id)

    def _may_hear(self, step: Step, key: Key) -> bool:
        if key not in self.people or (step.incident_id, key) in self.exposed:
            return False
        return step.exposure_id is None or (step.exposure.person_id, key) not in self.excluded


def read(steps: Sequence[Step], force_id: Key, at: dt.datetime) -> Book:
    """What is asked while these steps of one force are gone through. Their incident and exposure are read already."""
    day = london_day(at)
    theirs = {step.exposure.person_id for step in steps if step.exposure_id is not None}
    owners = {step.owner_id for step in steps if step.owner_id is not None}
    named = {step.exposure.supervisor_id for step in steps if step.exposure_id is not None} - {None}
    coordinators = {step.incident.coordinator_id for step in steps if step.incident_id is not None} - {None}
    book = Book(_chains(steps), _holders(force_id, day), _managers(theirs | owners | named, day))
    # The line manager's own line manager, where nobody else was named: one statement more, and rarely.
    book.managers |= _managers({book.managers[one] for one in theirs if one in book.managers}, day)
    meant = owners | named | coordinators | set(book.managers.values())
    meant |= {key for keys in book.holders.values() for key in keys}
    serving = Person.objects.serving().filter(pk__in=meant).exclude(work_email="")
    book.people = {person.pk: person for person in with_manner(serving)}
    for listener in hooks.EXPOSED:
        book.exposed |= listener({step.incident_id for step in steps if step.incident_id is not None}, book.people)
    book.excluded = wishes.excluded_pairs(theirs)
    return book


def _chains(steps: Sequence[Step]) -> dict[tuple[Key, str], list[Link]]:
    found: dict[tuple[Key, str], list[Link]] = defaultdict(list)
    rows = Escalation.objects.filter(programme__in={step.programme_id for step in steps}).order_by("position")
    for programme, kind, minutes, told in rows.values_list("programme_id", "kind", "minutes", "told"):
        found[programme, kind].append(Link(minutes, told))
    return found


def _holders(force_id: Key, day: dt.date) -> dict[str, list[Key]]:
    found: dict[str, list[Key]] = defaultdict(list)
    roles = {role for told in Told for role in policy.posts(told)}
    held = RoleGrant.objects.filter(force_id=force_id, role__in=roles).holding_on(day)
    for role, person in held.order_by("person_id").values_list("role", "person_id").distinct():
        found[role].append(person)
    return found


def _managers(people: set[Key], day: dt.date) -> dict[Key, Key]:
    if not people:
        return {}
    rows = LineManagement.objects.filter(serving_on(day), person__in=people)
    return dict(rows.values_list("person_id", "manager_id"))
