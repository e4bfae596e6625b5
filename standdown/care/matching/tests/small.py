"""Small worlds made at random from a seed, and the rules said once more in the plainest way, to compare with."""

from __future__ import annotations

import datetime as dt
import random
import uuid

from standdown.care.matching.policy import Defuser, Group, Limits, Member
from standdown.care.matching.spans import Slot, Times

T0 = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TARGET = T0 + dt.timedelta(hours=72)
HOUR = dt.timedelta(hours=1)
FORCE, ELSEWHERE = uuid.UUID(int=1), uuid.UUID(int=2)
TEAMS = [uuid.UUID(int=number) for number in (10, 11, 12)]
BASES = [uuid.UUID(int=number) for number in (20, 21)]
SINCE, UNTIL = dt.date(2025, 1, 1), dt.date(2028, 1, 1)
LIMITS = Limits(load_most=3, load=dt.timedelta(days=28), rest=dt.timedelta(hours=24))


def key(number: int) -> uuid.UUID:
    return uuid.UUID(int=1000 + number)


def slot(hours: float, minutes: int = 60) -> Slot:
    start = T0 + dt.timedelta(hours=hours)
    return Slot(start, start + dt.timedelta(minutes=minutes), start.date())


def times(*hours: float) -> Times:
    return Times([slot(one) for one in hours], TARGET)


def defuser(number: int, **facts: object) -> Defuser:
    told = {"key": key(number), "force": FORCE, "valid_from": SINCE, "valid_until": UNTIL, **facts}
    return Defuser(**told)  # type: ignore[arg-type]


def member(number: int, **facts: object) -> Member:
    return Member(key=key(500 + number), **facts)  # type: ignore[arg-type]


def group(looked_at: Times, *members: Member, **facts: object) -> Group:
    told = {"key": key(900), "force": FORCE, "members": members, "suits": looked_at.all, **facts}
    return Group(**told)  # type: ignore[arg-type]


def session(hours: float) -> tuple[dt.datetime, dt.datetime]:
    start = T0 + dt.timedelta(hours=hours)
    return start, start + HOUR


def some_times(draw: random.Random) -> Times:
    return times(*sorted(draw.sample(range(48, 100, 4), draw.randint(1, 6))))


def some_people(draw: random.Random, most: int = 8) -> list[Defuser]:
    return [_somebody(draw, number) for number in range(draw.randint(1, most))]


def _somebody(draw: random.Random, number: int) -> Defuser:
    busy = sorted(session(draw.choice(range(-900, 130, 7))) for _ in range(draw.choice((0, 0, 1, 2, 4))))
    return defuser(
        number,
        force=draw.choice([FORCE] * 8 + [ELSEWHERE]),
        valid_until=draw.choice([UNTIL] * 6 + [dt.date(2026, 11, 26)]),
        away=draw.choice([()] * 6 + [((dt.date(2026, 11, 25), dt.date(2026, 11, 26)),), ((SINCE, None),)]),
        free=draw.choice([-1, -1, draw.getrandbits(6)]),
        sessions=tuple(busy),
        team=draw.choice([None, *TEAMS]),
        base=draw.choice([None, *BASES]),
        rank=draw.choice([None, 1, 2, 3]),
        sex=draw.choice(["", "woman", "man"]),
        welsh=draw.random() < 0.3,
    )


def some_group(draw: random.Random, looked_at: Times, people: list[Defuser], number: int = 0) -> Group:
    members = [_a_member(draw, number * 10 + one, people) for one in range(draw.randint(1, 4))]
    return group(
        looked_at,
        *members,
        key=key(900 + number),
        suits=looked_at.all & draw.choice([-1, -1, draw.getrandbits(6)]),
        on_duty=tuple(draw.randint(0, 3) for _ in looked_at.starts) if draw.random() < 0.5 else (),
        exposed=_some_keys(draw, people),
        excluded=_some_keys(draw, people),
        refused=_some_keys(draw, people),
        base=draw.choice([None, *BASES]),
    )


def _some_keys(draw: random.Random, people: list[Defuser]) -> frozenset[uuid.UUID]:
    return frozenset(one.key for one in people if draw.random() < 0.1)


def _a_member(draw: random.Random, number: int, people: list[Defuser]) -> Member:
    return member(
        number,
        team=draw.choice([None, *TEAMS]),
        manager=draw.choice([None, None, draw.choice(people).key]),
        not_own_manager=draw.random() < 0.5,
        rank=draw.choice([None, 1, 2]),
        wants_rank=draw.choice(["", "", "same", "not-senior"]),
        wants_unit=draw.choice(["", "", "own", "other"]),
        wants_sex=draw.choice(["", "", "woman", "man"]),
        wants_welsh=draw.random() < 0.2,
    )


def some_limits(draw: random.Random) -> Limits:
    return Limits(
        load_most=draw.choice([0, 1, 2, 3]), load=dt.timedelta(days=28), rest=draw.choice([0, 12, 24]) * HOUR,
        own_manager=draw.random() < 0.5,
    )  # fmt: skip


# -- the rules, said plainly ------------------------------------------------------------------------------------------


def may_lead(who: Defuser, of: Group, number: int, looked_at: Times, limits: Limits) -> bool:
    """Whether this person may lead that group at that time: every rule, one after the other, no bits."""
    at = looked_at.slots[number]
    barred = {one.manager for one in of.members if one.not_own_manager or not limits.own_manager}
    load = sum(start > at.starts_at - limits.load for start, _end in who.sessions)
    return (
        of.suits >> number & 1 == 1
        and who.force == of.force
        and who.valid_from <= at.day < who.valid_until
        and not any(since <= at.day and (until is None or at.day < until) for since, until in who.away)
        and who.key not in of.exposed | of.excluded | of.refused
        and who.key not in barred
        and who.free >> number & 1 == 1
        and all(end <= at.starts_at or start >= at.ends_at for start, end in who.sessions)
        and load < limits.load_most
        and all(
            end + limits.rest <= at.starts_at or start >= at.ends_at + limits.rest for start, end in who.sessions
        )
    )  # fmt: skip


def order(who: Defuser, of: Group, number: int, looked_at: Times, limits: Limits) -> tuple[object, ...]:
    """By what this person at that time comes before others, as the programme says it."""
    start = looked_at.starts[number]
    outside = abs(start - TARGET) > dt.timedelta(hours=12)
    load = sum(began > start - limits.load for began, _end in who.sessions)
    same_team = any(one.team is not None and one.team == who.team for one in of.members)
    unmet = sum(_unmet(one, who) for one in of.members)
    return outside, load, same_team, unmet, of.base is not None and who.base != of.base


def _unmet(one: Member, who: Defuser) -> int:
    unmet = 0
    if one.wants_sex and who.sex != one.wants_sex:
        unmet += 1
    if one.wants_welsh and not who.welsh:
        unmet += 1
    together = one.team is not None and one.team == who.team
    if one.wants_unit == "own" and not together:
        unmet += 1
    if one.wants_unit == "other" and together:
        unmet += 1
    known = one.rank is not None and who.rank is not None
    if one.wants_rank == "same" and not (known and who.rank == one.rank):
        unmet += 1
    if one.wants_rank == "not-senior" and not (known and who.rank <= one.rank):  # type: ignore[operator]
        unmet += 1
    return unmet
