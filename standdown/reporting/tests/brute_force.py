"""A reader without a solver: tries every filling of a small table against all that is told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from standdown.reporting.counts import Counts
from standdown.reporting.suppression import Mark, Told

ENDLESS = 26  # the greatest number tried where nothing that is told ends it


def possible(told: Told | None, *, total: bool) -> range:
    """The numbers that would be told so, written out here from the rule and not taken from the code."""
    if told is None or (told is Mark.WITHHELD and total):
        return range(ENDLESS)
    if told is Mark.FEW:
        return range(10)
    if isinstance(told, Mark):
        return range(10, ENDLESS)
    return range(max(10, told - 2), told + 3)


def spans(counts: Counts, told: Mapping[str, Told]) -> dict[str, tuple[int, int]]:
    """The least and greatest of each cell over all fillings that would be told so."""
    leaves = [key for key in counts.numbers if not counts.is_total(key)]
    choices = [possible(told.get(key), total=False) for key in leaves]
    tried = np.meshgrid(*(np.array(one, dtype=np.int16) for one in choices), indexing="ij")
    filling: dict[str, NDArray[np.int16]] = {key: values.ravel() for key, values in zip(leaves, tried, strict=True)}
    fits = np.ones(len(filling[leaves[0]]), dtype=bool)
    for key, parts in counts.sums.items():
        filling[key] = _sum([filling[part] for part in parts])
        if told.get(key) not in {None, Mark.WITHHELD}:
            within = possible(told[key], total=True)
            fits &= (filling[key] >= within[0]) & (filling[key] <= within[-1])
    for key, parts in counts.also:
        fits &= filling[key] == _sum([filling[part] for part in parts])
    for less, more in counts.within:
        fits &= filling[less] <= filling[more]
    return {key: (int(values[fits].min()), int(values[fits].max())) for key, values in filling.items()}


def _sum(parts: Sequence[NDArray[np.int16]]) -> NDArray[np.int16]:
    total: NDArray[np.int16] = np.sum(parts, axis=0, dtype=np.int16)
    return total


def given_away(counts: Counts, told: Mapping[str, Told]) -> list[str]:
    """The small numbers, told or not, of which somebody can say that they are not nought, or not nine."""
    found = spans(counts, told)
    small = [key for key, number in counts.numbers.items() if number < 10]
    return [key for key in small if found[key][0] > 0 or found[key][1] < 9]
