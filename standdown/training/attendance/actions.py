"""What trainers do on the day and after it: mark, read a file, close the register, ask for a call."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standdown.audit.act import act
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.notifications.outbox import tell
from standdown.people.models import Force
from standdown.people.roles.models import RoleName
from standdown.training.attendance import hooks, messages, missed, policy, queries, register, report, sentences
from standdown.training.attendance.models import AttendanceFile, Register
from standdown.training.attendance.policy import ATTENDED, Outcome
from standdown.training.attendance.register import Source, Wanted
from standdown.training.nominations import lead_messages
from standdown.training.nominations.board import Board
from standdown.training.nominations.models import Nomination, State
from standdown.training.sessions import diary, lines
from standdown.training.sessions.models import Session, SessionChange, Status

# Who is asked to call, the first of these roles that anybody in the force holds (R44).
CALLERS = (RoleName.ESTIP_COORDINATOR, RoleName.ESTIP_LEAD, RoleName.WELLBEING_LEAD, RoleName.WELLBEING_DEPUTY)


@dataclass(frozen=True, slots=True)
class FileRead:
    """An attendance file as somebody checked it: its SHA-256, its rows, and how many were matched to delegates."""

    digest: str
    rows: int
    matched: int


def export_roster(*, by: Actor, at: dt.datetime, session: Session, names: int, kind: str) -> None:
    """Take the roster of a date that one runs away as a file. Records how many names, and what kind of file."""
    with act(by, Can.SEE_ROSTER, on=session, at=at) as step:
        step.note(names=names, kind=kind)


def set_joining_link(*, by: Actor, at: dt.datetime, session: Session, link: str) -> Session:
    """Enter how confirmed delegates join, or take it away with an empty one; it is shown to them near the time.

    `link` is an https address, as its form has checked. Raises NotRecorded once the date is over or cancelled.
    """
    with act(by, Can.SET_JOINING_LINK, on=session, at=at) as step:
        held = db.lock(Session.objects.all()).get(pk=session.pk)
        no = policy.why_not_link(status=held.status, ends_at=held.ends_at, at=at)
        if no is not None:
            raise sentences.NotRecorded(no)
        held.joining_link = link
        held.save(update_fields=["joining_link"])
        step.note(entered=bool(link))
    return held


def mark(*, by: Actor, at: dt.datetime, session: Session, marks: Sequence[Wanted]) -> int:
    """Record who was there, by half-day; gives how many people's marks changed (R37).

    From the start of the day on. After the register was closed this is a correction, for two weeks, and what came of
    the day is found anew. Raises NotRecorded, NotOnRoster, MinutesWanted.
    """
    with act(by, Can.MARK_ATTENDANCE, on=session, at=at) as step:
        boards = missed.hold(session, at)
        held = boards[session.pk].session
        closed = register.check_open(held, at)
        roster = register.on_roster(held) if closed is not None else {}
        was = register.outcomes(roster[one.nomination] for one in marks if one.nomination in roster)
        changed = register.write(held, marks, Source.HAND, by, at)
        if closed is not None:
            _find_anew(changed, was, boards, by, at)
        step.note(people=len(changed), correction=closed is not None)
    return len(changed)


def mark_everybody(*, by: Actor, at: dt.datetime, session: Session, halves: Sequence[str]) -> int:
    """Record everybody who is not marked yet as there for these halves; exceptions are changed afterwards.

    Raises NotRecorded.
    """
    with act(by, Can.MARK_ATTENDANCE, on=session, at=at) as step:
        held = db.lock(Session.objects.select_related("version")).get(pk=session.pk)
        if register.check_open(held, at) is not None:
            raise sentences.NotRecorded(policy.No.CLOSED)
        wishes = [
            Wanted(key, half, policy.PRESENT) for key, half in queries.open_cells(register.on_roster(held), halves)
        ]
        changed = register.write(held, wishes, Source.HAND, by, at)
        step.note(people=len(changed))
    return len(changed)


def take_in_file(
    *, by: Actor, at: dt.datetime, session: Session, file: FileRead, marks: Sequence[Wanted]
) -> AttendanceFile:
    """Record what an attendance file says and a person has checked (R38). The same file again changes nothing.

    What was marked by hand stays as it is. Nothing of the file is kept but its digest and how many rows it had.
    Raises NotRecorded, NotOnRoster, MinutesWanted.
    """
    with act(by, Can.MARK_ATTENDANCE, on=session, at=at) as step:
        held = db.lock(Session.objects.select_related("version")).get(pk=session.pk)
        before = AttendanceFile.objects.filter(session=held, digest=file.digest).first()
        if before is not None:
            step.note(again=True)
            return before
        if register.check_open(held, at) is not None:
            raise sentences.NotRecorded(policy.No.CLOSED)
        by_hand = queries.marked_by_hand(held)
        wishes = [wish for wish in marks if (wish.nomination, wish.half) not in by_hand]
        changed = register.write(held, wishes, Source.FILE, by, at)
        read = AttendanceFile.objects.create(
            session=held, digest=file.digest, read_at=at, read_by_id=by.person_id, rows=file.rows, matched=file.matched
        )
        step.note(rows=file.rows, matched=file.matched, people=len(changed))
    return read


def close_register(*, by: Actor, at: dt.datetime, session: Session) -> Register:
    """Close the register of a date that is over: the date was held, and what came of each person's day stands (R39).

    Who attended goes on to feedback and certificate (hooks.CLOSED); who missed it is offered the next date at once.
    Raises NotRecorded, and Unmarked with the names of those for whom something is still open.
    """
    with act(by, Can.MARK_ATTENDANCE, on=session, at=at) as step:
        boards = missed.hold(session, at)
        held = boards[session.pk].session
        closed = Register.objects.filter(session=held).first()
        closed_at = closed.closed_at if closed else None
        no = policy.why_not_close(status=held.status, ends_at=held.ends_at, closed_at=closed_at, at=at)
        if no is not None:
            raise sentences.NotRecorded(no)
        roster = register.on_roster(held)
        register.check_all_marked(roster.values())
        if held.status != Status.HELD:
            held.status, held.changed_at = Status.HELD, at
            held.save(update_fields=["status", "changed_at"])
            diary.note(held, SessionChange.Kind.HELD, by, at)
        made = Register.objects.create(session=held, closed_at=at, closed_by_id=by.person_id)
        found = register.outcomes(roster.values())
        _settle(roster, found, boards, by, at)
        step.note(attended=sum(one.state == ATTENDED for one in found.values()), people=len(found))
    return made


def _settle(
    roster: Mapping[uuid.UUID, Nomination], found: Mapping[uuid.UUID, Outcome], boards: dict[uuid.UUID, Board],
    by: Actor, at: dt.datetime,
) -> None:  # fmt: skip
    for key, row in roster.items():
        register.settle_day(row, found[key], by, at)
    attended = [row for row in roster.values() if row.state == State.ATTENDED]
    for listener in hooks.CLOSED if attended else ():
        listener(attended[0].session, attended, at, by)
    for key, row in roster.items():
        if row.state != State.ATTENDED:
            missed.follow_up(row, found[key], boards, at)


def _find_anew(
    changed: Mapping[uuid.UUID, Nomination], was: Mapping[uuid.UUID, Outcome], boards: dict[uuid.UUID, Board],
    by: Actor, at: dt.datetime,
) -> None:  # fmt: skip
    """After a correction: what came of the day, and what follows, for those for whom it is something else now."""
    found = register.outcomes(changed.values())
    different = [row for key, row in changed.items() if found[key] != was[key]]
    for row in different:
        register.settle_day(row, found[row.pk], by, at)
    for row in different:
        if row.state == State.ATTENDED:
            missed.not_needed(row, boards, by, at)
            for listener in hooks.CLOSED:
                listener(row.session, [row], at, by)
        else:
            if was[row.pk].state == ATTENDED:
                for back in hooks.TAKEN_BACK:
                    back(row, at, by)
            missed.follow_up(row, found[row.pk], boards, at)


def ask_for_call(*, by: Actor, at: dt.datetime, session: Session, nomination: Nomination, key: uuid.UUID) -> str:
    """Ask somebody of a delegate's own force to call them, because they agreed to it; gives who was asked (R44).

    Both are told, without a word about why. Nothing about the person is kept here or in the record of the act; `key`
    is that of the page, so that pressing twice asks once. Raises NobodyToCall, NotOnRoster.
    """
    with act(by, Can.SEE_ROSTER, on=session, at=at):
        if nomination.session_id != session.pk:
            raise sentences.NotOnRoster
        person = nomination.person
        ways = (lead_messages.holders(role, nomination.force_id, at) for role in CALLERS)
        caller = next((one for found in ways for one in found if one.pk != person.pk), None)
        if caller is None:
            raise sentences.NobodyToCall(nomination.force.name)
        about = uuid.uuid5(key, "call")  # a browser sends the key: it must not come to name a record of ours
        tell(caller, messages.PleaseCall(about=about, name=person.full_name, address=person.work_email), at=at)
        if person.work_email:
            kind = messages.SomebodyWillCall(about=about, caller=caller.full_name, caller_address=caller.work_email)
            tell(person, kind, at=at)
    return caller.full_name


# -- what time does -------------------------------------------------------------------------------------------------


def report_month(*, by: Actor, at: dt.datetime, force: Force, month: dt.date) -> int:
    """Tell a force's wellbeing lead how last month's places were used, in rounded figures; how many were told.

    `month` is the first day of the month that is reported. A job's act; each lead is told once a month.
    """
    with act(by, Can.SEE_NOMINATIONS, on=force, at=at) as step:
        told = lead_messages.leads_of(force.pk, at)
        message = messages.MonthOfAttendance(
            about=force.pk, version=report.version(month), force=force.name, month=month,
            counts=report.month_counts(force.pk, month), year=report.year_counts(force.pk, month),
        )  # fmt: skip
        for lead in told:
            tell(lead, message, at=at)
        step.note(told=len(told))
    return len(told)


def recall_register(*, by: Actor, at: dt.datetime, session: Session) -> int:
    """Bring a register that is still open after its date to its trainers' minds, once; how many were told. A job's."""
    with act(by, Can.MARK_ATTENDANCE, on=session, at=at) as step:
        told = queries.trainers(session)
        for trainer in told:
            tell(trainer, messages.RegisterOpen(about=session.pk, date=lines.one(session)), at=at)
        step.note(told=len(told))
    return len(told)
