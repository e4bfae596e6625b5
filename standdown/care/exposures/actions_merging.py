"""Two incidents turn out to be one: one list, each person once, and nothing that was owed is lost (R60)."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from standdown.audit.act import act
from standdown.care.clocks import steps
from standdown.care.clocks.models import Step
from standdown.care.exposures import lists, policy, stages
from standdown.care.exposures.models import Exposure, HandedOver
from standdown.care.incidents import diary, hooks
from standdown.care.incidents import policy as incident_policy
from standdown.care.incidents.diary import Kind
from standdown.care.incidents.holding import as_it_is, held
from standdown.care.incidents.models import Incident, State
from standdown.care.programme.policy import StepKind
from standdown.foundation.access import Actor, Can
from standdown.foundation.refusal import Refusal


def merge(*, by: Actor, at: dt.datetime, part: Incident, whole: Incident) -> int:
    """Make one incident part of another of the same force and kind; how many people came over.

    Somebody on both lists stays once, with the record that came further. Steps keep their times: what was promised is
    not moved; what opens later counts from the earlier T0. Restrictions hold for the whole. Raises NotAllowed, Refusal.
    """
    with act(by, Can.RUN_CARE, on=whole, at=at) as step:
        part, whole = _both(part, whole)
        new = _people(part, whole, by, at)
        _steps(part, whole, by, at)
        _handed_over(part, whole)
        _facts(part, whole, at)
        for one, number in ((part, 0), (whole, len(new))):
            diary.note(one, Kind.MERGED, by, at, number)
        for listener in hooks.MERGED:
            listener(part, whole, by, at)
        step.note(part=str(part.pk), people=len(new))
        return len(new)


def _both(part: Incident, whole: Incident) -> tuple[Incident, Incident]:
    """Both as they are now, locked in one order, whoever merges which into which."""
    if part.pk == whole.pk or part.force_id != whole.force_id:
        raise Refusal(_("Choose another incident of your force to merge with."), code="not-two")
    now = {one.pk: as_it_is(one) for one in sorted((part, whole), key=lambda one: one.pk)}
    part, whole = now[part.pk], held(now[whole.pk])
    if part.state not in {State.OPEN, State.PROPOSED}:
        raise Refusal(
            _("The other incident is not open any more; perhaps a colleague merged it a moment ago. Open it to see."),
            code=f"incident-{part.state}",
        )
    if part.kind != whole.kind or part.drill_id != whole.drill_id:
        raise Refusal(
            _("An event and a period of work stay apart, and so do an exercise and what is real."), code="other-kind"
        )
    return part, whole


def _people(part: Incident, whole: Incident, by: Actor, at: dt.datetime) -> list[Exposure]:
    """Bring the people over; those who were not on the list before."""
    here = {one.person_id: one for one in Exposure.objects.live().filter(incident=whole).select_related("incident")}
    there = list(Exposure.objects.live().filter(incident=part).select_related("incident__programme"))
    coming = []
    for one in there:
        other = here.get(one.person_id)
        if other is None:
            coming.append(one)
        elif policy.stays(other.stage, one.stage) or part.state == State.PROPOSED:
            stages.take_off(one, by, at)
        else:
            stages.take_off(other, by, at)
            coming.append(one)
    Exposure.objects.filter(pk__in=[one.pk for one in coming]).update(incident=whole, changed_at=at)
    for one in coming:
        one.incident = whole
    if part.state == State.PROPOSED:
        stages.begin_stored(coming, by, at)
    new = [one for one in coming if one.person_id not in here]
    if whole.list_confirmed_at is None or any(one.confirmed_at is None for one in new):
        lists.ask_for_list(whole, at)
    return new


def _steps(part: Incident, whole: Incident, by: Actor, at: dt.datetime) -> None:
    listed = Step.objects.filter(on=part.pk, kind=StepKind.CONFIRM_LIST.value)
    steps.close_steps(listed, Step.Outcome.TAKEN_OVER, by.person_id, at)
    Step.objects.filter(incident=part).exclude(on=part.pk).update(incident=whole)


def _handed_over(part: Incident, whole: Incident) -> None:
    """Colleagues handed over from both are handed over once."""
    there = set(HandedOver.objects.filter(incident=whole).values_list("to_force_id", "number"))
    rows = HandedOver.objects.filter(incident=part).values_list("pk", "to_force_id", "number")
    moved = [key for key, force, number in rows if (force, number) not in there]
    HandedOver.objects.filter(pk__in=moved).update(incident=whole)


def _facts(part: Incident, whole: Incident, at: dt.datetime) -> None:
    whole.ended_at = incident_policy.one_end(whole.ended_at, whole.started_at, part.ended_at)
    whole.accounts = incident_policy.one_answer(whole.accounts, part.accounts, Incident.Accounts.OUTSTANDING)
    whole.own_reference = whole.own_reference or part.own_reference
    whole.base_id = whole.base_id or part.base_id
    whole.major = whole.major or part.major
    whole.changed_at = at
    whole.save(update_fields=["ended_at", "accounts", "own_reference", "base", "major", "changed_at"])
    part.state, part.merged_into, part.changed_at = State.MERGED, whole, at
    part.save(update_fields=["state", "merged_into", "changed_at"])
    Incident.objects.filter(merged_into=part.pk).update(merged_into=whole)
