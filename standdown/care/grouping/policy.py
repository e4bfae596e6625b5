"""Who sits with whom: small groups of people who were equally close, and whom the rules keep apart. Plain Python.

The same people always make the same groups, in whatever order they come. Nothing here ranks or scores anybody.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Key = uuid.UUID
Apart = Mapping[Key, frozenset[Key]]  # by person: with whom they must not share a room, whoever of the two said so
NOBODY: frozenset[Key] = frozenset()
NEIGHBOURS = 1  # how far apart in closeness people of one group may be, and only so that nobody is left alone (R79)


class Why(StrEnum):
    """Why a group is as it is; the codes of Defusing.WhyApart."""

    NONE = ""
    CLOSENESS = "closeness"
    SIZE = "size"
    COMMAND = "command"
    CONFLICT = "conflict"
    ASKED = "asked"
    ODD_ONE = "odd-one"
    GUARD = "guard"


class Rule(StrEnum):
    """Why two people, or a person and a group, do not share a room."""

    GUARD = "guard"  # a restriction stops groups
    FORCE = "force"
    CLOSENESS = "closeness"
    COMMAND = "command"
    APART = "apart"  # kept apart; never why, or who said so
    ASKED = "asked"  # somebody would rather talk one to one
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large groups are, by the programme: least, usual from and to, and the hard stop."""

    least: int
    typical_from: int
    typical_to: int
    most: int


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody to be placed. `above`: their line manager and that one's; `near`: what binds them, as role and team do.

    `alone`: they asked for one to one, or it was decided so.
    """

    key: Key
    person: Key
    force: Key
    closeness: int
    near: str = ""
    above: frozenset[Key] = NOBODY
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A group as proposed, or one person one to one. `mixed`: neighbouring kinds of exposure sit together."""

    members: tuple[Member, ...]
    why: Why

    @property
    def closeness(self) -> int:
        """That of the closest of them."""
        return min(member.closeness for member in self.members)

    @property
    def mixed(self) -> bool:
        """True when not all were equally close."""
        return len({member.closeness for member in self.members}) > 1


@dataclass(frozen=True, slots=True)
class Standing:
    """A group that is planned and not booked, so that somebody may still join it."""

    key: Key
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is proposed: who joins which group that stands, and the new groups."""

    joining: tuple[tuple[Key, Member], ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The same for the same plan, another for another: what a coordinator saw is what they confirm."""
        lines = [f"{group}+{member.key}" for group, member in self.joining]
        lines += [f"{group.why}:{' '.join(str(member.key) for member in group.members)}" for group in self.groups]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]

    def __bool__(self) -> bool:
        return bool(self.joining or self.groups)


# -- two people ------------------------------------------------------------------------------------------------------


def apart_of(pairs: Iterable[tuple[Key, Key]]) -> Apart:
    """Exclusions, whoever of the two said so, by person."""
    found: dict[Key, set[Key]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return {person: frozenset(others) for person, others in found.items()}


def commands(one: Member, other: Member) -> bool:
    """True when either is the other's line manager, or that one's."""
    return one.person in other.above or other.person in one.above


def between(one: Member, other: Member, apart: Apart, *, blocked: bool = False) -> Rule | None:
    """Why these two should not share a room; None when they may (R79, R154). The rules in the order of the words.

    An exclusion is asked before what the two share, and says nothing of itself.
    """
    if blocked:
        return Rule.GUARD
    if other.person in apart.get(one.person, NOBODY):
        return Rule.APART
    if one.force != other.force:
        return Rule.FORCE
    if abs(one.closeness - other.closeness) > NEIGHBOURS:
        return Rule.CLOSENESS
    if commands(one, other):
        return Rule.COMMAND
    return Rule.ASKED if one.alone or other.alone else None


def joining(
    member: Member, group: Sequence[Member], sizes: Sizes, apart: Apart, *, blocked: bool = False
) -> Rule | None:
    """Why somebody cannot be put into a group by hand; None when they can. Nobody's exclusion is set aside.

    Whoever asked for one to one may be put into a group by hand, because people change their mind; nobody is put to
    somebody who asked for it.
    """
    if len(group) + 1 > sizes.most:
        return Rule.FULL
    for other in group:
        rule = between(member, other, apart, blocked=blocked)
        if rule is not None and (rule is not Rule.ASKED or other.alone):
            return rule
    closeness = [member.closeness, *(other.closeness for other in group)]
    return Rule.CLOSENESS if max(closeness) - min(closeness) > NEIGHBOURS else None
