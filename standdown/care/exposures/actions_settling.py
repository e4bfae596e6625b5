"""A coordinator puts right what is recorded of one person, or says that it stays."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from standdown.audit.act import act
from standdown.care.clocks import steps
from standdown.care.exposures import lists, numbers, policy, stages
from standdown.care.exposures.holding import on_list
from standdown.care.exposures.models import Exposure, Stage
from standdown.care.incidents import diary
from standdown.care.incidents.diary import Kind
from standdown.care.programme.models import ExposureRole
from standdown.care.programme.policy import StepKind
from standdown.care.wishes import queries as wishes
from standdown.foundation.access import Actor, Can
from standdown.foundation.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is recorded of somebody: their role, until when on duty, and who talks with them (None: the coordinator)."""

    role: ExposureRole
    duty_end_at: dt.datetime | None
    supervisor: uuid.UUID | None


def put_right(*, by: Actor, at: dt.datetime, exposure: Exposure, facts: Facts) -> None:
    """Put right role, end of duty, or who talks with them. What is owed moves with it, and a dispute is settled.

    Raises NotAllowed, and Refusal for an end of duty before T0 or somebody who cannot hold the talk.
    """
    with act(by, Can.RUN_CARE, on=exposure, at=at) as step:
        found = on_list(exposure)
        if facts.role.programme_id != found.incident.programme_id:
            raise Refusal(_("This role is of another version of the programme. Choose one of this incident's."))
        lists.sound_duty(found.incident, facts.duty_end_at)
        if facts.supervisor is not None and facts.supervisor != found.supervisor_id:
            _can_talk(found, facts.supervisor)
        step.note(was_disputed=found.disputed)
        found.role, found.closeness = facts.role, facts.role.closeness
        found.duty_end_at, found.supervisor_id = facts.duty_end_at, facts.supervisor
        found.disputed, found.disputed_at, found.changed_at = "", None, at
        found.save()
        if found.stage == Stage.TO_DEMOBILISE:
            due = policy.demobilise_by(found.incident.ended_at, found.duty_end_at, at)
            steps.move_due(stages.of(found, StepKind.DEMOBILISE), due, found.supervisor_id)
        diary.note(found.incident, Kind.CHANGED, by, at, 1)


def leave_as_it_is(*, by: Actor, at: dt.datetime, exposure: Exposure) -> None:
    """Settle a dispute: what is recorded stays. The person sees that it was looked at. Raises NotAllowed, Refusal."""
    with act(by, Can.RUN_CARE, on=exposure, at=at) as step:
        found = on_list(exposure)
        step.note(was_disputed=found.disputed)
        found.disputed, found.changed_at = "", at
        found.save(update_fields=["disputed", "changed_at"])


def _can_talk(found: Exposure, who: uuid.UUID) -> None:
    there = Exposure.objects.live().filter(incident=found.incident, person=who).exists()
    serves = numbers.serving_in(found.force_id, [who])
    if there or not serves or (found.person_id, who) in wishes.excluded_pairs([found.person_id]):
        raise Refusal(
            _("This colleague is not available for this talk. Choose somebody else who was not exposed to it."),
            code="not-available",
        )
