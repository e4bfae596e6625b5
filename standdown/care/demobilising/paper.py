"""The code on a card: said over a radio, it names the card and nobody."""

from __future__ import annotations

import re
import uuid

from standdown.foundation import ids

PREFIX = "CARD"
MOST = 40
_CODE = re.compile(rf"^(?:CARD)?([{ids.SPEAKABLE}]{{6}})$")
_CARDS = uuid.UUID("5a0f2e0c-7a53-5d0e-9a5f-3f0b7a1b6c11")  # ours, for this


def codes(count: int) -> list[str]:
    """New codes for so many cards: at least one, at most forty at a time."""
    return [ids.reference(PREFIX) for _card in range(min(max(count, 1), MOST))]


def read(typed: str) -> str | None:
    """The code as it is printed, however it was typed; None where it is no code of a card."""
    found = _CODE.match(re.sub(r"[\s-]", "", typed).upper())
    return f"{PREFIX}-{found[1]}" if found else None


def key_of(code: str) -> uuid.UUID:
    """The key of the capture that a card is: keyed in twice, it is one record."""
    return uuid.uuid5(_CARDS, code)
