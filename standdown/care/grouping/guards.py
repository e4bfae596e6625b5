"""What a guard does to groups that are planned or booked: they are held back while it stands, and free when it goes.

Nothing is stored of it: whether a session is held back is asked of its incident each time, so that it can never be
out of date. Welfare one to one is never held back (R84, R108).
"""

from __future__ import annotations

from collections.abc import Sequence

from standdown.care.defusing.models import Defusing
from standdown.care.incidents import guards
from standdown.care.incidents.models import Incident


def stops(session: Defusing) -> str | None:
    """Why this session cannot be booked or held now, in words; None when it can. One statement for a group.

    Joins in with defusing.hooks.GUARDS.
    """
    if session.kind != Defusing.Kind.GROUP:
        return None
    block = guards.group_blocked(session.incident)
    return str(guards.WORDS[block]) if block else None


def held_back(incident: Incident, sessions: Sequence[Defusing]) -> list[Defusing]:
    """Those of these sessions of one incident that its guards hold back now. One statement."""
    if guards.group_blocked(incident) is None:
        return []
    return [one for one in sessions if one.kind == Defusing.Kind.GROUP]
