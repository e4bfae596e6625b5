"""What hangs on an exercise: every record that points at its incidents, and those that are about its made-up people.

Found by walking the schema, so that a record which is added to care later is taken away with the others.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Q

from standdown.care.drills.models import DrillPerson
from standdown.care.incidents.models import Incident
from standdown.people.models import Person

ABOUT_A_PERSON = frozenset({"person", "recipient"})  # what somebody did (`by`, `set_by`) is never of a made-up person
PARTS = frozenset(
    {"people", "notifications", "care"}
)  # nobody made up is ever trained: a name put forward stops the end
Kept = dict[type[models.Model], list[str]]


def of_incidents() -> Kept:
    """Each kind of record below an incident, whoever points before what is pointed at; the ways up to the incident."""
    found: Kept = {}
    _walk(Incident, "pk", found)
    return found


def _walk(model: type[models.Model], way: str, found: Kept) -> None:
    for relation in model._meta.related_objects:
        below: Any = relation.related_model
        if below is not model and relation.field.name != "became":
            _walk(below, relation.field.name if way == "pk" else f"{relation.field.name}__{way}", found)
    found.setdefault(model, []).append(way)


def about_people() -> Kept:
    """Each kind of record that is about a person, and themselves at last."""
    found: Kept = {}
    for relation in Person._meta.related_objects:
        below: Any = relation.related_model
        if relation.field.name in ABOUT_A_PERSON and below._meta.app_label in PARTS:
            found[below] = [relation.field.name]
    marks: Kept = {DrillPerson: found.pop(DrillPerson)}  # until then the database knows that looks at them may go
    return {**found, **marks, Person: ["pk"]}


def rows(model: type[models.Model], ways: Collection[str], keys: Collection[uuid.UUID]) -> models.QuerySet[Any]:
    """The records of that kind which hang on one of these keys."""
    wanted = Q()
    for way in ways:
        wanted |= Q(**{f"{way}__in": list(keys)})
    return model._default_manager.filter(wanted).order_by()
