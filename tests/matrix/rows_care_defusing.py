"""Sessions: opened by whoever runs the care, there alone.

Defusers, those invited and those handed over to come by their own records, of which nobody at these doors has one.
"""

from __future__ import annotations

from tests.matrix.who import NOBODY, SIGNED_IN, Row, only

_runs = only("estip-lead", "estip-coordinator")
_OWN = Row(get=SIGNED_IN)
_NOBODYS = Row(get=NOBODY, post=NOBODY)

ROWS: dict[str, Row] = {
    "defusing:mine": _OWN,
    "defusing:one": Row(get=_runs, looks=True),
    "defusing:book": Row(get=_runs, post=_runs),
    "defusing:call-off": Row(get=_runs, post=_runs),
    "defusing:drop-out": _NOBODYS,
    "defusing:hold": _NOBODYS,
    "defusing:check-out": _NOBODYS,
    "defusing:checked-on": _NOBODYS,
    "defusing:answer-ask": _NOBODYS,
    "defusing:answer": _NOBODYS,
    "defusing:hand-over": Row(get=_runs, post=_runs),
    "defusing:urgent": _NOBODYS,
    "defusing:take-over": _NOBODYS,
    "defusing:called": _NOBODYS,
}
