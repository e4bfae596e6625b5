"""What planners choose from: who is told, courses, forces, trainers, and who owns what they plan."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Q

from standdown.foundation import access, clock
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force, Person, RoleGrant
from standdown.people.roles.models import RoleName
from standdown.training.courses.models import Course
from standdown.training.sessions import diary, hooks, policy, recipients
from standdown.training.sessions.models import Session, SessionForce
from standdown.training.sessions.policy import Limits


def told(session: Session, at: dt.datetime) -> recipients.Recipients:
    """Who will be told if something is done to the date now."""
    return recipients.with_delegates(session, clock.london_day(at))


def courses_to_plan() -> list[tuple[Course, Limits]]:
    """The published courses, each with the figures that its dates keep to."""
    found = Course.objects.filter(current__isnull=False).select_related("current").order_by("slug")
    return [(course, diary.limits_of(course.current)) for course in found if course.current is not None]


def forces_to_plan(by: Actor) -> dict[str, Force]:
    """The forces for which this actor plans dates, by key, in order of name: all nationally, their own for a trainer.

    Which of them stand on the day is a question for the plan. Empty for who plans nothing.
    """
    if by.holds(RoleName.NATIONAL_COORDINATOR, None):
        return {str(force.pk): force for force in Force.objects.order_by("name")}
    return {str(force.pk): force for listener in hooks.TRAINS_FOR for force in listener(by)}


def may_plan(by: Actor) -> bool:
    """True for who plans dates at all."""
    national = by.holds(RoleName.NATIONAL_COORDINATOR, None)
    return national or any(listener(by) for listener in hooks.TRAINS_FOR)


def owner_of(by: Actor, plan: policy.Plan) -> Force | None:
    """Who owns a date that this actor plans: the national body, or the force whose trainer plans it."""
    if by.holds(RoleName.NATIONAL_COORDINATOR, None) or not plan.forces:
        return None
    return Force.objects.get(pk=plan.forces[0].key)


def may_bring_in(by: Actor) -> bool:
    """True for who may bring in a file of national dates."""
    return access.allows(by, Can.PUBLISH_SESSION, Session)


def trainers_to_name(session: Session) -> list[tuple[str, str]]:
    """Who holds the role of trainer on the day of the date and is not named yet, as choices."""
    own = SessionForce.objects.filter(session=session).values("force_id")
    grants = RoleGrant.objects.holding_on(clock.london_day(session.starts_at)).filter(
        Q(force__isnull=True) | Q(force_id__in=own), role=RoleName.TRAINER
    )
    found = Person.objects.filter(pk__in=grants.values("person_id")).exclude(trains__session=session)
    return [(str(person.pk), person.full_name) for person in found.order_by("family_name", "given_name")]


def trainer(key: str) -> Person:
    """The person with that key. Raises Person.DoesNotExist."""
    return Person.objects.get(pk=key)


def trainer_of(session: Session, key: uuid.UUID) -> Person | None:
    """The trainer of that date with that key; None when that person does not run it."""
    return Person.objects.filter(trains__session=session, pk=key).first()
