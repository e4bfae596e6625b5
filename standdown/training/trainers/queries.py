"""Reads about trainers: who has come how far, where, and what comes next."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from standdown.foundation import clock
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force, Person, Qualification, RoleGrant, Skill
from standdown.people.roles.models import RoleName
from standdown.training.sessions.models import Session, SessionTrainer, Status
from standdown.training.trainers import policy
from standdown.training.trainers.models import TrainerStep
from standdown.training.trainers.policy import NEXT, Stage, Step

MOST_DATES = 30


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who trains or is to: where, how far they have come, since when, and their days as a trainer."""

    person: Person
    force: Force | None
    step: TrainerStep | None
    delivered: int
    last_day: dt.datetime | None
    trained: bool

    @property
    def stage(self) -> str:
        """How far, in words; empty where no step is recorded."""
        return self.step.get_stage_display() if self.step else ""


def is_approved(by: Actor, force_id: uuid.UUID) -> bool:
    """True when the last step of that person in that force is an approval (R48). One statement.

    An approval that has run out is a step of its own, which the daily job records.
    """
    if by.person_id is None:
        return False
    last = TrainerStep.objects.filter(person_id=by.person_id, force_id=force_id).order_by("-on", "-id")
    return list(last.values_list("stage", flat=True)[:1]) == [Stage.APPROVED]


def approved_forces(by: Actor) -> list[Force]:
    """The forces in which that person is an approved trainer and holds the role. At most three statements."""
    own = by.held.get(RoleName.TRAINER)
    if own is None or own.everywhere or not own.forces:
        return []
    return [force for force in Force.objects.filter(pk__in=own.forces).order_by("name") if is_approved(by, force.pk)]


def listed(by: Actor, at: dt.datetime) -> list[Line]:
    """Everybody with a step or the role of trainer that this actor records steps for. Four statements."""
    day = clock.london_day(at)
    reach = by.reach(Can.RECORD_TRAINER_STEP)
    steps = {
        (one.person_id, one.force_id): one
        for one in TrainerStep.objects.visible_to(by).latest_on(day).select_related("person", "force")
        if reach.covers(one.force_id)
    }
    grants = RoleGrant.objects.holding_on(day).filter(role=RoleName.TRAINER).select_related("person", "force")
    if not reach.everywhere:
        grants = grants.filter(force_id__in=reach.forces)
    known: dict[tuple[uuid.UUID, uuid.UUID | None], tuple[Person, Force | None]] = {
        key: (one.person, one.force) for key, one in steps.items()
    }
    for grant in grants:
        known.setdefault((grant.person_id, grant.force_id), (grant.person, grant.force))
    people = {key[0] for key in known}
    days = SessionTrainer.objects.filter(person__in=people, session__ends_at__lte=at, session__status=Status.HELD)
    rows = days.values("person_id").annotate(number=Count("pk"), last=Max("session__ends_at"))
    counts = {row["person_id"]: (row["number"], row["last"]) for row in rows}
    standing = Qualification.objects.current_on(day).filter(person__in=people, skill=Skill.TRAIN)
    trained = set(standing.values_list("person_id", flat=True))
    lines = [
        Line(person, force, steps.get(key), *counts.get(key[0], (0, None)), key[0] in trained)
        for key, (person, force) in known.items()
    ]
    return sorted(lines, key=lambda one: (one.force.name if one.force else "", one.person.family_name))


def history(by: Actor, person_id: uuid.UUID) -> list[TrainerStep]:
    """The steps of one person that this actor may see, the latest first."""
    reach = by.reach(Can.RECORD_TRAINER_STEP)
    rows = TrainerStep.objects.visible_to(by).filter(person_id=person_id)
    found = rows.select_related("person", "force", "session", "recorded_by").order_by("-on", "-id")
    return [one for one in found if reach.covers(one.force_id)]


def person(by: Actor, person_id: uuid.UUID, force: Force | None) -> Person | None:
    """Somebody whose steps this actor may record there: anybody of that force; anybody at all nationally."""
    reach = by.reach(Can.RECORD_TRAINER_STEP)
    if not reach.covers(force.pk if force else None):
        return None
    found = Person.objects.filter(pk=person_id)
    if force is not None:
        found = found.filter(home_force=force)
    elif not reach.everywhere:
        return None
    return found.first()


def force(by: Actor, slug: str) -> Force | None:
    """The force with that word, where this actor records steps; None else."""
    found = Force.objects.filter(slug=slug).first()
    return found if found and by.reach(Can.RECORD_TRAINER_STEP).covers(found.pk) else None


def dates_of(person: Person, at: dt.datetime) -> list[Session]:
    """The dates on which that person was named, begun already, the latest first."""
    named = Session.objects.filter(Q(trainers__person=person), starts_at__lte=at).select_related("version")
    return list(named.order_by("-starts_at")[:MOST_DATES])


def stages_after(steps: list[TrainerStep], place: str) -> list[Stage]:
    """Which steps may come next there, in the order of the way."""
    last = next((one for one in steps if one.place == place), None)
    following = NEXT[Stage(last.stage) if last else None]
    return [stage for stage in Stage if stage in following]


def candidates(by: Actor, words: str) -> list[Person]:
    """People whose way as a trainer could begin, by name or number: of the forces that this actor records for.

    Nationally there is no directory to leaf through: only a whole name finds anybody.
    """
    reach = by.reach(Can.RECORD_TRAINER_STEP)
    if not words.strip():
        return []
    found = Person.objects.filter(home_force__isnull=False)
    if not reach.everywhere:
        found = found.filter(home_force_id__in=reach.forces)
    if reach.everywhere:
        given, _space, family = words.strip().rpartition(" ")
        found = found.filter(given_name__iexact=given.strip(), family_name__iexact=family)
        return list(found.select_related("home_force")[:MOST_DATES])
    for word in words.split()[:4]:
        found = found.filter(
            Q(family_name__istartswith=word) | Q(given_name__istartswith=word) | Q(postings__number=word)
        )
    return list(found.select_related("home_force").distinct()[:MOST_DATES])


def place_of(force: Force | None) -> str:
    """Where somebody trains, as a step keeps it."""
    return str(force.pk) if force else policy.NATIONAL


def last_step(person: Person, force: Force | None) -> Step | None:
    """The step that somebody took last there; None when there is none."""
    last = TrainerStep.objects.filter(person=person, place=place_of(force)).order_by("-on", "-id").first()
    return Step(Stage(last.stage), last.on) if last else None
