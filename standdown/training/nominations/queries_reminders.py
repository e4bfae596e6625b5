"""What the reminders and the leads' summaries ask: few statements, called every minute."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.foundation.working_time import is_working_day
from standdown.notifications.models import OutboxMessage, State
from standdown.people.models import Force, Person, RoleGrant
from standdown.training.nominations import ahead
from standdown.training.nominations.messages import CONTACTS
from standdown.training.nominations.models import Nomination, NominationEvent
from standdown.training.nominations.models import State as Where
from standdown.training.nominations.reminder_messages import REMINDERS, Happened, LeadSummary, Said
from standdown.training.sessions import lines
from standdown.training.sessions.models import Session, SessionChange, Status

Kind = NominationEvent.Kind


# -- reminders ---------------------------------------------------------------------------------------------------------


def to_remind(at: dt.datetime, session: Session | None = None) -> list[tuple[Nomination, str]]:
    """Who is to be reminded now, and of which of the three (R36). Two statements."""
    near = Q()
    for before, least in ahead.REMINDERS.values():
        near |= Q(session__starts_at__gt=at + least, session__starts_at__lte=at + before)
    moves = SessionChange.objects.filter(session=OuterRef("session"), kind=SessionChange.Kind.MOVED).order_by("-at")
    found = Nomination.objects.filter(near, state=Where.ACCEPTED, session__status=Status.PUBLISHED)
    if session is not None:
        found = found.filter(session=session)
    rows = (
        found.exclude(person__work_email="")
        .select_related("person", "session__version", "session__course", "session__owner_force")
        .annotate(moved_at=Subquery(moves.values("at")[:1]))
        .order_by("session__starts_at", "session_id", "pk")
    )
    due = [(row, which) for row in rows for which in REMINDERS if _is_due(row, which, at)]
    told = _told([row.pk for row, _which in due])
    return [(row, which) for row, which in due if _key(row, which) not in told]


def _is_due(row: Any, which: str, at: dt.datetime) -> bool:
    known_since = max(moment for moment in (row.accepted_at, row.moved_at) if moment is not None)
    return ahead.is_due(which, row.session.starts_at, known_since, at)


def _key(row: Nomination, which: str) -> tuple[str, str, int]:
    return (REMINDERS[which].__name__, str(row.pk), row.session.calendar_sequence)


def _told(keys: Iterable[uuid.UUID]) -> set[tuple[str, str, int]]:
    purposes = [one.__name__ for one in REMINDERS.values()]
    rows = OutboxMessage.objects.filter(about__in=[str(key) for key in keys], purpose__in=purposes)
    return set(rows.values_list("purpose", "about", "version"))


def dates_to_remind(at: dt.datetime) -> list[Session]:
    """The dates of which somebody is to be reminded now."""
    return list({row.session_id: row.session for row, _which in to_remind(at)}.values())


# -- the leads' summary ------------------------------------------------------------------------------------------------

_DATE = "nomination__session__"
_WITH = ("nomination__person", f"{_DATE}version", f"{_DATE}course", f"{_DATE}owner_force")
_SENTENCES: dict[Kind, Promise] = {
    Kind.ACCEPTED: _("%(name)s has accepted the place."),
    Kind.DECLINED: _("A place is free again."),  # who declined is their own affair
    Kind.LAPSED: _("%(name)s did not answer the offer in time."),
    Kind.NOT_RELEASED: _(
        "%(name)s cannot be released by the line manager. Another lead or deputy may confirm the release instead."
    ),
    Kind.EXPIRED: _("%(name)s is off the date: nobody answered in time."),
    Kind.WITHDRAWN: _("%(name)s is off the date."),
    Kind.REFUSED: _("%(name)s does not get the place: one side did not agree."),
}


def forces_to_sum_up(at: dt.datetime) -> list[Force]:
    """The forces in which it is half past seven on a working morning and something has happened to names lately."""
    lately = NominationEvent.objects.filter(kind__in=_SENTENCES, at__gt=at - ahead.FURTHEST_BACK - dt.timedelta(days=1))
    forces = Force.objects.filter(pk__in=lately.values("nomination__force"))
    return [force for force in forces if summary_day(force, at) is not None]


def summary_day(force: Force, at: dt.datetime) -> dt.date | None:
    """The day whose summary that force's leads get now."""
    return ahead.summary_day(at, lambda day: is_working_day(day, force.jurisdiction))


@dataclass(frozen=True, slots=True)
class ForLead:
    """Somebody who leads a force, with the summary that they get."""

    person: Person
    message: LeadSummary


def summaries(force: Force, day: dt.date) -> list[ForLead]:
    """The summary of that day for each lead and deputy who wants one and to whom there is something to tell.

    What they did themselves is no news to them. Four statements, and three more where something happened.
    """
    until = ahead.summary_moment(day)
    told = _last_summaries(force)
    leads = [one for one in _leads(force, day) if told.get(one.pk) != ahead.day_number(day)]
    since = {one.pk: ahead.summary_since(told.get(one.pk), day) for one in leads}
    if not since:
        return []
    events = _events(force, min(since.values()), until)
    found = []
    for one in leads:
        theirs = [event for event in events if event.at > since[one.pk] and event.by_id != one.pk]
        if theirs:
            found.append(ForLead(one, _summary(force, day, theirs)))
    return found


def _leads(force: Force, day: dt.date) -> list[Person]:
    grants = RoleGrant.objects.holding_on(day).filter(force=force, role__in=CONTACTS)
    wanted = Person.objects.filter(pk__in=grants.values("person")).exclude(message_preference__digest=False)
    return list(wanted.exclude(work_email="").order_by("pk"))


def _last_summaries(force: Force) -> dict[uuid.UUID, int]:
    """The number of the last summary that each person got, or will get. What was dropped is told again."""
    rows = OutboxMessage.objects.filter(purpose=LeadSummary.__name__, about=str(force.pk))
    sent = rows.exclude(state=State.DROPPED).order_by("version").values_list("recipient_id", "version")
    return dict(sent)


def _events(force: Force, since: dt.datetime, until: dt.datetime) -> list[NominationEvent]:
    rows = NominationEvent.objects.filter(nomination__force=force, kind__in=_SENTENCES, at__gt=since, at__lte=until)
    order = ("nomination__session__starts_at", "nomination__session_id", "at", "pk")
    return list(rows.select_related(*_WITH).order_by(*order))


def _summary(force: Force, day: dt.date, events: list[NominationEvent]) -> LeadSummary:
    by_date: dict[uuid.UUID, list[NominationEvent]] = {}
    for event in events:
        by_date.setdefault(event.nomination.session_id, []).append(event)
    dates = [(theirs[0].nomination.session, theirs) for theirs in by_date.values()]
    return LeadSummary(
        about=force.pk,
        version=ahead.day_number(day),
        force=force.name,
        until=ahead.summary_moment(day),
        happened=tuple(Happened(lines.of_session(date), tuple(map(_said, theirs))) for date, theirs in dates),
    )


def _said(event: NominationEvent) -> Said:
    return Said(_SENTENCES[Kind(event.kind)], event.nomination.person.full_name)
