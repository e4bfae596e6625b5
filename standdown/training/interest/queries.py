"""Reads of who would like to be trained: for the person, and for the lead in the order in which cover is thin."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from standdown.foundation import clock
from standdown.foundation.access import ANYONE, Actor, Can
from standdown.notifications.models import OutboxMessage
from standdown.people.accounts.models import serving_on
from standdown.people.adoption.models import AdoptionState, AdoptionStep
from standdown.people.models import Base, Force, LineManagement, Person, Posting, RoleGrant
from standdown.people.qualifications.cover import TeamCover, by_team
from standdown.people.roles.models import RoleName
from standdown.training.courses.models import Course
from standdown.training.interest import policy, sentences
from standdown.training.interest.models import Interest, Need
from standdown.training.interest.policy import NOWHERE, Cover, Teller

ASKED_LINE_MANAGER = "LineManagerAsked"  # the name of the message in messages.py: its row is the dated note
LEADS = (RoleName.WELLBEING_LEAD, RoleName.WELLBEING_DEPUTY)
IN_THEIR_STEAD = (RoleName.ESTIP_COORDINATOR, RoleName.ESTIP_LEAD)

# -- for the person ---------------------------------------------------------------------------------------------------


def of_person(by: Actor) -> Person | None:
    """The person who acts, with their force; None for a job."""
    return Person.objects.visible_to(by).select_related("home_force").filter(Q(pk=by.person_id)).first()


def has_adopted(force: Force | None, day: dt.date) -> bool:
    """True when the force takes part on that day. One statement."""
    steps = AdoptionStep.objects.latest_on(day).filter(force=force, state=AdoptionState.ADOPTED)
    return force is not None and steps.exists()


def teller(person: Person, course_id: uuid.UUID, day: dt.date, *, line_manager: bool, peer_supporter: bool) -> Teller:
    """The person as the rules of telling see them. Three statements."""
    return Teller(
        has_force=person.home_force_id is not None,
        serving=Posting.objects.filter(serving_on(day), person=person).exists(),
        adopted=has_adopted(person.home_force, day),
        kind=person.kind,
        line_manager=line_manager,
        peer_supporter=peer_supporter,
        already=Interest.objects.open().filter(person=person, course_id=course_id).exists(),
    )


def directory_says(person: Person, day: dt.date) -> dict[str, bool]:
    """What the directory knows of the person's part: line manager, peer supporter. Two statements."""
    roles = set(RoleGrant.objects.holding_on(day).filter(person=person).values_list("role", flat=True))
    manages = LineManagement.objects.filter(serving_on(day), manager=person).exists()
    return {
        "line_manager": manages or RoleName.SUPERVISOR in roles,
        "peer_supporter": RoleName.PEER_SUPPORTER in roles,
    }


def bases(force_id: uuid.UUID | None) -> list[Base]:
    """The open bases of a force, by name."""
    return list(Base.objects.filter(Q(force_id=force_id), closed_on__isnull=True).order_by("name"))


def own_base(person: Person, day: dt.date) -> uuid.UUID | None:
    """The base of the person's team on that day; None where there is none."""
    posting = Posting.objects.filter(serving_on(day), person=person).select_related("team").first()
    return posting.team.base_id if posting and posting.team else None


def courses() -> list[Course]:
    """The courses that somebody may wish to be trained in: those published that are not for trainers to be."""
    found = Course.objects.visible_to(ANYONE).filter(kind=Course.Kind.PRACTICE)
    return list(found.select_related("current").order_by("slug"))


def own_open(by: Actor) -> list[Interest]:
    """What the actor told and nobody answered for good."""
    found = Interest.objects.visible_to(by).open().filter(Q(person_id=by.person_id))
    return list(found.select_related("course__current", "force", "base"))


def own(by: Actor, key: uuid.UUID) -> Interest | None:
    """One of the things that the actor told."""
    return Interest.objects.visible_to(by).filter(Q(person_id=by.person_id), pk=key).first()


@dataclass(frozen=True, slots=True)
class WhoHears:
    """Who answers for the training in a force: the leads and deputies; without any, to whom else one may turn."""

    leads: tuple[Person, ...]
    others: tuple[Person, ...]

    @property
    def reachable(self) -> tuple[Person, ...]:
        """The leads and deputies whom a message reaches."""
        return tuple(person for person in self.leads if person.work_email)


