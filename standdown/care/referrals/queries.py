"""What occupational health sees, and how a referral stands for whoever runs the care."""

from __future__ import annotations

import uuid

from django.db.models import Q

from standdown.care.exposures.models import Exposure
from standdown.care.referrals import policy
from standdown.care.referrals.models import EstimBooking, Referral
from standdown.care.wishes.models import Exclusion
from standdown.foundation.access import Actor, Can
from standdown.people.models import Person

PAGE = 25


def waiting(by: Actor) -> list[Referral]:
    """The referrals that occupational health has before it, the oldest first. One statement."""
    forces = by.reach(Can.RECEIVE_REFERRAL).forces
    rows = Referral.objects.visible_to(by).filter(force__in=forces, state__in=policy.LIVE)
    return list(rows.select_related("person", "exposure__incident__category").order_by("sent_at", "pk")[:PAGE])


def one(by: Actor, key: uuid.UUID) -> Referral | None:
    """One of them."""
    rows = Referral.objects.visible_to(by).filter(pk=key, force__in=by.reach(Can.RECEIVE_REFERRAL).forces)
    return rows.select_related("person", "exposure__incident__category").first()


def exposure(by: Actor, key: uuid.UUID) -> Exposure | None:
    """Somebody on the list of an incident whose care this actor runs."""
    rows = Exposure.objects.visible_to(by).live().filter(pk=key, force__in=by.reach(Can.RUN_CARE).forces)
    return rows.select_related("person", "force", "incident__programme").first()


def meeting(by: Actor, key: uuid.UUID) -> EstimBooking | None:
    """A structured meeting of somebody whose force's care this actor runs."""
    mine = Exposure.objects.visible_to(by).filter(force__in=by.reach(Can.RUN_CARE).forces)
    rows = EstimBooking.objects.filter(pk=key, exposure__in=mine.values("pk"))
    return rows.select_related("exposure__person", "exposure__incident").first()


def owners(one: Exposure) -> list[Person]:
    """Who can own a structured meeting: those who hold a post of the programme or of occupational health there."""
    roles = ("occupational-health", "estip-lead", "estip-coordinator")
    held = Q(grants__role__in=roles, grants__force=one.force_id, grants__ended_on=None)
    shut = Exclusion.objects.standing().filter(person=one.person_id).order_by().values("excluded")
    people = Person.objects.filter(held).exclude(pk__in=shut).exclude(pk=one.person_id)
    return list(people.distinct().order_by("family_name", "given_name", "pk"))
