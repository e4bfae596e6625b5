"""Pages behind links: a token that nobody was given leads nowhere, for everybody alike."""

from __future__ import annotations

from tests.matrix.who import EVERYBODY, Row

_PAGE = Row(get=EVERYBODY, answers=frozenset({404}))
_FORM = Row(get=EVERYBODY, post=EVERYBODY, answers=frozenset({404}))

ROWS: dict[str, Row] = {
    "nominations:answer": _FORM,
    "nominations:place": _PAGE,
    "nominations:place-needs": _FORM,
    "nominations:place-give-back": _FORM,
    "nominations:place-calendar": _PAGE,
    "nominations:release": _FORM,
}
