"""What people do about a session until it begins: say yes or pass, book, move, call off, drop out, answer."""

from __future__ import annotations

import datetime as dt

from standdown.audit.act import act
from standdown.care.defusing import diary, hooks, messages, policy
from standdown.care.defusing.models import Ask, Attendee, Defusing, SessionState
from standdown.care.defusing.refusals import AskOver, NotBooked, NotNow
from standdown.care.exposures import stages
from standdown.care.incidents.models import IncidentEvent
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.people.models import Base

Answer = Ask.Answer


def say_yes(
    *, by: Actor, at: dt.datetime, ask: Ask, that_time: bool = True, base: Base | None = None, remote: bool = False,
    moved: str = "",
) -> Defusing:  # fmt: skip
    """Say that one will lead the session. `that_time`: at the time proposed with the question, which is then booked.

    `base` or `remote` say where, so that the first invitation does; with neither the place stays as it is. `moved`
    says why, where that time lies outside the green window (R90); with none what the session says already stands.
    Without a booked time the yes lapses, and somebody else is asked (peers-care 3.1). Raises AskOver, NotBooked.
    """
    with act(by, Can.LEAD_DEFUSING, on=ask.defusing, at=at) as step:
        session, fresh = _asked(ask, at)
        fresh.answer, fresh.answered_at = Answer.YES, at
        fresh.save(update_fields=["answer", "answered_at"])
        if fresh.as_second:
            session.second_id, session.changed_at = fresh.person_id, at
            session.save(update_fields=["second", "changed_at"])
        else:
            session.defuser_id, session.state, session.changed_at = fresh.person_id, SessionState.ACCEPTED, at
            session.save(update_fields=["defuser", "state", "changed_at"])
            if that_time and fresh.starts_at is not None and fresh.starts_at > at:
                elsewhere = _placed(session, base, remote=remote)
                _book(session, fresh.starts_at, moved or session.moved, by, at, elsewhere=elsewhere)
        step.note(booked=session.state == SessionState.BOOKED)
    return session


def _placed(session: Defusing, base: Base | None, *, remote: bool) -> bool:
    """Where it is to be, if that was said; True when it is another place than before."""
    before = (session.base_id, session.remote)
    if base is not None or remote:
        session.base, session.remote = base, remote
    return (session.base_id, session.remote) != before


def pass_on(*, by: Actor, at: dt.datetime, ask: Ask) -> Defusing:
    """Pass; no reason is asked and none is kept. Raises AskOver."""
    with act(by, Can.LEAD_DEFUSING, on=ask.defusing, at=at):
        session, fresh = _asked(ask, at)
        fresh.answer, fresh.answered_at = Answer.PASSED, at
        fresh.save(update_fields=["answer", "answered_at"])
        _back_to_planned(session, at)
    return session


def _asked(ask: Ask, at: dt.datetime) -> tuple[Defusing, Ask]:
    session = diary.held_fast(ask.defusing)
    fresh = Ask.objects.select_related("person").get(pk=ask.pk)
    if fresh.answer or fresh.lapses_at <= at:
        raise AskOver
    return session, fresh


def _back_to_planned(session: Defusing, at: dt.datetime) -> None:
    """Nobody is asked any more, nobody leads: it waits for the coordinator."""
    open_still = session.asks.filter(answer="", as_second=False).exists()
    if session.state in {SessionState.ASKED, SessionState.ACCEPTED} and not open_still:
        session.state, session.defuser, session.changed_at = SessionState.PLANNED, None, at
        session.save(update_fields=["state", "defuser", "changed_at"])


def book(
    *, by: Actor, at: dt.datetime, defusing: Defusing, starts_at: dt.datetime, base: Base | None, remote: bool,
    moved: str = "", leading: bool = False,
) -> Defusing:  # fmt: skip
    """Book the session at a time, or move it (R78, R90). Everybody is told, each with an entry that names nobody.

    `moved` is a code of Defusing.Moved, needed outside the green window. `leading`: done by the defuser, else by
    whoever runs the care. Raises NotBooked with every rule that speaks against it, NotNow.
    """
    with act(by, Can.LEAD_DEFUSING if leading else Can.RUN_CARE, on=defusing, at=at) as step:
        session = diary.held_fast(defusing)
        same_place = (session.base_id, session.remote) == (base.pk if base else None, remote)
        same = same_place and session.starts_at == starts_at and session.state == SessionState.BOOKED
        if not same:
            session.base, session.remote = base, remote
            _book(session, starts_at, moved, by, at, elsewhere=not same_place)
        step.note(again=same)
    return session


def _book(
    session: Defusing, starts_at: dt.datetime, moved: str, by: Actor, at: dt.datetime, *, elsewhere: bool = False
) -> None:
    """The time stands. Where only the defuser is another, those invited are not told again."""
    programme = session.incident.programme
    where = diary.window(session, starts_at)
    bars = policy.why_not(diary.wanted(session, starts_at, moved), where, at)
    if bars:
        raise NotBooked(bars)
    if session.starts_at is not None and (elsewhere or session.starts_at != starts_at):
        session.calendar_sequence += 1
    session.starts_at = starts_at
    session.ends_at = starts_at + dt.timedelta(minutes=programme.session_minutes)
    session.moved = moved if where is not policy.Window.GREEN else ""
    session.state, session.booked_at, session.booked_by_id, session.changed_at = (
        SessionState.BOOKED,
        at,
        by.person_id,
        at,
    )
    session.save()
    diary.invite(session, by, at)
    diary.note(session, IncidentEvent.Kind.BOOKED, by, at)


