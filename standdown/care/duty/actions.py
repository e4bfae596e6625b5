"""What whoever keeps duty does: bring in a file, and keep the shift patterns of teams."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from typing import BinaryIO

from standdown.audit.act import act
from standdown.care.duty import file_plan, file_rows
from standdown.care.duty.models import DutyFile, DutyPeriod, PatternShift, ShiftPattern
from standdown.care.duty.policy import Shift
from standdown.care.duty.refusals import NoPattern, NoShift, TeamClosed
from standdown.foundation import db, ids
from standdown.foundation.access import Actor, Can
from standdown.foundation.csv_files import Report
from standdown.people.models import Force, Team

_AT_ONCE = 500  # rows of one statement


def import_duty(
    *, by: Actor, at: dt.datetime, force: Force, source: BinaryIO, dry_run: bool, progress: Callable[[int, int], None]
) -> Report:
    """Bring in a file of duties, CSV or iCalendar, for one force (docs/guides/duty-file.md).

    Nothing is written when any row is wrong. The days of each person that the file covers are replaced; the same file
    twice changes nothing.
    """
    raw = file_rows.whole(source)
    report = Report(dry_run=dry_run)
    wishes = file_rows.read_duty(raw, report, at)
    with act(by, Can.KEEP_DUTY, on=force, at=at) as step:
        key = ids.new()
        plan = file_plan.compare(wishes, report, force=force, key=key)
        if report.ok and not dry_run and (plan.rows or plan.gone):
            for first in range(0, len(plan.gone), _AT_ONCE):
                DutyPeriod.objects.filter(pk__in=plan.gone[first : first + _AT_ONCE]).delete()
            DutyPeriod.objects.bulk_create(plan.rows, batch_size=_AT_ONCE)
            digest = hashlib.sha256(raw).hexdigest()
            DutyFile.objects.create(
                force=force, digest=digest, key=key, rows=report.rows, brought_at=at, brought_by_id=by.person_id
            )
            progress(len(plan.rows), len(plan.rows))
        step.note(rows=report.rows, added=report.added, problems=len(report.problems), dry_run=dry_run)
    return report


def set_pattern(
    *, by: Actor, at: dt.datetime, team: Team, since: dt.date, anchor: dt.date, days: int, shifts: Sequence[Shift]
) -> ShiftPattern:
    """Say how a team works from a day on: a cycle of so many days whose first day is `anchor`. Ends the one before.

    Raises NoShift, TeamClosed.
    """
    with act(by, Can.KEEP_DUTY, on=team, at=at) as step:
        if not shifts:
            raise NoShift
        made = _begin(team, since, anchor, days, shifts)
        step.about(made)
        step.note(days=days, shifts=len(shifts))
    return made


def copy_pattern(*, by: Actor, at: dt.datetime, team: Team, of: Team, since: dt.date, anchor: dt.date) -> ShiftPattern:
    """Let a team work as another of the same force does, with its own first day of the cycle.

    Raises NoPattern, TeamClosed.
    """
    with act(by, Can.KEEP_DUTY, on=team, at=at) as step:
        copied = ShiftPattern.objects.filter(team=of, team__force=team.force_id, until=None).first()
        if copied is None:
            raise NoPattern
        shifts = [Shift(row.day, row.starts, row.minutes) for row in copied.shifts.all()]
        made = _begin(team, since, anchor, copied.days, shifts)
        step.about(made)
        step.note(days=copied.days, shifts=len(shifts))
    return made


def end_pattern(*, by: Actor, at: dt.datetime, team: Team, until: dt.date) -> ShiftPattern:
    """Say from which day on a team's pattern no longer holds. Raises NoPattern."""
    with act(by, Can.KEEP_DUTY, on=team, at=at):
        held = db.lock(ShiftPattern.objects.filter(team=team, until=None)).first()
        if held is None:
            raise NoPattern
        held.until = max(held.since, until)
        held.save(update_fields=["until"])
    return held


def _begin(team: Team, since: dt.date, anchor: dt.date, days: int, shifts: Sequence[Shift]) -> ShiftPattern:
    if team.closed_on is not None:
        raise TeamClosed
    for before in db.lock(ShiftPattern.objects.filter(team=team, until=None)):
        before.until = max(before.since, since)
        before.save(update_fields=["until"])
    made = ShiftPattern.objects.create(team=team, anchor=anchor, days=days, since=since)
    PatternShift.objects.bulk_create(
        [PatternShift(pattern=made, day=one.day, starts=one.starts, minutes=one.minutes) for one in shifts]
    )
    return made
