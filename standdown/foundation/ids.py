"""Keys that sort by the time they were made, and references that can be read out over a radio."""

from __future__ import annotations

import secrets
import time
import uuid

# No 0/O, 1/I/L, 5/S, 8/B, 2/Z: what is heard is what is written.
SPEAKABLE = "34679ACDEFGHJKMNPQRTUVWXY"


def new() -> uuid.UUID:
    """A new key (UUID version 7): milliseconds in 48 bits, the fraction of the millisecond in 12, 62 random bits.

    The fraction keeps the keys that one process makes in the order of their making.
    """
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    fraction = (nanoseconds << 12) // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value)


def reference(prefix: str, length: int = 6) -> str:
    """A short speakable code such as `TS-7KQ2MD`; unique only under a constraint of the table it goes to."""
    return prefix + "-" + "".join(secrets.choice(SPEAKABLE) for _ in range(length))
