"""What people do about trainers: record how far somebody has come; and what time does to an approval."""

from __future__ import annotations

import datetime as dt

from standdown.audit.act import act
from standdown.foundation import clock, db
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force, Person, Qualification, Skill
from standdown.people.roles.models import RoleName
from standdown.training.sessions.models import Session, SessionTrainer, Status
from standdown.training.trainers import policy, queries, sentences
from standdown.training.trainers.models import TrainerStep
from standdown.training.trainers.policy import Asked, Stage


def record_step(
    *, by: Actor, at: dt.datetime, person: Person, force: Force | None, stage: Stage, on: dt.date,
    session: Session | None = None,
) -> TrainerStep:  # fmt: skip
    """Record that somebody came a step further as a trainer, in a force or nationally (R46). Raises StepRefused."""
    made = TrainerStep(person=person, force=force, place=queries.place_of(force), stage=stage, on=on, session=session)
    with act(by, Can.RECORD_TRAINER_STEP, on=made, at=at) as step:
        db.lock(Person.objects.filter(pk=person.pk)).get()
        today = clock.london_day(at)
        asked = Asked(
            stage=stage,
            on=on,
            trained=Qualification.objects.current_on(today).filter(person=person, skill=Skill.TRAIN).exists(),
            has_date=session is not None,
            on_date=SessionTrainer.objects.filter(session=session, person=person).exists(),
            by_national=by.holds(RoleName.NATIONAL_COORDINATOR, None),
            own=by.person_id == person.pk,
        )
        no = policy.why_not(asked, queries.last_step(person, force), today)
        if no is not None:
            raise sentences.StepRefused(no, person.full_name)
        made.recorded_at, made.recorded_by_id = at, by.person_id
        made.save(force_insert=True)
        step.note(stage=str(stage))
    return made


def lapse_approval(*, by: Actor, at: dt.datetime, step: TrainerStep) -> TrainerStep | None:
    """An approval of somebody who has not delivered for two years lapses; None while it holds. A job's act."""
    made = TrainerStep(person_id=step.person_id, force_id=step.force_id, place=step.place, stage=Stage.LAPSED)
    with act(by, Can.RECORD_TRAINER_STEP, on=made, at=at):
        today = clock.london_day(at)
        last = queries.last_step(step.person, step.force)
        delivered = SessionTrainer.objects.filter(person_id=step.person_id, session__status=Status.HELD)
        days = [clock.london_day(ended) for ended in delivered.values_list("session__ends_at", flat=True)]
        if last is None or not policy.lapses(last, days, today):
            return None
        made.on, made.recorded_at = today, at
        made.save(force_insert=True)
    return made
