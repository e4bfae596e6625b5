"""All that the rules must know about the people of one incident, read in a constant number of statements."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from standdown.care.defusing.models import Attendee, Defusing, SessionState
from standdown.care.exposures import policy as exposure_policy
from standdown.care.exposures.models import Exposure, Stage
from standdown.care.grouping import policy
from standdown.care.grouping.policy import Apart, Member, Plan, Sizes, Standing
from standdown.care.grouping.splitting import plan
from standdown.care.incidents import guards
from standdown.care.incidents.models import Incident
from standdown.care.programme.policy import NextStep
from standdown.care.wishes import queries as wishes
from standdown.care.wishes.models import Wish
from standdown.foundation.access import Actor
from standdown.people.models import LineManagement, Posting

NOT_ASKED_YET = (SessionState.PROPOSED, SessionState.PLANNED)  # nobody leads it or was asked: it may be changed freely
DEFUSED = [step.value for step in exposure_policy.DEFUSED]


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session ahead, and who is in it by now."""

    session: Defusing
    members: tuple[Member, ...]

    @property
    def open(self) -> bool:
        """True while people may still be put into it and taken out."""
        return self.session.state in NOT_ASKED_YET and self.session.starts_at is None


@dataclass(frozen=True, slots=True)
class Scene:
    """Whom to place, who sits where already, and what the rules must know of them."""

    incident: Incident
    sizes: Sizes
    apart: Apart
    blocked: guards.Block | None
    to_place: Sequence[Member]
    sittings: Sequence[Sitting]
    exposures: Mapping[uuid.UUID, Exposure]
    teams: Mapping[uuid.UUID, str]  # by person

    def member(self, exposure: uuid.UUID) -> Member | None:
        """The person with that exposure, wherever they are."""
        everybody = (*self.to_place, *(one for sitting in self.sittings for one in sitting.members))
        return next((one for one in everybody if one.key == exposure), None)

    @property
    def thin(self) -> list[Sitting]:
        """Planned groups that have become smaller than the least: who is left of them is placed anew."""
        return [one for one in self.sittings if one.open and _is_group(one) and len(one.members) < self.sizes.least]

    @property
    def plan(self) -> Plan:
        """What is proposed for everybody who sits nowhere, or is left of a group that has become too small."""
        thin = self.thin
        stay = [one for one in self.sittings if one.open and _is_group(one) and one not in thin]
        return plan(
            [*self.to_place, *(one for sitting in thin for one in sitting.members)],
            self.sizes,
            self.apart,
            standing=[Standing(one.session.pk, one.members) for one in stay],
            blocked=self.blocked is not None,
        )


def _is_group(one: Sitting) -> bool:
    return one.session.kind == Defusing.Kind.GROUP


def read(by: Actor, incident: Incident) -> Scene:
    """The scene of one incident as this actor may see it; whoever excluded them is not there.

    Ten statements, and one where sessions stand.
    """
    rows = Exposure.objects.visible_to(by).live().filter(
        incident=incident, decided_step__in=DEFUSED, stage__in=[Stage.TO_DEFUSE, Stage.BOOKED]
    )  # fmt: skip
    exposures = {one.pk: one for one in rows.select_related("person", "role")}
    seats, asked = _seats(incident)
    visible = Defusing.objects.visible_to(by).live().filter(incident=incident).order_by("number")
    sessions = list(visible.select_related("defuser", "base").prefetch_related("attendees"))
    members, teams = _members(list(exposures.values()), asked)
    seated: dict[uuid.UUID, list[Member]] = defaultdict(list)
    for exposure, session in seats.items():
        if exposure in members:
            seated[session].append(members[exposure])
    return Scene(
        incident=incident,
        sizes=sizes_of(incident),
        apart=policy.apart_of(wishes.excluded_pairs([one.person_id for one in exposures.values()])),
        blocked=guards.group_blocked(incident),
        to_place=[one for key, one in members.items() if key not in seats],
        sittings=[Sitting(one, _together(one, seated[one.pk])) for one in sessions],
        exposures=exposures,
        teams=teams,
    )


def sizes_of(incident: Incident) -> Sizes:
    """The sizes of groups by the programme that the incident started with."""
    of = incident.programme
    return Sizes(of.group_least, of.group_typical_from, of.group_typical_to, of.group_most)


def _seats(incident: Incident) -> tuple[dict[uuid.UUID, uuid.UUID], set[uuid.UUID]]:
    """In which session ahead each exposure is, and which of them last asked for one to one."""
    rows = Attendee.objects.filter(exposure__incident=incident)
    seats: dict[uuid.UUID, uuid.UUID] = {}
    said: dict[uuid.UUID, tuple[float, str]] = {}
    for exposure, session, answer, answered, there, left in rows.values_list(
        "exposure_id", "defusing_id", "answer", "answered_at", "there", "left_at"
    ):
        if left is None and there == "":
            seats[exposure] = session
        if answered is not None:
            said[exposure] = max(said.get(exposure, (0.0, "")), (answered.timestamp(), answer))
    return seats, {exposure for exposure, (_at, answer) in said.items() if answer == Attendee.Answer.ONE_TO_ONE}


def _members(
    exposures: Sequence[Exposure], asked: Collection[uuid.UUID]
) -> tuple[dict[uuid.UUID, Member], dict[uuid.UUID, str]]:
    people = [one.person_id for one in exposures]
    wish = set(Wish.objects.filter(person__in=people, one_to_one=True).values_list("person_id", flat=True))
    teams = {
        row.person_id: row.team.name
        for row in Posting.objects.filter(person__in=people, until__isnull=True, team__isnull=False).select_related(
            "team"
        )
        if row.team is not None
    }
    above = _above(people)
    return {
        one.pk: Member(
            key=one.pk, person=one.person_id, force=one.force_id, closeness=one.closeness,
            near=f"{one.role.position:05} {teams.get(one.person_id, '')}", above=above[one.person_id],
            alone=one.decided_step == NextStep.DEFUSE_ONE or one.person_id in wish or one.pk in asked,
        )
        for one in exposures
    }, teams  # fmt: skip


def _above(people: Sequence[uuid.UUID]) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """The line manager of each, and that one's. Two statements."""
    manager = _managers(people)
    of_those = _managers(set(manager.values()))
    return {
        person: frozenset(one for one in (manager.get(person), of_those.get(manager.get(person, person))) if one)
        if person in manager else frozenset()
        for person in people
    }  # fmt: skip


def _managers(people: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    rows = LineManagement.objects.filter(person__in=people, until__isnull=True)
    return dict(rows.values_list("person_id", "manager_id"))


def _together(session: Defusing, members: Sequence[Member]) -> tuple[Member, ...]:
    """Who sits in it; whoever is in a group with others no longer counts as asking for one to one."""
    ordered = sorted(members, key=lambda one: one.key)
    if session.kind == Defusing.Kind.GROUP and len(ordered) > 1:
        return tuple(replace(one, alone=False) for one in ordered)
    return tuple(ordered)
