"""What the board of a date is laid out from: the pools of its forces, and who holds or waits for which place."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from standdown.foundation.kept_query import KeptQuery
from standdown.people.accounts.models import serving_on
from standdown.people.forces.models import CollaborationMember
from standdown.training.nominations.models import Nomination, State
from standdown.training.sessions.models import SessionForce


def pools(day: dt.date) -> QuerySet[SessionForce, tuple[Any, ...]]:
    """Rows of (date, force, places kept, collaboration, trainer), once for each force and trainer."""
    shared = CollaborationMember.objects.filter(serving_on(day), force=OuterRef("force")).order_by("since", "pk")
    collaboration = Subquery(shared.values("collaboration_id")[:1])
    facts = ("session_id", "force_id", "allotment", collaboration, "session__trainers__person_id")
    return SessionForce.objects.values_list(*facts)


def seats() -> QuerySet[Nomination, tuple[Any, ...]]:
    """Rows of every name that holds a number or has one in the waiting list."""
    rows = Nomination.objects.filter(Q(place_no__isnull=False) | Q(queue_no__isnull=False)).order_by()
    facts = ("session_id", "pk", "force_id", "mutual_aid", "state", "place_no", "over_capacity", "queue_no")
    return rows.values_list(*facts, "own_order")


def _totals(session: uuid.UUID) -> QuerySet[Nomination, tuple[Any, ...]]:
    """Rows of (force, mutual aid, place, over capacity, last number in the list, how many wait): a row for each place.

    Who waits is only counted, for each force: a date may have ten times as many names as places.
    """
    numbered = Q(place_no__isnull=False) | Q(queue_no__isnull=False)
    rows = Nomination.objects.filter(numbered, session=session).order_by()
    facts = rows.values_list("force_id", "mutual_aid", "place_no", "over_capacity")
    return facts.annotate(last=Max("queue_no"), wait=Count("pk", filter=Q(state=State.WAITING)))


# Of one date these are asked at each nomination, so that the questions are kept.
POOLS: KeptQuery[tuple[Any, ...]] = KeptQuery(
    lambda session, day: pools(day).filter(session=session), session=uuid.UUID, day=dt.date
)
TOTALS: KeptQuery[tuple[Any, ...]] = KeptQuery(_totals, session=uuid.UUID)
SEATS: KeptQuery[tuple[Any, ...]] = KeptQuery(lambda session: seats().filter(session=session), session=uuid.UUID)
