"""What is on screen as a file: the register, with names, which is on record; cover and need, which name nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from standdown.design.times import plain_date
from standdown.foundation.access import Actor, Can
from standdown.foundation.clock import london_day
from standdown.foundation.tables import Cell, File, Table
from standdown.people.forces.models import Force
from standdown.people.qualifications import actions, queries
from standdown.people.qualifications.outlook import BaseOutlook, days_of
from standdown.people.qualifications.policy import Need


def of_register(by: Actor, kind: str, at: dt.datetime, asked: Mapping[str, str]) -> File:
    """The lines of the register that were asked for, all pages of them, on record as taken away, force by force."""
    day, rows = london_day(at), []
    for force in queries.forces_of(by, Can.EXPORT_QUALIFICATIONS):
        found = queries.register_of(
            by, force, day, skill=asked["skill"], state=asked["state"], words_asked=asked["words"]
        )
        rows += [
            [one.name, one.number, force.short_name, one.base, one.team, str(held.skill), plain_date(held.valid_until),
             str(held.state)]
            for one in found for held in one.held
        ]  # fmt: skip
        actions.export_register(by=by, at=at, force=force, people=len(found), kind=kind)
    headings = [
        _("Name"), _("Number"), _("Force"), _("Base"), _("Team"), _("Qualified to"), _("Until"), _("Where it stands"),
    ]  # fmt: skip
    return File(Table(f"qualifications-{day}", _("Qualifications"), headings, rows), kind)


def of_cover(bases: Sequence[BaseOutlook], kind: str, day: dt.date) -> File:
    """These places of the cover map: how many can defuse on each day, team by team."""
    headings = [_("Base"), _("Team"), _("Wanted"), _("Today")]
    headings += [plain_date(one) for one in days_of(day)[1:]] + [_("Lapsing within 90 days")]
    rows: list[list[Cell]] = [
        [base.base, row.team, row.wanted, *(cell.have for cell in row.cells), row.lapsing]
        for base in bases
        for row in base.rows
    ]
    return File(Table(f"cover-{day}", _("Cover"), headings, rows), kind)


def needed_rows(by: Actor, force: Force, need: Need) -> list[tuple[str, int]]:
    """What a force has and will need, in words and numbers. Who would like to be trained is for those who decide."""
    rows = [
        (_("Able to defuse today"), need.able),
        (_("Of these, ending within six months"), need.ending),
        (_("Left in the last twelve months"), need.left),
        (_("Wanted by the teams"), need.wanted),
    ]
    if by.reach(Can.DECIDE_INTEREST).covers(force.pk):
        rows.append((_("Would like to be trained"), need.interested))
    return [*rows, (_("Places planned on coming dates"), need.places), (_("Still short in six months"), need.short)]


def of_needed(by: Actor, needs: Sequence[tuple[Force, Need]], kind: str, day: dt.date) -> File:
    """What these forces have and will need, a line for each number."""
    rows: list[list[Cell]] = [
        [force.short_name, heading, number] for force, need in needs for heading, number in needed_rows(by, force, need)
    ]
    headings = [_("Force"), _("What"), _("People")]
    return File(Table(f"training-needed-{day}", _("What training will be needed"), headings, rows), kind)
