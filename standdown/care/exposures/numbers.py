"""Who is meant by a pasted list of collar or staff numbers, in one force. Bounded statements, whatever the length."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standdown.care.exposures import policy
from standdown.care.exposures.policy import Line
from standdown.people.models import Force, ForceAlias, Posting

T = TypeVar("T")
PIECE = 500  # keys asked for in one statement

_UNREADABLE = gettext_lazy("“%(words)s” is not a collar or staff number. Write it as in 1234 or AB123.")
_UNKNOWN = gettext_lazy(
    "%(words)s: nobody in your force has this number. Check it. Colleagues of another force are handed over."
)
_LEFT = gettext_lazy("%(words)s: whoever had this number has left your force. Leave the number out.")
_TWO = gettext_lazy("%(words)s: two people have this number, in large and in small letters. Write it exactly.")
_ELSEWHERE = gettext_lazy(
    "%(words)s: this is a number of %(force)s. Leave it out here and hand the colleague over to their force."
)


@dataclass(frozen=True, slots=True)
class Found:
    """A number that somebody of the force has."""

    number: str
    person: uuid.UUID


@dataclass(frozen=True, slots=True)
class Bad:
    """An entry that cannot be used, and what to do about it."""

    position: int
    sentence: str


@dataclass(slots=True)
class Paste:
    """What came of a pasted list: who was found, each once; every entry that cannot be used; how many came twice."""

    found: list[Found] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    twice: int = 0
    who: dict[int, uuid.UUID] = field(default_factory=dict)  # by position, also of whom was named before

    @property
    def people(self) -> list[uuid.UUID]:
        """The keys of those who were found."""
        return [one.person for one in self.found]


def pieces(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    """The keys in portions of one statement each."""
    return (keys[start : start + PIECE] for start in range(0, len(keys), PIECE))


def read(pasted: str, force: Force) -> Paste:
    """Who is meant by the list in that force. Every bad entry is named at once, and the good ones are kept apart.

    At most one statement for each 500 numbers, one more for those not found, and two for names of forces.
    """
    lines = policy.lines_of(pasted)
    if len(lines) > policy.MOST_NUMBERS:
        words = _("The list has %(count)s entries; %(most)s is the most that is taken at once. Send it in parts.")
        return Paste(bad=[Bad(0, words % {"count": len(lines), "most": policy.MOST_NUMBERS})])
    forces = _forces(lines)
    ours = [line for line in lines if line.number and forces.get(line.before, force.pk) == force.pk]
    known = _serving([line.number for line in ours], force.pk)
    gone = _gone([line.number for line in ours if line.number.casefold() not in known], force.pk)
    paste, seen = Paste(), set()
    for line in lines:
        who, why = _who(line, force, forces, known, gone)
        if who is not None:
            paste.who[line.position] = who
        if who is None:
            paste.bad.append(Bad(line.position, why))
        elif who in seen:
            paste.twice += 1
        else:
            seen.add(who)
            paste.found.append(Found(line.number, who))
    return paste


Known = dict[str, dict[str, uuid.UUID]]  # by number in small letters, then as written


def _who(
    line: Line, force: Force, forces: dict[str, uuid.UUID], known: Known, gone: set[str]
) -> tuple[uuid.UUID | None, str]:
    named = forces.get(line.before)
    if not line.number or (line.before and named is None):
        return None, _said(_UNREADABLE, line)
    if named is not None and named != force.pk:
        return None, str(_ELSEWHERE) % {"words": line.written, "force": line.written.rpartition(" ")[0]}
    meant = known.get(line.number.casefold(), {})
    if len(meant) > 1:
        return meant.get(line.number), _said(_TWO, line)
    if meant:
        return next(iter(meant.values())), ""
    return None, _said(_LEFT if line.number.casefold() in gone else _UNKNOWN, line)


def unreadable(line: Line) -> str:
    """What to say of an entry in which there is no number."""
    return _said(_UNREADABLE, line)


def _said(words: Promise, line: Line) -> str:
    return str(words) % {"words": line.written[:40]}


def _serving(numbers: Sequence[str], force_id: uuid.UUID) -> Known:
    """Who serves in the force under these numbers."""
    found: Known = defaultdict(dict)
    for piece in pieces(sorted({number.casefold() for number in numbers})):
        rows = Posting.objects.filter(force=force_id, until__isnull=True).annotate(small=Lower("number"))
        for number, person in rows.filter(small__in=piece).order_by().values_list("number", "person_id"):
            found[number.casefold()][number] = person
    return dict(found)


def _gone(numbers: Sequence[str], force_id: uuid.UUID) -> set[str]:
    """Which of these numbers somebody had who does not serve under it any more."""
    found: set[str] = set()
    for piece in pieces(sorted({number.casefold() for number in numbers})):
        rows = Posting.objects.filter(force=force_id, until__isnull=False).annotate(small=Lower("number"))
        found |= set(rows.filter(small__in=piece).order_by().values_list("small", flat=True))
    return found


def _forces(lines: Sequence[Line]) -> dict[str, uuid.UUID]:
    """The forces whose name or alias stands before a number, by that word in small letters."""
    words = {line.before for line in lines if line.before}
    if not words:
        return {}
    found: dict[str, uuid.UUID] = {}
    for piece in pieces(sorted(words)):
        names = Force.objects.annotate(small=Lower("short_name")).filter(small__in=piece)
        found.update(names.values_list("small", "pk"))
        aliases = ForceAlias.objects.annotate(small=Lower("alias")).filter(small__in=piece)
        found.update(aliases.values_list("small", "force_id"))
    return found


def serving_in(force_id: uuid.UUID, people: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these people who serve in that force now. One statement for each 500."""
    found: set[uuid.UUID] = set()
    for piece in pieces(list(people)):
        rows = Posting.objects.filter(force=force_id, until__isnull=True, person__in=piece)
        found |= set(rows.order_by().values_list("person_id", flat=True))
    return found
