"""Feedback: everybody's own is theirs alone; words are a coordinator's, totals also those of whoever trains."""

from __future__ import annotations

from tests.matrix.who import EVERYBODY, NOBODY, Row, any_force, only

_nationally = only(national_roles=("national-coordinator",))
# What the records here are about belongs to somebody who has no browser: nobody else may open it, not even a lead.
_SOMEBODY_ELSES = Row(get=NOBODY, post=NOBODY)
# A token that nobody was given: the page is not there, for everybody alike.
_NOBODYS = Row(get=EVERYBODY, post=EVERYBODY, answers=frozenset({404}))

ROWS: dict[str, Row] = {
    "feedback:give": _SOMEBODY_ELSES,
    "feedback:take-back": _SOMEBODY_ELSES,
    "feedback:follow-up": _SOMEBODY_ELSES,
    "feedback:by-link": _NOBODYS,
    "feedback:take-back-by-link": _NOBODYS,
    "feedback:follow-up-by-link": _NOBODYS,
    "feedback:words": Row(get=_nationally),
    "feedback:decide": Row(post=_nationally),
    "feedback:summary": Row(get=any_force("trainer", national_roles=("national-coordinator", "trainer"))),
}
