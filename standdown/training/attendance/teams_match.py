"""Who in an attendance file is which delegate: proposed by address, then by name, and decided by a person (R38)."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from standdown.training.attendance.teams_file import Participant

_IN_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
# What stands before or behind a name in a force's address book: ranks, grades, courtesy.
_TITLES = frozenset(
    {
        *("mr", "mrs", "ms", "miss", "mx", "dr", "guest", "unverified", "external"),
        *("pc", "ps", "sgt", "insp", "ch", "supt", "csupt", "dc", "ds", "di", "dci", "dsu", "dcs", "acc", "dcc", "cc"),
        *("pcso", "constable", "sergeant", "inspector", "superintendent", "detective", "chief"),
    }
)
_FEWEST_WORDS = 2


class How(StrEnum):
    """Why a delegate is proposed for a line of the file, or why nobody is."""

    ADDRESS = "address"
    NAME = "name"
    SEVERAL = "several"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Known:
    """A delegate as the file might name them."""

    key: uuid.UUID
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody in the file, with the delegate that they seem to be (None: a person has to say)."""

    participant: Participant
    delegate: uuid.UUID | None
    how: How


def words_of(name: str) -> frozenset[str]:
    """The words of a name without marks, titles and numbers: "ASHDOWN, Alice (PS 1234)" is "Alice Ashdown"."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one)).casefold()
    found = _WORD.findall(_IN_BRACKETS.sub(" ", plain.replace("\u2019", "'")))
    return frozenset(word for word in found if word not in _TITLES and not any(letter.isdigit() for letter in word))


def proposals(participants: Sequence[Participant], delegates: Iterable[Known]) -> list[Proposal]:
    """Each line of the file with whom it seems to be. Who was found by address is not looked for by name again."""
    known = list(delegates)
    by_address = {one.address.casefold(): one.key for one in known if one.address}
    found = {
        at: by_address[one.address.casefold()] for at, one in enumerate(participants) if _is_known(one, by_address)
    }
    left = [one for one in known if one.key not in set(found.values())]
    return [
        Proposal(one, found[at], How.ADDRESS) if at in found else _by_name(one, left)
        for at, one in enumerate(participants)
    ]


def _is_known(one: Participant, by_address: Mapping[str, uuid.UUID]) -> bool:
    return one.address.casefold() in by_address


def _by_name(one: Participant, left: Iterable[Known]) -> Proposal:
    words = words_of(one.name)
    named = [(known.key, words_of(known.name)) for known in left]
    same = [key for key, theirs in named if len(theirs) >= _FEWEST_WORDS and theirs <= words]
    if len(same) == 1:
        return Proposal(one, same[0], How.NAME)
    return Proposal(one, None, How.SEVERAL if same else How.NOBODY)
