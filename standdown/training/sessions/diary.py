"""What the actions have in common: a date held under a lock, checked, written, noted and told. Only inside an act."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from standdown.foundation import db, ids
from standdown.foundation.access import Actor
from standdown.notifications.outbox import tell
from standdown.people.models import Force, Person, RoleGrant
from standdown.people.roles.models import RoleName
from standdown.training.courses.models import Course, CourseVersion
from standdown.training.sessions import lines, messages, policy, recipients, sentences
from standdown.training.sessions.models import Session, SessionChange, SessionForce, SessionTrainer, Status
from standdown.training.sessions.policy import Deed, ForcePlan, Limits, Plan

FOLLOWING = 3  # dates named in the message that says that one is cancelled


class NoCourse(sentences.NotNow):
    """The course has no published version that a date could follow."""

    code = "course-not-published"


def new(course: Course, owner: Force | None) -> Session:
    """An unsaved date of that course; the force that owns it, or None for a national one."""
    return Session(reference=ids.reference("TS"), course=course, version=course.current, owner_force=owner)


def prepare(session: Session, plan: Plan, by: Actor, at: dt.datetime) -> None:
    """Store a new date in preparation. Raises PlanRefused, NoCourse."""
    if session.course.current is None:
        raise NoCourse(_("The course is not published yet. Publish its words first, then plan dates."))
    check(plan, session.course.current)
    write(session, plan, at)
    name_forces(session, plan)
    note(session, SessionChange.Kind.DRAFTED, by, at)


def held(session: Session, deed: Deed, at: dt.datetime, seen: dt.datetime | None = None) -> Session:
    """The date as it stands, locked until the act ends. Raises NotNow, and ChangedMeanwhile when not as `seen`."""
    found = db.lock(Session.objects.select_related("course__current", "version")).get(pk=session.pk)
    no = policy.why_not(deed, status=found.status, starts_at=found.starts_at, ends_at=found.ends_at, at=at)
    if no is not None:
        raise sentences.refused(no, deed, found.status, found.changed_at)
    if seen is not None and seen != found.changed_at:
        raise sentences.ChangedMeanwhile(found.changed_at)
    return found


def check_move(session: Session, plan: Plan, at: dt.datetime) -> None:
    """Raises PlanRefused, or NotNow for a move into the past or to where the date is, or TrainerRefused."""
    check(plan, session.version)
    no = policy.No.HAS_BEGUN if plan.starts_at <= at else None
    if policy.stays(plan_of(session), plan):
        no = policy.No.STAYS
    if no is not None:
        raise sentences.refused(no, Deed.MOVE, session.status, session.changed_at)
    for trainer in Person.objects.filter(trains__session=session):
        check_trainer(session, trainer, plan.starts_at, plan.ends_at)


def limits_of(version: CourseVersion) -> Limits:
    """The figures that a date of that version keeps to."""
    return Limits(
        minutes=version.minutes,
        least=version.least_delegates,
        most_online=version.most_online,
        most_in_person=version.most_in_person,
        second_trainer_above=version.second_trainer_above,
    )


def check(plan: Plan, version: CourseVersion) -> None:
    """Raises PlanRefused with everything that is wrong with the plan."""
    problems = policy.problems(plan, limits_of(version))
    if problems:
        raise sentences.PlanRefused(problems)


def force_plan(force: Force, allotment: int | None) -> ForcePlan:
    """A force as a plan names it."""
    return ForcePlan(str(force.pk), force.name, allotment, force.stood_up, force.stood_down)


def plan_of(session: Session) -> Plan:
    """All that is decided about a stored date. One statement."""
    named = SessionForce.objects.filter(session=session).select_related("force").order_by("force__name")
    return Plan(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        nominations_close_at=session.nominations_close_at,
        delivery=session.delivery,
        platform=session.platform,
        place=session.place,
        capacity=session.capacity,
        language=session.language,
        forces=tuple(force_plan(one.force, one.allotment) for one in named),
    )


def write(session: Session, plan: Plan, at: dt.datetime) -> None:
    """Store what a plan says about the date itself."""
    fill(session, plan, at)
    session.save(force_insert=session._state.adding)


def fill(session: Session, plan: Plan, at: dt.datetime) -> None:
    """Put a plan's facts on a date, without storing it."""
    session.starts_at, session.ends_at = plan.starts_at, plan.ends_at
    session.nominations_close_at = plan.nominations_close_at
    session.delivery, session.language, session.capacity = plan.delivery, plan.language, plan.capacity
    session.platform = plan.platform if plan.delivery != "in-person" else ""
    session.place = plan.place if plan.delivery != "online" else ""
    session.changed_at = at


