"""The trainer's day. A trainer sees the dates that they are named on, and the trainers of the matrix are named on none;
a national coordinator sees every national date, and the date here is one.
"""

from __future__ import annotations

from tests.matrix.who import Row, any_force, only

_TRAINERS = any_force("trainer", national_roles=("national-coordinator", "trainer"))
_OPENS = only(national_roles=("national-coordinator",))
_FORM = Row(get=_OPENS, post=_OPENS)
# The report is about one's own force. A national coordinator answers for no names.
_OWN_REPORT = any_force("estip-lead", "estip-coordinator", "wellbeing-lead", "wellbeing-deputy")

ROWS: dict[str, Row] = {
    "attendance:next": Row(get=_TRAINERS),
    "attendance:report": Row(get=_OWN_REPORT),
    "attendance:roster": Row(get=_OPENS),
    "attendance:roster-file": Row(post=_OPENS),
    "attendance:mark": _FORM,
    "attendance:everybody": Row(post=_OPENS),
    "attendance:close": Row(post=_OPENS),
    "attendance:joining-link": _FORM,
    "attendance:import": _FORM,
    "attendance:review": Row(post=_OPENS),
    "attendance:walk-in": _FORM,
    "attendance:support": Row(get=_OPENS),
    "attendance:call": _FORM,
}
