"""Opening what is held about people: the record of the look is written before anything is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from standdown.audit.act import act
from standdown.care.looks.models import Look
from standdown.foundation.access import Actor, Can


def look(*, by: Actor, at: dt.datetime, can: Can, on: Any, at_whom: Iterable[Any], why: Look.Why, role: str) -> None:
    """Record that `by` opens what is held about these exposures' people, in a role and for a purpose (R126).

    `on` is the record whose page it is (an incident, an exposure, a session), `can` the permission that opens it, and
    `at_whom` the exposures of everybody shown. A look at oneself is none. Raises NotAllowed; then nothing is shown.
    Adds one statement to the act's own three.
    """
    with act(by, can, on=on, at=at) as step:
        rows = [
            Look(
                person_id=one.person_id, force_id=one.force_id, exposure_id=one.pk, by_id=by.person_id, role=role,
                why=why.value, at=at,
            )
            for one in at_whom
            if one.person_id != by.person_id and by.person_id is not None
        ]  # fmt: skip
        Look.objects.bulk_create(rows)
        step.note(looked_at=len(rows), why=why.value, looks=" ".join(row.seal for row in rows))
