"""Qualifications: who sees a force's register and cover, who keeps them, and what everybody decides for themselves."""

from __future__ import annotations

from tests.matrix.who import SIGNED_IN, Row, any_force, only

# Those who answer for the programme in a force. Nobody for the whole country: a register is the force's own.
_SEES = ("estip-lead", "estip-coordinator", "wellbeing-lead", "wellbeing-deputy")
_LEADS = ("estip-lead", "wellbeing-lead")

_sees = Row(get=any_force(*_SEES))
_sets = Row(get=only(*_LEADS), post=only(*_LEADS))
_records = only("estip-lead", "wellbeing-lead", "wellbeing-deputy")
_brings_in = any_force("wellbeing-lead")

ROWS: dict[str, Row] = {
    "qualifications:list": _sees,
    "qualifications:register-file": Row(post=_brings_in),
    "qualifications:able": _sees,
    "qualifications:cover": _sees,
    "qualifications:cover-file": _sees,
    "qualifications:needed": _sees,
    "qualifications:needed-file": _sees,
    "qualifications:wanted": _sets,
    "qualifications:wanted-without-base": _sets,
    "qualifications:currency": Row(get=_records, post=_records),
    "qualifications:import": Row(get=_brings_in, post=_brings_in),
    "qualifications:template": Row(get=_brings_in),
    "qualifications:stand-down": Row(get=SIGNED_IN, post=SIGNED_IN),
    "qualifications:come-back": Row(post=SIGNED_IN),
    "qualifications:moves": Row(get=SIGNED_IN, post=SIGNED_IN),
}
