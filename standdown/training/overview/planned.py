"""What is ahead for a force: joins in where the register says what training will be needed (R121)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count

from standdown.people.qualifications.hooks import Planned
from standdown.training.interest.models import Interest
from standdown.training.nominations.models import Nomination
from standdown.training.sessions.models import SessionForce, Status


def planned(force_ids: Collection[uuid.UUID], at: dt.datetime) -> dict[uuid.UUID, Planned]:
    """By force: the places of coming dates that are kept for it or held by its people, and who waits for an answer.

    Of one date the larger of both, for its people take the kept places first. Three statements.
    """
    ahead = {"session__status": Status.PUBLISHED, "session__starts_at__gt": at}
    kept = SessionForce.objects.filter(**ahead, force__in=force_ids).values_list("force_id", "session_id", "allotment")
    held = (
        Nomination.objects.filter(**ahead, force__in=force_ids, place_no__isnull=False)
        .order_by()
        .values_list("force_id", "session_id")
        .annotate(number=Count("pk"))
    )
    places: dict[tuple[uuid.UUID, uuid.UUID], int] = {(force, date): number or 0 for force, date, number in kept}
    for force, date, number in held:
        places[force, date] = max(places.get((force, date), 0), number)
    in_all: dict[uuid.UUID, int] = defaultdict(int)
    for (force, _date), number in places.items():
        in_all[force] += number
    waiting = Interest.objects.open().filter(force__in=force_ids).order_by().values_list("force_id")
    interested = dict(waiting.annotate(number=Count("person", distinct=True)))
    return {key: Planned(in_all[key], interested.get(key, 0)) for key in force_ids}
