"""A wish to be trained: told by anybody for themselves, heard and decided by the lead or deputy of their own force."""

from __future__ import annotations

from tests.matrix.who import SIGNED_IN, Row, any_force, only

HEARS = ("wellbeing-lead", "wellbeing-deputy")

ROWS: dict[str, Row] = {
    "interest:tell": Row(get=SIGNED_IN, post=SIGNED_IN),
    "interest:list": Row(get=any_force(*HEARS)),
    "interest:one": Row(get=only(*HEARS), post=only(*HEARS)),
    "interest:take-back": Row(),  # nobody but who told it, and that is nobody of the table
}
