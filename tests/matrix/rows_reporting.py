"""Figures: those who answer for care in a force, of their own; the national coordinator, of all together."""

from __future__ import annotations

from tests.matrix.who import Row, any_force

_SEES = any_force(
    "estip-lead", "estip-coordinator", "wellbeing-lead", national_roles=("national-coordinator",)
)  # fmt: skip

ROWS: dict[str, Row] = {
    "reporting:figures": Row(get=_SEES),
    "reporting:file": Row(get=_SEES, answers=frozenset({200, 404})),  # until something is released, there is no file
}
