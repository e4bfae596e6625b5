"""What delegates are told when their date moves or is cancelled: everybody with a place, an offer or a wait, once.

Listens to the date (sessions/hooks.py), inside the act that moves or cancels it. Names may have ended with the date
before or after this is called; it makes no difference to who is told.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from standdown.foundation.access import Actor
from standdown.notifications import invitations, outbox
from standdown.notifications.outbox import EVERYTHING, Words, words_of
from standdown.people.models import Person
from standdown.training.nominations import links
from standdown.training.nominations.examples import NOBODYS
from standdown.training.nominations.messages import Contact, PlaceMessage, contact
from standdown.training.nominations.models import EndReason, Nomination, State
from standdown.training.sessions import lines
from standdown.training.sessions.lines import SessionLine
from standdown.training.sessions.models import Session, SessionChange, SessionForce, Status

FOLLOWING = 3  # dates named to somebody whose date is cancelled
_LINKED = {State.ACCEPTED: links.place, State.WAITING: links.place, State.OFFERED: links.answer}


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateDateMoved(PlaceMessage):
    """Your date has moved, in time or place; the calendar entry of who has a place follows."""

    template: ClassVar[str] = "training/nominations/mail/date_moved"
    replaces: ClassVar[tuple[str, ...]] = ("ReminderWeek", "ReminderDay", "ReminderHour")
    previous_starts_at: dt.datetime
    previous_ends_at: dt.datetime
    previous_how: str
    reason: SessionChange.Reason
    state: str
    answer_by: dt.datetime | None = None

    def wanted_by(self) -> dt.datetime | None:
        """Before the day begins, and before it would have begun."""
        return min(self.date.starts_at, self.previous_starts_at)

    def calendar(self, person: Person, at: dt.datetime) -> tuple[str, str] | None:
        """The same entry with a higher number."""
        return invitations.request(self.booking(), person.work_email, at) if self.state == State.ACCEPTED else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateDateCancelled(PlaceMessage):
    """Your date will not take place: why, and which dates come next for your force (R33)."""

    template: ClassVar[str] = "training/nominations/mail/date_cancelled"
    replaces: ClassVar[tuple[str, ...]] = EVERYTHING
    reason: SessionChange.Reason
    in_calendar: bool
    following: tuple[SessionLine, ...] = ()
    contact: Contact | None = None

    def calendar(self, person: Person, at: dt.datetime) -> tuple[str, str] | None:
        """The day itself is called off."""
        return invitations.called_off(self.booking(), person.work_email, at) if self.in_calendar else None


# -- who ---------------------------------------------------------------------------------------------------------------


def _names(session: Session) -> QuerySet[Nomination]:
    """Whoever was told of a place or of the waiting list. Who waits for an agreement has not heard of it yet."""
    told = Q(offer_no__gt=0) | Q(queue_no__isnull=False)
    found = Nomination.objects.filter(told, session=session).select_related("person", "force")
    return found.order_by("person__family_name", "person__given_name", "pk")


def concerned(session: Session) -> list[Person]:
    """Who is told when something is done to the date, in order of name; some may have no address. One statement."""
    return [one.person for one in _names(session).filter(state__in=_LINKED)]


# -- telling -----------------------------------------------------------------------------------------------------------


def tell_moved(session: Session, was: SessionLine, reason: SessionChange.Reason, at: dt.datetime, _by: Actor) -> None:
    """Tell every delegate that the date has moved. Six statements, whatever their number."""
    names = list(_names(session).filter(state__in=_LINKED))
    outbox.tell_many([(one.person, _moved(one, session, was, reason)) for one in names], at=at)


def _moved(one: Nomination, session: Session, was: SessionLine, reason: SessionChange.Reason) -> DelegateDateMoved:
    one.session = session
    return DelegateDateMoved(
        about=one.pk,
        version=session.calendar_sequence,
        date=lines.of_session(session),
        link=_LINKED[State(one.state)](one),
        own_sequence=one.calendar_sequence,
        previous_starts_at=was.starts_at,
        previous_ends_at=was.ends_at,
        previous_how=was.how,
        reason=reason,
        state=one.state,
        answer_by=one.answer_by,
    )


def tell_cancelled(session: Session, reason: SessionChange.Reason, at: dt.datetime, _by: Actor) -> None:
    """Tell every delegate that the date will not take place, and take it out of their calendars."""
    just_ended = Q(ended_at=at, end_reason=EndReason.CANCELLED)
    names = list(_names(session).filter(Q(state__in=_LINKED) | just_ended))
    heard = outbox.heard_of(one.pk for one in names)
    forces = {one.force_id for one in names}
    following = {force: _following(session, force, at) for force in forces}
    contacts = {force: contact(force, at) for force in forces}
    outbox.tell_many(
        [
            (
                one.person,
                DelegateDateCancelled(
                    about=one.pk,
                    version=session.calendar_sequence,
                    date=lines.of_session(session),
                    own_sequence=one.calendar_sequence,
                    reason=reason,
                    in_calendar=heard.get((one.pk, one.person_id), False),
                    following=following[one.force_id],
                    contact=contacts[one.force_id],
                ),
            )
            for one in names
        ],
        at=at,
    )


def _following(session: Session, force_id: uuid.UUID, at: dt.datetime) -> tuple[SessionLine, ...]:
    theirs = SessionForce.objects.filter(session=OuterRef("pk"), force_id=force_id)
    open_ = Session.objects.filter(Exists(theirs), status=Status.PUBLISHED, course=session.course)
    keys = open_.filter(nominations_close_at__gt=at).exclude(pk=session.pk).order_by("starts_at", "pk").values("pk")
    return tuple(lines.read(Session.objects.filter(pk__in=keys[:FOLLOWING]), Q()))


# -- before it is sent ----------------------------------------------------------------------------------------------


def preview(session: Session, was: SessionLine | None, reason: SessionChange.Reason, at: dt.datetime) -> Words | None:
    """The message that the first of those with a place would get; None where nobody is on the date.

    `session` as it would stand, `was` as it is where it would move (None: it would be cancelled).
    """
    one = _example(session)
    if one is None:
        return None
    if was is not None:  # a link that works would let whoever reads the preview act as that person
        way = "answer" if one.state == State.OFFERED else "place"
        nobodys = reverse(f"nominations:{way}", args=[NOBODYS])
        return words_of(one.person, replace(_moved(one, session, was, reason), link=nobodys))
    message = DelegateDateCancelled(
        about=one.pk,
        date=lines.of_session(session),
        reason=reason,
        in_calendar=one.state == State.ACCEPTED,
        following=_following(session, one.force_id, at),
        contact=contact(one.force_id, at),
    )
    return words_of(one.person, message)


def _example(session: Session) -> Nomination | None:
    names: Iterable[Nomination] = _names(session).filter(state__in=_LINKED)
    return min(names, key=lambda one: one.state != State.ACCEPTED, default=None)
