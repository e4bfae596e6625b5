"""What we tell wellbeing leads, line managers and the person about a wish to be trained. Subjects are neutral."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from standdown.notifications.outbox import Message, tell
from standdown.people.accounts.models import Person, serving_on
from standdown.people.models import LineManagement
from standdown.training.interest.models import Interest


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestTold(Message):
    """Somebody of your force would like to be trained: look at the list, and decide. Names nobody."""

    template: ClassVar[str] = "training/interest/mail/told"
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestKept(Message):
    """Your wellbeing lead keeps your name for a later date."""

    template: ClassVar[str] = "training/interest/mail/kept"
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestNotNow(Message):
    """Your wellbeing lead does not put you forward at the moment; you may tell them again whenever you like."""

    template: ClassVar[str] = "training/interest/mail/not_now"
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineManagerAsked(Message):
    """One of your people would like to be trained: could you spare them for a day? Talk to the wellbeing lead."""

    template: ClassVar[str] = "training/interest/mail/line_manager"
    name: str
    lead: str
    minutes: int


def tell_leads(interest: Interest, leads: Iterable[Person], at: dt.datetime) -> None:
    """Tell the leads and deputies who can be reached."""
    for lead in leads:
        tell(lead, InterestTold(about=interest.pk, address=reverse("interest:list")), at=at)


def tell_outcome(interest: Interest, message: type[InterestKept | InterestNotNow], at: dt.datetime) -> bool:
    """Tell the person what was decided; False when they have no address, so that the lead has to say it."""
    if not interest.person.work_email:
        return False
    tell(interest.person, message(about=interest.pk, address=reverse("mine:page")), at=at)
    return True


def line_manager_of(person: Person, day: dt.date) -> Person | None:
    """The line manager of that day, where a message reaches them."""
    found = LineManagement.objects.filter(serving_on(day), person=person).select_related("manager").first()
    return found.manager if found and found.manager.work_email else None
