"""Bad luck: what happens to names when their date, their force or their person changes. Inside the act that does it.

Whoever leads a force is not asked here: names belong to the force, so that nothing is lost when an appointment ends.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter

from django.db.models import QuerySet

from standdown.audit.act import Step
from standdown.foundation.access import Actor
from standdown.foundation.clock import london_day
from standdown.people.accounts.hooks import Departure
from standdown.people.adoption.models import AdoptionState, AdoptionStep
from standdown.training.interest.models import Interest
from standdown.training.nominations import lead_messages, messages, places, policy
from standdown.training.nominations.models import EndReason, Nomination, NominationEvent, State
from standdown.training.nominations.sentences import TooFewPlaces
from standdown.training.sessions import lines
from standdown.training.sessions.lines import SessionLine
from standdown.training.sessions.models import Session, SessionChange

Kind = NominationEvent.Kind
STOPPED = (AdoptionState.PAUSED, AdoptionState.WITHDRAWN)


def date_moved(session: Session, was: SessionLine, _reason: SessionChange.Reason, at: dt.datetime, by: Actor) -> None:
    """The names stay on a date that moved; deadlines keep to its new time, and two dates on one day are told of."""
    names = list(Nomination.objects.live().filter(session=session).select_related("person", "force").order_by("pk"))
    for one in names:
        one.session = session
        one.answer_by = _not_later(one, session, at)
        one.changed_at = at
    met = _met(names, session) if london_day(was.starts_at) != london_day(session.starts_at) else []
    Nomination.objects.bulk_update(names, ["answer_by", "clash_day", "changed_at"])
    places.note(names, Kind.MOVED, by.person_id, at)
    for one, other in met:
        lead_messages.tell_two_dates(one, other, at)


def _not_later(one: Nomination, session: Session, at: dt.datetime) -> dt.datetime | None:
    """Until when it is to be answered now: as before, unless the date came nearer."""
    if one.answer_by is None:
        return None
    if one.state == State.NOMINATED:
        return min(one.answer_by, session.nominations_close_at)
    window = policy.answer_window(session.starts_at, at)
    return min(one.answer_by, window[1] if window else session.starts_at)


def _met(names: list[Nomination], session: Session) -> list[tuple[Nomination, Nomination]]:
    """Put the new day on the names; those that meet another date of the same person there, with that date."""
    day = london_day(session.starts_at)
    people = [one.person_id for one in names]
    others = Nomination.objects.live().filter(person__in=people).exclude(session=session)
    there = {
        other.person_id: other
        for other in others.select_related("session__version", "session__course", "session__owner_force")
        if london_day(other.session.starts_at) == day
    }
    for one in names:
        one.clash_day = None if one.person_id in there else day
    return [(one, there[one.person_id]) for one in names if one.person_id in there]


def date_cancelled(session: Session, _reason: SessionChange.Reason, at: dt.datetime, by: Actor) -> None:
    """Every name that stands on a cancelled date ends with it; nothing of it is late.

    That it is cancelled is told once, by who tells of the date.
    """
    names = list(Nomination.objects.live().filter(session=session).order_by("pk"))
    for one in names:
        places.end(one, State.WITHDRAWN, EndReason.CANCELLED, at)
    places.note(names, Kind.WITHDRAWN, by.person_id, at, EndReason.CANCELLED)


def date_allotted(session: Session, at: dt.datetime) -> None:
    """A date has another number of places, or keeps others: numbers fit, and what is open is offered.

    Where places were added, those that were given beyond the capacity come within it first. Raises TooFewPlaces.
    """
    found = places.laid_out(session, at)
    if found.places.taken > session.capacity:
        raise TooFewPlaces(found.places.taken)
    rows = Nomination.objects.filter(session=session, place_no__isnull=False)
    beyond = rows.filter(over_capacity=True).order_by("place_no")[: found.places.free]
    within = rows.filter(pk__in=[one.pk for one in beyond]).update(over_capacity=False, changed_at=at)
    if within:
        found = places.laid_out(session, at)
    for old, new in policy.renumbered(found.places.held, session.capacity).items():
        rows.filter(place_no=old).update(place_no=new, changed_at=at)
    places.fill_places(places.laid_out(session, at), at)


def person_departed(departure: Departure, step: Step) -> None:
    """Who leaves a force, or policing, leaves the dates to come and the interest that they told; places are filled."""
    if departure.moved and departure.force_id is None:
        return
    at = departure.at
    names = Nomination.objects.live().filter(person=departure.person, session__starts_at__gt=at)
    told = Interest.objects.open().filter(person=departure.person)
    if departure.moved:
        names, told = names.filter(force=departure.force_id), told.filter(force=departure.force_id)
    told.update(state=Interest.State.WITHDRAWN, decided_at=at, decided_by_id=departure.by.person_id)
    ended = _end_all(names, EndReason.LEFT_FORCE, at, departure.by.person_id)
    for one in ended:
        messages.tell_withdrawn(one, at, had_place=one.accepted_at is not None)
        lead_messages.tell_left(one, at)
    step.note(names_ended=len(ended))


def force_stopped(step: AdoptionStep, at: dt.datetime) -> None:
    """A force that pauses or withdraws keeps its accepted places; every other name of it ends, and is told.

    The national coordinators are told which places stay.
    """
    if step.state not in STOPPED:
        return
    names = Nomination.objects.live().filter(force=step.force, session__starts_at__gt=at)
    undecided = names.exclude(state=State.ACCEPTED)
    for one in _end_all(undecided, EndReason.FORCE_LEFT, at, step.recorded_by_id):
        messages.tell_withdrawn(one, at, had_place=False)
    stay = Counter(names.filter(state=State.ACCEPTED).values_list("session_id", flat=True))
    dates = Session.objects.filter(pk__in=stay).select_related("version", "course", "owner_force").order_by("starts_at")
    counted = tuple((lines.of_session(one), stay[one.pk]) for one in dates)
    if counted:
        lead_messages.tell_what_stays(step, counted, at)


def _end_all(
    wanted: QuerySet[Nomination], reason: EndReason, at: dt.datetime, by: uuid.UUID | None
) -> list[Nomination]:
    """End these names under the locks of their dates, and only then fill what came free: not with one of them."""
    boards = places.boards(wanted.values_list("session_id", flat=True), at)
    ended = list(wanted.filter(session__in=boards).select_related("person", "force").order_by("pk"))
    for one in ended:
        found = boards[one.session_id]
        one.session = found.session
        places.vacated(found, one.place_no)
        places.gone(found, one)
        places.end(one, State.WITHDRAWN, reason, at)
    places.note(ended, Kind.WITHDRAWN, by, at, reason)
    for found in boards.values():
        places.fill_places(found, at)
    return ended
