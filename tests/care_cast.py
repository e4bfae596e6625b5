"""The cast of the care half: incidents, exposures and sessions made quickly, straight into the tables."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.care.models import Attendee, Category, Defusing, Exposure, ExposureRole, Incident, Programme
from standdown.foundation import db, ids
from standdown.people.models import Force, Person, Qualification
from tests import cast

T0 = cast.AT - dt.timedelta(hours=2)


def programme(family: str = "estip-like") -> Programme:
    """One of the programmes that ship."""
    return Programme.objects.get(force=None, family=family, number=1)


def category(code: str = "road-collision", of: Programme | None = None) -> Category:
    """A category of that programme."""
    return Category.objects.get(programme=of or programme(), code=code)


def role(code: str = "scene", of: Programme | None = None) -> ExposureRole:
    """A role of exposure of that programme."""
    return ExposureRole.objects.get(programme=of or programme(), code=code)


def incident(of: Force, **facts: Any) -> Incident:
    """An open incident that ended two hours before the cast's moment."""
    of_programme = facts.pop("programme", None) or programme()
    facts = {
        "reference": ids.reference("INC"), "programme": of_programme, "category": category(of=of_programme),
        "ended_at": T0, "raised_at": cast.AT, "raised_as": "supervisor", "changed_at": cast.AT, **facts,
    }  # fmt: skip
    with db.open_for("the cast"):
        return Incident.objects.create(force=of, **facts)


def exposure(at: Incident, who: Person, **facts: Any) -> Exposure:
    """That person on the incident's list; no step is opened."""
    of_role = facts.pop("role", None) or role(of=at.programme)
    facts = {
        "role": of_role, "closeness": of_role.closeness, "added_at": cast.AT, "added_as": "supervisor",
        "changed_at": cast.AT, **facts,
    }  # fmt: skip
    with db.open_for("the cast"):
        return Exposure.objects.create(incident=at, person=who, force=at.force, **facts)


def defusing(at: Incident, *exposures: Exposure, **facts: Any) -> Defusing:
    """A proposed session with these people in it."""
    number = Defusing.objects.filter(incident=at).count() + 1
    facts = {
        "number": number, "kind": "group" if len(exposures) > 1 else "one", "closeness": 2, "made_at": cast.AT,
        "changed_at": cast.AT, **facts,
    }  # fmt: skip
    with db.open_for("the cast"):
        made = Defusing.objects.create(incident=at, force=at.force, **facts)
        for one in exposures:
            Attendee.objects.create(defusing=made, exposure=one)
    return made


def qualified(who: Person, *, skill: str = "defuse", until: dt.date = dt.date(2028, 1, 1)) -> Person:
    """The person, qualified on the register of their force."""
    with db.open_for("the cast"):
        Qualification.objects.create(
            person=who, force=who.home_force, skill=skill, valid_from=dt.date(2025, 1, 1), valid_until=until,
            latest_until=until, source="imported", granted_at=cast.AT,
        )  # fmt: skip
    return who
