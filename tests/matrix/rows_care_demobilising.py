"""Before they go home: everybody's own list; a card for whoever it was given to, and for who runs the force's care."""

from __future__ import annotations

from tests.matrix.who import SIGNED_IN, Row, only

_RUN_CARE = only("estip-lead", "estip-coordinator")

ROWS: dict[str, Row] = {
    "demobilising:duty-end": Row(get=SIGNED_IN),
    "demobilising:card": Row(get=_RUN_CARE, post=_RUN_CARE, looks=True),
    "demobilising:capture": Row(post=_RUN_CARE),
    "demobilising:paper": Row(get=_RUN_CARE),
    "demobilising:blank-card": Row(get=SIGNED_IN),
    "demobilising:key-in": Row(get=_RUN_CARE, post=_RUN_CARE, looks=True),
    "demobilising:take-away": Row(get=SIGNED_IN),
    "demobilising:numbers": Row(get=only("estip-lead"), post=only("estip-lead")),
    "demobilising:ready": Row(get=SIGNED_IN),
    "demobilising:team": Row(get=_RUN_CARE, post=_RUN_CARE, looks=True),
    "demobilising:capture-team": Row(post=_RUN_CARE),
    "demobilising:give": Row(get=_RUN_CARE, post=_RUN_CARE, looks=True),
    "demobilising:ask-another": Row(),  # only whoever it is about
    "demobilising:urgent": Row(get=_RUN_CARE, looks=True),
}
