"""How an entry's hash is made, in plain Python, so that a verifier without Django can do the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

FIRST = "0" * 64
FIELDS = (
    "chain_id", "sequence", "at", "actor_kind", "actor_id", "actor_job",
    "can", "outcome", "kind", "record_id", "detail",
)  # fmt: skip


def digest(previous: str, row: Mapping[str, Any]) -> str:
    """SHA-256 over the previous hash and the row in canonical JSON. `at` is ISO 8601 in UTC with microseconds."""
    body = json.dumps([row[name] for name in FIELDS], sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain is not whole."""

    sequence: int
    why: str


def verify(rows: Iterable[Mapping[str, Any]], *, head: str, length: int) -> Break | None:
    """Walk a chain in order; None when every row follows the one before and the last is the head."""
    previous, expected = FIRST, 1
    for row in rows:
        if row["sequence"] != expected:
            return Break(expected, "an entry is missing")
        if row["previous"] != previous:
            return Break(expected, "an entry does not follow the one before it")
        if digest(previous, row) != row["hash"]:
            return Break(expected, "an entry was changed")
        previous, expected = row["hash"], expected + 1
    if expected - 1 != length or previous != head:
        return Break(expected, "the end of the chain was cut or replaced")
    return None
