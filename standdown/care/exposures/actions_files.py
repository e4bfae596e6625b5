"""A file of what may be incidents is brought in: stored, and nobody is contacted before a human confirms (R64)."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.audit.act import act
from standdown.care.exposures import incident_file, lists, numbers
from standdown.care.exposures.incident_file import Said
from standdown.care.exposures.lists import AddedAs, Group
from standdown.care.exposures.models import Exposure
from standdown.care.exposures.policy import MOST_NUMBERS, duty_problem
from standdown.care.exposures.sentences import times_said
from standdown.care.incidents import diary, policy
from standdown.care.incidents.diary import Kind
from standdown.care.incidents.models import Incident, State
from standdown.care.programme import queries as programmes
from standdown.care.programme.models import Category, ExposureRole, Programme
from standdown.foundation import clock, ids
from standdown.foundation.access import Actor, Can
from standdown.foundation.csv_files import Report
from standdown.people.models import Base, Force

_SAME_FILE = uuid.UUID("5f3d4a3a-6a0e-4f0a-9a58-0a2b8f6f1c11")  # keys of incidents from files come from their numbers
_PARTED = re.compile(r"[;,|\t]")  # would make two entries of one cell
_NO_CATEGORY = _("This kind is not one of your programme. Use one of these: %(codes)s.")
_NO_ROLE = _("This role is not one of your programme. Use one of these: %(codes)s.")
_NO_BASE = _("Your force has no base of this name. Leave the cell empty, or write it as in the list of bases.")
_DUTY = _("Duty ends before the incident did, or more than 16 hours after it. Check the time, or leave the cell empty.")
_TWICE = _("This person is named twice for this incident. Take one of the rows away.")


def bring_in(*, by: Actor, at: dt.datetime, force: Force, source: BinaryIO, name: str, dry_run: bool) -> Report:
    """Store what a file proposes, whole or not at all; with `dry_run` only say what it would do.

    The same file twice changes nothing: an incident is known by its number in the force. Names that are new to a
    proposed incident are added; one that a human confirmed or rejected is left as it is. Raises NotAllowed.
    """
    with act(by, Can.IMPORT_INCIDENTS, on=force, at=at) as step:
        report = Report(dry_run=dry_run)
        said = incident_file.read_incidents(source, name, report)
        known = _Known(force, said, at)
        plans = [(one, known.groups(one, report, at)) for one in said]
        if report.ok:
            _counted(plans, known, report)
        if report.ok and not dry_run:
            for one, groups in plans:
                _store(one, groups, known, by, at)
        step.note(rows=report.rows, added=report.added, dry_run=dry_run, problems=len(report.problems))
        return report


class _Known:
    """What the rows are about, read at once: the programme's codes, bases, people, and incidents of these numbers."""

    def __init__(self, force: Force, said: Sequence[Said], at: dt.datetime) -> None:
        self.force = force
        self.programme: Programme = programmes.in_force(force.pk, clock.london_day(at))
        self.categories = {one.code: one for one in Category.objects.filter(programme=self.programme)}
        self.roles = {one.code: one for one in ExposureRole.objects.filter(programme=self.programme)}
        self.bases = {one.name.casefold(): one for one in Base.objects.filter(force=force, closed_on__isnull=True)}
        self.who: dict[str, uuid.UUID] = {}
        self.bad: dict[str, str] = {}
        self._read(sorted({number for one in said for _row, number, _role, _off in one.people}), force)
        self.incidents: dict[str, Incident] = {}
        for piece in numbers.pieces([one.reference for one in said]):
            rows = Incident.objects.filter(force=force, own_reference__in=piece, drill__isnull=True)
            self.incidents.update({row.own_reference: row for row in rows.select_related("programme", "force")})

    def _read(self, written: Sequence[str], force: Force) -> None:
        """Who is meant by each number as it is written in the file."""
        for start in range(0, len(written), MOST_NUMBERS):
            piece = written[start : start + MOST_NUMBERS]
            paste = numbers.read("\n".join(_PARTED.sub("?", one) for one in piece), force)
            self.who |= {piece[position - 1]: person for position, person in paste.who.items()}
            self.bad |= {piece[one.position - 1]: one.sentence for one in paste.bad}

    def groups(self, one: Said, report: Report, at: dt.datetime) -> list[Group]:
        """The people of an incident as a list takes them; every problem goes into the report."""
        if one.category not in self.categories:
            report.add(one.row, str(_NO_CATEGORY) % {"codes": ", ".join(self.categories)}, "category")
        if one.base and one.base.casefold() not in self.bases:
            report.add(one.row, _NO_BASE, "base")
        wrong = policy.problem(None, one.ended_at, at)
        if wrong is not None:
            report.add(one.row, times_said(wrong), "ended")
        found, seen = [], set()
        for row, number, role, off in one.people:
            person = self.who.get(number)
            why = self._why_not(number, person, role, one, off)
            if why is not None:
                report.add(row, *why)
            elif person in seen:
                report.add(row, _TWICE, "number")
            elif person is not None:
                seen.add(person)
                found.append(Group([person], self.roles[role], off))
        return found

    def _why_not(
        self, number: str, person: uuid.UUID | None, role: str, one: Said, off: dt.datetime | None
    ) -> tuple[str | Promise, str] | None:
        if person is None:
            return self.bad[number], "number"
        if role not in self.roles:
            return str(_NO_ROLE) % {"codes": ", ".join(self.roles)}, "role"
        return (_DUTY, "off duty") if duty_problem(one.ended_at, off) else None


def _counted(plans: Sequence[tuple[Said, list[Group]]], known: _Known, report: Report) -> None:
    """How many rows would be new; incidents that a human has dealt with stay as they are."""
    from_before = [row.pk for row in known.incidents.values()]
    there: set[tuple[str, uuid.UUID]] = set()
    for piece in numbers.pieces(from_before):
        rows = Exposure.objects.live().filter(incident__in=piece)
        there |= set(rows.values_list("incident__own_reference", "person_id"))
    for one, groups in plans:
        before = known.incidents.get(one.reference)
        takes = before is None or before.state == State.PROPOSED
        new = [group for group in groups if takes and (one.reference, group.people[0]) not in there]
        report.added += len(new)
        report.unchanged += len(groups) - len(new)


def _store(one: Said, groups: list[Group], known: _Known, by: Actor, at: dt.datetime) -> None:
    incident = known.incidents.get(one.reference)
    if incident is None:
        incident = Incident.objects.create(
            force=known.force, reference=ids.reference("INC"), own_reference=one.reference,
            programme=known.programme, category=known.categories[one.category],
            base=known.bases.get(one.base.casefold()), ended_at=min(one.ended_at, at), state=State.PROPOSED,
            raised_at=at, raised_by_id=by.person_id, raised_as=Incident.RaisedAs.FEED, changed_at=at,
            request_key=uuid.uuid5(_SAME_FILE, f"{known.force.pk}/{one.reference}"),
        )  # fmt: skip
        diary.note(incident, Kind.RAISED, by, at)
    if incident.state == State.PROPOSED:
        lists.put_on(incident, groups, AddedAs.FEED, by, at)
