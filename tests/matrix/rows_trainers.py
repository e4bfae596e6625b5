"""Who gets what of trainers, of the overview, and of adding a course."""

from __future__ import annotations

from tests.matrix.who import Row, any_force, only

_nationally = only(national_roles=("national-coordinator",))
_records = only("wellbeing-lead", national_roles=("national-coordinator",))

ROWS: dict[str, Row] = {
    # How far somebody has come as a trainer: their force's lead, and nationally.
    "trainers:list": Row(get=any_force("wellbeing-lead", national_roles=("national-coordinator",))),
    "trainers:record": Row(get=_records, post=_records),
    # Every date and every force at once: the national coordinator only.
    "overview:national": Row(get=_nationally),
    "overview:forecast": Row(get=_nationally),
    "overview:dates-file": Row(get=_nationally),
    "overview:forecast-file": Row(get=_nationally),
    "courses:add": Row(get=_nationally, post=_nationally),
}
