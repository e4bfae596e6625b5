"""One's own page: everybody's own; what is named in an address is somebody's, and of nobody at these doors."""

from __future__ import annotations

from tests.matrix.who import NATIONALLY, NOBODY, SIGNED_IN, Row, national

_own = SIGNED_IN - {national(role) for role in NATIONALLY}  # who serves in no force has no care of their own here
_OWN_FORM = Row(get=_own, post=_own)
_SOMEBODYS = Row(get=NOBODY, post=NOBODY)

ROWS: dict[str, Row] = {
    "own_care:page": Row(get=_own),
    "own_care:take-along": Row(get=_own),
    "own_care:ask-to-talk": _OWN_FORM,
    "own_care:mark-day": _OWN_FORM,
    "own_care:add-entry": _OWN_FORM,
    "own_care:exclude": _OWN_FORM,
    "own_care:wishes": _OWN_FORM,
    "own_care:how-are-you": _SOMEBODYS,
    "own_care:open-again": _SOMEBODYS,
    "own_care:talked": _SOMEBODYS,
    "own_care:take-back-referral": _SOMEBODYS,
    "own_care:unmark-day": _SOMEBODYS,
    "own_care:remove-entry": _SOMEBODYS,
    "own_care:include-again": _SOMEBODYS,
}
