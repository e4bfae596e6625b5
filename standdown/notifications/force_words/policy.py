"""What may stand in a force's own paragraph, in plain Python."""

from __future__ import annotations

import re
from collections.abc import Mapping

KINDS = ("joining", "reminder", "offer")
PLACEHOLDERS = ("date", "time", "course", "place")
LONGEST = 600  # characters
_BRACES = re.compile(r"\{([^{}]*)\}")


def unknown(words: str) -> list[str]:
    """What stands in braces and is no placeholder, and braces without a partner, in the order of the text."""
    rest = _BRACES.sub("", words)
    named = [f"{{{name}}}" for name in _BRACES.findall(words) if name not in PLACEHOLDERS]
    return [*dict.fromkeys(named), *dict.fromkeys(one for one in rest if one in "{}")]


def filled(words: str, facts: Mapping[str, str]) -> str:
    """The paragraph with its placeholders filled in. Whatever is not known stays as it was written: nothing breaks."""
    return _BRACES.sub(lambda found: facts.get(found[1], found[0]), words).strip()