def who_hears(force_id: uuid.UUID | None, day: dt.date) -> WhoHears:
    """Who is told when somebody of that force would like to be trained. One statement."""
    grants = (
        RoleGrant.objects.holding_on(day)
        .filter(Q(force_id=force_id), force__isnull=False, role__in=[*LEADS, *IN_THEIR_STEAD])
        .select_related("person")
    )
    by_role: dict[str, list[Person]] = {}
    for grant in grants.order_by("starts_on", "person__family_name", "pk"):
        by_role.setdefault(grant.role, []).append(grant.person)

    def holding(roles: Iterable[str]) -> tuple[Person, ...]:
        people = {person.pk: person for role in roles for person in by_role.get(role, [])}
        return tuple(people.values())

    return WhoHears(holding(LEADS), holding(IN_THEIR_STEAD))


# -- for the lead -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A name with what the person told, how thin cover is where they work, and when their line manager was asked."""

    interest: Interest
    team: str
    base: str
    cover: Cover
    asked_on: dt.datetime | None

    @property
    def name(self) -> str:
        """Whose wish it is."""
        return self.interest.person.full_name

    @property
    def where(self) -> str:
        """The team and base where cover is counted; empty when neither is known."""
        return ", ".join(one for one in (self.team, self.base) if one)

    @property
    def reason(self) -> str:
        """Why the name stands where it does."""
        return sentences.cover_words(self.cover)

    @property
    def needs(self) -> list[str]:
        """What would make the day accessible, in words; only where the person agreed that it may be seen."""
        return needs_words(self.interest.needs) if self.interest.needs_shared else []


def told(by: Actor, at: dt.datetime, *, course_id: uuid.UUID | None = None) -> list[Told]:
    """Who told the leads of the forces for which this actor decides, and has no answer for good; those open first.

    Within each of the two the widest gap in cover first. Five statements, however many.
    """
    found = Interest.objects.visible_to(by).filter(force_id__in=by.reach(Can.DECIDE_INTEREST).forces).open()
    if course_id is not None:
        found = found.filter(course_id=course_id)
    names = {str(one.interest.pk): one for one in _with_cover(_people(found), at)}
    ordered = policy.in_cover_order((key, one.cover, one.interest.told_at) for key, one in names.items())
    return sorted((names[key] for key in ordered), key=lambda one: one.interest.state == Interest.State.HELD)


def one_told(by: Actor, key: uuid.UUID, at: dt.datetime) -> Told | None:
    """One name of a force for which this actor decides."""
    found = Interest.objects.visible_to(by).filter(force_id__in=by.reach(Can.DECIDE_INTEREST).forces, pk=key)
    return next(iter(_with_cover(_people(found), at)), None)


def _people(found: Iterable[Interest]) -> list[Interest]:
    return list(found.select_related("person", "force", "base", "course__current"))  # type: ignore[attr-defined]


def _with_cover(rows: Sequence[Interest], at: dt.datetime) -> list[Told]:
    if not rows:
        return []
    day = clock.london_day(at)
    people = [row.person_id for row in rows]
    posted = dict(Posting.objects.filter(serving_on(day), person_id__in=people).values_list("person_id", "team_id"))
    teams = by_team({row.force_id for row in rows}, day)
    asked = dict(
        OutboxMessage.objects.filter(purpose=ASKED_LINE_MANAGER, about__in=[str(row.pk) for row in rows])
        .order_by("created_at")
        .values_list("about", "created_at")
    )
    return [_one(row, posted.get(row.person_id), teams, asked) for row in rows]


def _one(
    row: Interest, team_id: uuid.UUID | None, teams: dict[uuid.UUID, TeamCover], asked: dict[str, dt.datetime]
) -> Told:
    """Cover is counted in the person's team; without one, in all teams of the base that they named."""
    base = row.base.name if row.base else ""
    team = teams.get(team_id) if team_id else None
    if team is not None:
        return Told(row, team.team, team.base or base, _cover(team), asked.get(str(row.pk)))
    there = [_cover(one) for one in teams.values() if base and one.base == base]
    return Told(row, "", base, sum(there, NOWHERE), asked.get(str(row.pk)))


def _cover(team: TeamCover) -> Cover:
    return Cover(team.able, team.wanted, team.lapsing)


def needs_words(codes: Iterable[str]) -> list[str]:
    """Codes of `Need` in words; one that is not known any more is left out."""
    known = dict(Need.choices)
    return [str(known[code]) for code in codes if code in known]
