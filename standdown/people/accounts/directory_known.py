"""A directory beside its file: what stands, read in a few statements, and what is to be written."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field

from standdown.people.accounts.models import LineManagement, Person, Posting
from standdown.people.forces.models import Base, Team

Key = tuple[uuid.UUID, str]  # a force and, in it, a work number or a name in small letters


@dataclass(slots=True)
class Known:
    """What stands in the forces that the file names: three reads of people, three of places."""

    people: dict[Key, Person] = field(default_factory=dict)
    postings: dict[Key, Posting] = field(default_factory=dict)
    serving: set[uuid.UUID] = field(default_factory=set)
    left: dict[Key, tuple[Person, Posting]] = field(default_factory=dict)
    addresses: dict[Key, uuid.UUID] = field(default_factory=dict)
    managed: dict[uuid.UUID, LineManagement] = field(default_factory=dict)
    teams: dict[Key, Team] = field(default_factory=dict)
    bases: dict[Key, Base] = field(default_factory=dict)

    @classmethod
    def of(cls, forces: set[uuid.UUID], numbers: set[Key]) -> Known:
        """Read it."""
        known = cls()
        for posting in Posting.objects.filter(force__in=forces).select_related("person").order_by("since"):
            key = (posting.force_id, posting.number)
            if posting.until is None:
                known.people[key], known.postings[key] = posting.person, posting
                known.serving.add(posting.person_id)
            elif key in numbers:
                known.left[key] = (posting.person, posting)
        held = Person.objects.filter(home_force__in=forces).exclude(work_email="")
        for pk, force_id, address in held.values_list("pk", "home_force_id", "work_email"):
            if force_id is not None:
                known.addresses[force_id, address.casefold()] = pk
        rows = LineManagement.objects.filter(until__isnull=True, person__home_force__in=forces)
        known.managed = {row.person_id: row for row in rows}
        known.teams = {(t.force_id, t.name.casefold()): t for t in Team.objects.filter(force__in=forces)}
        known.bases = {(b.force_id, b.name.casefold()): b for b in Base.objects.filter(force__in=forces)}
        return known


@dataclass(slots=True)
class Plan:
    """The rows to write, in the order in which they can be written."""

    bases: list[Base] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    based: list[Team] = field(default_factory=list)  # known teams that get their base
    new_people: list[Person] = field(default_factory=list)
    changed_people: dict[str, list[Person]] = field(default_factory=dict)  # by field
    ended_postings: list[Posting] = field(default_factory=list)
    corrected_postings: list[Posting] = field(default_factory=list)
    new_postings: list[Posting] = field(default_factory=list)
    ended_managements: list[LineManagement] = field(default_factory=list)
    dropped_managements: list[LineManagement] = field(default_factory=list)
    new_managements: list[LineManagement] = field(default_factory=list)


def change_day(told: dt.date | None, began: dt.date, today: dt.date) -> dt.date | None:
    """From when a change holds: the day told, if it comes after the present entry began, else today.

    None when the present entry began today, so that it is put right instead of ended.
    """
    day = told if told is not None and told > began else today
    return day if day > began else None
