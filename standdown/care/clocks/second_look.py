"""A second, independent look for steps that were left behind: what the worker's minute should have done, and did not.

It asks the tables and never the worker's memory. `standdown check clocks` runs it, wherever the operator's own
timetable lets it; the worker runs it too, every ten minutes, so that what got lost is found without anybody. That it
looked is on record apart from the worker's own sign of life. `/health/ready` asks `behind()` and changes nothing.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from standdown.care.clocks import actions, hooks, queries, sweeps
from standdown.care.clocks.findings import Finding
from standdown.care.clocks.models import SecondLook, Step, StepQuerySet
from standdown.care.clocks.policy import STALE
from standdown.foundation import access, db
from standdown.notifications.policy import worker_is_there
from standdown.notifications.queries import last_beat
from standdown.people.models import Force

log = logging.getLogger("standdown.care")
JOB = access.system("second look")
MOST = 200  # of one kind in one look; the next look finds the rest
THE_SIGN = uuid.UUID(int=1)  # the key of the one row
EVERY = 10  # minutes, when the worker runs it


@dataclass(frozen=True, slots=True)
class Looked:
    """What was wrong, and how much of it was put right."""

    found: tuple[Finding, ...]
    mended: int


def findings(at: dt.datetime) -> list[Finding]:
    """Everything that is wrong with the clocks at that moment; at most 200 keys of each kind. Reads only."""
    found = [*_worker(at), *_stale(at), *_stopped(), *_unnoticed(at)]
    for listener in hooks.WRONG:
        found += listener(at, MOST)
    return found


def behind(at: dt.datetime) -> bool:
    """True when somebody should have been told of a step more than five minutes ago, or never will be. Two statements.

    Nothing is wrong with a step that is late: people may be late. This is about telling them.
    """
    return queries.stale(at).exists() or queries.stopped().exists()


def look(at: dt.datetime, *, mend: bool) -> Looked:
    """Look, put right what can be put right where `mend` says so, and leave a sign of having looked."""
    found = findings(at)
    mended = sum(_mended(one.mend, at) for one in found if one.mend is not None) if mend else 0
    with db.one_transaction(), db.open_for("the second look"):
        SecondLook.objects.update_or_create(
            pk=THE_SIGN, defaults={"looked_at": at, "found": len(found), "mended": mended}
        )
    return Looked(tuple(found), mended)


def each_minute(at: dt.datetime) -> None:
    """The worker's own second look, every ten minutes."""
    if at.minute % EVERY == 0:
        look(at, mend=True)


def _mended(mend: Callable[[dt.datetime], object], at: dt.datetime) -> bool:
    try:
        mend(at)
    except Exception as error:  # noqa: BLE001 - one finding must not keep the others waiting
        log.error("a finding could not be put right: %s", type(error).__name__)  # noqa: TRY400 - may name a person
        db.start_afresh()
        return False
    return True


def _worker(at: dt.datetime) -> list[Finding]:
    if worker_is_there(last_beat(), at):
        return []
    return [Finding("worker", "No worker has looked for steps in the last minute. Start `standdown worker`.", ())]


def _stale(at: dt.datetime) -> list[Finding]:
    return [
        Finding(
            "not-told", f"{len(steps)} steps in {force.short_name}: somebody should have been told by now.",
            tuple(step.pk for step in steps), partial(sweeps.tell_all, force),
        )
        for force, steps in _by_force(queries.stale(at)).items()
    ]  # fmt: skip


def _stopped() -> list[Finding]:
    return [
        Finding(
            "stopped", f"{len(steps)} steps in {force.short_name}: the clock stopped, and somebody is left to tell.",
            tuple(step.pk for step in steps), partial(_resume, force, steps),
        )
        for force, steps in _by_force(queries.stopped()).items()
    ]  # fmt: skip


def _resume(force: Force, steps: Sequence[Step], at: dt.datetime) -> None:
    actions.resume(by=JOB, at=at, force=force, keys=[step.pk for step in steps])
    sweeps.tell_all(force, at)


def _unnoticed(at: dt.datetime) -> list[Finding]:
    late = queries.late_and_unnoticed(at - STALE).order_by("due_at", "pk")
    keys = tuple(late.values_list("pk", flat=True)[:MOST])
    if not keys:
        return []
    return [Finding("late-unnoticed", f"{len(keys)} late steps were not noticed.", keys, _notice)]


def _notice(at: dt.datetime) -> None:
    actions.notice_late(by=JOB, at=at)


def _by_force(steps: StepQuerySet) -> dict[Force, list[Step]]:
    found: dict[Force, list[Step]] = defaultdict(list)
    for step in steps.select_related("force").order_by("due_at", "pk")[:MOST]:
        found[step.force].append(step)
    return dict(found)
