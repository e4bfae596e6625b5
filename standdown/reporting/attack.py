"""What a reader could work out of everything that is told: the least and the greatest that each cell may be.

A filling is a whole number for each cell that agrees with all that is told: no cell below nothing, each within the
bounds of what is said of it, each total the sum of its parts. The bounds of a cell are those over all fillings, found
with HiGHS (scipy's `milp`). Cells are independent where nothing that is told joins them, so each such group is its own
model, and a group without anything that joins it needs none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from standdown.reporting.counts import Counts

BELOW, ABOVE = 0, 9  # a reader must hold both of these, or less and more, for possible of a small number
Span = tuple[int, int | None]  # the least, and the greatest; None: no end
_WHOLE = 1e-6  # as far from a whole number as the solver itself takes for one
_WITHOUT_END = 10_000  # what stands for no end in a model; a smaller world can only narrow what is found


class Contradiction(Exception):
    """No filling agrees with what is told, so what is told is not of these cells."""


@dataclass(slots=True)
class _Group:
    """Cells that what is told joins: the leaves in order, and each row of the model over their places."""

    leaves: list[str]
    spans: list[Span]
    rows: list[dict[int, int]] = field(default_factory=list)
    bounds: list[tuple[float, float]] = field(default_factory=list)


class Attack:
    """A reader with everything that is told in hand. `told`: the span that is said of a cell; nothing: any number."""

    def __init__(self, counts: Counts, told: Mapping[str, Span]) -> None:
        self._leaves = {key: counts.leaves(key) for key in counts.numbers}
        self._told = told
        self._groups = _groups(counts, self._leaves, told)
        self._of = {leaf: group for group in self._groups for leaf in group.leaves}

    def span(self, key: str) -> Span:
        """The least and the greatest that this cell may be. Two models for each group that it touches."""
        return self._end(key, 1) or 0, self._end(key, -1)

    def narrowed(self, keys: Iterable[str]) -> list[str]:
        """Those of the cells, in their order, that a reader can say are not 0, or are not 9.

        One filling shows it of many cells at once, so that few are asked for one by one.
        """
        asked = list(keys)
        low = self._unseen(asked, 1)
        high = self._unseen(asked, -1)
        return [key for key in asked if key in low or key in high]

    def _unseen(self, keys: Sequence[str], sign: int) -> set[str]:
        left = set(keys)
        while left:
            found = self._filling([key for key in keys if key in left], sign)
            seen = {key for key in left if _reached(sum(found[leaf] for leaf in self._leaves[key]), sign)}
            if not seen:
                break
            left -= seen
        return {key for key in left if not _reached(self._end(key, sign), sign)}

    def _end(self, key: str, sign: int) -> int | None:
        found = self._filling([key], sign)
        end = sum(found[leaf] for leaf in self._leaves[key])
        return None if end >= _WITHOUT_END else end

    def _filling(self, keys: Sequence[str], sign: int) -> dict[str, int]:
        """A filling of the groups of these cells in which they are as small (1) or as great (-1) as together can be.

        The weights differ a little, so that one cell goes all the way before the next one begins.
        """
        weights: dict[str, float] = {}
        for place, key in enumerate(keys):
            for leaf in self._leaves[key]:
                weights[leaf] = weights.get(leaf, 0.0) + sign * (1 + (place % 97) / 1000)
        touched = {id(self._of[leaf]): self._of[leaf] for leaf in weights}
        found: dict[str, int] = {}
        for group in touched.values():
            found.update(_solve(group, [weights.get(leaf, 0.0) for leaf in group.leaves], sign))
        return found


def _reached(end: int | None, sign: int) -> bool:
    return (end is not None and end <= BELOW) if sign > 0 else (end is None or end >= ABOVE)


def _solve(group: _Group, weights: Sequence[float], sign: int) -> dict[str, int]:
    least = [low for low, _high in group.spans]
    most = [_WITHOUT_END if high is None else high for _low, high in group.spans]
    if not group.rows:
        return dict(zip(group.leaves, least if sign > 0 else most, strict=True))
    places = [(row, place, times) for row, one in enumerate(group.rows) for place, times in one.items()]
    rows, columns, values = zip(*places, strict=True)
    matrix = csr_array((values, (rows, columns)), shape=(len(group.rows), len(group.leaves)))
    lower, upper = zip(*group.bounds, strict=True)
    constraints = LinearConstraint(matrix, np.array(lower), np.array(upper))
    for whole in (0, 1):  # most are whole at once without being asked to be, which is quicker
        found = milp(
            np.array(weights), integrality=np.full(len(group.leaves), whole), bounds=Bounds(least, most),
            constraints=constraints, options={"mip_rel_gap": 0},
        )  # fmt: skip
        if found.x is None:
            raise Contradiction(found.message)
        if np.abs(found.x - np.round(found.x)).max() < _WHOLE:
            break
    return {leaf: round(value) for leaf, value in zip(group.leaves, found.x, strict=True)}


Row = tuple[dict[str, int], float, float]


def _rows(counts: Counts, leaves: Mapping[str, tuple[str, ...]], told: Mapping[str, Span]) -> list[Row]:
    """What is told of totals, and which cells are part of which people: each joins the leaves that it is about."""
    rows: list[Row] = []
    for key, of in leaves.items():
        low, high = told.get(key, (0, None))
        if of != (key,) and (low, high) != (0, None):
            rows.append((dict.fromkeys(of, 1), low, float("inf") if high is None else high))
    for less, more in counts.within:
        terms = dict.fromkeys(leaves[more], -1)
        for leaf in leaves[less]:
            terms[leaf] = terms.get(leaf, 0) + 1
        rows.append((terms, -float("inf"), 0))
    for total, parts in counts.also:
        terms = dict.fromkeys(leaves[total], 1)
        for leaf in (leaf for part in parts for leaf in leaves[part]):
            terms[leaf] = terms.get(leaf, 0) - 1
        rows.append(({leaf: times for leaf, times in terms.items() if times}, 0, 0))
    return [row for row in rows if row[0]]


def _groups(counts: Counts, leaves: Mapping[str, tuple[str, ...]], told: Mapping[str, Span]) -> list[_Group]:
    alone = [key for key, of in leaves.items() if of == (key,)]
    rows = _rows(counts, leaves, told)
    over = {key: key for key in alone}

    def root(key: str) -> str:
        while over[key] != key:
            over[key] = over[over[key]]
            key = over[key]
        return key

    for terms, _low, _high in rows:
        first, *others = terms
        for other in others:
            over[root(other)] = root(first)
    groups: dict[str, _Group] = {}
    place: dict[str, int] = {}
    for key in alone:
        group = groups.setdefault(root(key), _Group([], []))
        place[key] = len(group.leaves)
        group.leaves.append(key)
        group.spans.append(told.get(key, (0, None)))
    for terms, low, high in rows:
        group = groups[root(next(iter(terms)))]
        group.rows.append({place[leaf]: times for leaf, times in terms.items()})
        group.bounds.append((low, high))
    return list(groups.values())
