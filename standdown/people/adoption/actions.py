"""What people record about a force's adoption, and the one thing that anyone may say without a name.

A state and a point of the checklist are given by their value, as policy.py and the tables both spell them.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from standdown.audit.act import act
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.foundation.clock import london_day
from standdown.people.adoption import hooks, policy, queries, refusals
from standdown.people.adoption.models import AdoptionCheck, AdoptionStep, Demand, Evidence
from standdown.people.adoption.policy import AdoptionState, ChecklistItem, StepBar
from standdown.people.forces.models import Force


def record_step(*, by: Actor, at: dt.datetime, force: Force, state: str, since: dt.date) -> AdoptionStep:
    """Record that a force stands at `state` from a day on (R14), and tell its named leads.

    Refuses days to come, days not after the last step, steps out of order, and adopting with an open checklist (R15).
    """
    with act(by, Can.RECORD_ADOPTION, on=force, at=at) as step:
        force = db.lock(Force.objects.filter(pk=force.pk)).get()
        if force.stood_down is not None and since >= force.stood_down:
            raise refusals.ForceEnded(force.name, force.stood_down)
        reached = policy.Step(AdoptionState(state), since)
        _refuse_barred(force, reached, london_day(at))
        made = AdoptionStep.objects.create(
            force=force, state=reached.state.value, since=since, recorded_at=at, recorded_by_id=by.person_id
        )
        step.about(made)
        step.note(state=reached.state.value, since=since.isoformat())
        for listener in hooks.STEP_RECORDED:
            listener(made, at)
        return made


def tick(*, by: Actor, at: dt.datetime, force: Force, item: str) -> AdoptionCheck:
    """Say that a point of the checklist is in place (R15). Saying it again changes nothing."""
    with act(by, Can.TICK_CHECKLIST, on=force, at=at) as step:
        point = ChecklistItem(item).value
        db.lock(Force.objects.filter(pk=force.pk)).get()
        found, _made = AdoptionCheck.objects.get_or_create(
            force=force, item=point, undone_at=None, defaults={"ticked_at": at, "ticked_by_id": by.person_id}
        )
        step.about(found)
        step.note(item=point)
        return found


def untick(*, by: Actor, at: dt.datetime, force: Force, item: str) -> None:
    """Take a tick back; that it was there stays on record. A force that has adopted stays adopted and shows the gap."""
    with act(by, Can.TICK_CHECKLIST, on=force, at=at) as step:
        point = ChecklistItem(item).value
        AdoptionCheck.objects.filter(force=force, item=point, undone_at__isnull=True).update(
            undone_at=at, undone_by_id=by.person_id
        )
        step.note(item=point, undone=True)


def add_evidence(*, by: Actor, at: dt.datetime, force: Force, item: str, content: bytes) -> Evidence:
    """Keep a document that shows a point: a PDF by what is in it, up to 5 MB, in the database (R14)."""
    with act(by, Can.TICK_CHECKLIST, on=force, at=at) as step:
        point = ChecklistItem(item).value
        if len(content) > policy.MOST_EVIDENCE:
            raise refusals.TooLarge
        if not policy.is_pdf(content):
            raise refusals.NotAPdf
        db.lock(Force.objects.filter(pk=force.pk)).get()
        sha256 = hashlib.sha256(content).hexdigest()
        held = Evidence.objects.filter(force=force)
        if held.filter(item=point, sha256=sha256).exists():
            raise refusals.HeldAlready
        if held.count() >= policy.MOST_DOCUMENTS:
            raise refusals.EnoughEvidence(policy.MOST_DOCUMENTS)
        made = Evidence.objects.create(
            force=force, item=point, content=content, size=len(content), sha256=sha256, added_at=at,
            added_by_id=by.person_id,
        )  # fmt: skip
        step.about(made)
        step.note(item=point, size=made.size)
        return made


def register_demand(*, by: Actor, at: dt.datetime, force: Force) -> None:
    """Count one more voice for a force that has not adopted (R18): no name, a number by month.

    About fifty a day count for a force (a few more when they come at the same moment). Beyond that nothing is written
    at all, so that a flood fills neither the figure nor the record; whoever asked is thanked all the same. Call it as
    `access.ANYONE`, so that nobody is named.
    """
    today = london_day(at)
    if queries.demand_is_full(force, today):
        return
    with act(by, Can.REGISTER_DEMAND, on=force, at=at):
        force = db.lock(Force.objects.filter(pk=force.pk)).get()
        if policy.receives_dates(queries.state_on(force, today)):
            raise refusals.AdoptedAlready(force.name)
        month = today.replace(day=1)
        found = Demand.objects.filter(force=force, month=month).first() or Demand(force=force, month=month)
        found.last_day_count = policy.counted_on(today, found.last_day, found.last_day_count) + 1
        found.last_day = today
        found.count += 1
        found.save()


def _refuse_barred(force: Force, step: policy.Step, today: dt.date) -> None:
    steps = queries.steps_of(force)
    in_place = [ChecklistItem(one.item) for one in queries.ticked(force)]
    current = steps[-1].state if steps else AdoptionState.NOT_ASKED
    bar = policy.bar_to_step(step, steps, in_place, today)
    if bar is StepBar.TO_COME:
        raise refusals.StepToCome
    if bar is StepBar.NOT_AFTER:
        raise refusals.StepNotAfter(steps[-1].on)
    if bar is StepBar.OUT_OF_ORDER:
        raise refusals.StepOutOfOrder(current, policy.next_states(current))
    if bar is StepBar.INCOMPLETE:
        raise refusals.ChecklistOpen(policy.missing(in_place))
