"""What a file of duties would change: the days of each person that it covers are replaced, all others stay."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from standdown.care.duty import policy
from standdown.care.duty.file_rows import Wish
from standdown.care.duty.models import DutyPeriod
from standdown.foundation.csv_files import Report
from standdown.people.models import Force, Posting

_PIECE = 500  # people in one statement


@dataclass(slots=True)
class Plan:
    """The rows to add, and the keys of those that they replace."""

    rows: list[DutyPeriod] = field(default_factory=list)
    gone: list[uuid.UUID] = field(default_factory=list)


def compare(wishes: Sequence[Wish], report: Report, *, force: Force, key: uuid.UUID) -> Plan:
    """What to write so that duty is as the file says. Problems and counts go into `report`.

    A person's days from the first to the last on which a row begins are the file's; what began on them before goes.
    Two statements, and one for each 500 people.
    """
    of_people = _by_person(wishes, force, report)
    plan = Plan()
    people = sorted(of_people)
    for first in range(0, len(people), _PIECE):
        piece = people[first : first + _PIECE]
        known = _known(piece, min(of_people[one][0].starts for one in piece))
        for person in piece:
            gone = _replaced(of_people[person], known[person], report)
            if gone is not None:
                plan.gone += [row.pk for row in gone]
                plan.rows += [
                    DutyPeriod(
                        person_id=person, force=force, kind=wish.kind, starts_at=wish.starts, ends_at=wish.ends,
                        file_key=key,
                    )
                    for wish in of_people[person]
                ]  # fmt: skip
    report.problems.sort(key=lambda one: one.row)
    return plan


def _by_person(wishes: Sequence[Wish], force: Force, report: Report) -> dict[uuid.UUID, list[Wish]]:
    serving = Posting.objects.filter(force=force, until__isnull=True)
    known: dict[str, uuid.UUID] = {}
    for number, mail, person in serving.values_list("number", "person__work_email", "person_id"):
        known[number.casefold()] = person
        if mail:
            known.setdefault(mail.casefold(), person)
    found: dict[uuid.UUID, list[Wish]] = defaultdict(list)
    for wish in wishes:
        whose = known.get(wish.number.casefold())
        if whose is None:
            sentence = _("Nobody serves in %(force)s with that number. Check it, or take the row out.")
            report.add(wish.row, sentence % {"force": force.short_name}, "number")
        else:
            found[whose].append(wish)
    return {person: list(_without_overlaps(rows, report)) for person, rows in found.items()}


def _without_overlaps(rows: list[Wish], report: Report) -> Iterator[Wish]:
    """The rows in order of time; what says something else about the same time is a problem."""
    last: Wish | None = None
    for wish in sorted(rows, key=lambda one: (one.starts, one.ends, one.row)):
        if last is not None and wish.starts < last.ends:
            report.add(
                wish.row,
                _("Row %(row)s already says what they do at that time. Keep one, or split the longer.")
                % {"row": last.row},
                "starts",
            )
            continue
        last = wish
        yield wish


def _known(people: Sequence[uuid.UUID], since: dt.datetime) -> Mapping[uuid.UUID, list[DutyPeriod]]:
    """What is on record of these people from a good while before that moment on."""
    rows = DutyPeriod.objects.filter(person__in=people, ends_at__gt=since - policy.DAY)
    found: dict[uuid.UUID, list[DutyPeriod]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _replaced(wishes: Sequence[Wish], known: Sequence[DutyPeriod], report: Report) -> list[DutyPeriod] | None:
    """The rows on record that those of one person replace, counted; None where all is as it was."""
    first = policy.midnight(policy.day_of(wishes[0].starts))
    after = policy.midnight(policy.day_of(wishes[-1].starts) + policy.DAY)
    theirs = policy.merged(policy.Span(wish.starts, wish.ends) for wish in wishes)
    old = [
        row
        for row in known
        if first <= row.starts_at < after or policy.touching(theirs, policy.Span(row.starts_at, row.ends_at))
    ]
    before = {(row.kind, row.starts_at, row.ends_at) for row in old}
    wanted = {(wish.kind, wish.starts, wish.ends) for wish in wishes}
    changed = min(len(wanted - before), len(before - wanted))
    report.unchanged += len(wanted & before)
    report.changed += changed
    report.added += len(wanted - before) - changed
    return None if before == wanted else old
