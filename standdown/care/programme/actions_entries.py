"""The kinds of incident and the roles of a draft: add, change, move, take away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from standdown.audit.act import act
from standdown.care.programme import policy, refusals
from standdown.care.programme.drafts import locked_draft
from standdown.care.programme.models import Category, ExposureRole, Programme
from standdown.foundation.access import Actor, Can

Entry = Category | ExposureRole
Facts = Mapping[str, str | int | bool]


def add_entry(*, by: Actor, at: dt.datetime, programme: Programme, of: type[Entry], facts: Facts) -> None:
    """Add a kind of incident or a role at the end; its code is made from its words and never changes."""
    with act(by, Can.KEEP_PROGRAMME, on=programme, at=at) as step:
        there = list(_of(locked_draft(programme), of))
        code = policy.code_of(str(facts["words"]), [one.code for one in there])
        made = of(programme=programme, code=code, position=1 + max((one.position for one in there), default=-1))
        _write(made, facts)
        made.save(force_insert=True)
        step.note(code=code)


def change_entry(*, by: Actor, at: dt.datetime, programme: Programme, entry: Entry, facts: Facts) -> None:
    """Call it otherwise, or say other things of it."""
    with act(by, Can.KEEP_PROGRAMME, on=programme, at=at) as step:
        found = _of(locked_draft(programme), type(entry)).get(pk=entry.pk)
        _write(found, facts)
        found.save(update_fields=[*facts])
        step.note(code=found.code)


def move_entry_up(*, by: Actor, at: dt.datetime, programme: Programme, entry: Entry) -> None:
    """Change places with the one before. The first stays where it is."""
    with act(by, Can.KEEP_PROGRAMME, on=programme, at=at) as step:
        rows = list(_of(locked_draft(programme), type(entry)))
        place = [one.pk for one in rows].index(entry.pk)
        before = max(place - 1, 0)
        rows[place], rows[before] = rows[before], rows[place]
        for position, one in enumerate(rows):
            one.position = position
            one.save(update_fields=["position"])
        step.note(code=entry.code)


def remove_entry(*, by: Actor, at: dt.datetime, programme: Programme, entry: Entry) -> None:
    """Take it away. The last of its kind stays."""
    with act(by, Can.KEEP_PROGRAMME, on=programme, at=at) as step:
        rows = _of(locked_draft(programme), type(entry))
        if rows.count() == 1:
            raise refusals.LastOne
        step.note(code=entry.code)
        rows.filter(pk=entry.pk).delete()


def _of(programme: Programme, of: type[Entry]) -> QuerySet[Any]:
    return of.objects.filter(programme=programme).order_by("position", "code")


def _write(entry: Entry, facts: Facts) -> None:
    for name, value in facts.items():
        setattr(entry, name, value)
