"""The list of forces as a file: what its columns are, and what can be wrong in a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standdown.foundation.csv_files import Column, Report, Row, read
from standdown.people.forces import policy

SHIPPED = Path(__file__).parent / "data" / "forces.csv"  # the list that the demonstration begins with

COLUMNS = (
    Column("slug"),
    Column("name", ("force",)),
    Column("short_name", ("short",)),
    Column("welsh_name", ("welsh",), required=False),
    Column("ons_code", ("ons",), required=False),
    Column("home_office_force", ("home_office",)),
    Column("welsh_language_standards", required=False),
    Column("region", required=False),
    Column("jurisdiction"),
)
_LONGEST = {"name": 120, "short_name": 60, "welsh_name": 120, "region": 60}  # characters, as the tables hold
_ANSWERS = {"yes": True, "no": False, "": False}


@dataclass(frozen=True, slots=True)
class ForceFacts:
    """One row that is sound in itself."""

    row: int
    slug: str
    name: str
    short_name: str
    welsh_name: str
    ons_code: str
    home_office: bool
    welsh_language_standards: bool
    region: str
    jurisdiction: str

    def words(self) -> Iterable[tuple[str, str]]:
        """The words that must mean this force alone, each with its column."""
        every = (
            ("slug", self.slug), ("name", self.name), ("short_name", self.short_name),
            ("welsh_name", self.welsh_name), ("ons_code", self.ons_code),
        )  # fmt: skip
        return ((column, word) for column, word in every if word)


def facts(source: BinaryIO, report: Report) -> list[ForceFacts]:
    """The rows of the file that are sound; every problem of the others goes into `report`."""
    found = [_facts(row, report) for row in read(source, COLUMNS, report)]
    sound = [one for one in found if one is not None]
    _twice(sound, report)
    return sound


_CHECKS: tuple[tuple[str, Callable[[str], bool], Promise], ...] = (
    ("slug", policy.is_slug, gettext_lazy("Use small letters, figures and single hyphens, like thames-valley.")),
    ("name", bool, gettext_lazy("Enter the force's full name.")),
    ("short_name", bool, gettext_lazy("Enter what the force is called for short.")),
    (
        "ons_code",
        lambda text: not text or policy.is_ons_code(text),
        gettext_lazy("An ONS code is a letter and eight figures, like E23000026. Leave it out if unsure."),
    ),
    ("home_office_force", lambda text: text.casefold() in {"yes", "no"}, gettext_lazy("Write yes or no.")),
    ("welsh_language_standards", lambda text: text.casefold() in _ANSWERS, gettext_lazy("Write yes or no.")),
)


def _facts(row: Row, report: Report) -> ForceFacts | None:
    before = len(report.problems)
    for column, sound, sentence in _CHECKS:
        if not sound(row[column]):
            report.add(row.number, sentence, column)
    for column, longest in _LONGEST.items():
        if len(row[column]) > longest:
            report.add(row.number, _("Use at most %(number)s characters.") % {"number": longest}, column)
    if row["jurisdiction"] not in set(policy.Jurisdiction):
        known = ", ".join(policy.Jurisdiction)
        report.add(row.number, _("Not a jurisdiction. Write one of %(known)s.") % {"known": known}, "jurisdiction")
    if len(report.problems) > before:
        return None
    return ForceFacts(
        row=row.number,
        slug=row["slug"],
        name=row["name"],
        short_name=row["short_name"],
        welsh_name=row["welsh_name"],
        ons_code=row["ons_code"],
        home_office=_ANSWERS[row["home_office_force"].casefold()],
        welsh_language_standards=_ANSWERS[row["welsh_language_standards"].casefold()],
        region=row["region"],
        jurisdiction=row["jurisdiction"],
    )


def _twice(rows: list[ForceFacts], report: Report) -> None:
    first: dict[str, int] = {}
    for one in rows:
        for column, word in one.words():
            at = first.setdefault(policy.key(word), one.row)
            if at != one.row:
                sentence = _("“%(word)s” means the force of row %(row)s already. Each word means one force.")
                report.add(one.row, sentence % {"word": word, "row": at}, column)
