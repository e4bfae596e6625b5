"""An incident is raised with its people; people come onto its list, answer for themselves, and come off it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from standdown.audit.act import Clash, act
from standdown.care.clocks import steps
from standdown.care.clocks.models import Step
from standdown.care.exposures import lists, policy, stages
from standdown.care.exposures.holding import on_list
from standdown.care.exposures.lists import AddedAs, Group
from standdown.care.exposures.models import Exposure
from standdown.care.exposures.queries import of_list
from standdown.care.exposures.sentences import list_said, times_said
from standdown.care.incidents import diary
from standdown.care.incidents import policy as incident_policy
from standdown.care.incidents import queries as incidents
from standdown.care.incidents.diary import Kind
from standdown.care.incidents.holding import held
from standdown.care.incidents.models import Incident
from standdown.care.programme.models import Category, Programme
from standdown.care.programme.policy import StepKind
from standdown.foundation import ids
from standdown.foundation.access import Actor, Can, NotAllowed
from standdown.foundation.refusal import Refusal
from standdown.people.models import Base


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What is said of an incident when it is raised."""

    programme: Programme
    category: Category
    ended_at: dt.datetime
    base: Base | None = None
    kind: Incident.Kind = Incident.Kind.EVENT
    started_at: dt.datetime | None = None
    own_reference: str = ""


def raise_incident(
    *,
    by: Actor,
    at: dt.datetime,
    key: uuid.UUID,
    happened: Happened,
    groups: Sequence[Group],
    raised_as: Incident.RaisedAs,
) -> Incident:
    """Record an incident with its people, in one act (R55, R56). The same request sent twice is one incident.

    What is owed to each begins at once, and the list waits to be confirmed. Raises NotAllowed and Refusal.
    """
    if by.force_id is None:
        raise NotAllowed(Can.RAISE_INCIDENT)
    made = Incident(
        force_id=by.force_id, reference=ids.reference("INC"), own_reference=happened.own_reference,
        kind=happened.kind.value, programme=happened.programme, category=happened.category, base=happened.base,
        started_at=happened.started_at, ended_at=happened.ended_at, raised_at=at, raised_by_id=by.person_id,
        raised_as=raised_as.value, request_key=key, changed_at=at,
    )  # fmt: skip
    try:
        return _raise(made, groups, by, at)
    except Clash as clash:
        return incidents.a_moment_earlier(by, key, clash)


def _raise(made: Incident, groups: Sequence[Group], by: Actor, at: dt.datetime) -> Incident:
    with act(by, Can.RAISE_INCIDENT, on=made, at=at) as step:
        again = incidents.of_request(by, made.request_key)
        if again is not None:
            step.about(again)
            return again
        wrong = incident_policy.problem(made.started_at, made.ended_at, at)
        if wrong is not None:
            raise Refusal(times_said(wrong), code=wrong.value)
        made.ended_at = min(made.ended_at, at)
        made.save(force_insert=True)
        diary.note(made, Kind.RAISED, by, at)
        lists.ask_for_list(made, at)
        people = lists.put_on(made, groups, AddedAs(made.raised_as), by, at)
        step.note(raised_as=made.raised_as, people=len(people))
        return made


def add_people(
    *,
    by: Actor,
    at: dt.datetime,
    incident: Incident,
    groups: Sequence[Group],
    added_as: AddedAs,
    can: Can = Can.RUN_CARE,
) -> list[Exposure]:
    """Put more people on the list, also after it was confirmed: their clocks are their own. Those who were not on it.

    `can`: who runs the care, or who would have raised it again (`RAISE_INCIDENT`). Raises NotAllowed, Refusal.
    """
    with act(by, can, on=incident, at=at) as step:
        made = lists.put_on(held(incident), groups, added_as, by, at)
        step.note(added=len(made), added_as=added_as.value)
        return made


def join_list(*, by: Actor, at: dt.datetime, incident: Incident, group: Group) -> Exposure:
    """Say "I was there too" (R80): the person puts themselves on the list, and nobody has to agree first.

    Raises NotAllowed, and Refusal when they are on it.
    """
    with act(by, Can.RAISE_INCIDENT, on=incident, at=at):
        if list(group.people) != [by.person_id]:
            raise Refusal(_("This is for yourself. For a colleague, say that you are concerned for them."))
        made = lists.put_on(held(incident), [group], AddedAs.SELF, by, at)
        if not made:
            raise Refusal(_("You are on this incident's list already. Your page says what is offered."), code="on-it")
        return made[0]


def confirm_list(*, by: Actor, at: dt.datetime, incident: Incident, answers: Mapping[policy.Group, str]) -> int:
    """Confirm who was exposed, with an answer about each group that is easily forgotten (R59); how many are new to it.

    Raises NotAllowed, and Refusal when an answer is missing or does not fit who is on the list.
    """
    with act(by, Can.RUN_CARE, on=incident, at=at) as step:
        found = held(incident)
        counted = of_list(found)
        answered = [policy.Answered(one, answers.get(one, ""), counted.of(one)) for one in policy.Group]
        wrong = policy.list_problem(answered, counted.people + counted.handed_over)
        if wrong is not None:
            raise Refusal(list_said(*wrong), code=wrong[0].value)
        found.control_room = answers[policy.Group.CONTROL_ROOM]
        found.staff_and_specials = answers[policy.Group.STAFF_AND_SPECIALS]
        found.other_forces = answers[policy.Group.OTHER_FORCES]
        if found.list_confirmed_at is None:
            found.list_confirmed_at, found.list_confirmed_by_id = at, by.person_id
        found.changed_at = at
        found.save()
        new = Exposure.objects.live().filter(incident=found, confirmed_at__isnull=True)
        number = new.update(confirmed_at=at, changed_at=at)
        owed = Step.objects.filter(on=found.pk, kind=StepKind.CONFIRM_LIST.value)
        steps.close_steps(owed, Step.Outcome.DONE, by.person_id, at)
        diary.note(found, Kind.LIST_CONFIRMED, by, at, number)
        step.note(confirmed=number)
        return number


def take_off(*, by: Actor, at: dt.datetime, exposure: Exposure) -> None:
    """Take somebody off the list: they were not exposed after all. It stays on record. Raises NotAllowed, Refusal."""
    with act(by, Can.RUN_CARE, on=exposure, at=at):
        found = on_list(exposure)
        stages.take_off(found, by, at)
        diary.note(found.incident, Kind.NAME_TAKEN_OFF, by, at, 1)


def dispute(*, by: Actor, at: dt.datetime, exposure: Exposure, what: Exposure.Dispute) -> None:
    """Say of one's own record that it is wrong; a coordinator settles it (R66). Raises NotAllowed, Refusal."""
    with act(by, Can.KEEP_OWN_CARE, on=exposure, at=at) as step:
        found = on_list(exposure)
        found.disputed, found.disputed_at, found.changed_at = what.value, at, at
        found.save(update_fields=["disputed", "disputed_at", "changed_at"])
        step.note(what=what.value)
