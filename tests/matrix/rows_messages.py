"""Who gets the pages about messages: one's own choices, and a force's own words."""

from __future__ import annotations

from tests.matrix.who import SIGNED_IN, Row, any_force, only

_writes = only("wellbeing-lead")

ROWS: dict[str, Row] = {
    "preferences:page": Row(get=SIGNED_IN, post=SIGNED_IN),
    "force_words:list": Row(get=any_force("wellbeing-lead")),
    "force_words:write": Row(get=_writes, post=_writes),
}
