"""What we tell delegates and line managers about places. Subjects are neutral: a locked telephone shows them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from standdown.design.times import clock_span, long_date
from standdown.foundation.clock import london_day
from standdown.notifications import invitations, outbox
from standdown.notifications.invitations import Booking
from standdown.notifications.outbox import EVERYTHING, Message, tell
from standdown.people.accounts.models import serving_on
from standdown.people.models import LineManagement, Person, RoleGrant
from standdown.people.roles.models import RoleName
from standdown.training.interest.models import Need
from standdown.training.nominations import links
from standdown.training.nominations.models import EndReason, Nomination, State
from standdown.training.sessions import lines
from standdown.training.sessions.lines import SessionLine

CONTACTS = (RoleName.WELLBEING_LEAD, RoleName.WELLBEING_DEPUTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMessage(Message):
    """A message about one nomination: the date, and a link that needs no password.

    `own_sequence` is the nomination's part of the calendar entry's SEQUENCE; the rest is the date's.
    """

    date: SessionLine
    link: str = ""
    own_sequence: int = 0

    def useful_until(self) -> dt.datetime | None:
        """Once the day is over it tells nobody anything."""
        return self.date.ends_at

    def wanted_by(self) -> dt.datetime | None:
        """Before the day begins."""
        return self.date.starts_at

    def placeholders(self) -> Mapping[str, str]:
        """The date in words."""
        date = self.date
        return {
            "date": long_date(date.starts_at), "time": clock_span(date.starts_at, date.ends_at), "course": date.title,
            "place": date.how,
        }  # fmt: skip

    def booking(self) -> Booking:
        """What stands in the delegate's calendar. Its page is behind the sign-in: calendars are shared."""
        return Booking(
            key=self.about,
            sequence=self.date.sequence + self.own_sequence,
            starts_at=self.date.starts_at,
            ends_at=self.date.ends_at,
            where=self.date.how,
            page=reverse("mine:place", args=[self.about]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOffered(PlaceMessage):
    """You were put forward, and a place is kept for you until a moment: accept it or decline it, no reason asked."""

    template: ClassVar[str] = "training/nominations/mail/offered"
    own_words: ClassVar[str] = "offer"
    answer_by: dt.datetime

    def useful_until(self) -> dt.datetime | None:
        """An offer that is over must not be read as one."""
        return self.answer_by

    def wanted_by(self) -> dt.datetime | None:
        """In time to be answered."""
        return self.answer_by


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOnWaitingList(PlaceMessage):
    """You were put forward, and the date is full: you are on its waiting list and need do nothing."""

    template: ClassVar[str] = "training/nominations/mail/waiting"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a delegate may turn to."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceConfirmed(PlaceMessage):
    """You have a place: the joining pack, with its calendar entry (R35, R36)."""

    template: ClassVar[str] = "training/nominations/mail/confirmed"
    own_words: ClassVar[str] = "joining"
    replaces: ClassVar[tuple[str, ...]] = ("PlaceOffered", "PutOnWaitingList")
    needs: tuple[Need, ...] = ()
    needs_shared: bool = False
    half: str = ""  # a code of Nomination.Half, where only the part that is missing is caught up
    contact: Contact | None = None

    def calendar(self, person: Person, at: dt.datetime) -> tuple[str, str] | None:
        """The invitation."""
        return invitations.request(self.booking(), person.work_email, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGivenBack(PlaceMessage):
    """Your name is no longer on the date; the calendar entry is taken back where there was one."""

    template: ClassVar[str] = "training/nominations/mail/given_back"
    replaces: ClassVar[tuple[str, ...]] = EVERYTHING
    reason: EndReason
    had_place: bool
    in_calendar: bool
    contact: Contact | None = None

    def calendar(self, person: Person, at: dt.datetime) -> tuple[str, str] | None:
        """Taken out of this one calendar; the day itself goes on."""
        return invitations.taken_back(self.booking(), person.work_email, at) if self.in_calendar else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLapsed(PlaceMessage):
    """Your offer was not answered in time: you are at the back of the list, or off it."""

    template: ClassVar[str] = "training/nominations/mail/lapsed"
    replaces: ClassVar[tuple[str, ...]] = ("PlaceOffered",)
    off_the_list: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseAsked(PlaceMessage):
    """One of your people is put forward: are they free on the day? (R30)."""

    template: ClassVar[str] = "training/nominations/mail/release"
    name: str
    answer_by: dt.datetime

    def useful_until(self) -> dt.datetime | None:
        """Until it is too late to answer."""
        return self.answer_by

    def wanted_by(self) -> dt.datetime | None:
        """In time to be answered."""
        return self.answer_by


def offered(nomination: Nomination) -> PlaceOffered:
    """The offer that stands; its version is the generation of its link."""
    assert nomination.answer_by is not None
    return PlaceOffered(
        about=nomination.pk,
        version=nomination.offer_no,
        date=lines.of_session(nomination.session),
        link=links.answer(nomination),
        answer_by=nomination.answer_by,
    )


def waiting(nomination: Nomination) -> PutOnWaitingList:
    """The waiting list; its version is the place in the queue, which changes only when an offer lapsed."""
    return PutOnWaitingList(
        about=nomination.pk,
        version=nomination.queue_no or 0,
        date=lines.of_session(nomination.session),
        link=links.place(nomination),
    )


def confirmed(nomination: Nomination) -> PlaceConfirmed:
    """The joining pack. One statement, for whom to turn to."""
    assert nomination.accepted_at is not None
    return PlaceConfirmed(
        about=nomination.pk,
        version=nomination.offer_no,
        date=lines.of_session(nomination.session),
        link=links.place(nomination),
        own_sequence=nomination.calendar_sequence,
        needs=tuple(Need(code) for code in nomination.needs),
        needs_shared=nomination.needs_shared,
        half=nomination.only_half,
        contact=contact(nomination.force_id, nomination.accepted_at),
    )


def contact(force_id: uuid.UUID, at: dt.datetime) -> Contact | None:
    """The force's wellbeing lead, or a deputy where there is none; None where neither has an address."""
    found = (
        RoleGrant.objects.holding_on(london_day(at))
        .filter(force_id=force_id, role__in=CONTACTS)
        .exclude(person__work_email="")
        .select_related("person")
        .order_by("-role", "starts_on", "pk")  # "wellbeing-lead" before "wellbeing-deputy"
        .first()
    )
    return Contact(found.person.full_name, found.person.work_email) if found else None


def ask_line_manager(nomination: Nomination, at: dt.datetime) -> None:
    """Ask the line manager of the person for their release. Without one, or without an address, the lead confirms."""
    day = london_day(at)
    found = LineManagement.objects.filter(serving_on(day), person_id=nomination.person_id).select_related("manager")
    managing = found.first()
    if managing is None or not managing.manager.work_email or nomination.answer_by is None:
        return
    message = ReleaseAsked(
        about=nomination.pk,
        date=lines.of_session(nomination.session),
        link=links.release(nomination, managing.manager_id),
        name=nomination.person.full_name,
        answer_by=nomination.answer_by,
    )
    tell(managing.manager, message, at=at)


def tell_withdrawn(nomination: Nomination, at: dt.datetime, *, had_place: bool) -> None:
    """Take back what waits to be said about the name, and tell the person that it is off the date.

    Nobody is told who never heard that it was on it. Where an invitation may have gone out, its entry goes.
    """
    heard = outbox.heard_of([nomination.pk]).get((nomination.pk, nomination.person_id))
    outbox.drop(about=nomination.pk, at=at)
    if not nomination.person.work_email or (heard is None and not had_place):
        return
    message = PlaceGivenBack(
        about=nomination.pk,
        date=lines.of_session(nomination.session),
        own_sequence=nomination.calendar_sequence,
        reason=EndReason(nomination.end_reason),
        had_place=had_place,
        in_calendar=bool(heard),
        contact=contact(nomination.force_id, at),
    )
    tell(nomination.person, message, at=at)


def tell_lapsed(nomination: Nomination, at: dt.datetime) -> None:
    """Tell the person that the time for answering is over, and where they stand now."""
    message = OfferLapsed(
        about=nomination.pk,
        version=nomination.lapses,
        date=lines.of_session(nomination.session),
        link=links.place(nomination),
        off_the_list=nomination.state == State.EXPIRED,
    )
    tell(nomination.person, message, at=at)
