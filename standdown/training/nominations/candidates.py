"""What the rules ask about a person and a date, read in few statements. Only inside an act."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Concat, Lower

from standdown.foundation import clock
from standdown.foundation.access import Actor, Can
from standdown.foundation.kept_query import KeptQuery
from standdown.notifications.manner import with_manner
from standdown.people.accounts.models import serving_on
from standdown.people.adoption.models import AdoptionStep
from standdown.people.models import Force, LineManagement, Person, Posting, Qualification, RoleGrant
from standdown.people.roles.models import RoleName
from standdown.training.interest.models import Interest
from standdown.training.nominations import policy, queries
from standdown.training.nominations.board import Board
from standdown.training.nominations.models import Nomination
from standdown.training.nominations.policy import ENDED, LIVE


class Known(NamedTuple):
    """A person with what the directory and the registers say of them, and their force."""

    person: Person
    serving: bool
    line_manager: bool
    peer_supporter: bool
    adopted: bool
    until: dt.date | None
    interested: bool = False
    managed_by: str = ""  # who can be asked to release them; nobody where the directory knows none with an address
    lead_id: uuid.UUID | None = None  # who leads in their force now


def known(by: Actor, person_id: uuid.UUID, skill: str | Subquery, at: dt.datetime) -> Known | None:
    """The person, where they belong to a force whose people this actor may put forward; None else. One statement.

    `skill`: what the course qualifies for. `interested`: they told their lead that they would like to be trained.
    """
    day = clock.london_day(at)
    reach = by.reach(Can.PUT_FORWARD)
    standing = Qualification.objects.current_on(day).filter(person=OuterRef("pk"), skill=skill)
    found = _described(day).filter(pk=person_id, home_force__isnull=False)
    if not reach.everywhere:
        found = found.filter(home_force_id__in=reach.forces)
    row = found.annotate(until=Subquery(standing.values("valid_until")[:1])).first()
    return None if row is None else _known(row, row.until)


def known_for(by: Actor, person_id: uuid.UUID, session: uuid.UUID, at: dt.datetime) -> Known | None:
    """As `known`, for a date; this is asked at each nomination, so that its question is kept. One statement."""
    found = _FOR_DATE.rows(person=person_id, session=session, day=clock.london_day(at))
    reached = (row for row in found if by.reach(Can.PUT_FORWARD).covers(row.home_force_id))
    return next((_known(row, row.until) for row in reached), None)


def _for_date(person: uuid.UUID, session: uuid.UUID, day: dt.date) -> QuerySet[Any]:
    skill = queries.skill_of(session)
    standing = Qualification.objects.current_on(day).filter(person=OuterRef("pk"), skill=skill)
    until = Subquery(standing.values("valid_until")[:1])
    found: QuerySet[Any] = _described(day).annotate(until=until)
    return found.filter(pk=person, home_force__isnull=False)


_FOR_DATE: KeptQuery[Any] = KeptQuery(_for_date, person=uuid.UUID, session=uuid.UUID, day=dt.date)


def known_many(force: Force, numbers: Collection[str], at: dt.datetime) -> dict[str, Known]:
    """Those who serve in the force under these work numbers (in small letters), by them. One statement.

    Until when they are qualified depends on the course: `qualified` says it for all at once.
    """
    found = _described(clock.london_day(at)).filter(
        home_force=force, postings__force=force, postings__until__isnull=True, postings__number__isnull=False
    )
    rows: QuerySet[Any] = found.annotate(number=Lower("postings__number")).filter(number__in=numbers)
    return {row.number: _known(row, None) for row in rows}


def qualified(force: Force, at: dt.datetime) -> dict[tuple[uuid.UUID, str], dt.date]:
    """Until when the force's people are qualified, by person and skill. One statement."""
    rows = Qualification.objects.current_on(clock.london_day(at)).filter(person__home_force=force).order_by()
    return {(person, skill): until for person, skill, until in rows.values_list("person_id", "skill", "valid_until")}


