"""Many dates at once: which rows of a file are new, which change a date, and storing them in few statements."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from standdown.foundation.access import Actor
from standdown.foundation.csv_files import Report
from standdown.training.sessions import diary, policy
from standdown.training.sessions.import_rows import Wanted
from standdown.training.sessions.models import Session, SessionChange, SessionForce, Status

Key = tuple[uuid.UUID, dt.datetime, frozenset[str]]
Kind = SessionChange.Kind
# From the state that a date has to the one that a file may give it.
_FORWARD = {(Status.DRAFT, Status.PUBLISHED), (Status.DRAFT, Status.HELD), (Status.PUBLISHED, Status.HELD)}


@dataclass(slots=True)
class Work:
    """What there is to do: dates to add, and dates that are there and change."""

    new: list[Wanted] = field(default_factory=list)
    changed: list[tuple[Session, Wanted]] = field(default_factory=list)


def sorted_out(wanted: Sequence[Wanted], report: Report) -> Work:
    """Compare what a file asks for with what is stored, count it in the report, and say which rows repeat others."""
    known = _known(wanted)
    work, seen = Work(), dict[Key, int]()
    for one in wanted:
        if one.key in seen:
            words = _("This is the same date as in row %(row)s: same course, start and forces. Take one away.")
            report.add(one.row, words % {"row": seen[one.key]})
            continue
        seen[one.key] = one.row
        found = known.get(one.key)
        if found is None:
            work.new.append(one)
        elif _differs(found, one):
            work.changed.append((found, one))
    report.added, report.changed = len(work.new), len(work.changed)
    report.unchanged = len(seen) - report.added - report.changed
    return work


def store(work: Work, by: Actor, at: dt.datetime, progress: Callable[[int, int], None]) -> None:
    """Store it all. Those who answer for a date to come that is newly published are told."""
    told: list[Session] = []
    sessions, forces, changes = [], [], []
    for one in work.new:
        session = diary.new(one.course, None)
        diary.fill(session, one.plan, at)
        session.status = one.status
        sessions.append(session)
        forces.extend(diary.forces_of(session, one.plan))
        changes.extend(_steps(session, [Kind.DRAFTED, *_publishing(one.status)], by, at))
        if one.status == Status.PUBLISHED:
            told.append(session)
    Session.objects.bulk_create(sessions, batch_size=500)
    SessionForce.objects.bulk_create(forces, batch_size=500)
    for done, (session, one) in enumerate(work.changed):
        changes.extend(_steps(session, _change(session, one, at), by, at))
        if one.status == Status.PUBLISHED:
            told.append(session)
        progress(len(sessions) + done, len(sessions) + len(work.changed))
    SessionChange.objects.bulk_create(changes, batch_size=500)
    for session in told:
        if session.starts_at > at:
            diary.tell_of_publishing(session, at)
    progress(1, 1)


def _known(wanted: Sequence[Wanted]) -> dict[Key, Session]:
    """The stored dates under every key that a file may mean them by: where they stand, and where they stood."""
    if not wanted:
        return {}
    first, last = min(one.plan.starts_at for one in wanted), max(one.plan.starts_at for one in wanted)
    here = Session.objects.filter(starts_at__range=(first, last))
    moved = SessionChange.objects.filter(kind=Kind.MOVED, previous_starts_at__range=(first, last))
    stood = list(moved.order_by("at").values_list("session_id", "previous_starts_at"))
    sessions = {one.pk: one for one in here | Session.objects.filter(pk__in=[key for key, _start in stood])}
    forces: dict[uuid.UUID, set[str]] = {}
    for key, force in SessionForce.objects.filter(session_id__in=list(sessions)).values_list("session_id", "force_id"):
        forces.setdefault(key, set()).add(str(force))
    starts = [(key, start) for key, start in stood if start is not None]
    starts += [(one.pk, one.starts_at) for one in sessions.values()]
    return {(sessions[key].course_id, start, frozenset(forces.get(key, ()))): sessions[key] for key, start in starts}


def _differs(found: Session, one: Wanted) -> bool:
    """True when the file says something new: of a date in preparation anything, of another only that it was held."""
    if (found.status, one.status) in _FORWARD:
        return True
    return found.status == Status.DRAFT and _sorted(diary.plan_of(found)) != _sorted(one.plan)


def _sorted(plan: policy.Plan) -> policy.Plan:
    return replace(plan, forces=tuple(sorted(plan.forces, key=lambda force: force.key)))


def _change(session: Session, one: Wanted, at: dt.datetime) -> list[SessionChange.Kind]:
    """Bring a stored date up to what a file says; the steps to put on record."""
    was, edited = Status(session.status), False
    if was == Status.DRAFT:
        session.version = one.course.current or session.version
        edited = _sorted(diary.plan_of(session)) != _sorted(one.plan)
        diary.fill(session, one.plan, at)
        diary.name_forces(session, one.plan)
    session.status, session.changed_at = one.status, at
    session.save()
    steps = [Kind.EDITED] if edited else []
    return steps + (_publishing(one.status) if was == Status.DRAFT else [Kind.HELD])


def _publishing(status: Status) -> list[SessionChange.Kind]:
    """The steps from preparation to that state."""
    return {Status.PUBLISHED: [Kind.PUBLISHED], Status.HELD: [Kind.PUBLISHED, Kind.HELD]}.get(status, [])


def _steps(session: Session, kinds: Iterable[Kind], by: Actor, at: dt.datetime) -> list[SessionChange]:
    """What to put on record, a microsecond apart, so that the steps keep their order."""
    return [
        SessionChange(session=session, kind=kind, at=at + dt.timedelta(microseconds=number), by_id=by.person_id)
        for number, kind in enumerate(kinds)
    ]
