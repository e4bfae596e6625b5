"""The cover map: each team's cover today and as it will be if nothing is done, and the gaps in words (R54, R158)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.translation import gettext as _

from standdown.design.times import plain_date
from standdown.foundation.access import Actor, Can
from standdown.people.forces.models import Base, Force, Team
from standdown.people.qualifications.models import Qualification, Skill, StandDown

HORIZON = (0, 30, 60, 90)  # days from today


@dataclass(frozen=True, slots=True)
class Cell:
    """How many can defuse, and how many are wanted; as the cover grid draws them."""

    have: int
    need: int


@dataclass(frozen=True, slots=True)
class TeamOutlook:
    """A team on each day of the horizon."""

    team_id: uuid.UUID
    team: str
    wanted: int
    cells: list[Cell]
    lapsing: int  # of those able today, how many lapse by the last day

    @property
    def place(self) -> str:
        """The team with what is wanted, for the head of its row."""
        return (
            _("%(team)s (%(wanted)s wanted)") % {"team": self.team, "wanted": self.wanted} if self.wanted else self.team
        )


@dataclass(frozen=True, slots=True)
class BaseOutlook:
    """A base, or a force's teams without one (base_id None)."""

    base_id: uuid.UUID | None
    base: str
    force: str  # its slug
    rows: list[TeamOutlook]

    @property
    def key(self) -> str:
        """What an address calls it."""
        return str(self.base_id or self.force)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The map: base by base, the gaps that are or come, and how many are able who are in no team."""

    bases: list[BaseOutlook]
    gaps: list[str]
    unplaced: int

    @property
    def teams(self) -> int:
        """How many teams there are."""
        return sum(len(base.rows) for base in self.bases)

    @property
    def wanted(self) -> int:
        """How many people able to defuse are wanted in all."""
        return sum(row.wanted for base in self.bases for row in base.rows)


def days_of(day: dt.date) -> list[dt.date]:
    """The days of the horizon."""
    return [day + dt.timedelta(days=number) for number in HORIZON]


def outlook(by: Actor, day: dt.date, *, fewer: int = 0) -> Outlook:
    """The cover of the forces whose registers this actor sees. Three statements, however many teams.

    On a day ahead who lapses until then is gone and who comes back is there again. `fewer` takes so many more away from
    each team, as sickness would.
    """
    forces = by.reach(Can.SEE_QUALIFICATIONS).forces
    days = days_of(day)
    able = _able(forces, days)
    places: dict[tuple[str, str, uuid.UUID], BaseOutlook] = {}
    teams = Team.objects.filter(force__in=forces, closed_on__isnull=True).select_related(
        "base", "force", "establishment"
    )
    several = len(forces) > 1
    for team in sorted(teams, key=lambda one: (one.name.casefold(), one.pk)):
        key = (team.force.name, team.base.name.casefold() if team.base else "\uffff", team.base_id or team.force_id)
        if key not in places:
            places[key] = BaseOutlook(team.base_id, _base_words(team, several=several), team.force.slug, [])
        places[key].rows.append(_row(team, able.pop(team.pk, [set() for _day in days]), fewer))
    bases = [places[key] for key in sorted(places, key=lambda one: (one[0], one[1], str(one[2])))]
    unplaced = len(set().union(*(found[0] for found in able.values())))
    return Outlook(bases, _gaps(bases, days), unplaced)


def _base_words(team: Team, *, several: bool) -> str:
    base = team.base.name if team.base else _("No base")
    return _("%(force)s: %(place)s") % {"force": team.force.short_name, "place": base} if several else base


def _able(forces: Iterable[uuid.UUID], days: list[dt.date]) -> dict[uuid.UUID | None, list[set[uuid.UUID]]]:
    """By team (None: in no team) who can defuse on each of the days."""
    rows = Qualification.objects.standing().filter(
        skill=Skill.DEFUSE, force__in=forces, valid_until__gt=days[0],
        person__postings__until__isnull=True, person__postings__force=F("force"),
    )  # fmt: skip
    away: dict[uuid.UUID, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    gone = StandDown.objects.filter(Q(until__isnull=True) | Q(until__gt=days[0]), person__in=rows.values("person"))
    for person, since, until in gone.values_list("person", "since", "until"):
        away[person].append((since, until or dt.date.max))
    found: dict[uuid.UUID | None, list[set[uuid.UUID]]] = {}
    facts = rows.order_by().values_list("person__postings__team", "person", "valid_from", "valid_until")
    for team, person, begins, ends in facts:
        cells = found.setdefault(team, [set() for _day in days])
        for number, day in enumerate(days):
            if begins <= day < ends and not any(since <= day < until for since, until in away[person]):
                cells[number].add(person)
    return found


def _row(team: Team, able: list[set[uuid.UUID]], fewer: int) -> TeamOutlook:
    wanted = team.establishment.wanted if hasattr(team, "establishment") else 0
    cells = [Cell(max(0, len(people) - fewer), wanted) for people in able]
    return TeamOutlook(team.pk, team.name, wanted, cells, len(able[0] - able[-1]))


def _gaps(bases: list[BaseOutlook], days: list[dt.date]) -> list[str]:
    """A sentence for each team that has too few or will have, the largest gap of today first."""
    found: list[tuple[int, int, str]] = []
    for base in bases:
        for row in base.rows:
            first = next((number for number, cell in enumerate(row.cells) if cell.have < cell.need), None)
            if first is not None:
                found.append((first, row.cells[first].have - row.wanted, _gap(base, row, first, days)))
    return [sentence for _when, _size, sentence in sorted(found, key=lambda one: one[:2])]


def _gap(base: BaseOutlook, row: TeamOutlook, first: int, days: list[dt.date]) -> str:
    facts = {
        "place": base.base, "team": row.team, "have": row.cells[first].have, "wanted": row.wanted,
        "day": plain_date(days[first]),
    }  # fmt: skip
    if first == 0:
        return _("%(team)s, %(place)s: %(have)s of %(wanted)s today") % facts
    return _("%(team)s, %(place)s: %(have)s of %(wanted)s by %(day)s") % facts


# -- what is wanted -----------------------------------------------------------------------------------------------


def base(by: Actor, base_id: uuid.UUID) -> Base | None:
    """The base, if this actor says how many its teams need."""
    forces = by.reach(Can.SET_ESTABLISHMENT).forces
    return Base.objects.filter(pk=base_id, force__in=forces).select_related("force").first()


def force(by: Actor, slug: str) -> Force | None:
    """The force, if this actor says how many its teams need."""
    return Force.objects.filter(slug=slug, pk__in=by.reach(Can.SET_ESTABLISHMENT).forces).first()


def wanted(place: Base | Force) -> list[tuple[uuid.UUID, str, int]]:
    """The open teams of a base, or of a force where they have no base: key, name and how many are wanted."""
    its = Team.objects.filter(base=place) if isinstance(place, Base) else place.teams.filter(base__isnull=True)
    rows = its.filter(closed_on__isnull=True).values_list("pk", "name", "establishment__wanted")
    return sorted(((key, name, number or 0) for key, name, number in rows), key=lambda one: (one[1].casefold(), one[0]))
