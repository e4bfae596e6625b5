"""The coordinator's board: those who run the care of a force, there alone, and nobody nationally."""

from __future__ import annotations

from tests.matrix.who import Row, any_force, only

_RUNS = ("estip-lead", "estip-coordinator")

ROWS: dict[str, Row] = {
    "boards:board": Row(get=any_force(*_RUNS)),
    "boards:incident": Row(get=only(*_RUNS), looks=True),
    "boards:hand-on": Row(get=only(*_RUNS), post=only(*_RUNS)),
}
