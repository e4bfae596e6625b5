"""How groups are made: equals together, in groups of the usual size, nobody beside a foe. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heapreplace
from itertools import groupby

from standdown.care.grouping.policy import (
    NEIGHBOURS,
    NOBODY,
    Apart,
    Group,
    Key,
    Member,
    Plan,
    Sizes,
    Standing,
    Why,
    joining,
)


def plan(
    members: Iterable[Member], sizes: Sizes, apart: Apart, *, standing: Sequence[Standing] = (), blocked: bool = False
) -> Plan:
    """Place everybody once: into a planned group of equals that has room, else into new groups, else one to one.

    Where a guard blocks groups, everybody is proposed one to one: welfare is never stopped (R84).
    """
    ordered = sorted(members, key=_order)
    joins: list[tuple[Key, Member]] = []
    if standing and not blocked:
        joins, ordered = _join(ordered, standing, sizes, apart)
    return Plan(tuple(joins), tuple(_new_groups(ordered, sizes, apart, blocked=blocked)))


def _order(member: Member) -> tuple[Key, int, str, Key]:
    return member.force, member.closeness, member.near, member.key


def _join(
    ordered: Sequence[Member], standing: Sequence[Standing], sizes: Sizes, apart: Apart
) -> tuple[list[tuple[Key, Member]], list[Member]]:
    groups = {one.key: list(one.members) for one in sorted(standing, key=lambda one: one.key)}
    joins, left = [], []
    for member in ordered:
        fitting = [
            key
            for key, group in groups.items()
            if not member.alone
            and len(group) < sizes.typical_to
            and any(other.closeness == member.closeness for other in group)
            and joining(member, group, sizes, apart) is None
        ]
        if fitting:
            key = min(fitting, key=lambda one: (len(groups[one]), one))
            groups[key].append(member)
            joins.append((key, member))
        else:
            left.append(member)
    return joins, left


def _new_groups(ordered: Sequence[Member], sizes: Sizes, apart: Apart, *, blocked: bool) -> list[Group]:
    made = [Group((member,), Why.ASKED) for member in ordered if member.alone]
    together = [member for member in ordered if not member.alone]
    if blocked:
        return [Group((member,), Why.GUARD) for member in together] + made
    groups: list[Group] = []
    for _force, of_force in groupby(together, key=lambda member: member.force):
        groups += _of_force(list(of_force), sizes, apart)
    return groups + made


@dataclass(frozen=True, slots=True)
class _Bucket:
    """People who were equally close, or nearly, and with whom of them each must not sit: by their exposures' keys."""

    members: Sequence[Member]
    persons: Mapping[Key, Key]
    foes: Mapping[Key, frozenset[Key]]
    apart: Apart


def _bucket(members: Sequence[Member], apart: Apart) -> _Bucket:
    at = {member.person: member.key for member in members}
    found: dict[Key, set[Key]] = {member.key: set() for member in members}
    for member in members:
        for person in apart.get(member.person, NOBODY) | member.above:
            if person in at and person != member.person:
                found[member.key].add(at[person])
                found[at[person]].add(member.key)
    foes = {key: frozenset(keys) for key, keys in found.items()}
    return _Bucket(members, {member.key: member.person for member in members}, foes, apart)


