"""Opening a list or a card: the look at everybody on it is recorded first, and no row means no page."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from standdown.care.demobilising import queries
from standdown.care.demobilising.queries import Row
from standdown.care.exposures.models import Exposure
from standdown.care.looks.actions import look
from standdown.care.looks.models import Look
from standdown.foundation.access import Actor, Can
from standdown.people.roles.policy import Role

LINE_MANAGER = "line-manager"


def duty_end(by: Actor, at: dt.datetime) -> list[Row]:
    """Who of this actor's people still needs five minutes, soonest off duty first, after one look at them all.

    Those dealt with in the last 72 hours stand below, without any outcome. Six statements and a transaction,
    however many people; one where there is nobody.
    """
    people = list(queries.given_to(by, at))
    seen(by, people, at)
    return queries.by_time_left([queries.row(one, at) for one in people])


def card(by: Actor, exposure: uuid.UUID, at: dt.datetime) -> Exposure | None:
    """Somebody whose talk this actor may hold, after a look at them; None where there is nothing to see."""
    found = queries.to_open(by, at).filter(pk=exposure).first()
    if found is not None:
        seen(by, [found], at)
    return found


def team(by: Actor, incident: uuid.UUID, at: dt.datetime) -> list[Exposure] | None:
    """Who of an incident still waits for this actor's five minutes, after one look at them all; None: nothing there."""
    people = queries.team(by, incident, at)
    seen(by, people or [], at)
    return people


def seen(by: Actor, people: Sequence[Exposure], at: dt.datetime) -> None:
    """Record one look at all of these, as what this actor is to them. Nothing is recorded when there is nobody."""
    if people:
        theirs = people[0].supervisor_id == by.person_id
        why = Look.Why.SUPERVISING if theirs else Look.Why.COORDINATING
        look(by=by, at=at, can=Can.DEMOBILISE, on=people[0], at_whom=people, why=why, role=role_of(by, theirs=theirs))


def role_of(by: Actor, *, theirs: bool) -> str:
    """In what role somebody opens a card: one they hold, or that of the line manager, which needs no grant."""
    wanted = (Role.SUPERVISOR, Role.PEER_SUPPORTER) if theirs else (Role.ESTIP_COORDINATOR, Role.ESTIP_LEAD)
    return next((role.value for role in wanted if role in by.roles), LINE_MANAGER)
