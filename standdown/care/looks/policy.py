"""How a look is sealed into the record, in plain Python."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

_SEAL = 32  # hexadecimal digits: 128 bits, which nobody finds a second row for


def seal(*, key: uuid.UUID, keys: tuple[uuid.UUID | None, ...], codes: tuple[str, ...], at: dt.datetime) -> str:
    """A row as the entry of its look notes it: SHA-256 over all that it says, cut to 128 bits.

    `key` is the row's own and holds 62 random bits, so that nobody guesses from a seal whom a row that is gone named.
    """
    facts = (str(key), *(str(one or "") for one in keys), *codes, at.astimezone(dt.UTC).isoformat())
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:_SEAL]
