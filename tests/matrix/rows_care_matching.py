"""Who leads a session is found by whoever runs the care of its force, and by nobody else."""

from __future__ import annotations

from tests.matrix.who import Row, only

_coordinators = only("estip-lead", "estip-coordinator")

ROWS: dict[str, Row] = {
    "matching:find": Row(get=_coordinators, post=_coordinators),
    "matching:by-hand": Row(get=_coordinators, post=_coordinators),
    "matching:take-back": Row(post=_coordinators),
    "matching:plan": Row(get=_coordinators, post=_coordinators),
    "matching:confirm-plan": Row(post=_coordinators),
}
