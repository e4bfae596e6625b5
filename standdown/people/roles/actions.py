"""What people do with roles: one proposes, another approves or declines, and either side ends."""

from __future__ import annotations

import datetime as dt

from standdown.audit.act import act
from standdown.foundation import access, clock, db
from standdown.foundation.access import Actor, ActorKind, Can
from standdown.people.accounts.models import Person
from standdown.people.forces.models import Force
from standdown.people.roles import hooks, policy, queries, refusals
from standdown.people.roles.models import RoleGrant
from standdown.people.roles.policy import Role


def propose_role(
    *, by: Actor, at: dt.datetime, person: Person, role: Role, force: Force | None, starts_on: dt.date,
    ends_on: dt.date, reason: str,
) -> RoleGrant:  # fmt: skip
    """Propose somebody for a role, from `starts_on` until before `ends_on`. It holds once another approves it.

    Without a force the role is national. Raises CannotBeGiven.
    """
    grant = RoleGrant(
        person=person, role=role.value, force=force, starts_on=starts_on, ends_on=ends_on, reason=reason,
        proposed_at=at, proposed_by_id=by.person_id,
    )  # fmt: skip
    with act(by, Can.PROPOSE_ROLE, on=grant, at=at) as step:
        _check(grant, clock.london_day(at))
        grant.save(force_insert=True)
        step.about(grant)
        step.note(role=role.value)
        hooks.tell(hooks.PROPOSED, grant, at)
    return grant


def approve_role(*, by: Actor, at: dt.datetime, grant: RoleGrant) -> RoleGrant:
    """Approve what another proposed. A first day that has gone by in the meantime becomes today.

    The rules are asked again, because roles and postings may have changed since. Raises AlreadyDecided,
    ProposalOver, CannotBeGiven.
    """
    with act(by, Can.APPROVE_ROLE, on=grant, at=at) as step:
        held = _waiting(grant)
        today = clock.london_day(at)
        if held.ends_on <= today:
            raise refusals.ProposalOver
        held.starts_on = max(held.starts_on, today)
        _check(held, today)
        held.approved_at, held.approved_by_id = at, by.person_id
        held.save(update_fields=["starts_on", "approved_at", "approved_by"])
        step.note(role=held.role)
        hooks.tell(hooks.APPROVED, held, at)
    return held


def decline_role(*, by: Actor, at: dt.datetime, grant: RoleGrant) -> RoleGrant:
    """Say no to what another proposed; the record keeps that it was asked. Raises AlreadyDecided."""
    with act(by, Can.APPROVE_ROLE, on=grant, at=at) as step:
        held = _waiting(grant)
        _end(held, by, clock.london_day(at), RoleGrant.EndReason.NOT_APPROVED)
        step.note(role=held.role, declined=True)
        hooks.tell(hooks.DECLINED, held, at)
    return held


def end_role(*, by: Actor, at: dt.datetime, grant: RoleGrant, reason: str) -> RoleGrant:
    """End a role at once, or withdraw a proposal. It is gone at the person's next click. Raises AlreadyEnded."""
    with act(by, Can.END_ROLE, on=grant, at=at) as step:
        held = db.lock(RoleGrant.objects.filter(pk=grant.pk)).get()
        today = clock.london_day(at)
        if held.ended_on is not None or held.ends_on <= today:
            raise refusals.AlreadyEnded
        _end(held, by, today, reason)
        step.note(role=held.role, reason=reason)
        hooks.tell(hooks.ENDED, held, at)
    return held


def grant_first(*, by: Actor, at: dt.datetime, person: Person, role: Role, force: Force | None) -> RoleGrant:
    """Give a role from the command line when Standdown is set up, for a year from today, with nobody to approve it.

    Only the system may; what it did is on record with the reason "first". Raises CannotBeGiven.
    """
    today = clock.london_day(at)
    grant = RoleGrant(
        person=person, role=role.value, force=force, starts_on=today, ends_on=policy.longest_end(today),
        reason=RoleGrant.Reason.FIRST, proposed_at=at, approved_at=at,
    )  # fmt: skip
    with act(by, Can.APPROVE_ROLE, on=grant, at=at) as step:
        if by.kind is not ActorKind.SYSTEM:
            raise access.NotAllowed(Can.APPROVE_ROLE)
        _check(grant, today)
        grant.save(force_insert=True)
        step.about(grant)
        step.note(role=role.value, reason=RoleGrant.Reason.FIRST.value)
    return grant


def _check(grant: RoleGrant, today: dt.date) -> None:
    """Refuse what the rules forbid; the person's row is the lock under which roles are counted."""
    person = db.lock(Person.objects.filter(pk=grant.person_id)).get()
    asked = queries.span_of(grant)
    serves, shares = queries.where_serving(person, grant.force_id, today)
    problem = policy.problem(asked, queries.other_spans(grant), serves=serves, shares=shares, today=today)
    if problem is not None:
        raise refusals.CannotBeGiven(problem)


def _waiting(grant: RoleGrant) -> RoleGrant:
    # The person before the grant: a posting that ends takes the locks in this order too.
    db.lock(Person.objects.filter(pk=grant.person_id)).get()
    held = db.lock(RoleGrant.objects.filter(pk=grant.pk)).get()
    if held.approved_at is not None or held.ended_on is not None:
        raise refusals.AlreadyDecided
    return held


def _end(grant: RoleGrant, by: Actor, today: dt.date, reason: str) -> None:
    grant.ended_on, grant.ended_by_id, grant.end_reason = today, by.person_id, reason
    grant.save(update_fields=["ended_on", "ended_by", "end_reason"])
