"""What stands in the way of a session in a group. Welfare one to one is never stopped (R84, R108)."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.care.incidents.models import Incident, Restriction
from standdown.foundation.kept_query import KeptQuery


class Block(StrEnum):
    """Why there can be no session in a group."""

    RESTRICTED = "restricted"
    ACCOUNTS = "accounts"


WORDS: dict[Block, Promise] = {
    Block.RESTRICTED: _(
        "A post-incident manager restricts conferring, so there can be no session in a group until it is lifted. Talk "
        "with people one to one: welfare is never stopped."
    ),
    Block.ACCOUNTS: _(
        "Initial accounts are outstanding, so there can be no session in a group yet. Talk with people one to one, or "
        "say on the incident's page that accounts are complete."
    ),
}


def restrictions_on(incident: uuid.UUID) -> Q:
    """The condition of the restrictions that are open on this incident, or on one that became part of it."""
    return Q(lifted_at__isnull=True) & (Q(incident=incident) | Q(incident__merged_into=incident))


_OPEN: KeptQuery[Any] = KeptQuery(
    lambda incident: Restriction.objects.filter(restrictions_on(incident)).order_by().values_list("pk"),
    incident=uuid.UUID,
)


def group_blocked(incident: Incident) -> Block | None:
    """Why no session in a group can be planned or held for this incident now; None when it can. One statement.

    Asked at planning, at booking and when the session begins, because a restriction can come at any time. The sentence
    for people stands in `WORDS`.
    """
    if _OPEN.rows(incident=incident.pk):
        return Block.RESTRICTED
    return Block.ACCOUNTS if incident.accounts == Incident.Accounts.OUTSTANDING else None
