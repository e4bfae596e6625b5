"""What is held about oneself in care, what is offered, and who looked."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q

from standdown.care.clocks.models import Step
from standdown.care.defusing import queries as sessions
from standdown.care.defusing.models import Attendee
from standdown.care.demobilising.models import Demobilisation
from standdown.care.exposures.models import Exposure, Stage
from standdown.care.follow_up import policy as following
from standdown.care.follow_up.models import Contact, DayToMark, OwnEntry, SelfReferral
from standdown.care.looks.models import Look
from standdown.care.programme.models import Category
from standdown.care.programme.queries import in_force
from standdown.care.referrals.models import EstimBooking, Referral
from standdown.care.wishes.models import Exclusion, Wish
from standdown.foundation import clock
from standdown.foundation.access import Actor
from standdown.people.models import Person

LOOKS_SHOWN = 50
KEPT_FOR = 6  # years from the incident, then names go (domain 6)


@dataclass(frozen=True, slots=True)
class Own:
    """Everything about oneself, the nearest first."""

    invitations: list[Attendee]
    contacts: list[Contact]
    exposures: list[Exposure]
    demobilisations: list[Demobilisation]
    attendances: list[Attendee]
    referrals: list[Referral]
    meetings: list[EstimBooking]
    asked: list[SelfReferral]
    days: list[DayToMark]
    entries: list[OwnEntry]
    exclusions: list[Exclusion]
    wish: Wish | None
    looks: list[Look]


def own(by: Actor, at: dt.datetime) -> Own:
    """What is offered to oneself and what is held. Thirteen statements, whatever is held."""
    me, mine = Q(person_id=by.person_id), Q(exposure__person_id=by.person_id)
    today = clock.london_day(at)
    near = Contact.objects.filter(mine, outcome="", due_on__lte=today + following.FIRST_MAIL)
    exposures = Exposure.objects.filter(me).live().select_related("incident__category", "role", "supervisor")
    held = Attendee.objects.filter(mine).exclude(there="").select_related("defusing__defuser", "exposure")
    return Own(
        invitations=sessions.own_attendances(by, at),
        contacts=list(near.filter(exposure__closed_at=None).select_related("exposure__incident__category")),
        exposures=list(exposures.order_by("-incident__ended_at", "pk")),
        demobilisations=list(Demobilisation.objects.filter(mine).select_related("recorded_by")),
        attendances=list(held),
        referrals=list(Referral.objects.filter(me).order_by("-sent_at", "pk")),
        meetings=list(EstimBooking.objects.filter(mine).select_related("owner")),
        asked=list(SelfReferral.objects.filter(me, ended_at=None)),
        days=list(DayToMark.objects.filter(me, ended_at=None)),
        entries=list(OwnEntry.objects.filter(me)),
        exclusions=list(Exclusion.objects.visible_to(by).standing().select_related("excluded")),
        wish=Wish.objects.filter(me).first(),
        looks=list(Look.objects.filter(me).select_related("by")[:LOOKS_SHOWN]),
    )


def person(by: Actor) -> Person | None:
    """Oneself, where one serves in a force."""
    return Person.objects.filter(Q(pk=by.person_id), home_force__isnull=False).select_related("home_force").first()


def contact(by: Actor, key: uuid.UUID) -> Contact | None:
    """A contact with oneself that is open."""
    rows = Contact.objects.filter(Q(exposure__person_id=by.person_id), pk=key, outcome="")
    return rows.select_related("exposure__incident__programme").first()


def exposure(by: Actor, key: uuid.UUID) -> Exposure | None:
    """One's own part in an incident."""
    rows = Exposure.objects.filter(Q(person_id=by.person_id), pk=key).live()
    return rows.select_related("incident__programme", "person").first()


def referral(by: Actor, key: uuid.UUID) -> Referral | None:
    """A referral of one's own."""
    return Referral.objects.filter(Q(person_id=by.person_id), pk=key).select_related("person").first()


def asked(by: Actor, key: uuid.UUID) -> SelfReferral | None:
    """What one asked for."""
    return SelfReferral.objects.filter(Q(person_id=by.person_id), pk=key).first()


def day(by: Actor, key: uuid.UUID) -> DayToMark | None:
    """A day that one marked."""
    return DayToMark.objects.filter(Q(person_id=by.person_id), pk=key).first()


def entry(by: Actor, key: uuid.UUID) -> OwnEntry | None:
    """An entry of one's own history."""
    return OwnEntry.objects.filter(Q(person_id=by.person_id), pk=key).first()


def exclusion(by: Actor, key: uuid.UUID) -> Exclusion | None:
    """An exclusion of one's own."""
    return Exclusion.objects.visible_to(by).filter(pk=key).first()


def categories(by: Actor, today: dt.date) -> list[Category]:
    """The categories of the programme that holds in one's force."""
    assert by.force_id is not None
    return list(in_force(by.force_id, today).categories.all())


def steps_of(exposures: list[Exposure]) -> list[Step]:
    """What is owed to oneself, and was. One statement."""
    return list(Step.objects.filter(exposure__in=exposures).order_by("due_at", "pk"))


def open_ones(exposures: list[Exposure]) -> list[Exposure]:
    """Those for which something may still be owed."""
    return [one for one in exposures if one.stage != Stage.CLOSED]
