"""All groups at once: who leads which, and when, as one model for HiGHS (scipy's `milp`).

Each group is placed once or left over; a defuser leads at most as many as their load leaves, rested between two.
Imported only when a plan is made, because its libraries are slow to import.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, vstack

from standdown.care.matching.weights import LEFT_OVER, LOAD

PASSES = 3  # of choosing candidates, each with the groups in another order
BEST = 15  # candidates of a group in each pass
FEW = 50_000  # pairings that are all looked at, so that the plan is the best there is
NO_GAP = 1e-9  # HiGHS goes on until it has proved the best, or its seconds are over
Numbers = NDArray[Any]
Option = tuple[int, int, int]  # group, person, time


@dataclass(frozen=True, slots=True)
class Model:
    """What the solver needs to know, as numbers. Infinite means: never.

    `pairs[g, p]` is what it costs that person p leads group g, whenever; `slots[p, t]` what it costs that p leads at
    time t; `suits[g, t]` whether the group can come. `most[p]` sessions at most; two of one person never both within
    one of `rests`, each from a time until before another.
    """

    pairs: Numbers
    slots: Numbers
    suits: Numbers
    most: Numbers
    rests: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Solution:
    """Which person leads each group and when (None: left over), what it costs, and what it would cost at best."""

    chosen: Sequence[tuple[int, int] | None]
    cost: int
    bound: int  # proven for the candidates that were looked at
    options: int
    seconds: float


def solve(model: Model, *, seconds: float = 60, best: int = BEST) -> Solution:
    """Plan all groups. The same model gives the same plan, unless the time is up before the best is proved."""
    began = time.perf_counter()
    options, first = _options(model, best)
    if not options:
        nobody = LEFT_OVER * len(model.pairs)
        return Solution([None] * len(model.pairs), nobody, nobody, 0, time.perf_counter() - began)
    chosen, bound = _placed(model, options, seconds)
    if chosen is None or cost_of(model, chosen) > cost_of(model, first):  # the time was up before anything better
        chosen = first
    cost = cost_of(model, chosen)
    return Solution(chosen, cost, min(bound, cost), len(options), time.perf_counter() - began)


def cost_of(model: Model, chosen: Sequence[tuple[int, int] | None]) -> int:
    """What a plan costs: each pairing, each group left over, and one step of load for each further session."""
    cost, led = 0, dict[int, int]()
    for group, pick in enumerate(chosen):
        if pick is None:
            cost += LEFT_OVER
            continue
        person, slot = pick
        cost += int(model.pairs[group, person] + model.slots[person, slot]) + LOAD * led.get(person, 0)
        led[person] = led.get(person, 0) + 1
    return cost


# -- candidates -----------------------------------------------------------------------------------------------------


def _options(model: Model, best: int) -> tuple[list[Option], list[tuple[int, int] | None]]:
    """The candidates of all groups: in several orders, each group takes its best, and others may still have them too.

    Where there are few pairings all of them are candidates. With them comes the best plan of these passes.
    """
    groups = len(model.pairs)
    patterns, pattern_of = np.unique(model.suits, axis=0, return_inverse=True)
    pattern_of = pattern_of.reshape(-1)
    able = np.isfinite(model.slots)
    freedom = np.array([(able & pattern).any(axis=1).sum() for pattern in patterns])[pattern_of]
    draw = np.random.default_rng(0)
    orders = [np.argsort(freedom, kind="stable"), *(draw.permutation(groups) for _ in range(PASSES - 1))]
    found: set[Option] = set()
    plans = []
    for order in orders:
        lots: Numbers = 0.9 * draw.random(len(model.slots))
        taking = _Taking(model, patterns, pattern_of, lots)
        for group in order:
            found.update(taking.take(int(group), best))
        plans.append(taking.chosen)
    if model.suits.sum() * len(model.slots) <= FEW:
        every = model.pairs[:, :, None] + np.where(model.suits[:, None, :], model.slots[None, :, :], np.inf)
        found = {(int(g), int(p), int(t)) for g, p, t in np.argwhere(np.isfinite(every))}
    return sorted(found), min(plans, key=lambda plan: cost_of(model, plan))


class _Taking:
    """One pass: group after group takes the best that is left. `lots` decides among equals, turned for each group."""

    def __init__(self, model: Model, patterns: Numbers, pattern_of: Numbers, lots: Numbers) -> None:
        self.model, self.patterns, self.pattern_of, self.lots = model, patterns, pattern_of, lots
        self.slots = model.slots.copy()
        self.led = np.zeros(len(self.slots), dtype=int)
        self.chosen: list[tuple[int, int] | None] = [None] * len(model.pairs)
        # By pattern of times and by person: what their best time costs.
        self.least = np.stack([np.where(one, self.slots, np.inf).min(axis=1, initial=np.inf) for one in patterns])

    def take(self, group: int, best: int) -> Iterator[Option]:
        """Let this group take its best; gives its best candidates, with the time that each would lead at."""
        worth = self.model.pairs[group] + self.least[self.pattern_of[group]] + np.roll(self.lots, group * 37)
        some = np.argpartition(worth, best - 1)[:best] if best < len(worth) else np.arange(len(worth))
        some = some[np.isfinite(worth[some])]
        for place, person in enumerate(some[np.argsort(worth[some], kind="stable")]):
            slot = self._slot(group, person)
            if not place:
                self.chosen[group] = (int(person), slot)
                leads = (person, slot)
            yield group, int(person), slot
        if len(some):
            self._leads(*leads)

    def _slot(self, group: int, person: int) -> int:
        costs = np.where(self.patterns[self.pattern_of[group]], self.slots[person], np.inf)
        equal = np.flatnonzero(costs == costs.min())
        return int(equal[(group * 7) % len(equal)])

    def _leads(self, person: int, slot: int) -> None:
        self.led[person] += 1
        if self.led[person] >= self.model.most[person]:
            self.slots[person] = np.inf
        else:
            self.slots[person] += LOAD
            for first, last in self.model.rests:
                if first <= slot < last:
                    self.slots[person, first:last] = np.inf
        self.least[:, person] = np.where(self.patterns, self.slots[person], np.inf).min(axis=1, initial=np.inf)


# -- the model --------------------------------------------------------------------------------------------------------


def _placed(model: Model, options: Sequence[Option], seconds: float) -> tuple[list[tuple[int, int] | None] | None, int]:
    """The best plan of these candidates and its proven bound, or no plan when the seconds did not suffice."""
    group, person, slot = np.array(options).T
    number, groups = len(options), len(model.pairs)
    rows, columns, more = _limits(model, person, slot)
    further = [LOAD * step for _row, step in more]
    width, height = number + groups + len(more), int(rows.max()) + 1
    limits = csr_matrix(
        (
            np.concatenate([np.ones(len(rows)), -np.ones(len(more))]),
            (
                np.concatenate([rows, [row for row, _step in more]]).astype(int),
                np.concatenate([columns, np.arange(number + groups, width)]),
            ),
        ),
        shape=(height, width),
    )
    once = csr_matrix(
        (np.ones(number + groups), (np.concatenate([group, np.arange(groups)]), np.arange(number + groups))),
        shape=(groups, width),
    )
    costs = np.concatenate(
        [model.pairs[group, person] + model.slots[person, slot], np.full(groups, LEFT_OVER), further]
    )
    low = np.concatenate([np.full(height, -np.inf), np.ones(groups)])
    found = milp(
        costs, integrality=np.concatenate([np.ones(number), np.zeros(groups + len(more))]), bounds=Bounds(0, 1),
        constraints=LinearConstraint(vstack([limits, once]), low, np.ones(height + groups)),
        options={"time_limit": seconds, "mip_rel_gap": NO_GAP},
    )  # fmt: skip
    bound = -1 if found.mip_dual_bound is None else int(np.ceil(found.mip_dual_bound - 1e-3))
    if found.x is None:
        return None, max(bound, 0)
    chosen: list[tuple[int, int] | None] = [None] * groups
    for index in np.flatnonzero(found.x[:number] > 0.5):  # noqa: PLR2004 - each is 0 or 1, but for rounding
        chosen[group[index]] = (int(person[index]), int(slot[index]))
    return chosen, max(bound, 0)


def _limits(model: Model, person: Numbers, slot: Numbers) -> tuple[Numbers, Numbers, list[tuple[int, int]]]:
    """Rows that say how often and how close together each person leads, as (rows, columns), each at most 1.

    A person's first row may be exceeded by further sessions, each (row, which one): a step of load more each time.
    """
    order = np.lexsort((slot, person))
    ends = np.searchsorted(person[order], np.arange(len(model.slots) + 1))
    rows, columns, more, row = [], [], list[tuple[int, int]](), -1
    for who in np.unique(person):
        mine = order[ends[who] : ends[who + 1]]
        row += 1
        rows.append(np.full(len(mine), row))
        columns.append(mine)
        more += [(row, step) for step in range(1, int(model.most[who]))]
        reached = 0
        for first, last in model.rests if model.most[who] > 1 else ():
            start, end = np.searchsorted(slot[mine], (first, last))
            if end > start + 1 and end > reached:
                row += 1
                rows.append(np.full(end - start, row))
                columns.append(mine[start:end])
                reached = int(end)
    return np.concatenate(rows), np.concatenate(columns), more
