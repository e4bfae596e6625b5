"""What we tell delegates about feedback and their words. Subjects are neutral: a locked telephone shows them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from standdown.foundation.access import Actor
from standdown.notifications.outbox import Message, tell
from standdown.training.feedback import links, policy
from standdown.training.feedback.models import FollowUp, Quote
from standdown.training.nominations.models import Nomination
from standdown.training.sessions import lines
from standdown.training.sessions.lines import SessionLine
from standdown.training.sessions.models import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackAsked(Message):
    """The day is over: what would you say of the course? The certificate follows (R40)."""

    template: ClassVar[str] = "training/feedback/mail/asked"
    date: SessionLine
    link: str
    until: dt.datetime

    def useful_until(self) -> dt.datetime:
        """The link opens nothing any more after that."""
        return self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsPublished(Message):
    """Your words stand on the course's page; here is how to take them back (R41)."""

    template: ClassVar[str] = "training/feedback/mail/published"
    page: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpAsked(Message):
    """Three months on: did you use it? (R42)."""

    template: ClassVar[str] = "training/feedback/mail/follow_up"
    date: SessionLine
    link: str
    until: dt.datetime

    def useful_until(self) -> dt.datetime:
        """The link opens nothing any more after that."""
        return self.until


def ask_for_feedback(session: Session, nominations: list[Nomination], at: dt.datetime, by: Actor) -> None:
    """Ask each who attended, and can be reached, for feedback; who has no address gives it signed in.

    Joins in when a register is closed.
    """
    _ = by
    date = lines.of_session(session)
    for nomination in nominations:
        if nomination.person.work_email:
            link = links.feedback(nomination, at)
            message = FeedbackAsked(about=nomination.pk, date=date, link=link, until=at + policy.OPEN_FOR)
            tell(nomination.person, message, at=at)


def tell_published(quote: Quote, at: dt.datetime) -> None:
    """Tell whose words they are that they stand on the page."""
    person = quote.feedback.nomination.person
    if person.work_email:
        page = f"/training/{quote.course.slug}/"
        tell(person, WordsPublished(about=quote.pk, page=page, link=links.quote(quote, at)), at=at)


def ask_what_was_used(asked: FollowUp, at: dt.datetime) -> bool:
    """Ask whether it was used; False for somebody without an address, who may answer signed in."""
    person = asked.nomination.person
    if not person.work_email:
        return False
    date = lines.of_session(asked.nomination.session)
    until = at + policy.FOLLOW_UP_OPEN_FOR
    tell(person, FollowUpAsked(about=asked.pk, date=date, link=links.follow_up(asked, at), until=until), at=at)
    return True
