"""Where one person stands, and which steps that opens and closes. Inside the act that gives the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from standdown.care.clocks import steps
from standdown.care.clocks.models import Step, StepQuerySet
from standdown.care.clocks.steps import Owed
from standdown.care.exposures import hooks, policy
from standdown.care.exposures.models import Exposure, Stage
from standdown.care.incidents.models import Incident
from standdown.care.programme.policy import NextStep, StepKind
from standdown.foundation.access import Actor

Outcome = Step.Outcome


def begin(exposures: Sequence[Exposure], by: Actor, at: dt.datetime) -> None:
    """Store people of one incident who are new on its list, and open what is owed to them first.

    The incident must be open: nobody is contacted for one that only a feed proposed. Raises IntegrityError for
    somebody who is on the list.
    """
    for one in exposures:
        one.stage = Stage.TO_DEMOBILISE if _talk(one, at) else Stage.TO_DECIDE
    Exposure.objects.bulk_create(exposures)
    open_first_steps(exposures, by, at)


def begin_stored(exposures: Sequence[Exposure], by: Actor, at: dt.datetime) -> None:
    """Begin with people who were stored before anybody confirmed their incident: it is open now."""
    for one in exposures:
        one.stage, one.changed_at = (Stage.TO_DEMOBILISE if _talk(one, at) else Stage.TO_DECIDE), at
    Exposure.objects.bulk_update(exposures, ["stage", "changed_at"])
    open_first_steps(exposures, by, at)


def open_first_steps(exposures: Sequence[Exposure], by: Actor, at: dt.datetime) -> None:
    """Open what is owed first to people who are stored, such as those of a confirmed feed; slices above join in."""
    if exposures:
        incident = exposures[0].incident
        steps.open_steps(incident.programme, incident.force_id, [_first(one, at) for one in exposures], at)
        for listener in hooks.EXPOSED:
            listener(exposures, by, at)


def _talk(one: Exposure, at: dt.datetime) -> bool:
    incident = one.incident
    return policy.begins_with_talk(
        has_demobilise=incident.programme.has_demobilise, is_event=incident.kind == Incident.Kind.EVENT,
        duty_end=one.duty_end_at, at=at,
    )  # fmt: skip


def _first(one: Exposure, at: dt.datetime) -> Owed:
    incident = one.incident
    if one.stage == Stage.TO_DEMOBILISE:
        due = policy.demobilise_by(incident.ended_at, one.duty_end_at, at)
        return Owed(
            kind=StepKind.DEMOBILISE, due_at=due, incident=incident.pk, exposure=one.pk, owner=one.supervisor_id
        )
    return _decide(one, at)


def _decide(one: Exposure, at: dt.datetime) -> Owed:
    due = at + dt.timedelta(hours=one.incident.programme.accept_proposal_after_hours)
    return Owed(kind=StepKind.DECIDE, due_at=due, incident=one.incident_id, exposure=one.pk)


def talked(one: Exposure, proposal: NextStep | None, by: Actor, at: dt.datetime, *, outcome: Outcome) -> None:
    """The talk before off duty is dealt with; what whoever held it proposes waits for a decision (R74).

    Later talks of the same person only change the proposal, as long as nothing is decided.
    """
    if proposal is not None and not one.decided_step:
        one.proposed_step, one.proposed_at, one.proposed_by_id = proposal.value, at, by.person_id
    if one.stage == Stage.TO_DEMOBILISE:
        one.stage = Stage.TO_DECIDE
        steps.close_steps(of(one, StepKind.DEMOBILISE), outcome, by.person_id, at)
        steps.open_steps(one.incident.programme, one.force_id, [_decide(one, at)], at)
    one.changed_at = at
    one.save(update_fields=["proposed_step", "proposed_at", "proposed_by", "stage", "changed_at"])


def decide(one: Exposure, step: NextStep, by: Actor, at: dt.datetime) -> None:
    """The next step is confirmed by a coordinator, or by time (a job). Opens the booking where it is a defusing."""
    one.decided_step, one.decided_at, one.decided_by_id = step.value, at, by.person_id
    one.core = step in policy.DEFUSED
    one.stage = Stage.TO_DEFUSE if one.core else Stage.FOLLOWED
    one.changed_at = at
    one.save(update_fields=["decided_step", "decided_at", "decided_by", "core", "stage", "changed_at"])
    steps.close_steps(of(one, StepKind.DEMOBILISE), Outcome.NOT_NEEDED, by.person_id, at)
    steps.close_steps(of(one, StepKind.DECIDE), Outcome.DONE, by.person_id, at)
    if one.core:
        steps.open_steps(one.incident.programme, one.force_id, _defuse(one, at), at)
    else:
        steps.close_steps(of(one, StepKind.BOOK, StepKind.HOLD), Outcome.NOT_NEEDED, by.person_id, at)
    for listener in hooks.DECIDED:
        listener(one, by, at)


def owe_again(one: Exposure, at: dt.datetime) -> int:
    """Open what this person's stage says is owed and is not open, however it was lost; how many."""
    stage = Stage(one.stage)
    wanted: list[Owed] = []
    if stage in {Stage.TO_DEMOBILISE, Stage.TO_DECIDE}:
        wanted = [_first(one, at)]
    elif stage in {Stage.TO_DEFUSE, Stage.BOOKED}:
        wanted = [owed for owed in _defuse(one, at) if stage == Stage.TO_DEFUSE or owed.kind is StepKind.HOLD]
    there = set(of(one, *(owed.kind for owed in wanted)).open().values_list("kind", flat=True))
    missing = [owed for owed in wanted if owed.kind.value not in there]
    steps.open_steps(one.incident.programme, one.force_id, missing, at)
    return len(missing)


