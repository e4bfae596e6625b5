"""The people of an incident as screens and acts look for them. Whoever is excluded finds nobody."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from standdown.care.clocks.models import Step
from standdown.care.exposures.models import Exposure, HandedOver, Stage
from standdown.care.exposures.policy import Group
from standdown.care.incidents.models import Incident
from standdown.care.looks import actions as looks
from standdown.care.looks.models import Look
from standdown.foundation import clock
from standdown.foundation.access import Actor, Can
from standdown.people.accounts.models import serving_on
from standdown.people.models import Base, LineManagement, Person, Posting, Team

_NOT_OFFICERS = (Person.Kind.STAFF, Person.Kind.SPECIAL, Person.Kind.VOLUNTEER)
FOUND_AT_MOST = 20
COORDINATOR = "estip-coordinator"


# -- counts, without names ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people of which groups are on a list, and how many were handed over to their force."""

    people: int
    control_room: int
    staff_and_specials: int
    handed_over: int
    unconfirmed: int
    disputed: int

    def of(self, group: Group) -> int:
        """How many of that group there are."""
        return {
            Group.CONTROL_ROOM: self.control_room, Group.STAFF_AND_SPECIALS: self.staff_and_specials,
            Group.OTHER_FORCES: self.handed_over,
        }[group]  # fmt: skip


def of_list(incident: Incident) -> Counted:
    """The counts of an incident's list; nobody's name. Two statements."""
    counted = Exposure.objects.live().filter(incident=incident).aggregate(
        people=Count("pk"),
        control_room=Count("pk", filter=Q(role__control_room=True)),
        staff_and_specials=Count("pk", filter=Q(person__kind__in=_NOT_OFFICERS)),
        unconfirmed=Count("pk", filter=Q(confirmed_at__isnull=True)),
        disputed=Count("pk", filter=~Q(disputed="")),
    )  # fmt: skip
    handed = HandedOver.objects.filter(incident=incident).exclude(state=HandedOver.State.NOT_OURS).count()
    return Counted(**counted, handed_over=handed)


def by_stage(incident: Incident) -> dict[str, int]:
    """How many people of an incident stand where; nobody's name. One statement."""
    rows = Exposure.objects.live().filter(incident=incident).order_by().values_list("stage")
    counted = dict(rows.annotate(number=Count("pk")))
    return {stage: counted.get(stage, 0) for stage in Stage.values}


# -- one person, and the whole list -----------------------------------------------------------------------------------


def exposure(by: Actor, key: uuid.UUID) -> Exposure | None:
    """The exposure, where this actor runs the care of its force and is not excluded; None else. One statement."""
    rows = Exposure.objects.visible_to(by).filter(pk=key)
    reach = by.reach(Can.RUN_CARE)
    mine = rows if reach.everywhere else rows.filter(force_id__in=reach.forces)
    return mine.select_related("incident__programme", "incident__category", "person", "role", "supervisor").first()


def own_exposure(by: Actor, key: uuid.UUID) -> Exposure | None:
    """One's own exposure; None for anybody else's. One statement."""
    if by.person_id is None:
        return None
    rows = Exposure.objects.live().filter(pk=key, person_id=by.person_id)
    return rows.select_related("incident__category", "role").first()


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of a list: the exposure with person, role and supervisor, their number and team, what is owed next."""

    exposure: Exposure
    number: str
    team: str
    open_steps: Sequence[Step]


def people_of(
    by: Actor, incident: Incident, at: dt.datetime, *, why: Look.Why = Look.Why.COORDINATING, role: str = COORDINATOR
) -> list[Listed]:
    """Who is on an incident's list, by stage and name; that this actor looked is on record before anything comes back.

    Whoever excluded the actor is not among them. Raises NotAllowed. Four statements, and those of one act.
    """
    rows = Exposure.objects.visible_to(by).live().filter(incident=incident)
    found = list(
        rows.select_related("person", "role", "supervisor").order_by(
            "stage", "person__family_name", "person__given_name", "id"
        )
    )
    looks.look(by=by, at=at, can=Can.RUN_CARE, on=incident, at_whom=found, why=why, role=role)
    return listed(found)


def listed(found: Sequence[Exposure]) -> list[Listed]:
    """These exposures with numbers, teams and open steps. Two statements for each 500."""
    postings: dict[uuid.UUID, Posting] = {}
    owed: dict[uuid.UUID, list[Step]] = {}
    for start in range(0, len(found), 500):
        piece = found[start : start + 500]
        of_piece = Posting.objects.filter(person__in=[one.person_id for one in piece], until__isnull=True)
        postings.update({row.person_id: row for row in of_piece.select_related("team")})
        for row in Step.objects.open().filter(exposure__in=[one.pk for one in piece]):
            if row.exposure_id is not None:
                owed.setdefault(row.exposure_id, []).append(row)
    return [
        Listed(
            one,
            postings[one.person_id].number if one.person_id in postings else "",
            _team(postings.get(one.person_id)),
            owed.get(one.pk, ()),
        )
        for one in found
    ]


def _team(posting: Posting | None) -> str:
    return posting.team.name if posting is not None and posting.team is not None else ""


# -- whom one may name ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody whom an actor may name: themselves, a direct report, or somebody of the same team."""

    person: uuid.UUID
    name: str
    number: str
    reports: bool


