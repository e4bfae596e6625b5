"""A force's directory as a file: its columns, and what each row asks for."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standdown.foundation.csv_files import Column, Report, Row, read
from standdown.people.accounts import policy
from standdown.people.forces.models import Force
from standdown.people.forces.queries import ForceIndex
from standdown.people.forces.refusals import SeveralForces

COLUMNS = (
    Column("number", ("work number", "collar number", "staff number", "warrant number", "shoulder number")),
    Column("given name", ("first name", "forename", "given names", "forenames")),
    Column("family name", ("surname", "last name")),
    Column("kind", ("type", "role type", "employment type", "category")),
    Column("work e-mail", ("email", "work email", "email address", "work email address", "mail"), required=False),
    Column("force", ("organisation", "employer")),
    Column("team", ("unit", "shift", "department"), required=False),
    Column("base", ("station", "location", "site"), required=False),
    Column("line manager number", ("manager number", "line manager", "supervisor number"), required=False),
    Column("since", ("from", "start date", "posted since"), required=False),
    Column("language", ("preferred language",), required=False),
)
EXAMPLE = ("1234", "Sam", "Example", "officer", "sam.example@force.example", "", "Response A", "North", "", "", "")
LONGEST = {"number": 20, "given name": 80, "family name": 80, "work e-mail": 254, "team": 80, "base": 80}  # characters
_NEEDED = ("number", "given name", "family name")


@dataclass(slots=True)
class DirectoryReport(Report):
    """What a directory file did, with the teams and bases that it named for the first time."""

    teams_made: int = 0
    bases_made: int = 0
    not_in_file: int = 0  # people who serve and are not named; nothing happens to them

    @property
    def notes(self) -> list[str]:
        """What else there is to say, a sentence each."""
        said = []
        if self.teams_made or self.bases_made:
            said.append(
                _("Named for the first time: teams %(teams)s, bases %(bases)s.")
                % {"teams": self.teams_made, "bases": self.bases_made}
            )
        if self.not_in_file:
            said.append(_("Serving but not in the file, so left as they are: %(count)s.") % {"count": self.not_in_file})
        return said

    def as_dict(self) -> dict[str, object]:
        """The report for another program."""
        more = {"teams_made": self.teams_made, "bases_made": self.bases_made, "not_in_file": self.not_in_file}
        return Report.as_dict(self) | more


@dataclass(frozen=True, slots=True)
class Wish:
    """What one row asks for. None where the file has no such column: then nothing changes there."""

    row: int
    force_id: uuid.UUID
    number: str
    given_name: str
    family_name: str
    kind: str
    work_email: str | None
    team: str | None
    base: str | None
    manager: str | None  # a number in the same force; empty for nobody
    since: dt.date | None
    language: str | None

    @property
    def key(self) -> tuple[uuid.UUID, str]:
        """Who is meant: a number in a force."""
        return self.force_id, self.number


def read_directory(source: BinaryIO, report: Report, *, today: dt.date) -> list[Wish]:
    """The rows that are sound in themselves; every problem of the others goes into `report`."""
    rows = read(source, COLUMNS, report)
    forces = _Forces(today)
    wishes = [wish for row in rows if (wish := _wish(row, forces, report, today)) is not None]
    _told_twice(wishes, report)
    return wishes


class _Forces:
    """Looks each word for a force up once."""

    def __init__(self, today: dt.date) -> None:
        self._index = ForceIndex(today)
        self._today = today
        self._found: dict[str, Force | str] = {}

    def find(self, word: str) -> Force | str:
        """The force meant by the word, or the sentence that says why none is."""
        if word not in self._found:
            self._found[word] = self._look(word)
        return self._found[word]

    def _look(self, word: str) -> Force | str:
        if not word:
            return _("Say which force the person serves in.")
        try:
            force = self._index.find(word)
        except SeveralForces as several:
            return str(several.sentence)
        if force is None:
            return _("No force is known by this name. Use its name or its address, such as thames-valley.")
        if force.stood_down is not None and force.stood_down <= self._today:
            return _("This force no longer exists. Use the name of the one that stands in its place.")
        return force


def _wish(row: Row, forces: _Forces, report: Report, today: dt.date) -> Wish | None:
    before = len(report.problems)
    _check_lengths(row, report)
    kind = policy.kind_of(row["kind"])
    if kind is None:
        report.add(row.number, _("Write officer, staff, special or volunteer."), "kind")
    _check_address(row, report)
    force = forces.find(row["force"])
    if isinstance(force, str):
        report.add(row.number, force, "force")
    if row["base"] and not row["team"]:
        report.add(row.number, _("A base is kept with a team. Name the team too, or leave the base out."), "base")
    if row["line manager number"] and row["line manager number"] == row["number"]:
        report.add(row.number, _("Nobody is their own line manager. Give another number."), "line manager number")
    since, language = _since(row, report, today), _language(row, report)
    if len(report.problems) > before or kind is None or isinstance(force, str):
        return None
    given = row.cells.get
    return Wish(
        row.number, force.pk, row["number"], row["given name"], row["family name"], kind,
        given("work e-mail"), given("team"), given("base"), given("line manager number"), since, language,
    )  # fmt: skip


def _check_lengths(row: Row, report: Report) -> None:
    for column in _NEEDED:
        if not row[column]:
            report.add(row.number, _("This must not be empty."), column)
    for column, longest in LONGEST.items():
        if "\n" in row[column]:
            report.add(row.number, _("Write this in one line."), column)
        if len(row[column]) > longest:
            report.add(row.number, _("Use at most %(number)s characters.") % {"number": longest}, column)


def _check_address(row: Row, report: Report) -> None:
    if not row["work e-mail"]:
        return
    try:
        validate_email(row["work e-mail"])
    except ValidationError:
        report.add(row.number, gettext_lazy("Write an email address, like name@force.example."), "work e-mail")


def _since(row: Row, report: Report, today: dt.date) -> dt.date | None:
    if not row["since"]:
        return None
    day = policy.day_of(row["since"])
    if day is None:
        report.add(row.number, _("Write a day like 31/08/2026 or 2026-08-31."), "since")
    elif day > today:
        report.add(row.number, _("This day lies ahead. Bring the row in on that day."), "since")
    return day


def _language(row: Row, report: Report) -> str | None:
    if not row["language"]:
        return None
    language = policy.language_of(row["language"])
    if language is None:
        report.add(row.number, _("Write English or Welsh."), "language")
    return language


def _told_twice(wishes: Sequence[Wish], report: Report) -> None:
    numbers: dict[tuple[uuid.UUID, str], int] = {}
    addresses: dict[tuple[uuid.UUID, str], int] = {}
    for wish in wishes:
        first = numbers.setdefault(wish.key, wish.row)
        if first != wish.row:
            report.add(wish.row, _("Row %(row)s has the same number. Keep one of the two.") % {"row": first}, "number")
        if not wish.work_email:
            continue
        first = addresses.setdefault((wish.force_id, wish.work_email.casefold()), wish.row)
        if first != wish.row:
            sentence = _("Row %(row)s has the same email address. Each person has their own.")
            report.add(wish.row, sentence % {"row": first}, "work e-mail")
