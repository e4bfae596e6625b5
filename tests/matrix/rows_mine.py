"""My training: everybody's own page, and pages of one place that are there for nobody but its owner."""

from __future__ import annotations

from tests.matrix.who import EVERYBODY, SIGNED_IN, Row

ROWS: dict[str, Row] = {
    "mine:page": Row(get=SIGNED_IN),
    "mine:calendar": Row(get=SIGNED_IN, post=SIGNED_IN),
    "mine:take-feed-back": Row(post=SIGNED_IN),
    "mine:feed": Row(get=EVERYBODY, answers=frozenset({404})),  # a token that nobody was given
    "mine:place": Row(),
    "mine:answer": Row(),
    "mine:needs": Row(),
    "mine:give-back": Row(),
    "mine:date": Row(),
    "mine:release": Row(),
}
