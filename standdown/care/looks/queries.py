from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from standdown.audit.models import Entry, Outcome
from standdown.care.looks.models import Look


@dataclass(frozen=True, slots=True)
class Difference:
    """Looks that the record and its table do not agree on; both are none of them as long as nobody tampers."""

    changed: int  # rows that no entry knows: added, or changed
    missing: int  # rows that an entry knows and that are gone, other than with an exercise

    @property
    def any(self) -> bool:
        """True when somebody changed looks behind the record's back."""
        return bool(self.changed or self.missing)


def difference() -> Difference:
    """Compare every row with the seals in the entries. The chains themselves are `audit.queries.verify_all`'s.

    Entries are read before the rows, and once more where a row seems unknown: somebody may have looked meanwhile.
    """
    noted = set(_noted())
    there = {one.seal for one in Look.objects.iterator(chunk_size=2000)}
    unknown = there - noted
    if unknown:
        unknown -= set(_noted())
    gone = len(noted - there) - _taken_away()
    return Difference(changed=len(unknown), missing=max(0, gone))


def _noted() -> Iterator[str]:
    done = Entry.objects.filter(outcome=Outcome.DONE, detail__has_key="looks")
    for seals in done.values_list("detail__looks", flat=True).iterator(chunk_size=2000):
        yield from str(seals).split()


def _taken_away() -> int:
    """How many went with exercises that ended, by the entries that say so."""
    ended = Entry.objects.filter(outcome=Outcome.DONE, detail__has_key="looks_taken_away")
    return sum(int(str(number)) for number in ended.values_list("detail__looks_taken_away", flat=True))
