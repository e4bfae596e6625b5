"""Programmes: seen by those who answer for the care of a force, kept by its ESTIP lead alone, nobody nationally."""

from __future__ import annotations

from tests.matrix.who import Row, any_force, only

_sees = ("estip-lead", "estip-coordinator", "wellbeing-lead")
_KEEPS = only("estip-lead")
_FORM = Row(get=_KEEPS, post=_KEEPS)
_ACT = Row(post=_KEEPS)

ROWS: dict[str, Row] = {
    "care_programme:versions": Row(get=any_force(*_sees)),
    "care_programme:one": Row(get=only(*_sees)),
    "care_programme:copy": _ACT,
    "care_programme:schedule": _FORM,
    "care_programme:withdraw": _ACT,
    "care_programme:discard": _ACT,
    "care_programme:figures": _FORM,
    "care_programme:phases": _FORM,
    "care_programme:next-steps": _FORM,
    "care_programme:chain": _FORM,
    "care_programme:add-category": _FORM,
    "care_programme:add-role": _FORM,
    "care_programme:change-entry": _FORM,
    "care_programme:move-entry-up": _ACT,
    "care_programme:remove-entry": _ACT,
}
