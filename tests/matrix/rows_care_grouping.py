"""Groups are planned by whoever runs the care of the force, there alone."""

from __future__ import annotations

from tests.matrix.who import Row, only

_runs = only("estip-lead", "estip-coordinator")

ROWS: dict[str, Row] = {
    "grouping:plan": Row(get=_runs, post=_runs, looks=True),
    "grouping:take-back": Row(post=_runs),
    "grouping:check": Row(get=_runs, looks=True),
    "grouping:move": Row(get=_runs, post=_runs, looks=True),
    "grouping:times": Row(get=_runs),
}
