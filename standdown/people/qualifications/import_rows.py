"""Past training as a file: its columns, what each row asks for, and what it would change."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.foundation.clock import london_day
from standdown.foundation.csv_files import Column, Report, Row, read
from standdown.people.accounts.models import Posting
from standdown.people.accounts.policy import day_of
from standdown.people.forces.models import Force
from standdown.people.qualifications import policy
from standdown.people.qualifications.models import Qualification
from standdown.people.qualifications.standing import settle, standing_of

COLUMNS = (
    Column("number", ("work number", "collar number", "staff number", "warrant number", "shoulder number")),
    Column("skill", ("course", "training", "qualification", "skill or course", "trained in")),
    Column("trained on", ("date", "date trained", "training date", "completed", "completed on", "date completed")),
    Column("evidence", ("evidence note", "what was seen", "proof", "note")),
)
EXAMPLE = ("1234", "Demobilising and defusing", "31/08/2025", "Course list of August 2025, from HR")


@dataclass(slots=True)
class TrainingReport(Report):
    """What a file of past training did, with how many of its rows have ended already."""

    lapsed: int = 0

    @property
    def notes(self) -> list[str]:
        """What else there is to say, a sentence each."""
        if not self.lapsed:
            return []
        words = ngettext(
            "%(count)s row has lapsed already: it is kept as history and does not count for cover.",
            "%(count)s rows have lapsed already: they are kept as history and do not count for cover.",
            self.lapsed,
        )
        return [words % {"count": self.lapsed}]

    def as_dict(self) -> dict[str, object]:
        """The report for another program."""
        return Report.as_dict(self) | {"lapsed": self.lapsed}


@dataclass(frozen=True, slots=True)
class Wish:
    """What one row asks for."""

    row: int
    number: str
    skills: Collection[str]
    on: dt.date
    evidence: str


@dataclass(slots=True)
class Plan:
    """What to write: the new rows, and the saved ones that they replace."""

    rows: list[Qualification] = field(default_factory=list)
    ending: list[Qualification] = field(default_factory=list)


def read_training(source: BinaryIO, report: Report, *, today: dt.date) -> list[Wish]:
    """The rows that are sound in themselves; every problem of the others goes into `report`."""
    return [wish for row in read(source, COLUMNS, report) if (wish := _wish(row, report, today)) is not None]


def _wish(row: Row, report: Report, today: dt.date) -> Wish | None:
    before = len(report.problems)
    if not row["number"]:
        report.add(row.number, _("Write the person's work number."), "number")
    skills = policy.skills_of(row["skill"])
    if not skills:
        sentence = _("Write demobilise, defuse, demobilising and defusing, ESTIM, peer support or train others.")
        report.add(row.number, sentence, "skill")
    on = _day(row, report, today)
    _check_evidence(row, report)
    if on is None or len(report.problems) > before:
        return None
    return Wish(row.number, row["number"], skills, on, row["evidence"])


def _day(row: Row, report: Report, today: dt.date) -> dt.date | None:
    on = day_of(row["trained on"])
    if on is None:
        report.add(row.number, _("Write a day like 31/08/2026 or 2026-08-31."), "trained on")
        return None
    problem = policy.day_problem(on, today)
    if problem is policy.DayProblem.AHEAD:
        report.add(row.number, _("This day lies ahead. Only training that is over can be brought in."), "trained on")
    elif problem is not None:
        report.add(row.number, _("This day is too long ago. Check the year."), "trained on")
    return on


def _check_evidence(row: Row, report: Report) -> None:
    if not row["evidence"]:
        sentence = _("Write in a few words what was seen, such as “Certificate of the course”.")
        report.add(row.number, sentence, "evidence")
    elif len(row["evidence"]) > policy.LONGEST_EVIDENCE:
        sentence = _("Use at most %(number)s characters.")
        report.add(row.number, sentence % {"number": policy.LONGEST_EVIDENCE}, "evidence")


def compare(
    wishes: Sequence[Wish], report: TrainingReport, *, force: Force, at: dt.datetime, by_id: uuid.UUID | None
) -> Plan:
    """What to write so that the register of the force says what the file says. Problems and counts go into `report`.

    Two statements, however many rows.
    """
    serving = Posting.objects.filter(force=force, until__isnull=True)
    people = {number.casefold(): person for number, person in serving.values_list("number", "person_id")}
    rows = list(Qualification.objects.filter(person__in=serving.values("person")))
    known = {(row.person_id, row.skill, row.valid_from) for row in rows}
    plan, today = Plan(), london_day(at)
    for wish, person in _meant(wishes, people, force, report):
        until, latest = policy.holds(wish.on)
        new = [skill for skill in wish.skills if (person, skill, wish.on) not in known]
        plan.rows += [
            Qualification(
                person_id=person, force=force, skill=skill, valid_from=wish.on, valid_until=until, latest_until=latest,
                source=Qualification.Source.IMPORTED, evidence=wish.evidence, granted_at=at, granted_by_id=by_id,
            )
            for skill in new
        ]  # fmt: skip
        report.added += bool(new)
        report.unchanged += not new
        report.lapsed += until <= today
    report.problems.sort(key=lambda one: one.row)
    plan.ending = settle(standing_of(row for row in rows if row.ended_at is None), plan.rows, at)
    return plan


def _meant(
    wishes: Sequence[Wish], people: Mapping[str, uuid.UUID], force: Force, report: Report
) -> Iterator[tuple[Wish, uuid.UUID]]:
    """The rows with whom each means, the oldest training first; what nobody is meant by, or is told twice, is not."""
    told: dict[tuple[uuid.UUID, str, dt.date], int] = {}
    for wish in sorted(wishes, key=lambda one: (one.on, one.row)):
        person = people.get(wish.number.casefold())
        if person is None:
            sentence = _("Nobody serves in %(force)s with that number. Check it.")
            report.add(wish.row, sentence % {"force": force.short_name}, "number")
            continue
        keys = [(person, skill, wish.on) for skill in wish.skills]
        twice = [told[key] for key in keys if key in told]
        if twice:
            report.add(wish.row, _("Row %(row)s says the same. Keep one of the two.") % {"row": twice[0]})
            continue
        told.update(dict.fromkeys(keys, wish.row))
        yield wish, person
