"""What is done to an incident as such. People come onto it and off it in `exposures`."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from standdown.audit.act import act
from standdown.care.incidents import diary, guards
from standdown.care.incidents.diary import Kind
from standdown.care.incidents.holding import as_it_is, held
from standdown.care.incidents.models import Incident, Restriction, State
from standdown.foundation.access import Actor, Can
from standdown.foundation.refusal import Refusal


def restrict(*, by: Actor, at: dt.datetime, incident: Incident) -> Restriction:
    """Restrict conferring: no session in a group until it is lifted; welfare one to one goes on (R108).

    Said twice is said once. It can be set while nobody confirmed the incident yet. Raises NotAllowed, Refusal.
    """
    with act(by, Can.SET_RESTRICTION, on=incident, at=at) as step:
        found = as_it_is(incident)
        if found.state not in {State.OPEN, State.PROPOSED}:
            raise Refusal(_("Nothing is done about this incident any more, so there is nothing to restrict."))
        assert by.person_id is not None, "a person restricts, never a job"
        there = Restriction.objects.filter(guards.restrictions_on(found.pk)).first()
        step.note(already=there is not None)
        if there is not None:
            return there
        made = Restriction.objects.create(incident=found, set_at=at, set_by_id=by.person_id)
        diary.note(found, Kind.RESTRICTED, by, at)
        return made


def lift(*, by: Actor, at: dt.datetime, incident: Incident) -> int:
    """Lift every restriction on the incident, also one set on what became part of it; how many. Raises NotAllowed."""
    with act(by, Can.SET_RESTRICTION, on=incident, at=at) as step:
        found = as_it_is(incident)
        rows = Restriction.objects.filter(guards.restrictions_on(found.pk))
        lifted = Restriction.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
        number = lifted.update(lifted_at=at, lifted_by_id=by.person_id)
        step.note(lifted=number)
        if number:
            diary.note(found, Kind.RESTRICTION_LIFTED, by, at)
        return number


def record_accounts(*, by: Actor, at: dt.datetime, incident: Incident, accounts: Incident.Accounts) -> None:
    """Say whether initial accounts are complete; a session in a group waits for it (R84). Raises as `restrict`."""
    with act(by, Can.RUN_CARE, on=incident, at=at) as step:
        found = held(incident)
        found.accounts, found.changed_at = accounts, at
        found.save(update_fields=["accounts", "changed_at"])
        step.note(accounts=accounts.value)
        diary.note(found, Kind.ACCOUNTS, by, at)


def run_as_major(*, by: Actor, at: dt.datetime, incident: Incident) -> None:
    """Run it as a major incident: waves of people, daily board, long monitoring (R107). Raises as `restrict`."""
    with act(by, Can.RUN_CARE, on=incident, at=at):
        found = held(incident)
        if found.major:
            return
        found.major, found.changed_at = True, at
        found.save(update_fields=["major", "changed_at"])
        diary.note(found, Kind.MAJOR, by, at)
