"""What we tell leads about names that ended or met without anybody's doing: nothing is silently dropped."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import ClassVar

from standdown.foundation.clock import london_day
from standdown.notifications.outbox import Message, tell
from standdown.people.models import AdoptionStep, Person, RoleGrant
from standdown.people.roles.models import RoleName
from standdown.training.nominations import links
from standdown.training.nominations.models import Nomination
from standdown.training.sessions import lines
from standdown.training.sessions.lines import SessionLine


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMessage(Message):
    """A message to a lead about one of their force's names on one date."""

    date: SessionLine
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseNotAnswered(NameMessage):
    """Nobody released the person in time, so that the name is off the date."""

    template: ClassVar[str] = "training/nominations/mail/release_not_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft(NameMessage):
    """The person left the force, so that the name is off the date; a place goes to whoever is next."""

    template: ClassVar[str] = "training/nominations/mail/person_left"


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoDatesOneDay(NameMessage):
    """After a move somebody of yours is on two dates of one day: one of the two has to be given back."""

    template: ClassVar[str] = "training/nominations/mail/two_dates"
    other: SessionLine


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTwoDates(Message):
    """To the person: after a move you are on two dates of one day; give one of them back."""

    template: ClassVar[str] = "training/nominations/mail/own_two_dates"
    date: SessionLine
    other: SessionLine
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesThatStay(Message):
    """To a national coordinator: a force has paused or withdrawn, and some of its people keep accepted places."""

    template: ClassVar[str] = "training/nominations/mail/places_that_stay"
    force: str
    dates: tuple[tuple[SessionLine, int], ...]  # each date, and how many keep a place on it


def leads_of(force_id: uuid.UUID, at: dt.datetime) -> list[Person]:
    """Who answers for a force's names: its wellbeing leads with an address; where there is none, their deputies."""
    for role in (RoleName.WELLBEING_LEAD, RoleName.WELLBEING_DEPUTY):
        found = holders(role, force_id, at)
        if found:
            return found
    return []


def coordinators(at: dt.datetime) -> list[Person]:
    """The national coordinators with an address."""
    return holders(RoleName.NATIONAL_COORDINATOR, None, at)


def holders(role: RoleName, force_id: uuid.UUID | None, at: dt.datetime) -> list[Person]:
    """Who holds that role in that force (None: nationally) and has an address, by name, each once. One statement."""
    grants = RoleGrant.objects.holding_on(london_day(at)).filter(role=role)
    grants = grants.filter(force__isnull=True) if force_id is None else grants.filter(force_id=force_id)
    found = Person.objects.filter(pk__in=grants.values("person")).exclude(work_email="")
    return list(found.order_by("family_name", "given_name", "pk"))


def tell_expired(nomination: Nomination, at: dt.datetime) -> None:
    """Tell the leads that nobody released the person in time."""
    date = lines.of_session(nomination.session)
    message = ReleaseNotAnswered(about=nomination.pk, date=date, name=nomination.person.full_name)
    for lead in leads_of(nomination.force_id, at):
        tell(lead, message, at=at)


def tell_left(nomination: Nomination, at: dt.datetime) -> None:
    """Tell the leads of the force that was left that the name is off the date."""
    message = PersonLeft(
        about=nomination.pk, date=lines.of_session(nomination.session), name=nomination.person.full_name
    )
    for lead in leads_of(nomination.force_id, at):
        tell(lead, message, at=at)


def tell_two_dates(nomination: Nomination, other: Nomination, at: dt.datetime) -> None:
    """Tell the person, and the leads, that a move put two of their dates on one day."""
    moved, stays = lines.of_session(nomination.session), lines.of_session(other.session)
    version = nomination.session.calendar_sequence
    if nomination.person.work_email:
        link = links.place(nomination)
        own = OwnTwoDates(about=nomination.pk, version=version, date=moved, other=stays, link=link)
        tell(nomination.person, own, at=at)
    message = TwoDatesOneDay(
        about=nomination.pk, version=version, date=moved, other=stays, name=nomination.person.full_name
    )
    for lead in leads_of(nomination.force_id, at):
        if lead.pk != nomination.person_id:
            tell(lead, message, at=at)


def tell_what_stays(step: AdoptionStep, dates: tuple[tuple[SessionLine, int], ...], at: dt.datetime) -> None:
    """Tell the national coordinators which accepted places a force keeps that has paused or withdrawn."""
    for coordinator in coordinators(at):
        tell(coordinator, PlacesThatStay(about=step.pk, force=step.force.name, dates=dates), at=at)