def near(by: Actor, at: dt.datetime) -> list[Near]:
    """Oneself, one's direct reports and one's own team, by name; nobody else's name is shown when raising.

    Only who serves in the actor's own force. Three statements.
    """
    if by.person_id is None or by.force_id is None:
        return []
    own = Posting.objects.filter(person=by.person_id, until__isnull=True).first()
    managing = LineManagement.objects.filter(serving_on(clock.london_day(at)), manager=by.person_id)
    managed = set(managing.values_list("person_id", flat=True))
    whose = Q(person__in={by.person_id, *managed})
    if own is not None and own.team_id is not None:
        whose |= Q(team=own.team_id)
    rows = Posting.objects.filter(whose, until__isnull=True, force=by.force_id).select_related("person")
    found = [Near(row.person_id, row.person.full_name, row.number, row.person_id in managed) for row in rows]
    return sorted(found, key=lambda one: (one.person != by.person_id, not one.reports, one.name))


def own_base(by: Actor) -> Base | None:
    """The base of the actor's own team; None where there is none. One statement."""
    own = Posting.objects.filter(person=by.person_id, until__isnull=True, team__base__closed_on__isnull=True)
    found = own.select_related("team__base").first()
    return found.team.base if found is not None and found.team is not None else None


def in_directory(incident: Incident, words: str) -> list[Near]:
    """Who of the incident's force has that name or number, at most twenty; for its coordinator only. One statement."""
    rows = Posting.objects.filter(force=incident.force_id, until__isnull=True)
    for word in words.split()[:6]:
        rows = rows.filter(
            Q(person__given_name__icontains=word) | Q(person__family_name__icontains=word) | Q(number__istartswith=word)
        )
    found = rows.select_related("person").order_by("person__family_name", "person__given_name", "id")[:FOUND_AT_MOST]
    return [Near(row.person_id, row.person.full_name, row.number, reports=False) for row in found]


def of_teams(force_id: uuid.UUID, teams: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Who serves in these teams of that force now. One statement."""
    rows = Posting.objects.filter(force=force_id, team__force=force_id, team__in=list(teams), until__isnull=True)
    return list(rows.order_by("person_id").values_list("person_id", flat=True))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What remains in sight of whoever raised an incident: its reference, and how many of the people are theirs."""

    reference: str
    as_what: str
    to_talk_with: int


def raised_by(by: Actor, key: uuid.UUID) -> Receipt | None:
    """The receipt of an incident that this actor raised or added people to; None for others. Two statements.

    What control room wrote is not shown to it again (R56).
    """
    theirs = Q(raised_by=by.person_id) | Q(exposures__added_by=by.person_id)
    rows = Incident.objects.filter(theirs, pk=key, force=by.force_id).exclude(raised_as=Incident.RaisedAs.CONTROL_ROOM)
    found = rows.first() if by.person_id else None
    if found is None:
        return None
    mine = Exposure.objects.open().filter(incident=found, supervisor=by.person_id, stage=Stage.TO_DEMOBILISE).count()
    return Receipt(found.reference, found.raised_as, mine)


@dataclass(frozen=True, slots=True)
class TeamOffered:
    """A team of a force, and how many serve in it."""

    key: uuid.UUID
    name: str
    people: int


def teams_of(force_id: uuid.UUID) -> list[TeamOffered]:
    """The open teams of a force in which somebody serves, by name, each with its base. One statement."""
    serving = Count("postings", filter=Q(postings__until__isnull=True))
    rows = Team.objects.filter(force=force_id, closed_on__isnull=True).annotate(people=serving).filter(people__gt=0)
    return [
        TeamOffered(row.pk, f"{row.name}, {row.base.name}" if row.base else row.name, row.people)
        for row in rows.select_related("base").order_by("name", "id")
    ]


def settled_before(by: Actor, found: Exposure, at: dt.datetime) -> dict[str, object]:
    """What is recorded of somebody, to be put right; that it was looked at is on record. One statement and one act."""
    looks.look(by=by, at=at, can=Can.RUN_CARE, on=found, at_whom=[found], why=Look.Why.COORDINATING, role=COORDINATOR)
    posting = Posting.objects.filter(person=found.supervisor_id, until__isnull=True).first()
    off = clock.london(found.duty_end_at) if found.duty_end_at else None
    return {
        "role": str(found.role_id), "off_day": off.date() if off else None, "off_duty": off.time() if off else None,
        "talks": posting.number if posting and found.supervisor_id else "",
    }  # fmt: skip
