"""Exercises: those who run the care of a force, there alone."""

from __future__ import annotations

from tests.matrix.who import Row, any_force, only

_ANYWHERE = any_force("estip-lead", "estip-coordinator")
_RUNS = only("estip-lead", "estip-coordinator")

ROWS: dict[str, Row] = {
    "exercises:list": Row(get=_ANYWHERE),
    "exercises:begin": Row(get=_ANYWHERE, post=_ANYWHERE),
    "exercises:move": Row(get=_RUNS, post=_RUNS),
    "exercises:end": Row(get=_RUNS, post=_RUNS),
}
