"""Who may answer for each side of a request, for telling them and for saying who was told."""

from __future__ import annotations

import datetime as dt

from standdown.foundation.clock import london_day
from standdown.people.models import Person, RoleGrant
from standdown.people.roles.models import RoleName
from standdown.training.mutual_aid.models import MutualAid
from standdown.training.mutual_aid.policy import Side

# Who answers for a force: its ESTIP lead and its wellbeing lead.
ANSWER_FOR_A_FORCE = (RoleName.ESTIP_LEAD, RoleName.WELLBEING_LEAD)


def deciders(aid: MutualAid, side: Side, at: dt.datetime) -> list[Person]:
    """Who may answer for that side and can be told: not who asked, nor whom it is about. Two statements."""
    nomination = aid.nomination
    held = RoleGrant.objects.holding_on(london_day(at))
    owner = nomination.session.owner_force_id
    if side is Side.OWNER and owner is None:
        held = held.filter(role=RoleName.NATIONAL_COORDINATOR, force__isnull=True)
    else:
        held = held.filter(role__in=ANSWER_FOR_A_FORCE, force=nomination.force_id if side is Side.OWN_FORCE else owner)
    parties = {nomination.person_id, nomination.put_forward_by_id}
    keys = {grant.person_id for grant in held} - parties
    return list(Person.objects.filter(pk__in=keys).exclude(work_email="").order_by("family_name", "given_name", "pk"))
