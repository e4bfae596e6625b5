"""What a list of forces would change, worked out before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from standdown.foundation.csv_files import Report
from standdown.people.forces.force_file import ForceFacts
from standdown.people.forces.models import Force, ForceName
from standdown.people.forces.queries import ForceIndex

NAMES = ("name", "short_name", "welsh_name")
FACTS = ("ons_code", "home_office", "welsh_language_standards", "region", "jurisdiction")


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows to be written, not saved yet."""

    added: list[Force] = field(default_factory=list)
    changed: list[Force] = field(default_factory=list)
    names: list[ForceName] = field(default_factory=list)


def planned(rows: Sequence[ForceFacts], report: Report, today: dt.date) -> Plan:
    """Compare the rows with what is stored; counts and problems go into `report`. A changed name holds from `today`."""
    index, plan = ForceIndex(today), Plan()
    there = {force.slug: force for force in Force.objects.prefetch_related("names")}
    for row in rows:
        _refuse_taken(row, index, report)
        force = there.get(row.slug)
        if force is None:
            report.added += 1
            plan.added.append(Force(slug=row.slug, **_of(row, NAMES + FACTS)))
            plan.names.append(ForceName(force=plan.added[-1], since=None, **_of(row, NAMES)))
        elif _of(force, NAMES + FACTS) == _of(row, NAMES + FACTS):
            report.unchanged += 1
        else:
            report.changed += 1
            if _of(force, NAMES) != _of(row, NAMES):
                plan.names.append(_renamed(force, row, today))
            _take(force, _of(row, NAMES + FACTS))
            plan.changed.append(force)
    return plan


def _of(record: object, fields: Sequence[str]) -> dict[str, str]:
    return {name: getattr(record, name) for name in fields}


def _take(record: Force | ForceName, values: dict[str, str]) -> None:
    for name, value in values.items():
        setattr(record, name, value)


def _renamed(force: Force, row: ForceFacts, today: dt.date) -> ForceName:
    """The dated name that the row means: a second change on one day puts the first right."""
    same_day = [one for one in force.names.all() if one.since == today]
    name = same_day[0] if same_day else ForceName(force=force, since=today)
    _take(name, _of(row, NAMES))
    return name


def _refuse_taken(row: ForceFacts, index: ForceIndex, report: Report) -> None:
    for column, word in row.words():
        for owner in index.owners(word):
            if owner.slug != row.slug:
                sentence = _("“%(word)s” already means %(force)s. Each word means one force.")
                report.add(row.row, sentence % {"word": word, "force": owner.name}, column)
