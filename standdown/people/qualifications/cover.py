"""Who can defuse, counted by team: what the cover map shows and what names are ranked by (R26, R54)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q

from standdown.people.forces.models import Team
from standdown.people.qualifications.models import Qualification, QualificationQuerySet, Skill
from standdown.people.qualifications.policy import WARNED_AHEAD


@dataclass(frozen=True, slots=True)
class TeamCover:
    """A team's cover on a day: how many can defuse, how many are wanted, how many of those able lapse in 90 days."""

    team_id: uuid.UUID
    team: str
    base: str  # its name; empty where the team has none
    able: int
    wanted: int
    lapsing: int

    @property
    def short(self) -> int:
        """How many more are wanted; 0 where there are enough."""
        return max(0, self.wanted - self.able)


def able(force_ids: Iterable[uuid.UUID], day: dt.date) -> QualificationQuerySet:
    """The qualifications of who can defuse on that day for these forces: on their register, and serving there now.

    Somebody who moved counts nowhere until they let their qualifications go on the new force's register (R52).
    """
    return Qualification.objects.able_on(day).filter(
        skill=Skill.DEFUSE,
        force__in=list(force_ids),
        person__postings__until__isnull=True,
        person__postings__force=F("force"),
    )


def by_team(force_ids: Iterable[uuid.UUID], day: dt.date) -> dict[uuid.UUID, TeamCover]:
    """The cover of every open team of these forces on that day, by the team's key. Two statements, however many.

    A `day` ahead is as it will be if nothing is done: who lapses until then is not able, who is posted now is there.
    """
    forces = list(force_ids)
    counts = {
        team: (number, lapsing)
        for team, number, lapsing in able(forces, day)
        .order_by()
        .values_list("person__postings__team")
        .annotate(number=Count("pk"), lapsing=Count("pk", filter=Q(valid_until__lte=day + WARNED_AHEAD)))
    }
    teams = Team.objects.filter(force__in=forces, closed_on__isnull=True)
    rows = [
        TeamCover(key, name, base or "", *_figures(counts.get(key), wanted))
        for key, name, base, wanted in teams.values_list("pk", "name", "base__name", "establishment__wanted")
    ]
    # Sorted here, because databases differ in where capitals and empty names come.
    return {row.team_id: row for row in sorted(rows, key=_place)}


def _figures(counted: tuple[int, int] | None, wanted: int | None) -> tuple[int, int, int]:
    able_now, lapsing = counted or (0, 0)
    return able_now, wanted or 0, lapsing


def _place(row: TeamCover) -> tuple[bool, str, str, uuid.UUID]:
    return not row.base, row.base.casefold(), row.team.casefold(), row.team_id
