"""What the acts about a session have in common. Inside each act."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Q

from standdown.care.clocks import steps
from standdown.care.clocks.models import Step
from standdown.care.clocks.steps import Owed
from standdown.care.defusing import hooks, messages, policy
from standdown.care.defusing.models import LIVE_SESSIONS, Ask, Attendee, Defusing, SessionState
from standdown.care.defusing.refusals import NotNow
from standdown.care.exposures import stages
from standdown.care.exposures.models import Exposure
from standdown.care.incidents.models import IncidentEvent
from standdown.care.programme.policy import StepKind
from standdown.foundation import clock, db
from standdown.foundation.access import Actor
from standdown.people.models import Qualification
from standdown.people.qualifications.models import Skill

Outcome = Step.Outcome


def held_fast(session: Defusing) -> Defusing:
    """The session as it stands now, locked until the act ends. Raises NotNow once it is over."""
    rows = Defusing.objects.filter(pk=session.pk).select_related("incident__programme", "base")
    fresh = db.lock(rows).get()
    if fresh.state not in LIVE_SESSIONS:
        raise NotNow
    return fresh


def present(session: Defusing) -> list[Attendee]:
    """Those who are of the session still. One statement."""
    rows = Attendee.objects.filter(defusing=session, left_at=None)
    return list(rows.select_related("exposure__incident__programme", "exposure__person").order_by("pk"))


def leading(session: Defusing) -> list[Ask]:
    """The questions that were answered with yes, and still hold. One statement."""
    rows = Ask.objects.filter(defusing=session, answer=Ask.Answer.YES).select_related("person")
    return list(rows.order_by("asked_at", "pk"))


def able(person: uuid.UUID | None, day: dt.date) -> bool:
    """True when that person is qualified to defuse on that day, and has not stood down."""
    return Qualification.objects.able_on(day).filter(Q(person_id=person), skill=Skill.DEFUSE).exists()


def busy(person: uuid.UUID | None, span: tuple[dt.datetime, dt.datetime], but: Defusing) -> bool:
    """True when that person leads another session in that span."""
    theirs = Q(defuser_id=person) | Q(second_id=person)
    others = Defusing.objects.live().filter(theirs, starts_at__lt=span[1], ends_at__gt=span[0]).exclude(pk=but.pk)
    return person is not None and others.exists()


def blocked(session: Defusing) -> bool:
    """True when it is a group, and a guard stops groups. Welfare one to one is never stopped (R84, R108)."""
    return session.kind == Defusing.Kind.GROUP and any(guard(session) for guard in hooks.GUARDS)


def window(session: Defusing, starts_at: dt.datetime) -> policy.Window:
    """Where that time lies in the window of the incident's own programme version."""
    ours = session.incident.programme
    hours = policy.Hours(ours.defuse_green_from_hours, ours.defuse_green_until_hours, ours.defuse_amber_until_hours)
    return policy.window(session.incident.ended_at, starts_at, hours)


def wanted(session: Defusing, starts_at: dt.datetime, moved: str) -> policy.Wanted:
    """The booking as the rules see it. Three statements and what the guards ask."""
    span = (starts_at, starts_at + dt.timedelta(minutes=session.incident.programme.session_minutes))
    exposed = Exposure.objects.live().filter(incident=session.incident_id, person=session.defuser_id)
    return policy.Wanted(
        starts_at=starts_at,
        is_open=session.state in LIVE_SESSIONS,
        has_defuser=session.defuser_id is not None,
        qualified=able(session.defuser_id, clock.london_day(starts_at)),
        exposed=session.defuser_id is not None and exposed.exists(),
        elsewhere=busy(session.defuser_id, span, session),
        blocked=blocked(session),
        reason_given=bool(moved),
    )


def invite(session: Defusing, by: Actor, at: dt.datetime) -> None:
    """The time stands: everybody is told, with an entry each. Who was told of this very time is not told again."""
    everybody = present(session)
    for one in everybody:
        one.invited_at = one.invited_at or at
        one.invitation += 1
        one.save(update_fields=["invited_at", "invitation"])
        stages.booked(one.exposure, by, at)
    messages.tell_attendees(session, everybody, messages.AppointmentMade, at)
    messages.tell_leaders(session, leading(session), messages.AppointmentMade, at)


def call_off(session: Defusing, at: dt.datetime, *, leaders: bool = True) -> None:
    """The time does not stand any more: whoever was told of it is told that it is off, and a session is owed again."""
    everybody = present(session)
    invited = [one for one in everybody if one.invited_at is not None]
    messages.tell_attendees(session, invited, messages.AppointmentOff, at)
    if leaders:
        messages.tell_leaders(session, leading(session), messages.AppointmentOff, at)
    for one in everybody:
        one.invited_at, one.answer, one.answered_at = None, "", None
        one.save(update_fields=["invited_at", "answer", "answered_at"])
        stages.unbooked(one.exposure, at)
    session.starts_at = session.ends_at = None
    session.calendar_sequence += 1


def without_defuser(session: Defusing, at: dt.datetime) -> None:
    """Whoever led it does not any more. The time is kept while somebody else is looked for; a booking is owed again."""
    session.state, session.defuser, session.second = SessionState.PLANNED, None, None
    session.booked_at, session.booked_by, session.changed_at = None, None, at
    session.save()
    for one in present(session):
        stages.unbooked(one.exposure, at)


def leaves(one: Attendee, by: Actor, at: dt.datetime, *, done: bool) -> None:
    """Somebody is no longer of the session; `done`: by their own choice nothing more is owed but the contacts."""
    if one.invited_at is not None and one.defusing.starts_at is not None:
        messages.tell_attendees(one.defusing, [one], messages.AppointmentOff, at)
    one.left_at = at
    one.save(update_fields=["left_at", "answer", "answered_at"])
    if done:
        stages.after_session(one.exposure, Outcome.OFFERED, by, at)
        return
    stages.unbooked(one.exposure, at)
    for listener in hooks.LEFT:
        listener(one, by, at)


def owe_afterwards(session: Defusing, leaders: Iterable[uuid.UUID], at: dt.datetime) -> None:
    """What is owed to those who led it: their own check-out, and a call a day after (R91). One key a person."""
    owed = [
        Owed(
            kind=kind, due_at=at + within, incident=session.incident_id,
            on=key_afterwards(session, kind, person), owner=person,
        )
        for person in leaders
        for kind, within in (
            (StepKind.CHECK_OUT, policy.CHECK_OUT_WITHIN), (StepKind.BUDDY_CALL, policy.BUDDY_CALL_AFTER),
        )
    ]  # fmt: skip
    steps.open_steps(session.incident.programme, session.force_id, owed, at)


def key_afterwards(session: Defusing, kind: StepKind, person: uuid.UUID) -> uuid.UUID:
    """What a step that is owed to a defuser after one session is about: that session and that person."""
    return uuid.uuid5(session.pk, f"{kind}:{person}")


def note(session: Defusing, kind: IncidentEvent.Kind, by: Actor, at: dt.datetime) -> None:
    """Put on the incident's record what happened to one of its sessions."""
    IncidentEvent.objects.create(
        incident_id=session.incident_id, kind=kind, number=session.number, at=at, by_id=by.person_id
    )
