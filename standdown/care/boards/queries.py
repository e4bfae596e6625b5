"""What the coordinator's first screen shows: every open incident by its clock, in numbers and without a name."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Count, Min, Q, QuerySet

from standdown.care.boards import policy
from standdown.care.boards.policy import SOON, Colour, Standing, Stuck
from standdown.care.clocks.models import Step
from standdown.care.defusing.afterwards import CheckOut
from standdown.care.defusing.models import LIVE_SESSIONS, Attendee, Defusing, SessionState
from standdown.care.exposures.models import Exposure, HandedOver, Stage
from standdown.care.incidents.models import Incident, Restriction, State
from standdown.care.programme.policy import StepKind
from standdown.care.referrals.models import EstimBooking
from standdown.foundation import clock
from standdown.foundation.access import Actor, Can
from standdown.people.models import Person, RoleGrant
from standdown.people.roles.models import RoleName

Figures = dict[uuid.UUID, Counter[str]]
RUNS = (RoleName.ESTIP_COORDINATOR, RoleName.ESTIP_LEAD)
WITHOUT_DEFUSER = (SessionState.PLANNED, SessionState.PROPOSED)


@dataclass(frozen=True, slots=True)
class Row:
    """One open incident."""

    incident: Incident
    standing: Standing
    colour: Colour
    people: int
    stages: Counter[str]
    sessions: Counter[str]
    stuck: list[Stuck]


@dataclass(frozen=True, slots=True)
class Board:
    """All open incidents of the forces that this actor runs care for, the most pressing first."""

    rows: list[Row]
    proposed: int
    handed_over: int
    silent: int
    late: dict[str, int] = field(default_factory=dict)

    def of(self, colour: str) -> list[Row]:
        """Those of one colour."""
        return [row for row in self.rows if row.colour == colour]

    @property
    def undecided(self) -> int:
        """How many people wait for a decision."""
        return sum(row.standing.undecided for row in self.rows)

    @property
    def to_group(self) -> int:
        """How many people wait for a group."""
        return sum(row.standing.to_place for row in self.rows)

    @property
    def without_defuser(self) -> int:
        """How many sessions have nobody to lead them."""
        return sum(row.standing.without_defuser for row in self.rows)


def board(by: Actor, at: dt.datetime) -> Board:
    """The coordinator's board. Nine statements, however many incidents."""
    running = Incident.objects.visible_to(by).running()
    incidents = list(running.select_related("category", "base", "coordinator", "force").order_by("ended_at", "pk"))
    keys = [one.pk for one in incidents]
    stages, disputed = _stages(by, keys)
    sessions, restricted = _sessions(keys), _restricted(keys)
    steps, late = _steps(keys, at)
    placed = Counter(_placed(by, keys).values_list("exposure__incident", flat=True))
    rows = []
    for one in incidents:
        standing = replace(
            steps.get(one.pk, Standing()),
            restricted=one.pk in restricted,
            accounts_outstanding=one.accounts == Incident.Accounts.OUTSTANDING,
            list_confirmed=one.list_confirmed_at is not None,
            undecided=stages[one.pk][Stage.TO_DECIDE],
            to_defuse=stages[one.pk][Stage.TO_DEFUSE],
            placed=placed[one.pk],
            without_defuser=sum(sessions[one.pk][state] for state in WITHOUT_DEFUSER),
            disputed=disputed[one.pk],
        )
        people = sum(stages[one.pk].values())
        shown = (standing, policy.colour(standing, at), people, stages[one.pk], sessions[one.pk])
        rows.append(Row(one, *shown, policy.stuck(standing)))
    rows.sort(key=lambda row: policy.order(row.standing, at))
    return Board(rows, _proposed(by), _handed_over(by), _silent(by, at), late)


def _stages(by: Actor, keys: list[uuid.UUID]) -> tuple[Figures, Counter[uuid.UUID]]:
    """How many stand where, without those who excluded this actor: a number that fits no list would give them away."""
    found: Figures = defaultdict(Counter)
    disputed: Counter[uuid.UUID] = Counter()
    live = Exposure.objects.visible_to(by).live().filter(incident__in=keys).order_by().values_list("incident", "stage")
    for incident, stage, number, wrong in live.annotate(number=Count("pk"), wrong=Count("pk", filter=~Q(disputed=""))):
        found[incident][stage] = number
        disputed[incident] += wrong
    return found, disputed


def _sessions(keys: list[uuid.UUID]) -> Figures:
    found: Figures = defaultdict(Counter)
    rows = Defusing.objects.filter(incident__in=keys).order_by().values_list("incident", "state")
    for incident, state, number in rows.annotate(number=Count("pk")):
        found[incident][state] = number
    return found


def _placed(by: Actor, keys: Iterable[uuid.UUID]) -> QuerySet[Attendee]:
    """Those whom this actor sees who are to be defused and sit in a session that is planned."""
    sitting = Attendee.objects.filter(left_at=None, defusing__state__in=LIVE_SESSIONS)
    theirs = Exposure.objects.visible_to(by).live().filter(incident__in=keys, stage=Stage.TO_DEFUSE)
    return sitting.filter(exposure__in=theirs)


