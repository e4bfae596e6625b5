"""Small numbers: what of a table may be told, so that nobody can work out a number under ten. Plain Python.

The rule is that of the Office for National Statistics for tables about people, "10-5": under ten is not told, the rest
is rounded to the nearest five. It is not enough where totals are told: 15 (13 to 17) beside 10 (10 to 12) leaves 1 to 7
for the third. So a solver asks of every small number, told or not, whether a reader could rule out a nought or a nine;
while one could, a second cell or the total is withheld. The same table is always answered alike.

A reader is taken to know everything that was ever told of these cells (`earlier`), and the rule itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from standdown.foundation.small_numbers import FEWEST, STEP, rounded
from standdown.reporting.counts import Counts

if TYPE_CHECKING:
    from standdown.reporting.attack import Attack, Span


class Mark(StrEnum):
    """What stands where a number is not told."""

    FEW = "few"  # under ten, a nought too
    WITHHELD = "withheld"  # of whatever size: told, it would give away another one


Told = int | Mark
_ALONE = 1  # the only hidden part of a total


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """What may be told, by cell. Only this may reach a page or a file; it refuses a number that is not rounded."""

    cells: Mapping[str, Told]

    def __post_init__(self) -> None:
        for key, told in self.cells.items():
            if not isinstance(told, Mark) and (told < FEWEST or told % STEP):
                raise ValueError(f"{key} may not be told as it is")

    def __getitem__(self, key: str) -> Told:
        """What is told of a cell; a cell that was never listed is withheld."""
        return self.cells.get(key, Mark.WITHHELD)

    @property
    def hash(self) -> str:
        """SHA-256 over all that is told, in hexadecimal: the same for the same table."""
        plain = json.dumps({key: str(told) for key, told in self.cells.items()}, sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()


def plain_rule(counts: Counts, listed: Collection[str]) -> dict[str, Told]:
    """The 10-5 rule and nothing else. With totals it gives small numbers away; `publish` is what to call."""
    told: dict[str, Told] = {}
    for key in counts.numbers:
        if key in listed:
            number = rounded(counts.numbers[key])
            told[key] = Mark.FEW if number is None else number
    return told


def publish(counts: Counts, listed: Collection[str], *, earlier: Mapping[str, Told] | None = None) -> PublishedTable:
    """The table as it may be told, beside what was told `earlier` of cells among these, which stands as it was.

    `listed`: the cells of the table, in no order. Cells of `counts` that are neither listed nor told earlier are
    protected too. Raises `attack.Contradiction` when what was told earlier is not of these cells.
    """
    before = dict(earlier or {})
    told = {**plain_rule(counts, listed), **before}
    second: set[str] = set()
    asked = sorted(key for key, number in counts.numbers.items() if number < FEWEST)
    while True:
        attack = attack_on(counts, told)
        open_ = asked = attack.narrowed(asked)  # withholding more never helps a reader: what is safe stays so
        open_ = open_ + [key for key in sorted(second) if _tight(attack, key)]
        if not open_:
            return PublishedTable({key: told[key] for key in sorted(told) if key in listed})
        changed: set[str] = set()
        for key in open_:
            changed |= _protect(counts, told, key, before, changed)
        second |= {key for key in changed if not counts.is_total(key)}
        if not changed:  # nothing near it is left to withhold, so every new total is
            changed = {key for key in counts.sums if key not in before and told.get(key) not in {None, Mark.WITHHELD}}
            _withhold(told, changed)
        if not changed:
            raise AssertionError("what was told earlier already gives a small number away")


def attack_on(counts: Counts, told: Mapping[str, Told]) -> Attack:
    """A reader who knows what is told of these cells."""
    from standdown.reporting.attack import Attack

    return Attack(counts, {key: _span(counts, key, one) for key, one in told.items()})


def _span(counts: Counts, key: str, told: Told) -> Span:
    """What is said of a cell. A withheld total may be small; any other withheld cell cannot, or it would be few."""
    if told is Mark.FEW:
        return 0, FEWEST - 1
    if isinstance(told, Mark):
        return (0 if counts.is_total(key) else FEWEST), None
    half = STEP // 2
    return max(FEWEST, told - half), told + half


def _tight(attack: Attack, key: str) -> bool:
    """True when a second cell can be worked out to fewer than ten numbers."""
    least, most = attack.span(key)
    return most is not None and most - least < FEWEST - 1


def _protect(
    counts: Counts, told: dict[str, Told], key: str, before: Collection[str], done: Collection[str]
) -> set[str]:
    """Withhold one thing that helps `key`: a second cell of a total in which it hides alone, or else that total."""
    for total, parts in _over(counts, key):
        if total in done or set(parts) & set(done):
            return set()  # something near was withheld in this round; whether it is enough shows in the next
        if told.get(total) in {None, Mark.WITHHELD} or total in before:
            continue
        shown = [part for part in parts if isinstance(told.get(part), int)]
        shown = [part for part in shown if part not in before]
        hidden = sum(isinstance(told.get(part, Mark.WITHHELD), Mark) for part in parts)
        smallest = min(shown, key=lambda part: (counts.numbers[part], part), default=None)
        chosen = total if smallest is None or hidden > _ALONE else smallest
        _withhold(told, {chosen})
        return {chosen}
    return set()


def _over(counts: Counts, key: str) -> list[tuple[str, tuple[str, ...]]]:
    """The totals of which the cell, or one of its own leaves, is a part: the nearest first."""
    own = set(counts.leaves(key)) | {key}
    ways = [*counts.sums.items(), *counts.also]
    near = [(total, parts) for total, parts in ways if key in parts]
    far = [(total, parts) for total, parts in ways if key not in parts and own & set(counts.leaves(total))]
    return near + far


def _withhold(told: dict[str, Told], keys: Collection[str]) -> None:
    told.update(dict.fromkeys(keys, Mark.WITHHELD))


def added_up(tables: Sequence[PublishedTable]) -> PublishedTable:
    """Several forces together, made of nothing but what each tells: whatever one withholds is not in the sum.

    So nothing can be worked out from it that their own tables do not say already.
    """
    sums: dict[str, Told] = {}
    for table in tables:
        for key, told in table.cells.items():
            before = sums.get(key, Mark.WITHHELD)
            if isinstance(told, Mark):
                sums[key] = before
            else:
                sums[key] = told if isinstance(before, Mark) else before + told
    return PublishedTable(sums)
