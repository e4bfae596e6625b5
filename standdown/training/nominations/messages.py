"""What we tell delegates, line managers and leads about places. Subjects are neutral: a locked telephone shows them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from standdown.foundation.clock import london_day
from standdown.notifications.outbox import Message, tell
from standdown.people.accounts.models import serving_on
from standdown.people.models import LineManagement
from standdown.training.nominations import links
from standdown.training.nominations.models import Nomination, State
from standdown.training.sessions import lines
from standdown.training.sessions.lines import SessionLine


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMessage(Message):
    """A message about one nomination: the date, and a link that needs no password."""

    date: SessionLine
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOffered(PlaceMessage):
    """You were put forward, and a place is kept for you until a moment: accept it or decline it, no reason asked."""

    template: ClassVar[str] = "training/nominations/mail/offered"
    answer_by: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOnWaitingList(PlaceMessage):
    """You were put forward, and the date is full: you are on its waiting list and need do nothing."""

    template: ClassVar[str] = "training/nominations/mail/waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceConfirmed(PlaceMessage):
    """You have a place: the joining pack, with its calendar entry (R36)."""

    template: ClassVar[str] = "training/nominations/mail/confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGivenBack(PlaceMessage):
    """Your name is no longer on the date; the calendar entry is taken back where there was one."""

    template: ClassVar[str] = "training/nominations/mail/given_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLapsed(PlaceMessage):
    """Your offer was not answered in time: you are at the back of the list, or off it."""

    template: ClassVar[str] = "training/nominations/mail/lapsed"
    off_the_list: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseAsked(PlaceMessage):
    """One of your people is put forward: are they free on the day? (R30)."""

    template: ClassVar[str] = "training/nominations/mail/release"
    name: str
    answer_by: dt.datetime


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
    """The joining pack."""
    return PlaceConfirmed(
        about=nomination.pk,
        version=nomination.offer_no,
        date=lines.of_session(nomination.session),
        link=links.place(nomination),
    )


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
    """Tell the person that their name is off the date; nobody is told who never heard that it was on it."""
    _ = had_place
    if nomination.person.work_email and nomination.release != Nomination.Release.ASKED:
        tell(nomination.person, PlaceGivenBack(about=nomination.pk, date=lines.of_session(nomination.session)), at=at)


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
