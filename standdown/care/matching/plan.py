"""Planning all groups of a major incident at once: from what is known to numbers, and back to people and times."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from standdown.care.matching import policy, weights
from standdown.care.matching.policy import RELAXABLE, Defuser, Found, Group, Limits, Rule
from standdown.care.matching.spans import Times


@dataclass(frozen=True, slots=True)
class Placed:
    """Who is to lead one group, and when."""

    group: uuid.UUID
    person: uuid.UUID
    starts_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan of all groups, how good it is (`worth`, in points), and how good it could be at best (`at_best`)."""

    placed: Sequence[Placed]
    left: Sequence[uuid.UUID]
    worth: int
    at_best: int
    seconds: float

    @property
    def gap(self) -> float:
        """How far from the best it can be, as a share of the best: 0.005 is half a percent."""
        return (self.at_best - self.worth) / self.at_best if self.at_best > 0 else 0.0


def plan(
    groups: Sequence[Group], people: Sequence[Defuser], times: Times, limits: Limits, *, seconds: float = 60
) -> Planned:
    """Plan all groups at once: as many as possible, then by the order of the policy, then evenly.

    A placed group is worth 1,000 points less what its pairing costs; a group left over weighs more than anything that
    is gained by leaving it. Who leads twice in the plan counts as loaded by the first.
    """
    from standdown.care.matching import model, solver  # their libraries are slow to import

    in_order = sorted(groups, key=lambda one: one.key)
    who = sorted(people, key=lambda one: one.key)
    if not (in_order and who and times.slots):
        return Planned([], [one.key for one in in_order], 0, 0, 0.0)
    found = solver.solve(model.of(in_order, who, times, limits), seconds=seconds)
    placed = [
        Placed(group.key, who[pick[0]].key, times.starts[pick[1]])
        for group, pick in zip(in_order, found.chosen, strict=True)
        if pick is not None
    ]
    left = [group.key for group, pick in zip(in_order, found.chosen, strict=True) if pick is None]
    worth = 1000 * len(placed) - (found.cost - weights.LEFT_OVER * len(left))
    return Planned(placed, left, worth, worth + found.cost - found.bound, found.seconds)


# -- who is left, and why -------------------------------------------------------------------------------------------


def with_plan(people: Sequence[Defuser], placed: Iterable[Placed], length: dt.timedelta) -> list[Defuser]:
    """The same people with the sessions of a plan in their diaries."""
    more: dict[uuid.UUID, list[tuple[dt.datetime, dt.datetime]]] = {}
    for one in placed:
        more.setdefault(one.person, []).append((one.starts_at, one.starts_at + length))
    return [
        replace(one, sessions=tuple(sorted([*one.sessions, *more[one.key]]))) if one.key in more else one
        for one in people
    ]


def why_left(
    groups: Sequence[Group], people: Sequence[Defuser], times: Times, limits: Limits
) -> tuple[Mapping[uuid.UUID, Found], Mapping[Rule, int]]:
    """Of each group left over how many each rule removed; and how many groups each rule, bent alone, would help.

    `people` come with the plan in their diaries (`with_plan`).
    """
    found = {group.key: policy.look_for(group, people, times, limits) for group in groups}
    helped = {rule: sum(bool(one.would[rule]) for one in found.values()) for rule in RELAXABLE}
    return found, helped
