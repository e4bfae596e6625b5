from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from standdown.audit import chain
from standdown.audit.act import as_row
from standdown.audit.models import Chain, Entry
from standdown.foundation.access import Actor, Can

PAGE = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one force's chain is whole, and where it first is not."""

    chain: str
    length: int
    broken_at: int | None = None
    why: str = ""

    @property
    def broken(self) -> bool:
        return self.broken_at is not None

    def as_dict(self) -> dict[str, object]:
        """For another program."""
        return {"chain": self.chain, "length": self.length, "broken_at": self.broken_at, "why": self.why}


def entries(by: Actor, *, page: int = 1) -> list[Entry]:
    """The newest entries that this privacy officer may read, a hundred a page."""
    first = (max(page, 1) - 1) * PAGE
    return list(Entry.objects.visible_to(by).order_by("-at", "-sequence")[first : first + PAGE])


def verify_all(by: Actor | None = None) -> list[Verdict]:
    """Every chain's verdict; with an actor only the chains that they may read."""
    chains = Chain.objects.order_by("force_id")
    if by is not None and not by.reach(Can.READ_AUDIT).everywhere:
        chains = chains.filter(pk__in=by.reach(Can.READ_AUDIT).forces)
    return [_verify(one) for one in chains]


def _verify(one: Chain) -> Verdict:
    found = chain.verify(_rows(one), head=one.head, length=one.sequence)
    if found is None:
        return Verdict(str(one.pk), one.sequence)
    return Verdict(str(one.pk), one.sequence, found.sequence, found.why)


def _rows(one: Chain) -> Iterator[dict[str, object]]:
    for entry in Entry.objects.filter(chain=one).order_by("sequence").iterator(chunk_size=2000):
        yield as_row(entry)
