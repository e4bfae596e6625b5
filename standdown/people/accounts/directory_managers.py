"""The line managers of a directory file: numbers of the file, or of those who serve already."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from standdown.foundation.csv_files import Report
from standdown.people.accounts.directory_file import Wish
from standdown.people.accounts.directory_known import Key, Known, Plan, change_day
from standdown.people.accounts.models import LineManagement, Person

_COLUMN = "line manager number"


def line_managers(
    *,
    people: Mapping[Key, Person],
    known: Known,
    wishes: Sequence[Wish],
    plan: Plan,
    report: Report,
    today: dt.date,
) -> set[uuid.UUID]:
    """Put the changes of line management into the plan; the people whose line manager changes."""
    wanted: dict[uuid.UUID, uuid.UUID | None] = {}
    told = [wish for wish in wishes if wish.manager is not None]
    for wish in told:
        wanted[people[wish.key].pk] = _manager(wish, people, known, report)
    final = {pk: row.manager_id for pk, row in known.managed.items()} | wanted
    for wish in told:
        pk = people[wish.key].pk
        manager = final[pk]
        if manager is not None and final.get(manager) == pk:
            report.add(wish.row, _("These two would manage each other. Change the number in one of the rows."), _COLUMN)
    changed = set()
    for wish in told:
        person = people[wish.key]
        if _change(wish, person, wanted[person.pk], known=known, plan=plan, today=today):
            changed.add(person.pk)
    return changed


def _manager(wish: Wish, people: Mapping[Key, Person], known: Known, report: Report) -> uuid.UUID | None:
    if not wish.manager:
        return None
    key = (wish.force_id, wish.manager)
    found = people.get(key) or known.people.get(key)
    if found is None:
        sentence = _("Nobody serves in this force with that number, in the file or in the directory.")
        report.add(wish.row, sentence, _COLUMN)
        return None
    return found.pk


def _change(wish: Wish, person: Person, manager: uuid.UUID | None, *, known: Known, plan: Plan, today: dt.date) -> bool:
    current = known.managed.get(person.pk)
    if manager == (current.manager_id if current else None):
        return False
    is_new = wish.key not in known.people
    day = (wish.since or today) if is_new else today
    if current is not None:
        ends = change_day(wish.since, current.since, today)
        if ends is None:
            day = current.since
            plan.dropped_managements.append(current)
        else:
            day = current.until = ends
            plan.ended_managements.append(current)
    if manager is not None:
        plan.new_managements.append(LineManagement(person=person, manager_id=manager, since=day))
    return True
