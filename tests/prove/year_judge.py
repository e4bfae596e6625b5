"""Judges the simulated year by its tables and by when the worker had its turns; it asks none of the code it judges."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from standdown.care.models import Escalation, Step, Telling

Moment = dt.datetime


@dataclass
class Diary:
    """When the worker had a whole turn, when it was killed in one, and what was lost and found again."""

    whole: list[Moment] = field(default_factory=list)
    killed: list[Moment] = field(default_factory=list)
    lost: dict[object, Moment] = field(default_factory=dict)  # a step's clock was stopped by hand
    found: dict[object, Moment] = field(default_factory=dict)  # and the second look came by

    def first_whole(self, moment: Moment) -> Moment | None:
        """The first whole turn at or after a moment."""
        place = bisect_left(self.whole, moment)
        return self.whole[place] if place < len(self.whole) else None

    def any_turn(self, since: Moment, before: Moment) -> bool:
        """True when the worker had a turn, whole or not, in that time."""
        return any(
            (place := bisect_left(turns, since)) < len(turns) and turns[place] < before
            for turns in (self.whole, self.killed)
        )


Told = tuple[int, Moment, bool]  # the level, when, and whether anybody held it
AT_LATEST = dt.timedelta(days=2)  # after which a clock that was stopped must have been found
FOREVER = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


def verdict(diary: Diary) -> Counter[str]:
    """What went wrong, by kind, and how much there was of everything."""
    chains: dict[str, list[int]] = defaultdict(list)
    for kind, minutes in (
        Escalation.objects.order_by("position")
        .filter(programme__force=None, programme__family="estip-like")
        .values_list("kind", "minutes")
    ):
        chains[kind].append(minutes)
    told: dict[object, list[Told]] = defaultdict(list)
    for key, level, at, person in Telling.objects.values_list("step_id", "level", "at", "person_id"):
        told[key].append((level, at, person is not None))
    found: Counter[str] = Counter()
    for step in Step.objects.order_by("pk").iterator():
        found["steps"] += 1
        closed = step.closed_at or FOREVER
        _judge_tellings(step, closed, chains[step.kind], told[step.pk], diary, found)
        _judge_late(step, closed, diary, found)
    return found


def _judge_tellings(
    step: Step, closed: Moment, chain: list[int], told: list[Told], diary: Diary,
    found: Counter[str],
) -> None:  # fmt: skip
    times = Counter(level for level, _at, _somebody in told)
    found["tellings"] += len(told)
    found["told twice"] += sum(number - 1 for number in times.values())
    at_level = {level: (at, somebody) for level, at, somebody in told}
    for level, minutes in enumerate(chain):
        due = max(step.due_at + dt.timedelta(minutes=minutes), step.opened_at)
        before = at_level.get(level - 1)
        if before is not None and not before[1]:
            due = before[0]  # nobody held the link before: this one is told at once
        lost = diary.lost.get(step.pk)
        found_at = min(diary.found.get(step.pk, FOREVER), lost + AT_LATEST) if lost is not None else due
        since = due if lost is None or due < lost else max(due, found_at)
        turn = diary.first_whole(since)
        at = at_level[level][0] if level in at_level else None
        if turn is not None and turn < closed and at is None:
            found["lost"] += 1
        if at is not None and (at < due or not diary.any_turn(due, closed)):
            found["told too early or too late"] += 1
        if at is not None and turn is not None and at > turn:
            found["told too early or too late"] += 1


def _judge_late(step: Step, closed: Moment, diary: Diary, found: Counter[str]) -> None:
    after = step.due_at + dt.timedelta(microseconds=1)
    turn = diary.first_whole(max(after, step.opened_at))
    noticed = step.late_noticed_at
    if turn is not None and turn < closed:
        found["late"] += 1
        if noticed is None or noticed > turn:
            found["late and not noticed"] += 1
    elif noticed is not None and not diary.any_turn(after, closed):
        found["noticed and not late"] += 1
