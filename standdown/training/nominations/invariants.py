"""What must hold of all places at every moment, asked of the database itself. Reads only; nothing is put right here.

Most of it the database refuses by itself. It is asked all the same: of a database that was restored, or written to by
another hand, nobody knows which constraints it had.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.foundation.clock import london_day
from standdown.notifications.models import OutboxMessage
from standdown.training.nominations import messages, places, policy
from standdown.training.nominations.board import Board
from standdown.training.nominations.models import Nomination, State
from standdown.training.sessions.models import Session, SessionForce, Status

GRACE = dt.timedelta(hours=1)  # in which a job of the system may still see to what the hour brought about


@dataclass(frozen=True, slots=True)
class Wrong:
    """An invariant that does not hold: its name, what that means, and the records that it does not hold of."""

    name: str
    sentence: Promise
    keys: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """For another program."""
        return {"invariant": self.name, "sentence": str(self.sentence), "keys": list(self.keys)}


@dataclass(frozen=True, slots=True)
class Standing:
    """How many places there are to speak of; those beyond a capacity are counted apart."""

    dates: int
    places: int
    over_capacity: int
    waiting: int

    def as_dict(self) -> dict[str, int]:
        """For another program."""
        return asdict(self)


Check = Callable[[dt.datetime], Iterable[object]]
CHECKS: dict[str, tuple[Promise, Check]] = {}


def _check(name: str, sentence: Promise) -> Callable[[Check], Check]:
    def enter(function: Check) -> Check:
        CHECKS[name] = (sentence, function)
        return function

    return enter


def all_wrong(at: dt.datetime) -> list[Wrong]:
    """Every invariant that does not hold at that moment, with the references of dates or the keys of nominations.

    Raises DatabaseError when the database cannot be asked.
    """
    found = ((name, sentence, check(at)) for name, (sentence, check) in CHECKS.items())
    said = (Wrong(name, sentence, tuple(sorted({str(key) for key in keys}))) for name, sentence, keys in found)
    return [wrong for wrong in said if wrong.keys]


def standing() -> Standing:
    """How many dates have names, how many places are held, how many of them beyond a capacity, and who waits."""
    held = Q(place_no__isnull=False)
    facts = Nomination.objects.aggregate(
        dates=Count("session", distinct=True),
        places=Count("pk", filter=held & Q(over_capacity=False)),
        over_capacity=Count("pk", filter=held & Q(over_capacity=True)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
    )
    return Standing(**facts)


def _keys(found: QuerySet[Nomination]) -> list[uuid.UUID]:
    return list(found.order_by().values_list("pk", flat=True))


def _twice(found: QuerySet[Nomination], *fields: str) -> list[str]:
    rows = found.order_by().values(*fields).annotate(times=Count("pk")).filter(times__gt=1)
    return [str(reference) for reference in rows.values_list("session__reference", flat=True)]


# -- places -------------------------------------------------------------------------------------------------------


@_check("capacity", _("More people have an ordinary place than the date has places."))
def _more_than_capacity(_at: dt.datetime) -> Iterable[object]:
    held = Count("nominations", filter=Q(nominations__place_no__isnull=False, nominations__over_capacity=False))
    rows = Session.objects.order_by().annotate(held=held).filter(held__gt=F("capacity"))
    return rows.values_list("reference", flat=True)


@_check("place-once", _("A numbered place is held twice."))
def _a_place_twice(_at: dt.datetime) -> Iterable[object]:
    return _twice(Nomination.objects.placed(), "session", "place_no")


@_check("place-in-capacity", _("A place has a number beyond the date's capacity without being marked so."))
def _beyond_capacity(_at: dt.datetime) -> Iterable[object]:
    return _keys(Nomination.objects.filter(place_no__gt=F("session__capacity"), over_capacity=False))


@_check("place-number", _("Who has a place has no number, or a number without having a place."))
def _without_number(_at: dt.datetime) -> Iterable[object]:
    placed = Q(state__in=policy.PLACED)
    return _keys(Nomination.objects.filter(placed & Q(place_no__isnull=True) | ~placed & Q(place_no__isnull=False)))


@_check("over-capacity", _("A name is marked as beyond the capacity without having a place beyond it."))
def _marked_without_place(_at: dt.datetime) -> Iterable[object]:
    marked = Nomination.objects.filter(over_capacity=True)
    return _keys(marked.filter(Q(place_no__isnull=True) | Q(place_no__lte=F("session__capacity"))))


@_check("kept-places", _("A force has places that are kept for others."))
def _kept_for_others(at: dt.datetime) -> Iterable[object]:
    keep = SessionForce.objects.filter(session=OuterRef("pk"), allotment__gt=0)
    rows = _to_come(at).filter(Exists(keep))
    for board in places.all_laid_out(rows, at).values():
        if _overdrawn(board.places):
            yield board.session.reference


def _overdrawn(held: policy.Places) -> bool:
    if held.released or sum(held.kept.values()) > held.capacity:
        return False
    return held.taken + sum(max(0, kept - held.taken_by(pool)) for pool, kept in held.kept.items()) > held.capacity


# -- people -------------------------------------------------------------------------------------------------------


@_check("person-once", _("Somebody is on a date twice."))
def _on_a_date_twice(_at: dt.datetime) -> Iterable[object]:
    return _twice(Nomination.objects.exclude(state__in=policy.ENDED), "session", "person")


@_check("one-date-a-day", _("Somebody is put forward for two dates on one day without a mark that says so."))
def _two_dates_a_day(_at: dt.datetime) -> Iterable[object]:
    days: dict[tuple[uuid.UUID, dt.date], list[tuple[uuid.UUID, dt.date | None]]] = defaultdict(list)
    rows = Nomination.objects.live().order_by().values_list("pk", "person_id", "session__starts_at", "clash_day")
    for key, person_id, starts_at, marked in rows:
        days[person_id, london_day(starts_at)].append((key, marked))
    for (_person, day), names in days.items():
        unmarked = [key for key, marked in names if marked is not None]
        yield from unmarked if len(unmarked) > 1 else ()
        yield from (key for key, marked in names if marked not in {None, day})


@_check("for-the-force", _("A date is not for the person's force, and no exception was asked."))
def _not_for_force(_at: dt.datetime) -> Iterable[object]:
    named = SessionForce.objects.filter(session=OuterRef("session"), force=OuterRef("force"))
    names = Nomination.objects.exclude(state__in=policy.ENDED).filter(mutual_aid=False)
    return _keys(names.filter(~Exists(named)))


@_check("mutual-aid-agreed", _("Somebody has a place by exception without the agreement of both sides."))
def _not_agreed(_at: dt.datetime) -> Iterable[object]:
    both = Q(mutual_aid_asked__own_force_at__isnull=False, mutual_aid_asked__owner_at__isnull=False)
    names = Nomination.objects.filter(mutual_aid=True, state__in=(*policy.PLACED, State.WAITING))
    return _keys(names.exclude(both & Q(mutual_aid_asked__refused_at__isnull=True)))


# -- the waiting list, and what has a time ---------------------------------------------------------------------------


@_check("waiting-order", _("Somebody waits without an order, or two have the same."))
def _no_order(_at: dt.datetime) -> Iterable[object]:
    numbered = Nomination.objects.filter(queue_no__isnull=False)
    return [
        *_keys(Nomination.objects.filter(state=State.WAITING, queue_no__isnull=True)),
        *_twice(numbered, "session", "queue_no"),
    ]


@_check("free-place", _("Somebody waits although a place is open to their force."))
def _orphans(at: dt.datetime) -> Iterable[object]:
    """A free place that nobody was offered.

    What the hour brings about has its grace: places that are kept until a moment, and whoever let an offer lapse, went
    to the back of the list and is not asked again at once.
    """
    waits = Nomination.objects.waiting().filter(session=OuterRef("pk"))
    rows = _to_come(at).filter(Exists(waits))
    lapsed = Q(lapses__gt=0, changed_at__gt=at - policy.REST_AFTER_LAPSE - GRACE)
    excused = {str(key) for key in _keys(Nomination.objects.waiting().filter(lapsed))}
    for board in places.all_laid_out(rows, at - GRACE).values():
        if policy.answer_window(board.session.starts_at, at) is not None:
            yield from _passed_by(board, excused)


def _passed_by(board: Board, excused: set[str]) -> Iterable[str]:
    return (one.key for one in board.waiting if one.key not in excused and board.places.open_to(one.pool))


@_check("answered-in-time", _("An offer or a request has no deadline, or is past it and still stands."))
def _past_deadline(at: dt.datetime) -> Iterable[object]:
    asked = Q(state=State.OFFERED) | Q(state=State.NOMINATED, release=Nomination.Release.ASKED)
    late = asked & Q(answer_by__lt=at - GRACE) & ~Q(session__status=Status.HELD)
    return _keys(Nomination.objects.filter(late | Q(state=State.OFFERED, answer_by__isnull=True)))


@_check("cancelled", _("A date was cancelled, and names on it still stand."))
def _on_cancelled(_at: dt.datetime) -> Iterable[object]:
    return _keys(Nomination.objects.live().filter(session__status=Status.CANCELLED))


@_check("told", _("Somebody was offered or accepted a place to come, and no message about it stands in the outbox."))
def _not_told(at: dt.datetime) -> Iterable[object]:
    names = Nomination.objects.filter(state__in=_MESSAGES, session__in=_to_come(at))
    facts = list(names.order_by().values_list("pk", "state", "offer_no"))
    written = _written([str(key) for key, _state, _number in facts])
    return [key for key, state, number in facts if (str(key), _MESSAGES[State(state)], number) not in written]


_MESSAGES = {State.OFFERED: messages.PlaceOffered.__name__, State.ACCEPTED: messages.PlaceConfirmed.__name__}
_AT_ONCE = 500  # keys in one question


def _written(keys: Sequence[str]) -> set[tuple[str, str, int]]:
    found: set[tuple[str, str, int]] = set()
    rows = OutboxMessage.objects.filter(purpose__in=_MESSAGES.values()).order_by()
    for start in range(0, len(keys), _AT_ONCE):
        some = rows.filter(about__in=keys[start : start + _AT_ONCE])
        found.update(some.values_list("about", "purpose", "version"))
    return found


def _to_come(at: dt.datetime) -> QuerySet[Session]:
    return Session.objects.filter(status=Status.PUBLISHED, starts_at__gt=at).order_by()