def _of_force(people: Sequence[Member], sizes: Sizes, apart: Apart) -> list[Group]:
    by_closeness = groupby(people, key=lambda member: member.closeness)
    buckets = {close: _bucket(list(members), apart) for close, members in by_closeness}
    groups: list[Group] = []
    lonely: dict[int, list[Member]] = {}
    for close, bucket in buckets.items():
        parts = _split(bucket, sizes)
        needed = -(-len(bucket.members) // sizes.typical_to)
        lonely[close] = [member for part in parts if len(part) < sizes.least for member in part]
        groups += [
            Group(tuple(part), _why(part, bucket, parts=len(parts), needed=needed, kinds=len(buckets)))
            for part in parts
            if len(part) >= sizes.least
        ]
    groups += _neighbours(lonely, sizes, apart)
    return groups + [
        Group((member,), _why_alone(member, buckets[close])) for close in lonely for member in lonely[close]
    ]


def _split(bucket: _Bucket, sizes: Sizes) -> list[list[Member]]:
    """Groups of the usual size with nobody beside a foe: first those who have foes, then the others where room is."""
    foes = bucket.foes
    needed = -(-len(bucket.members) // sizes.typical_to)
    groups: list[list[Member]] = []
    keys: list[set[Key]] = []
    open_: list[int] = []
    for member in sorted((one for one in bucket.members if foes[one.key]), key=lambda one: -len(foes[one.key])):
        index = next((index for index in open_ if foes[member.key].isdisjoint(keys[index])), None)
        if index is None:
            index = len(groups)
            groups.append([])
            keys.append(set())
            open_.append(index)
        groups[index].append(member)
        keys[index].add(member.key)
        if len(groups[index]) == sizes.typical_to:
            open_.remove(index)
    groups += [[] for _ in range(needed - len(groups))]
    _fill(groups, [one for one in bucket.members if not foes[one.key]])
    _even(groups, sizes, foes)
    return groups


def _fill(groups: list[list[Member]], free: Sequence[Member]) -> None:
    """Put people without foes where the fewest are, neighbours in the order beside each other."""
    room = [0] * len(groups)
    smallest = [(len(group), index) for index, group in enumerate(groups)]
    heapify(smallest)
    for _ in free:
        number, index = smallest[0]
        heapreplace(smallest, (number + 1, index))
        room[index] += 1
    begin = 0
    for group, number in zip(groups, room, strict=True):
        group.extend(free[begin : begin + number])
        begin += number


def _even(groups: list[list[Member]], sizes: Sizes, foes: Mapping[Key, frozenset[Key]]) -> None:
    """Let groups smaller than usual have members of the largest ones, until they are of a size or nobody else fits."""
    for small in [group for group in groups if len(group) < sizes.typical_from]:
        there = {member.key for member in small}
        stuck: set[int] = set()
        while len(small) < sizes.typical_from:
            larger = [one for one in range(len(groups)) if one not in stuck and len(groups[one]) > len(small) + 1]
            if not larger:
                break
            largest = max(larger, key=lambda one: (len(groups[one]), -one))
            member = next((one for one in reversed(groups[largest]) if foes[one.key].isdisjoint(there)), None)
            if member is None:
                stuck.add(largest)
                continue
            groups[largest].remove(member)
            small.append(member)
            there.add(member.key)


def _neighbours(lonely: dict[int, list[Member]], sizes: Sizes, apart: Apart) -> list[Group]:
    """People who would be alone, with those of the neighbouring closeness who would be alone too (R79)."""
    made: list[Group] = []
    for close in sorted(lonely):
        both = lonely[close] + lonely.get(close + NEIGHBOURS, [])
        if not lonely[close] or len(both) == len(lonely[close]):
            continue
        for part in _split(_bucket(both, apart), sizes):
            if len(part) >= sizes.least:
                made.append(Group(tuple(part), Why.NONE))
                placed = {member.key for member in part}
                for pool in (close, close + NEIGHBOURS):
                    lonely[pool] = [member for member in lonely[pool] if member.key not in placed]
    return made


def _why(part: Sequence[Member], bucket: _Bucket, *, parts: int, needed: int, kinds: int) -> Why:
    """Why a group is not one with the others of its closeness, or else with the others of the incident."""
    foes = {(member.person, bucket.persons[foe]) for member in part for foe in bucket.foes[member.key]}
    if any(other not in bucket.apart.get(person, NOBODY) for person, other in foes):
        return Why.COMMAND
    if foes and parts > needed:  # where the size alone splits them, nothing is said of an exclusion
        return Why.CONFLICT
    if parts > 1:
        return Why.SIZE
    return Why.CLOSENESS if kinds > 1 else Why.NONE


def _why_alone(member: Member, bucket: _Bucket) -> Why:
    """Why somebody is proposed one to one without having asked for it."""
    foes = {bucket.persons[foe] for foe in bucket.foes[member.key]}
    if not foes:
        return Why.ODD_ONE
    return Why.CONFLICT if foes <= bucket.apart.get(member.person, NOBODY) else Why.COMMAND
