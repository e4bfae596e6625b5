"""Reads for the screens of whoever puts people forward: each one statement, however many dates, names or people."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import Case, F, Max, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When

from standdown.foundation.access import Actor, Can
from standdown.notifications.models import OutboxMessage
from standdown.people.accounts.models import serving_on
from standdown.people.adoption.models import AdoptionStep
from standdown.people.forces.models import CollaborationMember
from standdown.people.models import Force, Person, Posting, Qualification, RoleGrant, Skill
from standdown.people.qualifications.policy import WARNED_AHEAD
from standdown.people.roles.models import RoleName
from standdown.training.courses.policy import QUALIFIES_FOR, main_skill
from standdown.training.interest.models import Interest
from standdown.training.nominations.models import Nomination, NominationEvent, NominationQuerySet, State
from standdown.training.nominations.policy import LIVE
from standdown.training.sessions.models import Session, SessionForce, SessionQuerySet, Status

Keys = Collection[uuid.UUID]
EXPIRED_LATELY = dt.timedelta(days=14)  # how long a name that nobody answered for stays on the first screen
LAPSED_LATELY = dt.timedelta(days=90)
MOST_EVENTS = 200


def _team(person: str) -> Subquery:
    """Where that person works now."""
    return Subquery(
        Posting.objects.filter(person=OuterRef(person), until__isnull=True).values("team")[:1], output_field=UUIDField()
    )


def _number(person: str) -> Subquery:
    """The work number of that person."""
    return Subquery(Posting.objects.filter(person=OuterRef(person), until__isnull=True).values("number")[:1])


# -- dates ----------------------------------------------------------------------------------------------------------


def coming(forces: Keys, at: dt.datetime) -> SessionQuerySet:
    """The published dates that are not over: those for one of these forces, and those with a live name of theirs."""
    named = SessionForce.objects.filter(force_id__in=forces)
    names = Nomination.objects.live().filter(force_id__in=forces)
    here = Q(pk__in=named.values("session")) | Q(pk__in=names.values("session"))
    return Session.objects.filter(here, status=Status.PUBLISHED, ends_at__gt=at)


def named_forces(dates: QuerySet[Session], day: dt.date) -> QuerySet[Any]:
    """Every force that one of these dates is for, with the date, in its order; `shared` names its collaboration."""
    members = CollaborationMember.objects.filter(serving_on(day), force=OuterRef("force")).order_by("since", "pk")
    shared = Subquery(members.values("collaboration_id")[:1], output_field=UUIDField())
    rows = SessionForce.objects.filter(session__in=dates).annotate(shared=shared)
    order = ("session__starts_at", "session_id", "force__name")
    return rows.select_related("session__version", "session__course", "session__owner_force", "force").order_by(*order)


def seats(dates: Keys, forces: Keys, at: dt.datetime) -> NominationQuerySet:
    """Who holds or awaits a place of these dates; of these forces also who awaits an agreement or ran out of time."""
    counted = Q(place_no__isnull=False) | Q(state=State.WAITING)
    lately = Q(state=State.EXPIRED, ended_at__gt=at - EXPIRED_LATELY)
    own = Q(force_id__in=forces) & (Q(state=State.NOMINATED) | lately)
    found = Nomination.objects.filter(counted | own, session_id__in=dates)
    return _with_person(found).order_by("place_no", "queue_no", "put_forward_at", "pk")


def _with_person(found: NominationQuerySet) -> NominationQuerySet:
    return found.select_related("person", "force").annotate(team=_team("person"), number=_number("person"))


def published(key: uuid.UUID) -> Session | None:
    """The published date with that key."""
    return Session.objects.filter(status=Status.PUBLISHED, pk=key).first()


def one_date(session: Session) -> SessionQuerySet:
    """That date alone."""
    return Session.objects.filter(pk=session.pk)


def visible_date(by: Actor, key: uuid.UUID) -> Session | None:
    """The date whose names this actor may see at least in part; None otherwise. A draft has no names."""
    reach = by.reach(Can.SEE_NOMINATIONS)
    found = Session.objects.exclude(status=Status.DRAFT)
    if not reach.everywhere:
        named = SessionForce.objects.filter(force_id__in=reach.forces).values("session")
        names = Nomination.objects.filter(force_id__in=reach.forces).values("session")
        owned = Q(owner_force_id__in=reach.forces)
        found = found.filter(owned | Q(pk__in=named) | Q(pk__in=names))
    return found.select_related("version", "course", "owner_force").filter(pk=key).first()


def names_of(by: Actor, session: Session) -> NominationQuerySet:
    """The names of one date that this actor may see, the ended ones too, with the order of places first."""
    found = Nomination.objects.visible_to(by).filter(session=session)
    reach = by.reach(Can.SEE_NOMINATIONS)
    if not (reach.everywhere or reach.covers(session.owner_force_id)):
        found = found.filter(force_id__in=reach.forces)  # and not one's own name as a delegate of another force
    order = (F("place_no").asc(nulls_last=True), F("queue_no").asc(nulls_last=True), "put_forward_at", "pk")
    return _with_person(found).order_by(*order)


# -- people ---------------------------------------------------------------------------------------------------------


def interests(by: Actor, forces: Keys) -> QuerySet[Any]:
    """Who told the leads of these forces that they would like to be trained, and waits for an answer."""
    found = Interest.objects.visible_to(by).open().filter(force_id__in=forces)
    rows = found.select_related("person", "course__current")
    return rows.annotate(team=_team("person"), number=_number("person")).order_by("told_at", "pk")


def lapsing(by: Actor, forces: Keys, day: dt.date) -> QuerySet[Any]:
    """Whose qualification to defuse, on the registers of these forces, ends within 90 days or ended in the last 90."""
    ends = Q(valid_until__gt=day - LAPSED_LATELY, valid_until__lte=day + WARNED_AHEAD)
    found = Qualification.objects.visible_to(by).standing().filter(ends, skill=Skill.DEFUSE, force_id__in=forces)
    serving = found.filter(person__home_force=F("force"), person__postings__until__isnull=True)
    rows = serving.filter(person__postings__isnull=False).select_related("person")
    return rows.annotate(team=_team("person"), number=_number("person")).order_by("valid_until", "pk")


def forces_with_leads(forces: Keys, day: dt.date) -> QuerySet[Any]:
    """These forces by name, each with `lead_until` and `adoption`: how far it has come.

    `lead_until`: when the lead's appointment ends; None: the post is vacant.
    """
    leads = RoleGrant.objects.holding_on(day).filter(role=RoleName.WELLBEING_LEAD, force=OuterRef("pk"))
    last = leads.order_by().values("force").annotate(last=Max("ends_on")).values("last")
    steps = AdoptionStep.objects.filter(force=OuterRef("pk"), since__lte=day).order_by("-since", "-id")
    found = Force.objects.filter(pk__in=forces).annotate(
        lead_until=Subquery(last), adoption=Subquery(steps.values("state")[:1])
    )
    return found.order_by("name")


def skill_of(session: uuid.UUID) -> Subquery:
    """What the course of that date qualifies for (R47)."""
    skill = Case(*(When(course__kind=kind, then=Value(main_skill(kind))) for kind in QUALIFIES_FOR))
    return Subquery(Session.objects.filter(pk=session).annotate(skill=skill).values("skill")[:1])


def chosen_interest(person_id: uuid.UUID) -> Interest | None:
    """What somebody told their lead last, and nobody has answered for good."""
    return Interest.objects.open().filter(person_id=person_id).order_by("-told_at").first()


# -- one nomination ---------------------------------------------------------------------------------------------------


def nomination(by: Actor, key: uuid.UUID) -> Nomination | None:
    """One nomination with all that its page names; None where this actor may not see it."""
    related = (
        "person", "force", "session__version", "session__course", "session__owner_force", "put_forward_by",
        "acting_for", "released_by", "follows",
    )  # fmt: skip
    return Nomination.objects.visible_to(by).select_related(*related).filter(pk=key).first()


def events(of: Nomination) -> list[NominationEvent]:
    """What happened to it, newest first."""
    return list(of.events.select_related("by").order_by("-at", "-pk")[:MOST_EVENTS])


def messages_about(key: uuid.UUID) -> list[OutboxMessage]:
    """What was told to whom about it, newest first."""
    found = OutboxMessage.objects.filter(about=str(key)).select_related("recipient")
    return list(found.defer("text", "html", "calendar").order_by("-created_at", "-pk"))


def serving(person: Person, day: dt.date) -> Posting | None:
    """Where the person works on that day."""
    return Posting.objects.filter(serving_on(day), person=person).select_related("team__base").first()


def dates_of(person_id: uuid.UUID) -> list[tuple[uuid.UUID, dt.datetime, str]]:
    """The dates for which somebody is put forward and not off again: key, start, state."""
    rows = Nomination.objects.filter(person_id=person_id, state__in=LIVE).order_by("session__starts_at")
    return list(rows.values_list("session_id", "session__starts_at", "state"))


def force_to_export(by: Actor, key: uuid.UUID) -> Force | None:
    """The force with that key, where this actor has its first screen and may take the names away."""
    mine = by.reach(Can.SEE_NOMINATIONS).forces & by.reach(Can.EXPORT_NOMINATIONS).forces
    return Force.objects.filter(pk__in=mine).filter(pk=key).first()


def forces_on(by: Actor, session: Session) -> list[Force]:
    """The forces of which this actor may take the names on that date away, by name."""
    reach = by.reach(Can.EXPORT_NOMINATIONS)
    named = Q(sessions__session=session) | Q(nominations__session=session)
    return list(Force.objects.filter(named, pk__in=reach.forces).distinct().order_by("name"))
