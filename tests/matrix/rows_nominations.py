"""Names and places: read by whoever answers for the training of a force, changed by its lead and deputy alone.

A national coordinator sees every date's names, has no force whose first screen it would be, and puts nobody forward.
"""

from __future__ import annotations

from tests.matrix.who import PAGES, REDIRECTS, Row, any_force, only

_COORDINATOR = ("national-coordinator",)
_READS = ("wellbeing-lead", "wellbeing-deputy", "estip-lead", "estip-coordinator")
_LEADS = ("wellbeing-lead", "wellbeing-deputy")
_reads = only(*_READS, national_roles=_COORDINATOR)
_leads = only(*_LEADS)
_any_lead = any_force(*_LEADS)

ROWS: dict[str, Row] = {
    # Whoever answers for no force in particular is led on to the dates.
    "nominations:board": Row(get=any_force(*_READS, national_roles=_COORDINATOR), answers=PAGES | REDIRECTS),
    "nominations:date": Row(get=_reads),
    "nominations:one": Row(get=_reads),
    "nominations:put-forward": Row(get=_any_lead, post=_any_lead),
    "nominations:bulk": Row(get=_any_lead, post=_any_lead),
    "nominations:bulk-template": Row(get=_any_lead),
    "nominations:withdraw": Row(get=_leads, post=_leads),
    "nominations:confirm-release": Row(post=_leads),
    # Taking names away is the lead's own; a date's names also nationally.
    "nominations:export-force": Row(post=only("wellbeing-lead")),
    "nominations:export-date": Row(post=only("wellbeing-lead", national_roles=_COORDINATOR)),
}
