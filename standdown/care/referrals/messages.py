"""What we tell about referrals: that something waits, and nothing else (R137)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from standdown.care.referrals.models import Referral
from standdown.foundation.clock import london_day
from standdown.notifications.outbox import Message, tell_many
from standdown.people.models import Person, RoleGrant
from standdown.people.roles.models import RoleName


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralArrived(Message):
    """Occupational health: something came in."""

    template: ClassVar[str] = "care/follow_up/mail/task"
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWentOn(Message):
    """The person: something new stands on your page."""

    template: ClassVar[str] = "care/follow_up/mail/message"
    address: str


def tell_occupational_health(referral: Referral, at: dt.datetime) -> int:
    """Tell everybody who receives referrals in that force; how many there are. Nobody whom the person excluded."""
    grants = RoleGrant.objects.holding_on(london_day(at)).filter(
        force_id=referral.force_id, role=RoleName.OCCUPATIONAL_HEALTH
    )
    people = Person.objects.filter(pk__in=grants.values("person_id"))
    shown = people.exclude(excluded_by__person_id=referral.person_id, excluded_by__ended_at=None)
    message = ReferralArrived(about=referral.pk, exercise=_exercise(referral), address=reverse("referrals:list"))
    return len(tell_many([(one, message) for one in shown], at=at))


def tell_person(referral: Referral, version: int, at: dt.datetime) -> None:
    """Tell the person that their referral has gone on."""
    message = ReferralWentOn(
        about=referral.pk, version=version, exercise=_exercise(referral), address=reverse("own_care:page")
    )
    tell_many([(referral.person, message)], at=at)


def _exercise(referral: Referral) -> bool:
    return referral.exposure is not None and referral.exposure.incident.is_exercise
