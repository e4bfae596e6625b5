"""Duty is kept by whoever runs the care of a force; each sees the files and teams of their own."""

from __future__ import annotations

from tests.matrix.who import Row, any_force, only

_KEEPS = ("estip-lead", "estip-coordinator")
_keeps = any_force(*_KEEPS)
_here = only(*_KEEPS)

ROWS: dict[str, Row] = {
    "duty:files": Row(get=_keeps),
    "duty:import": Row(get=_keeps, post=_keeps),
    "duty:template": Row(get=_keeps),
    "duty:patterns": Row(get=_keeps),
    "duty:pattern": Row(get=_here, post=_here),
    "duty:copy": Row(get=_here, post=_here),
    "duty:end": Row(get=_here, post=_here),
}