def _defuse(one: Exposure, at: dt.datetime) -> list[Owed]:
    programme, t0 = one.incident.programme, one.incident.ended_at
    return [
        Owed(kind=kind, due_at=max(policy.hours_after(t0, hours), at), incident=one.incident_id, exposure=one.pk)
        for kind, hours in (
            (StepKind.BOOK, programme.book_hours), (StepKind.HOLD, programme.defuse_green_until_hours),
        )
    ]  # fmt: skip


def booked(one: Exposure, by: Actor, at: dt.datetime) -> None:
    """A session with a time stands for this person."""
    _to(one, Stage.BOOKED, at)
    steps.close_steps(of(one, StepKind.BOOK), Outcome.DONE, by.person_id, at)


def unbooked(one: Exposure, at: dt.datetime) -> None:
    """The session fell through or the person is no longer of it: a defusing is owed again, and its clock is T0's."""
    _to(one, Stage.TO_DEFUSE, at)
    due = max(policy.hours_after(one.incident.ended_at, one.incident.programme.book_hours), at)
    owed = Owed(kind=StepKind.BOOK, due_at=due, incident=one.incident_id, exposure=one.pk)
    steps.open_steps(one.incident.programme, one.force_id, [owed], at)


def after_session(one: Exposure, outcome: Outcome, by: Actor, at: dt.datetime) -> None:
    """The session was held with them, or they declined it: from here on the contacts look after them."""
    _to(one, Stage.FOLLOWED, at)
    steps.close_steps(of(one, StepKind.BOOK, StepKind.HOLD), outcome, by.person_id, at)


def close(one: Exposure, code: Exposure.CloseCode, by: Actor, at: dt.datetime) -> None:
    """Close this person's part in the incident, with a code; every step still open goes with it."""
    one.close_code, one.closed_at = code.value, at
    _to(one, Stage.CLOSED, at, "close_code", "closed_at")
    steps.close_steps(Step.objects.filter(exposure=one), Outcome.NOT_NEEDED, by.person_id, at)
    for listener in hooks.CLOSED:
        listener(one, by, at)


def reopen(one: Exposure, by: Actor, at: dt.datetime) -> None:
    """Open it again: the person asked, or the close was objected to. A decision is owed anew."""
    one.close_code, one.closed_at = "", None
    _to(one, Stage.TO_DECIDE, at, "close_code", "closed_at")
    steps.open_steps(one.incident.programme, one.force_id, [_decide(one, at)], at)
    for listener in hooks.REOPENED:
        listener(one, by, at)


def take_off(one: Exposure, by: Actor, at: dt.datetime) -> None:
    """Take somebody off the list: they were not exposed after all. Nothing more is owed to them for it."""
    one.removed_at, one.removed_by_id, one.changed_at = at, by.person_id, at
    one.save(update_fields=["removed_at", "removed_by", "changed_at"])
    steps.close_steps(Step.objects.filter(exposure=one), Outcome.NOT_NEEDED, by.person_id, at)
    for listener in hooks.TAKEN_OFF:
        listener(one, by, at)


def of(one: Exposure, *kinds: StepKind) -> StepQuerySet:
    """The steps of those kinds that are about this person in this incident."""
    return Step.objects.filter(exposure=one, kind__in=[kind.value for kind in kinds])


def _to(one: Exposure, stage: Stage, at: dt.datetime, *also: str) -> None:
    one.stage, one.changed_at = stage, at
    one.save(update_fields=["stage", "changed_at", *also])