def call_off(*, by: Actor, at: dt.datetime, defusing: Defusing, moved: str) -> Defusing:
    """Call a booked time off, with a code why; the group stays together and is booked anew. Raises NotNow."""
    with act(by, Can.RUN_CARE, on=defusing, at=at):
        session = diary.held_fast(defusing)
        if session.state != SessionState.BOOKED:
            raise NotNow
        diary.call_off(session, at)
        session.state, session.moved, session.booked_at, session.changed_at = SessionState.ACCEPTED, moved, None, at
        session.booked_by = None
        session.save()
    return session


def drop_out(*, by: Actor, at: dt.datetime, defusing: Defusing) -> Defusing:
    """Say that one cannot lead it after all; no reason. The time is kept while somebody else is found."""
    with act(by, Can.LEAD_DEFUSING, on=defusing, at=at):
        return _without(defusing, by.person_id, at, Answer.PASSED)


def take_defuser_off(*, by: Actor, at: dt.datetime, defusing: Defusing) -> Defusing:
    """Take the defuser off a session: they lapsed, stood down, or another is wanted. By a coordinator or a job."""
    with act(by, Can.RUN_CARE, on=defusing, at=at):
        return _without(defusing, defusing.defuser_id, at, Answer.TAKEN_BACK)


def _without(defusing: Defusing, person: object, at: dt.datetime, answer: Ask.Answer) -> Defusing:
    session = diary.held_fast(defusing)
    theirs = [one for one in diary.leading(session) if one.person_id == person]
    if not theirs:
        raise NotNow
    if session.state == SessionState.BOOKED:
        messages.tell_leaders(session, theirs, messages.AppointmentOff, at)
    for one in theirs:
        one.answer, one.answered_at = answer, at
        one.save(update_fields=["answer", "answered_at"])
    if session.second_id == person:
        session.second, session.changed_at = None, at
        session.save(update_fields=["second", "changed_at"])
    else:
        diary.without_defuser(session, at)
    return session


def answer(*, by: Actor, at: dt.datetime, attendee: Attendee, answer: Attendee.Answer) -> Attendee:
    """Answer the invitation to a session for oneself; no reason is asked, and silence is no mark (S0, R72).

    Whoever declines, or would rather talk otherwise, may change their mind until it begins. Raises NotNow.
    """
    with act(by, Can.KEEP_OWN_CARE, on=attendee.exposure, at=at):
        session = diary.held_fast(attendee.defusing)
        booked = session.state == SessionState.BOOKED or session.starts_at is not None
        if not policy.may_answer(booked=booked, starts_at=session.starts_at, at=at):
            raise NotNow
        rows = Attendee.objects.select_related("exposure__incident__programme", "exposure__person")
        fresh = db.lock(rows.filter(pk=attendee.pk)).get()
        fresh.defusing = session
        then = policy.THEN[answer.value]
        was_out = fresh.left_at is not None
        fresh.answer, fresh.answered_at = answer.value, at
        if then is policy.Then.STAYS:
            fresh.left_at = None
            fresh.save(update_fields=["answer", "answered_at", "left_at"])
            if was_out:
                session.calendar_sequence += 2  # above that of the entry that was taken back
                session.save(update_fields=["calendar_sequence"])
                stages.booked(fresh.exposure, by, at)
                messages.tell_attendees(session, [fresh], messages.AppointmentMade, at)
        elif was_out:
            fresh.save(update_fields=["answer", "answered_at"])
        else:
            diary.leaves(fresh, by, at, done=then is policy.Then.DONE)
    return fresh


def let_ask_lapse(*, by: Actor, at: dt.datetime, ask: Ask) -> None:
    """A question nobody answered, or a yes without a booked time, lapses: somebody else is asked. A job's act."""
    with act(by, Can.RUN_CARE, on=ask.defusing, at=at):
        session = diary.held_fast(ask.defusing)
        fresh = Ask.objects.get(pk=ask.pk)
        waits = fresh.answer == "" or (fresh.answer == Answer.YES and session.state == SessionState.ACCEPTED)
        if not waits or fresh.lapses_at > at:
            raise NotNow
        fresh.answer, fresh.answered_at = Answer.LAPSED, at
        fresh.save(update_fields=["answer", "answered_at"])
        _back_to_planned(session, at)


def tell_that_time_is_off(*, by: Actor, at: dt.datetime, defusing: Defusing) -> None:
    """Nobody was found to lead it in time: those invited are told that the time is off. A job's act. Raises NotNow."""
    with act(by, Can.RUN_CARE, on=defusing, at=at):
        session = diary.held_fast(defusing)
        if session.state == SessionState.BOOKED or session.starts_at is None:
            raise NotNow
        diary.call_off(session, at)
        session.moved, session.changed_at = Defusing.Moved.NO_DEFUSER, at
        session.save()


def ask_to_lead(*, by: Actor, at: dt.datetime, ask: Ask) -> Ask:
    """Ask somebody to lead, without a proposal of the matching: a coordinator's own choice among who is able."""
    with act(by, Can.RUN_CARE, on=ask.defusing, at=at):
        session = diary.held_fast(ask.defusing)
        ask.save(force_insert=True)
        if not ask.as_second:
            session.state, session.changed_at = SessionState.ASKED, at
            session.save(update_fields=["state", "changed_at"])
        for listener in hooks.ASKED:
            listener(ask, by, at)
    return ask
