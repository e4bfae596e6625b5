"""A session led counts towards one's currency at once, inside the act that records it (R51)."""

from __future__ import annotations

import datetime as dt
import uuid

from standdown.foundation import clock, db
from standdown.people.qualifications import policy, register
from standdown.people.qualifications.models import Currency, Qualification
from standdown.people.qualifications.practice import practice_of


def record_delivery(person_id: uuid.UUID, on: dt.date, *, at: dt.datetime, by_id: uuid.UUID | None) -> int:
    """Note that somebody led a session on that day; how many qualifications it extended. Once a day counts.

    Inside `act()`. Whoever stands on no register has nothing to keep current, and nothing is noted.
    """
    rows = list(db.lock(Qualification.objects.standing().filter(person_id=person_id)))
    made = Currency(
        person_id=person_id, kind=Currency.Kind.DELIVERY, on=on, minutes=0, recorded_at=at, recorded_by_id=by_id
    )
    if not rows or Currency.objects.filter(person_id=person_id, kind=made.kind, on=on).exists():
        return 0
    made.save(force_insert=True)
    events, today = practice_of([person_id])[person_id], clock.london_day(at)
    reached = [
        (row, policy.extension(row.skill, row.valid_until, row.latest_until, events, today).until) for row in rows
    ]
    longer = [register.extend(row, until, at=at, by_id=by_id) for row, until in reached if until > row.valid_until]
    return len(longer)
