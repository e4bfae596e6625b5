"""What those who look after people see: the contacts that need a person, and who asked to talk."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Count, Q

from standdown.care.exposures.models import Exposure
from standdown.care.follow_up import policy
from standdown.care.follow_up.models import Contact, SelfReferral
from standdown.care.wishes.models import Exclusion
from standdown.foundation import clock
from standdown.foundation.access import Actor, Can
from standdown.people.models import Person, RoleGrant
from standdown.people.roles.models import RoleName

PAGE = 25  # names on a page at most (promises 3.2)
MAKE_CONTACTS = (RoleName.PEER_SUPPORTER, RoleName.SUPERVISOR, RoleName.ESTIP_COORDINATOR, RoleName.ESTIP_LEAD)


def _not_shut(by: Actor, person: str) -> Q:
    """But for those who excluded this actor."""
    shut = Exclusion.objects.standing().filter(Q(excluded_id=by.person_id))
    return ~Q(**{f"{person}__in": shut.values("person_id")})


def contacts(by: Actor, at: dt.datetime) -> list[Contact]:
    """The contacts that this actor makes, and (where they run the care) those that need a person now. One statement.

    A person is needed once two mails stayed without an answer, or somebody was given it.
    """
    forces = by.reach(Can.RUN_CARE).forces
    today = clock.london_day(at)
    counted = Contact.objects.filter(outcome="").annotate(mails=Count("tries", filter=Q(tries__by=None)))
    theirs = Q(by_id=by.person_id)
    silent = Q(exposure__force__in=forces, mails__gte=policy.MAILS, due_on__lte=today + policy.SECOND_MAIL)
    shown = counted.filter(theirs | silent).filter(_not_shut(by, "exposure__person"))
    rows = shown.select_related("exposure__person", "exposure__incident__category", "by")
    return list(rows.order_by("due_on", "pk")[:PAGE])


def contact(by: Actor, key: uuid.UUID) -> Contact | None:
    """A contact that this actor makes, or whose force's care they run. None reads like not there."""
    theirs = Q(by_id=by.person_id) | Q(exposure__force__in=by.reach(Can.RUN_CARE).forces)
    rows = Contact.objects.filter(theirs, pk=key, outcome="").filter(_not_shut(by, "exposure__person"))
    return rows.select_related("exposure__person", "exposure__incident__programme").first()


def exposure(by: Actor, key: uuid.UUID) -> Exposure | None:
    """Somebody on the list of an incident whose care this actor runs."""
    rows = Exposure.objects.visible_to(by).live().filter(pk=key, force__in=by.reach(Can.RUN_CARE).forces)
    return rows.select_related("person", "incident__programme").first()


def asked_to_talk(by: Actor) -> list[SelfReferral]:
    """Who asked to talk and waits for somebody, in the forces whose care this actor runs. One statement."""
    waiting = SelfReferral.objects.filter(force__in=by.reach(Can.RUN_CARE).forces, taken_at=None, ended_at=None)
    return list(waiting.filter(_not_shut(by, "person")).select_related("person").order_by("asked_at")[:PAGE])


def asked(by: Actor, key: uuid.UUID) -> SelfReferral | None:
    """One of them."""
    rows = SelfReferral.objects.filter(pk=key, force__in=by.reach(Can.RUN_CARE).forces)
    return rows.filter(_not_shut(by, "person")).select_related("person").first()


def who_can_make_it(one: Contact, at: dt.datetime) -> list[Person]:
    """To whom a contact can be given: their line manager, peer supporters, coordinators; nobody whom they exclude."""
    grants = RoleGrant.objects.holding_on(clock.london_day(at)).filter(
        force_id=one.exposure.force_id, role__in=MAKE_CONTACTS
    )
    shut = Exclusion.objects.standing().filter(person_id=one.exposure.person_id).values("excluded_id")
    people = Person.objects.filter(Q(pk__in=grants.values("person_id")) | Q(manages__person=one.exposure.person_id))
    shown = people.exclude(pk__in=shut).exclude(pk=one.exposure.person_id)
    return list(shown.distinct().order_by("family_name", "given_name", "pk")[:100])