@lru_cache(maxsize=4)  # putting this together takes longer than asking it; it is only ever narrowed, never read
def _described(day: dt.date) -> QuerySet[Any]:
    """People with what the directory and the registers say of them that day, and how they like to be told."""
    postings = Posting.objects.filter(serving_on(day), person=OuterRef("pk"), force=OuterRef("home_force"))
    manages = LineManagement.objects.filter(serving_on(day), manager=OuterRef("pk"))
    roles = RoleGrant.objects.holding_on(day).filter(person=OuterRef("pk"))
    steps = AdoptionStep.objects.filter(force=OuterRef("home_force"), since__lte=day).order_by("-since", "-id")
    leads = (
        RoleGrant.objects.holding_on(day)
        .filter(force=OuterRef("home_force"), role=RoleName.WELLBEING_LEAD)
        .order_by("starts_on", "pk")
    )
    managing = LineManagement.objects.filter(serving_on(day), person=OuterRef("pk")).exclude(manager__work_email="")
    name = Concat("manager__given_name", Value(" "), "manager__family_name")
    return with_manner(Person.objects.select_related("home_force")).annotate(
        is_serving=Exists(postings),
        is_manager=Exists(manages),
        is_supervisor=Exists(roles.filter(role=RoleName.SUPERVISOR)),
        is_peer=Exists(roles.filter(role=RoleName.PEER_SUPPORTER)),
        adoption=Subquery(steps.values("state")[:1]),
        interested=Exists(Interest.objects.open().filter(person=OuterRef("pk"))),
        led_by=Subquery(leads.values("person_id")[:1], output_field=UUIDField()),
        releases=Subquery(managing.annotate(name=name).values("name")[:1]),
    )


def _known(row: Any, until: dt.date | None) -> Known:
    manager, adopted = row.is_manager or row.is_supervisor, row.adoption == "adopted"
    facts = (row.is_serving, manager, row.is_peer, adopted, until, row.interested)
    return Known(row, *facts, managed_by=row.releases or "", lead_id=row.led_by)


class Others(NamedTuple):
    """What else the person is put forward for, and whether the same request came before."""

    same_request: Nomination | None
    in_session: bool
    same_day: bool


def others(person_id: uuid.UUID, found: Board, key: uuid.UUID, *, but: Collection[uuid.UUID] = ()) -> Others:
    """The person's nominations that could stand in the way of this one, `but` those that end now. One statement."""
    session = found.session
    rows = [one for one in _NAMES.rows(person=person_id, key=key) if one.pk not in but]
    day = clock.london_day(session.starts_at)
    same = next((row for row in rows if row.request_key == key), None)
    here = any(row.session_id == session.pk and row.state not in ENDED for row in rows)
    elsewhere = [row for row in rows if row.session_id != session.pk and row.state in LIVE]
    clashes = any(clock.london_day(row.starts) == day for row in elsewhere)
    return Others(same, here, clashes)


def _names(person: uuid.UUID, key: uuid.UUID) -> QuerySet[Any]:
    rows = Nomination.objects.filter(~Q(state__in=ENDED) | Q(request_key=key), person_id=person)
    return rows.annotate(starts=F("session__starts_at"))


_NAMES: KeptQuery[Any] = KeptQuery(_names, person=uuid.UUID, key=uuid.UUID)


def grounds(who: Known) -> str | None:
    """On what grounds the directory and the registers say that the course is for them; None when on none (R25)."""
    manager, peer = who.line_manager, who.peer_supporter
    facts = policy.Candidate(serving=True, has_address=True, kind="", line_manager=manager, peer_supporter=peer)
    return facts.eligibility


def candidate(who: Known, other: Others, found: Board, *, stated: bool) -> policy.Candidate:
    """The person as the rules see them."""
    return policy.Candidate(
        serving=who.serving,
        has_address=bool(who.person.work_email),
        kind=who.person.kind,
        line_manager=who.line_manager,
        peer_supporter=who.peer_supporter,
        stated=stated,
        until=who.until,
        in_session=other.in_session,
        same_day=other.same_day,
        trains=who.person.pk in found.trainers,
    )


def date_facts(
    who: Known, found: Board, *, exception: bool = False, substitute: bool = False, cost_agreed: bool = False
) -> policy.DateFacts:
    """The date as the rules see it, for that person's force."""
    force, session = who.person.home_force, found.session
    assert force is not None
    return policy.DateFacts(
        status=session.status,
        starts_at=session.starts_at,
        closes_at=session.nominations_close_at,
        day=clock.london_day(session.starts_at),
        adopted=who.adopted,
        for_force=found.is_for(force.pk),
        home_office=force.home_office,
        exception=exception,
        substitute=substitute,
        cost_agreed=cost_agreed,
    )
