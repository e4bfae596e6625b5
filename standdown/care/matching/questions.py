"""What is asked of the database whenever somebody is looked for. Each is written down once, because that is often.

A question about sessions is asked of one of them or of all of an incident.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce

from standdown.care.defusing.models import LIVE_SESSIONS, Ask, Attendee, Defusing
from standdown.care.exposures.models import Exposure
from standdown.foundation import db
from standdown.foundation.kept_query import KeptQuery, Keys
from standdown.notifications.manner import with_manner
from standdown.people.models import Person, Qualification, Skill, StandDown

Rows = QuerySet[Any, Any]
STANDING = (Ask.Answer.NONE, Ask.Answer.YES)
_LED = ("accepted", "booked", "held")


class OfSessions:
    """A question about one session, or about every session of an incident."""

    def __init__(self, build: Callable[[Q], Rows]) -> None:
        self._one: KeptQuery[Any] = KeptQuery(lambda session: build(Q(defusing=session)), session=uuid.UUID)
        self._all: KeptQuery[Any] = KeptQuery(
            lambda incident: build(Q(defusing__incident=incident)), incident=uuid.UUID
        )

    def of(self, incident: uuid.UUID, session: uuid.UUID | None) -> list[Any]:
        """Ask about that session of the incident; None: about all."""
        return self._all.rows(incident=incident) if session is None else self._one.rows(session=session)


# -- inside the act that asks somebody -------------------------------------------------------------------------------

HELD_SESSION: KeptQuery[Defusing] = KeptQuery(
    lambda session: db.lock(Defusing.objects.filter(pk=session)).select_related("incident__programme"),
    session=uuid.UUID,
)
# With all that is needed to write to them.
HELD_PERSON: KeptQuery[Person] = KeptQuery(
    lambda person: db.lock(with_manner(Person.objects.filter(pk=person))), person=uuid.UUID
)
STANDING_ASKS: KeptQuery[Ask] = KeptQuery(
    lambda session: (
        Ask.objects.filter(defusing=session, answer__in=STANDING).select_related("person").order_by("as_second")
    ),
    session=uuid.UUID,
)


# -- the group -----------------------------------------------------------------------------------------------------

MEMBERS = OfSessions(
    lambda theirs: (
        Attendee.objects.filter(theirs, left_at__isnull=True)
        .order_by("defusing_id", "id")
        .values_list("defusing_id", "exposure__person_id")
    )
)
ASKED = OfSessions(
    lambda theirs: (
        Ask.objects.filter(theirs)
        .exclude(answer=Ask.Answer.TAKEN_BACK)
        .order_by()
        .values_list("defusing_id", "person_id")
    )
)


def _somebody_else(incident: uuid.UUID) -> Rows:
    """Who asked for somebody else, and who led the session or was asked to."""
    rows = Attendee.objects.filter(exposure__incident=incident, answer=Attendee.Answer.SOMEBODY_ELSE).order_by()
    led = ("defusing__defuser_id", "defusing__second_id", "defusing__asks__person_id")
    return rows.values_list("exposure__person_id", *led)


def sitting(incident: uuid.UUID) -> Rows:
    """The keys of everybody in a session of that incident, for use inside a statement."""
    rows = Attendee.objects.filter(defusing__incident=incident, left_at__isnull=True)
    return rows.order_by().values("exposure__person_id")


def described(people: Any) -> Rows:
    """Of these people: home force, team and its base, line manager, what colleague they would rather have, and rank."""
    serves = FilteredRelation("postings", condition=Q(postings__until__isnull=True))
    managed = FilteredRelation("managed_by", condition=Q(managed_by__until__isnull=True))
    wishes = (f"care_wish__{name}" for name in ("rank", "unit", "sex", "welsh", "not_own_manager"))
    return (
        Person.objects.filter(pk__in=people).annotate(serves=serves, managed=managed).order_by().values_list(
            "pk", "home_force_id", "serves__team_id", "serves__team__base_id", "managed__manager_id", *wishes,
            "defuser_profile__rank",
        )
    )  # fmt: skip


SOMEBODY_ELSE: KeptQuery[Any] = KeptQuery(_somebody_else, incident=uuid.UUID)
EXPOSED: KeptQuery[Any] = KeptQuery(
    lambda incident: Exposure.objects.live().filter(incident=incident).order_by().values_list("person_id", flat=True),
    incident=uuid.UUID,
)
DESCRIBED: KeptQuery[Any] = KeptQuery(described, people=Keys)


# -- those who could lead ------------------------------------------------------------------------------------------


def _register(theirs: Q) -> Rows:
    """Everybody on that register who ever learnt to defuse there and serves, in date or not, with their profile."""
    rows = Qualification.objects.standing().filter(
        theirs, skill=Skill.DEFUSE, person__postings__until__isnull=True, person__postings__isnull=False
    )
    profile = (f"person__defuser_profile__{name}" for name in ("rank", "sex", "welsh"))
    return rows.order_by("person_id").values_list(
        "person_id", "valid_from", "valid_until", "person__postings__force_id", "person__postings__team_id",
        "person__postings__team__base_id", "person__home_force_id", *profile,
    )  # fmt: skip


def _asks(force: uuid.UUID, at: dt.datetime, since: dt.datetime) -> Rows:
    """Who of the force is asked to lead a live session that begins after `since`, or said yes."""
    asks = Ask.objects.filter(
        Q(answer=Ask.Answer.YES) | Q(answer=Ask.Answer.NONE, lapses_at__gt=at), defusing__force=force,
        defusing__state__in=LIVE_SESSIONS,
    ).annotate(start=Coalesce("defusing__starts_at", "starts_at"))  # fmt: skip
    return asks.filter(start__gt=since).order_by().values_list("defusing_id", "person_id", "start")


def _led(force: uuid.UUID, since: dt.datetime) -> Rows:
    """The force's sessions after `since` that were led or will be."""
    rows = Defusing.objects.filter(force=force, state__in=_LED, starts_at__gt=since).order_by()
    return rows.values_list("pk", "defuser_id", "second_id", "starts_at", "ends_at")


def _stood_down(force: uuid.UUID, today: dt.date) -> Rows:
    rows = StandDown.objects.filter(Q(until__isnull=True) | Q(until__gt=today), person__home_force=force)
    return rows.values_list("person_id", "since", "until")


REGISTER: KeptQuery[Any] = KeptQuery(
    lambda force: _register(Q(force=force, person__drill__isnull=True)), force=uuid.UUID
)
DRILL_REGISTER: KeptQuery[Any] = KeptQuery(
    lambda force, drill: _register(Q(force=force, person__drill__drill=drill)), force=uuid.UUID, drill=uuid.UUID
)
STOOD_DOWN: KeptQuery[Any] = KeptQuery(_stood_down, force=uuid.UUID, today=dt.date)
ASKS: KeptQuery[Any] = KeptQuery(_asks, force=uuid.UUID, at=dt.datetime, since=dt.datetime)
LED: KeptQuery[Any] = KeptQuery(_led, force=uuid.UUID, since=dt.datetime)
