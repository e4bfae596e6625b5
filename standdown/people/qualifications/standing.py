"""What stands on the register, and what becomes of it when something new comes. Nothing here writes."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from standdown.people.qualifications import policy
from standdown.people.qualifications.models import Qualification

Standing = dict[tuple[uuid.UUID, str], Qualification]  # by whose it is and for which skill


def standing_of(rows: Iterable[Qualification]) -> Standing:
    """Standing rows by whose they are and for which skill: there is one at most."""
    return {(row.person_id, row.skill): row for row in rows}


def settle(standing: Standing, rows: Iterable[Qualification], at: dt.datetime) -> list[Qualification]:
    """Set new rows beside what stands, in their order; the saved rows that end by it. Nothing is written.

    `standing` says afterwards what stands. A new row that does not come to stand is marked as replaced itself.
    """
    ending = []
    for row in rows:
        key = (row.person_id, row.skill)
        before = standing.get(key)
        loser = row if before is not None and policy.outlasts(before, row) else before
        if loser is not row:
            standing[key] = row
        if loser is not None and not loser._state.adding:
            ending.append(loser)
        elif loser is not None:
            loser.ended_at, loser.end_reason = at, Qualification.EndReason.REPLACED
    return ending
