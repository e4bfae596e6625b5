"""Exchanging places is the lead's and the deputy's, within their own force; a place beyond the capacity is national."""

from __future__ import annotations

from tests.matrix.who import Row, only

_leads = only("wellbeing-lead", "wellbeing-deputy")
_nationally = only(national_roles=("national-coordinator",))

ROWS: dict[str, Row] = {
    # Who is to come instead is chosen first, so that without a choice nothing can be sent.
    "exchanges:substitute": Row(get=_leads),
    "exchanges:transfer": Row(get=_leads, post=_leads),
    "exchanges:swap": Row(get=_leads, post=_leads),
    "exchanges:over-capacity": Row(get=_nationally, post=_nationally),
    "exchanges:reorder": Row(get=_leads, post=_leads),
}
