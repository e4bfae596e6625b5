"""What may stand in a force's own paragraph, in plain Python."""

from __future__ import annotations

import re
from collections.abc import Mapping

AFTER = "after"  # what helps once the course is over: whom of the force to ring (R45)
KINDS = ("joining", "reminder", "offer", AFTER)  # stand in messages
LIMITS = "limits"  # what is read out at the start of a session of care: the limits of confidentiality (R85)
EVERY_KIND = (*KINDS, LIMITS)
_OF_A_DATE = ("date", "time", "course", "place")
_OF_A_COURSE = ("date", "course")
LONGEST = 600  # characters
_BRACES = re.compile(r"\{([^{}]*)\}")


def placeholders(kind: str) -> tuple[str, ...]:
    """What a paragraph of that kind may name: after the course no time and no place, where it is read out nothing."""
    if kind == LIMITS:
        return ()
    return _OF_A_COURSE if kind == AFTER else _OF_A_DATE


def unknown(words: str, kind: str) -> list[str]:
    """What stands in braces and is no placeholder, and braces without a partner, in the order of the text."""
    rest = _BRACES.sub("", words)
    named = [f"{{{name}}}" for name in _BRACES.findall(words) if name not in placeholders(kind)]
    return [*dict.fromkeys(named), *dict.fromkeys(one for one in rest if one in "{}")]


def filled(words: str, facts: Mapping[str, str]) -> str:
    """The paragraph with its placeholders filled in. Whatever is not known stays as it was written: nothing breaks."""
    return _BRACES.sub(lambda found: facts.get(found[1], found[0]), words).strip()
