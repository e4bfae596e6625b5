"""Contacts: one's own list is everybody's; the record says who makes one, and whoever runs the care may."""

from __future__ import annotations

from tests.matrix.who import SIGNED_IN, Row, only

_runs = only("estip-lead", "estip-coordinator")

ROWS: dict[str, Row] = {
    "follow_up:list": Row(get=SIGNED_IN, may_look=True),
    "follow_up:try": Row(get=_runs, post=_runs, looks=True),
    "follow_up:give": Row(get=_runs, post=_runs),
    "follow_up:close": Row(get=_runs, post=_runs, looks=True),
    "follow_up:take-on": Row(post=_runs),
}
