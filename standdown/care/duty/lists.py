"""What the screens about duty show: which files came, and how each team works."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from standdown.care.duty.models import DutyFile, ShiftPattern
from standdown.care.duty.policy import Shift
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force, Team

_MOST_FILES = 50


def forces_of(by: Actor) -> list[Force]:
    """The forces whose duty this actor keeps, by name. One statement."""
    return list(Force.objects.filter(pk__in=by.reach(Can.KEEP_DUTY).forces).order_by("name"))


def files(by: Actor) -> list[DutyFile]:
    """The last fifty files of duties that were brought in for these forces, newest first. One statement."""
    rows = DutyFile.objects.filter(force__in=by.reach(Can.KEEP_DUTY).forces)
    return list(rows.select_related("force", "brought_by").order_by("-brought_at", "id")[:_MOST_FILES])


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team, and the pattern by which it works now, if any."""

    team: Team
    pattern: ShiftPattern | None


def teams(by: Actor) -> list[TeamLine]:
    """Every open team of the forces whose duty this actor keeps, with its pattern. Three statements."""
    found = list(_teams(by).select_related("base", "force").order_by("force__name", "name", "id"))
    rows = ShiftPattern.objects.filter(team__in=found, until=None).prefetch_related("shifts")
    patterns = {row.team_id: row for row in rows}
    return [TeamLine(team, patterns.get(team.pk)) for team in found]


def team(by: Actor, key: uuid.UUID) -> Team | None:
    """A team whose duty this actor keeps. One statement."""
    return _teams(by).select_related("force", "base").filter(pk=key).first()


def _teams(by: Actor) -> QuerySet[Team]:
    return Team.objects.filter(force__in=by.reach(Can.KEEP_DUTY).forces, closed_on=None)


def pattern_of(of: Team) -> ShiftPattern | None:
    """The pattern by which a team works now. Two statements."""
    return ShiftPattern.objects.filter(team=of, until=None).prefetch_related("shifts").first()


def others_with_pattern(of: Team) -> list[Team]:
    """The other teams of the force that have a pattern to copy. One statement."""
    rows = Team.objects.filter(force=of.force_id, closed_on=None, shift_patterns__until=None)
    return list(rows.filter(shift_patterns__isnull=False).exclude(pk=of.pk).order_by("name").distinct())


def shifts_of(pattern: ShiftPattern | None) -> dict[int, Shift]:
    """The shifts of a pattern by the day of its cycle."""
    rows = pattern.shifts.all() if pattern else ()
    return {row.day: Shift(row.day, row.starts, row.minutes) for row in rows}


def ends(shift: Shift) -> dt.time:
    """When on the clock a shift ends."""
    return (dt.datetime.combine(dt.date(2000, 1, 1), shift.starts) + dt.timedelta(minutes=shift.minutes)).time()
