"""Mutual aid: asked by a lead or deputy, answered by the ESTIP lead or wellbeing lead and by who owns the date."""

from __future__ import annotations

from tests.matrix.who import Row, any_force, only

_COORDINATOR = ("national-coordinator",)
_SEES = ("estip-lead", "estip-coordinator", "wellbeing-lead", "wellbeing-deputy")
_asks = any_force("wellbeing-lead", "wellbeing-deputy")

ROWS: dict[str, Row] = {
    "mutual_aid:list": Row(get=any_force(*_SEES, national_roles=_COORDINATOR)),
    "mutual_aid:ask": Row(get=_asks),
    # The date here is a third force's, so that both of the others may ask; whom for is chosen first.
    "mutual_aid:ask-for": Row(get=_asks),
    # The request here is for a national date.
    "mutual_aid:decide": Row(
        get=only(*_SEES, national_roles=_COORDINATOR),
        post=only("estip-lead", "wellbeing-lead", national_roles=_COORDINATOR),
    ),
}
