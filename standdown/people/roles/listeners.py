"""Where roles join in with the directory: they end with the posting that they rest on, and stand on a person's page."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from standdown.audit.act import Step
from standdown.foundation import clock, db
from standdown.foundation.access import Actor, Can
from standdown.people.accounts.hooks import Departure, Section
from standdown.people.accounts.models import Person
from standdown.people.roles import hooks, queries
from standdown.people.roles.models import RoleGrant


def end_with_posting(departure: Departure, step: Step) -> None:
    """End the roles of the force that was left, and every role of who left policing. Inside the act of leaving.

    National roles outlast a move: they do not rest on a force.
    """
    if departure.moved and departure.force_id is None:
        return
    grants = RoleGrant.objects.open().filter(person=departure.person)
    if departure.moved:
        grants = grants.filter(force=departure.force_id)
    reason = RoleGrant.EndReason.MOVED if departure.moved else RoleGrant.EndReason.LEFT
    ending = list(db.lock(grants))
    for grant in ending:
        grant.ended_on, grant.ended_by_id = clock.london_day(departure.at), departure.by.person_id
        grant.end_reason = reason
        grant.save(update_fields=["ended_on", "ended_by", "end_reason"])
        hooks.tell(hooks.ENDED, grant, departure.at)
    step.note(roles_ended=len(ending))


def holds_role(person: Person) -> bool:
    """True while the person holds a role, will hold one, or is proposed for one."""
    return RoleGrant.objects.open().filter(person=person).exists()


def section(by: Actor, person: Person, day: dt.date) -> Section | None:
    """The roles of a person, for their page: those that this reader may see, the latest first."""
    if by.person_id != person.pk and not by.has(Can.SEE_ROLES):
        return None
    grants = RoleGrant.objects.visible_to(by).filter(person=person).select_related("force").order_by("-starts_on", "id")
    rows = [(queries.role_and_place(grant), queries.span_words(grant, day)) for grant in grants]
    links = [(_("Propose for a role"), reverse("roles:propose-person", args=[person.pk]))]
    may_propose = by.has(Can.PROPOSE_ROLE) and by.person_id != person.pk
    return Section(_("Roles"), rows, _("No role is recorded."), links if may_propose else [])