def forces_of(session: Session, plan: Plan) -> list[SessionForce]:
    """The forces that a plan names, not stored yet."""
    return [SessionForce(session=session, force_id=one.key, allotment=one.allotment) for one in plan.forces]


def name_forces(session: Session, plan: Plan) -> None:
    """Store for which forces the date is, in place of those named before."""
    SessionForce.objects.filter(session=session).delete()
    SessionForce.objects.bulk_create(forces_of(session, plan))


def note(session: Session, kind: SessionChange.Kind, by: Actor, at: dt.datetime, **facts: Any) -> SessionChange:
    """Put on record what happened to the date."""
    return SessionChange.objects.create(session=session, kind=kind, at=at, by_id=by.person_id, **facts)


def tell_of_publishing(session: Session, at: dt.datetime) -> int:
    """Tell those who answer for the adopted forces of a date that it is published; how many were told (R16)."""
    date = lines.one(session)
    told = recipients.of(session, policy.london_day(at))
    for one in told.people:
        tell(one.person, messages.DatesPublished(about=session.pk, date=date, forces=one.forces), at=at)
    return len(told.people)


def tell_of_move(session: Session, was: lines.SessionLine, reason: SessionChange.Reason, at: dt.datetime) -> int:
    """Tell those whom a date concerns that it has moved; how many were told."""
    facts: dict[str, Any] = {
        "about": session.pk,
        "version": session.calendar_sequence,
        "date": lines.one(session),
        "previous_starts_at": was.starts_at,
        "previous_ends_at": was.ends_at,
        "previous_how": was.how,
        "reason": reason,
    }
    told = recipients.of(session, policy.london_day(at))
    for one in told.people:
        tell(one.person, messages.DateMoved(**facts, forces=one.forces), at=at)
    for trainer in _trainers_only(told):
        tell(trainer, messages.DateMoved(**facts), at=at)
    return len(told.people)


def tell_of_cancelling(session: Session, reason: SessionChange.Reason, at: dt.datetime) -> int:
    """Tell those whom a date concerns that it is cancelled, and which dates come next for them; how many were told."""
    date = lines.one(session)
    facts: dict[str, Any] = {"about": session.pk, "version": session.calendar_sequence, "date": date, "reason": reason}
    told = recipients.of(session, policy.london_day(at))
    for one in told.people:
        after = following(session, [name for name, _kept in one.forces], at)
        tell(one.person, messages.DateCancelled(**facts, forces=one.forces, following=after), at=at)
    for trainer in _trainers_only(told):
        tell(trainer, messages.DateCancelled(**facts), at=at)
    return len(told.people)


def _trainers_only(told: recipients.Recipients) -> list[Person]:
    already = {one.person.pk for one in told.people}
    return [trainer for trainer in told.trainers if trainer.pk not in already]


def following(session: Session, names: list[str], at: dt.datetime) -> tuple[lines.SessionLine, ...]:
    """The next published dates of the course for the forces of these names, for those whose date is cancelled."""
    theirs = SessionForce.objects.filter(session=OuterRef("pk"), force__name__in=names)
    keys = (
        Session.objects.filter(Exists(theirs), status=Status.PUBLISHED, course=session.course, starts_at__gt=at)
        .exclude(pk=session.pk)
        .order_by("starts_at", "id")
        .values("pk")[:FOLLOWING]
    )
    return tuple(lines.read(Session.objects.filter(pk__in=keys), Q()))


def check_trainer(session: Session, trainer: Person, starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    """Raises TrainerRefused for who does not hold the role on the day, or trains elsewhere at that time."""
    own = [one.force_id for one in SessionForce.objects.filter(session=session)]
    grants = RoleGrant.objects.holding_on(policy.london_day(starts_at)).filter(person=trainer, role=RoleName.TRAINER)
    if not grants.filter(Q(force__isnull=True) | Q(force_id__in=own)).exists():
        words = _("%(name)s does not hold the role of trainer on that day. Renew the role, or name somebody else.")
        raise sentences.TrainerRefused(words % {"name": trainer.full_name}, code="not-a-trainer")
    elsewhere = SessionTrainer.objects.filter(
        person=trainer, session__status__in=[Status.DRAFT, Status.PUBLISHED],
        session__starts_at__lt=ends_at, session__ends_at__gt=starts_at,
    ).exclude(session=session)  # fmt: skip
    if elsewhere.exists():
        words = _("%(name)s trains on another date at that time. Name somebody else, or choose another time.")
        raise sentences.TrainerRefused(words % {"name": trainer.full_name}, code="trains-elsewhere")
