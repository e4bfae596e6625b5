"""Before they go home: everybody's own list; a card for whoever it was given to, and for who runs the force's care."""

from __future__ import annotations

from tests.matrix.who import SIGNED_IN, Row, only

_RUN_CARE = only("estip-lead", "estip-coordinator")

ROWS: dict[str, Row] = {
    "demobilising:duty-end": Row(get=SIGNED_IN),
    "demobilising:card": Row(get=_RUN_CARE, post=_RUN_CARE, looks=True),
    "demobilising:urgent": Row(get=_RUN_CARE, looks=True),
}
