"""What the actions have in common: a nomination begun, released, accepted, lapsed, withdrawn. Only inside an act."""

from __future__ import annotations

import datetime as dt
import uuid

from standdown.foundation import clock, working_time
from standdown.foundation.access import Actor
from standdown.foundation.kept_insert import KeptInsert
from standdown.notifications.outbox import tell
from standdown.people.models import RoleGrant
from standdown.people.roles.models import RoleName
from standdown.training.interest.models import Interest
from standdown.training.nominations import messages, places, policy
from standdown.training.nominations.board import Board
from standdown.training.nominations.models import EndReason, Nomination, NominationEvent, State
from standdown.training.nominations.policy import Deed
from standdown.training.nominations.sentences import OwnRelease

Kind = NominationEvent.Kind
Release = Nomination.Release
_NAMES = KeptInsert(Nomination)

Capacity = tuple[Nomination.ActingAs, uuid.UUID | None]  # as what, and for which lead where as a deputy


def begin(
    made: Nomination, found: Board, by: Actor, at: dt.datetime, *, released: bool, acting: Capacity | None = None
) -> None:
    """Store a new nomination whose rules have been asked: with a place, in the queue, or waiting for a release."""
    sign(made, found, by, at, acting)
    if released:
        places.fill_before(found, at)
    settle(made, found, by, at, released=released)
    _NAMES.store_new(made)
    places.note([made], Kind.PUT_FORWARD, by.person_id, at)
    tell_where_it_stands(made, at)


def settle(made: Nomination, found: Board, by: Actor, at: dt.datetime, *, released: bool) -> None:
    """A released name comes to a place or joins the list; another's line manager is asked first. Stores nothing."""
    if released:
        released_by_lead(made, by, at)
        places.offer_or_queue(found, made, at)
    else:
        made.release, made.state = Release.ASKED, State.NOMINATED
        made.answer_by = agree_by(made, at)


def released_by_lead(made: Nomination, by: Actor, at: dt.datetime) -> None:
    """Put on a nomination that its lead says the person is free on the day. Stores nothing. Raises OwnRelease."""
    if policy.confirms_own(by.person_id, made.person_id):
        raise OwnRelease
    made.release, made.released_at, made.released_by_id = Release.BY_LEAD, at, by.person_id


def sign(made: Nomination, found: Board, by: Actor, at: dt.datetime, acting: Capacity | None = None) -> None:
    """Put on a new nomination who makes it, when, in what capacity and on which terms. Stores nothing."""
    made.put_forward_by_id, made.put_forward_at, made.changed_at = by.person_id, at, at
    made.session, made.clash_day = found.session, clock.london_day(found.session.starts_at)
    made.acting_as, made.acting_for_id = acting or capacity(by, made.force_id, at)
    made.terms = Nomination.Terms.FREE if made.force.home_office else Nomination.Terms.BY_AGREEMENT


def answer_interest(made: Nomination, by: Actor, at: dt.datetime) -> None:
    """What somebody told their lead is answered by being put forward."""
    Interest.objects.open().filter(person_id=made.person_id, course_id=made.session.course_id).update(
        state=Interest.State.PUT_FORWARD, decided_at=at, decided_by_id=by.person_id
    )


def capacity(by: Actor, force_id: uuid.UUID, at: dt.datetime) -> Capacity:
    """In what capacity somebody puts people of that force forward, and for whom where they are a deputy."""
    if by.person_id is None or by.holds(RoleName.WELLBEING_LEAD, force_id):
        return in_capacity(by, force_id, None)
    leads = RoleGrant.objects.holding_on(clock.london_day(at)).filter(role=RoleName.WELLBEING_LEAD, force_id=force_id)
    return in_capacity(by, force_id, leads.order_by("starts_on", "pk").values_list("person_id", flat=True).first())


def in_capacity(by: Actor, force_id: uuid.UUID, lead: uuid.UUID | None) -> Capacity:
    """As `capacity`, where it is known who the lead is."""
    acting = Nomination.ActingAs
    if by.person_id is None:
        return acting.STANDDOWN, None
    return (acting.LEAD, None) if by.holds(RoleName.WELLBEING_LEAD, force_id) else (acting.DEPUTY, lead)


