"""From what is known of groups and people to the numbers of the model. Imported only when a plan is made."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

import numpy as np

from standdown.care.matching import policy, weights
from standdown.care.matching.policy import Defuser, Group, Judge, Limits, Member
from standdown.care.matching.solver import Model, Numbers
from standdown.care.matching.spans import Times

_SEXES = {"": 0, "woman": 1, "man": 2}
_MOST_LOAD = 15  # beyond it more load makes no difference to the order
_NO_TIMES = Times((), dt.datetime(1970, 1, 1, tzinfo=dt.UTC))


def of(groups: Sequence[Group], people: Sequence[Defuser], times: Times, limits: Limits) -> Model:
    """The numbers of the model. Hard rules are infinite costs; the order of the policy is in the weights."""
    slots, most = _slots(people, times, limits)
    suits = np.array([_bits(group.suits, len(times.slots)) for group in groups])
    pairs = _Pairs(people, limits)
    rows = np.stack([pairs.row(group) for group in groups])
    return Model(rows, slots, suits, most, _rests(times, limits))


def _bits(mask: int, width: int) -> list[bool]:
    return [bool(mask >> number & 1) for number in range(width)]


def _slots(people: Sequence[Defuser], times: Times, limits: Limits) -> tuple[Numbers, Numbers]:
    """By person and time what leading then costs, whatever the group; and how many more sessions each may lead.

    The load is counted as at the earliest time that is open to them, so that no plan goes beyond the limit.
    """
    costs, most = np.full((len(people), len(times.slots)), np.inf), np.zeros(len(people), dtype=int)
    outside = np.array([weights.OUTSIDE * out for out in times.outside])
    for number, who in enumerate(people):
        stands = policy.standing(who, times, limits)
        open_to = stands.qualified & stands.free & stands.load & stands.rested
        if not open_to:
            continue
        loads = np.zeros(len(times.slots), dtype=int)
        if who.sessions:
            loads = np.array([policy.load_at(who, start, limits) for start in times.starts])
        allowed = np.array(_bits(open_to, len(times.slots)))
        costs[number, allowed] = (outside + weights.LOAD * np.minimum(loads, _MOST_LOAD))[allowed]
        most[number] = limits.load_most - int(loads[allowed].max())
    return costs, most


def _rests(times: Times, limits: Limits) -> list[tuple[int, int]]:
    """Each longest run of times of which one person can lead only one: from a number until before another."""
    found: list[tuple[int, int]] = []
    for first, slot in enumerate(times.slots):
        last = first + 1
        while last < len(times.slots) and times.starts[last] < slot.ends_at + limits.rest:
            last += 1
        if not found or last > found[-1][1]:
            found.append((first, last))
    return found


class _Pairs:
    """What it costs that each of these people leads a group, whenever: its hard rules, teams, wishes, travel."""

    def __init__(self, people: Sequence[Defuser], limits: Limits) -> None:
        self.limits = limits
        self.number = {one.key: number for number, one in enumerate(people)}
        self.names: dict[object, int] = {}
        self.exposed: dict[frozenset[uuid.UUID], list[int]] = {}
        self.force = np.array([self._name(one.force) for one in people])
        self.team = np.array([self._name(one.team) for one in people])
        self.base = np.array([self._name(one.base) for one in people])
        self.rank = np.array([-1 if one.rank is None else one.rank for one in people])
        self.sex = np.array([_SEXES[one.sex] for one in people])
        self.welsh = np.array([one.welsh for one in people])

    def _name(self, key: object) -> int:
        return self.names.setdefault(key, len(self.names)) if key is not None else -1

    def row(self, group: Group) -> Numbers:
        """One group's costs, by person; infinite for whom a rule stops."""
        judge = Judge(group, _NO_TIMES, self.limits)
        teams = [self._name(team) for team in judge.teams]
        unmet = np.zeros(len(self.team), dtype=int)
        for one in judge.wanting:
            unmet += self._unmet(one)
        costs: Numbers = weights.UNMET * np.minimum(unmet, weights.MOST_UNMET) + weights.SAME_TEAM * np.isin(
            self.team, teams
        )
        if group.base is not None:
            costs = costs + weights.TRAVEL * (self.base != self._name(group.base))
        costs = costs.astype(np.float64)
        costs[self.force != self._name(group.force)] = np.inf
        if group.exposed not in self.exposed:  # of a thousand groups of one incident all have the same
            self.exposed[group.exposed] = self._numbers(group.exposed)
        costs[self.exposed[group.exposed]] = np.inf
        costs[self._numbers(group.excluded | group.refused | judge.managers)] = np.inf
        return costs

    def _numbers(self, keys: Iterable[uuid.UUID]) -> list[int]:
        return [self.number[key] for key in keys if key in self.number]

    def _unmet(self, one: Member) -> Numbers:
        unmet = np.zeros(len(self.team), dtype=int)
        if one.wants_sex:
            unmet += self.sex != _SEXES[one.wants_sex]
        if one.wants_welsh:
            unmet += ~self.welsh
        together = self.team == self._name(one.team) if one.team else np.zeros(len(self.team), dtype=bool)
        if one.wants_unit:
            unmet += ~together if one.wants_unit == "own" else together
        if one.wants_rank:
            known = (self.rank >= 0) & (one.rank is not None)
            own = -1 if one.rank is None else one.rank
            unmet += ~(known & (self.rank == own if one.wants_rank == "same" else self.rank <= own))
        return unmet
