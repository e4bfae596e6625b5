"""Referrals: occupational health receives them, whoever runs the care sends them with consent. Managers see nothing."""

from __future__ import annotations

from tests.matrix.who import Row, any_force, only

_runs = only("estip-lead", "estip-coordinator")
_receives = only("occupational-health")

ROWS: dict[str, Row] = {
    "referrals:list": Row(get=any_force("occupational-health"), looks=True),
    "referrals:say": Row(get=_receives, post=_receives, looks=True),
    "referrals:refer": Row(get=_runs, post=_runs, looks=True),
    "referrals:book-meeting": Row(get=_runs, post=_runs, looks=True),
    "referrals:meeting-over": Row(get=_runs, post=_runs, looks=True),
}