def placed(by: Actor, one: Incident) -> set[uuid.UUID]:
    """Whose part in this incident is to be defused and sits in a session that is planned. One statement."""
    return set(_placed(by, [one.pk]).values_list("exposure_id", flat=True))


def _restricted(keys: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    return set(Restriction.objects.filter(incident__in=keys, lifted_at=None).values_list("incident_id", flat=True))


def _steps(keys: list[uuid.UUID], at: dt.datetime) -> tuple[dict[uuid.UUID, Standing], dict[str, int]]:
    found: dict[uuid.UUID, Standing] = {}
    late: Counter[str] = Counter()
    rows = Step.objects.open().filter(incident__in=keys).order_by().values_list("incident", "kind")
    counted = rows.annotate(due=Min("due_at", filter=Q(due_at__gt=at)), behind=Count("pk", filter=Q(due_at__lte=at)))
    for incident, kind, due, behind in counted:
        before = found.get(incident, Standing())
        dues = [moment for moment in (before.next_due, due) if moment is not None]
        found[incident] = Standing(next_due=min(dues, default=None), late=before.late + behind)
        late[kind] += behind
    return found, {kind: number for kind, number in late.items() if number}


def _proposed(by: Actor) -> int:
    return Incident.objects.visible_to(by).filter(state=State.PROPOSED).count()


def _handed_over(by: Actor) -> int:
    forces = by.reach(Can.RUN_CARE).forces
    return HandedOver.objects.filter(to_force__in=forces, state=HandedOver.State.OFFERED).count()


def _silent(by: Actor, at: dt.datetime) -> int:
    """How many contacts need a person: two mails stayed without an answer, or somebody asked to talk."""
    forces = by.reach(Can.RUN_CARE).forces
    owed = Step.objects.open().filter(force__in=forces, due_at__lte=at + SOON)
    return owed.filter(Q(kind__startswith="contact-") | Q(kind=StepKind.SELF_REFERRAL.value)).count()


def incident(by: Actor, key: uuid.UUID) -> Incident | None:
    """One incident that this actor runs the care of; None reads like not there."""
    found = Incident.objects.visible_to(by).select_related("category", "base", "coordinator", "force", "programme")
    return found.filter(pk=key).first()


def people(by: Actor, one: Incident) -> list[Exposure]:
    """Everybody on its list but those who excluded this actor, closest first. One statement."""
    rows = Exposure.objects.visible_to(by).live().filter(incident=one).select_related("person", "role", "supervisor")
    return list(rows.order_by("closeness", "person__family_name", "person__given_name", "pk"))


def sessions(one: Incident) -> list[Defusing]:
    """Its sessions, in the order of their numbers, each with how many are in it. One statement."""
    rows = Defusing.objects.filter(incident=one).select_related("defuser", "base")
    return list(rows.annotate(people=Count("attendees", filter=Q(attendees__left_at=None))).order_by("number"))


def agreed(one: Incident) -> dict[uuid.UUID, str]:
    """The next step that was agreed with each person at the end of their session, in words. One statement."""
    rows = Attendee.objects.filter(defusing__incident=one).exclude(next_step="").order_by("defusing__starts_at", "pk")
    return {row.exposure_id: str(row.get_next_step_display()) for row in rows}


def meetings(one: Incident) -> dict[uuid.UUID, EstimBooking]:
    """The structured meetings that are still to be held or recorded, by whose part it is. One statement."""
    rows = EstimBooking.objects.filter(exposure__incident=one, ended_at=None).order_by("-on", "-pk")
    return {row.exposure_id: row for row in rows}


def check_outs(one: Incident) -> list[CheckOut]:
    """What those who led its sessions said of themselves, for whoever calls them (R91). One statement."""
    return list(CheckOut.objects.filter(defusing__incident=one))


def handed_over(one: Incident) -> dict[str, int]:
    """How many colleagues of other forces were handed over, by how that stands; nothing more comes back (R106)."""
    rows = HandedOver.objects.filter(incident=one).order_by().values_list("state")
    return dict(rows.annotate(number=Count("pk")))


def steps(one: Incident) -> list[Step]:
    """Every step of the incident, open or not, in the order of their times. One statement."""
    return list(Step.objects.filter(incident=one).select_related("owner", "closed_by").order_by("due_at", "pk"))


def coordinators(one: Incident, at: dt.datetime) -> list[Person]:
    """Who can run the care of an incident: the coordinators of its force and its ESTIP lead. One statement."""
    grants = RoleGrant.objects.holding_on(clock.london_day(at)).filter(force_id=one.force_id, role__in=RUNS)
    people = Person.objects.filter(pk__in=grants.values("person_id"))
    return list(people.order_by("family_name", "given_name", "pk"))
