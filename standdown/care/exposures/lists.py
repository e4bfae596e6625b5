"""People coming onto the list of an incident, inside the act that gives the reason; thousands in few statements."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from standdown.care.clocks import steps
from standdown.care.clocks.steps import Owed
from standdown.care.exposures import numbers, policy, stages, supervisors
from standdown.care.exposures.models import Exposure
from standdown.care.incidents import diary
from standdown.care.incidents.diary import Kind
from standdown.care.incidents.models import Incident, State
from standdown.care.programme.models import ExposureRole
from standdown.care.programme.policy import StepKind
from standdown.foundation.access import Actor, Can
from standdown.foundation.refusal import Refusal

AddedAs = Exposure.AddedAs


@dataclass(frozen=True, slots=True)
class Group:
    """People who come onto a list together: in what role, and until when on duty (None: not known)."""

    people: Sequence[uuid.UUID]
    role: ExposureRole
    duty_end_at: dt.datetime | None = None


def put_on(
    incident: Incident, groups: Sequence[Group], added_as: AddedAs, by: Actor, at: dt.datetime
) -> list[Exposure]:
    """Put people on the list who are not on it; those who came.

    Where the incident is open, what is owed to them first begins at once; where it waits for somebody to confirm it,
    nothing does. The incident is held by the caller. Raises Refusal when somebody does not serve in its force, when the
    role is of another programme version, or when duty ends before T0.
    """
    wanted = {person: group for group in reversed(groups) for person in group.people}
    _sound(incident, groups, list(wanted))
    there = set(Exposure.objects.live().filter(incident=incident).values_list("person_id", flat=True))
    new = [person for person in wanted if person not in there]
    talks = supervisors.of(new, incident.force_id, there | wanted.keys(), at)
    confirmed = incident.list_confirmed_at is not None and by.reach(Can.RUN_CARE).covers(incident.force_id)
    made = [
        Exposure(
            incident=incident, person_id=person, force_id=incident.force_id, role=wanted[person].role,
            closeness=wanted[person].role.closeness, duty_end_at=wanted[person].duty_end_at,
            supervisor_id=talks[person], added_at=at, added_by_id=by.person_id, added_as=added_as.value,
            confirmed_at=at if confirmed else None, changed_at=at,
        )
        for person in new
    ]  # fmt: skip
    if made and incident.state == State.PROPOSED:
        Exposure.objects.bulk_create(made)
    elif made:
        stages.begin(made, by, at)
        if not confirmed:
            ask_for_list(incident, at)
    if made:
        diary.note(incident, Kind.NAMES_ADDED, by, at, len(made))
    return made


def ask_for_list(incident: Incident, at: dt.datetime) -> None:
    """Have the list confirmed within the programme's hours; where that is asked already, it stays as it is."""
    due = at + dt.timedelta(hours=incident.programme.list_hours)
    owed = Owed(kind=StepKind.CONFIRM_LIST, due_at=due, incident=incident.pk)
    steps.open_steps(incident.programme, incident.force_id, [owed], at)


DUTY_WORDS = {
    policy.DutyProblem.BEFORE_IT_ENDED: _(
        "Duty cannot end before the incident did. Give a later end of duty, or leave it empty for who was off duty."
    ),
    policy.DutyProblem.TOO_LONG_AFTER: _(
        "That end of duty is more than 16 hours after the incident. Check the time, or leave it empty."
    ),
}


def sound_duty(incident: Incident, duty_end: dt.datetime | None) -> None:
    """Raise Refusal when somebody cannot go off duty then."""
    wrong = policy.duty_problem(incident.ended_at, duty_end)
    if wrong is not None:
        raise Refusal(DUTY_WORDS[wrong], code=wrong.value)


def _sound(incident: Incident, groups: Sequence[Group], people: Sequence[uuid.UUID]) -> None:
    if any(group.role.programme_id != incident.programme_id for group in groups):
        raise Refusal(
            _("This incident runs by another version of the programme. Open the page again and choose the role."),
            code="role-of-another-version",
        )
    for group in groups:
        sound_duty(incident, group.duty_end_at)
    if len(numbers.serving_in(incident.force_id, people)) < len(people):
        raise Refusal(
            _("Somebody on this list does not serve in your force any more. Open the page again to see who does."),
            code="not-of-the-force",
        )
