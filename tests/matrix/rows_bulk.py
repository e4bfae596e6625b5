"""Who may bring in a file of names: whoever puts people of a force forward, and nobody else (R23)."""

from __future__ import annotations

from tests.matrix.who import Row, any_force

_PUTS_FORWARD = any_force("wellbeing-lead", "wellbeing-deputy")

ROWS: dict[str, Row] = {
    "nominations:bulk": Row(get=_PUTS_FORWARD, post=_PUTS_FORWARD),
    "nominations:bulk-template": Row(get=_PUTS_FORWARD),
}