def agree_by(made: Nomination, at: dt.datetime) -> dt.datetime:
    """Until when somebody is to agree: a working week, and never past the day on which names close."""
    until = working_time.after(at, policy.RELEASE_HOURS, made.force.jurisdiction)
    return min(until, made.session.nominations_close_at)


def tell_where_it_stands(made: Nomination, at: dt.datetime) -> None:
    """Tell the person, or the line manager who is asked first, where a nomination stands."""
    if made.state == State.OFFERED:
        tell(made.person, messages.offered(made), at=at)
    elif made.state == State.WAITING:
        tell(made.person, messages.waiting(made), at=at)
    else:
        messages.ask_line_manager(made, at)


def release(nomination: Nomination, how: Release, by: Actor, at: dt.datetime) -> Nomination:
    """Somebody else confirms that the person is free on the day: a place is held or the list joined.

    Raises NotNow, OwnRelease.
    """
    fresh, found = places.held(nomination, Deed.RELEASE, at)
    if policy.confirms_own(by.person_id, fresh.person_id):
        raise OwnRelease
    fresh.release, fresh.released_at, fresh.released_by_id = how, at, by.person_id
    places.note([fresh], Kind.RELEASED, by.person_id, at)
    if not fresh.mutual_aid:  # which goes on waiting for both sides, until its own moment
        fresh.answer_by = None
        places.give(found, fresh, at)
    fresh.save()
    if fresh.state != State.NOMINATED:
        tell_where_it_stands(fresh, at)
    return fresh


def do_not_release(nomination: Nomination, by: Actor, at: dt.datetime) -> Nomination:
    """The line manager says no; the nomination goes on waiting for the lead, who may confirm or withdraw."""
    fresh, _found = places.held(nomination, Deed.RELEASE, at)
    fresh.release, fresh.changed_at = Release.NOT_RELEASED, at
    fresh.save(update_fields=["release", "changed_at"])
    places.note([fresh], Kind.NOT_RELEASED, by.person_id, at)
    return fresh


def accept(fresh: Nomination, consent: Nomination.Consent, by: Actor, at: dt.datetime) -> None:
    """Make an offered place the person's own, and send the joining pack with its calendar entry."""
    fresh.state, fresh.consent, fresh.accepted_at = State.ACCEPTED, consent, at
    fresh.answer_by, fresh.changed_at = None, at
    fresh.save()
    places.note([fresh], Kind.ACCEPTED, by.person_id, at)
    tell(fresh.person, messages.confirmed(fresh), at=at)


def withdraw(nomination: Nomination, reason: EndReason, by: Actor, at: dt.datetime) -> Nomination:
    """Take a name off a date and fill the place. Raises NotNow."""
    fresh, found = places.held(nomination, Deed.WITHDRAW, at)
    take_off(fresh, found, reason, by, at)
    return fresh


def take_off(fresh: Nomination, found: Board, reason: EndReason, by: Actor, at: dt.datetime) -> None:
    """As `withdraw`, for a nomination that the caller holds under the date's lock."""
    number, had_place = fresh.place_no, fresh.state == State.ACCEPTED
    late = number is not None and policy.is_late(found.session.starts_at, at)
    places.end(fresh, State.WITHDRAWN, reason, at, late=late)
    places.note([fresh], Kind.WITHDRAWN, by.person_id, at, reason)
    messages.tell_withdrawn(fresh, at, had_place=had_place)
    places.gone(found, fresh)
    if number is not None:
        places.freed(found, number, at)


def lapse(fresh: Nomination, found: Board, at: dt.datetime) -> None:
    """Take back an offer that nobody answered: to the back of the list, or off it, and on to the next."""
    number = fresh.place_no
    fresh.lapses += 1
    places.note([fresh], Kind.LAPSED, None, at)
    if fresh.lapses >= policy.MOST_LAPSES or found.session.starts_at <= at:
        fresh.save(update_fields=["lapses"])
        places.end(fresh, State.EXPIRED, EndReason.NO_ANSWER, at)
    else:
        places.queue(found, fresh, at)
        fresh.save()
    if fresh.person.work_email:
        messages.tell_lapsed(fresh, at)
    places.freed(found, number, at)
