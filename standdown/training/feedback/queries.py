"""Reads of feedback: what one may give and has given, words to decide on, and those that anyone may read."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from standdown.foundation import access, clock, links
from standdown.foundation.access import Actor, Can
from standdown.foundation.links import NoSuchLink
from standdown.people.qualifications.policy import months_after
from standdown.training.feedback import links as feedback_links
from standdown.training.feedback import policy
from standdown.training.feedback.links import Purpose
from standdown.training.feedback.models import Feedback, FollowUp, Quote
from standdown.training.nominations.models import Nomination, State
from standdown.training.sessions import lines
from standdown.training.sessions.lines import SessionLine

MOST_WORDS = 6  # on the page of a course
MOST_LISTED = 100
_RELATED = ("session__course", "session__version", "session__owner_force", "session__register", "person", "follows")


def completing() -> Q:
    """The condition on a nomination that `policy.completed` states: attended, and not already counted by another."""
    catches_up = Q(follows__state=State.PART_ATTENDED)
    return Q(state=State.ATTENDED) & (Q(only_half="") | catches_up)


# -- one's own --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """One's feedback on a day: what was given, or whether it may be given now; `quote` are words let be quoted."""

    nomination: Nomination
    date: SessionLine
    given: Feedback | None
    quote: Quote | None
    take_back: str  # where these words are taken back; empty where there are none to take
    may_give: bool


def own(by: Actor, key: uuid.UUID) -> Nomination | None:
    """One's own nomination with that key; None when it is somebody else's or not there."""
    return Nomination.objects.select_related(*_RELATED).filter(Q(person_id=by.person_id), pk=key).first()


def page(nomination: Nomination, at: dt.datetime) -> Page:
    """What there is to see and to do about feedback on that day."""
    given = Feedback.objects.filter(nomination=nomination).first()
    quote = Quote.objects.filter(feedback=given).first() if given else None
    standing = quote is not None and quote.state in {Quote.State.WAITING, Quote.State.PUBLISHED}
    take_back = feedback_links.quote(quote, at) if quote is not None and standing else ""
    followed = nomination.follows.state if nomination.follows else ""
    register = getattr(nomination.session, "register", None)
    may = register is not None and policy.is_open(register.closed_at, at)
    may = may and policy.completed(nomination.state, nomination.only_half, followed)
    return Page(nomination, lines.of_session(nomination.session), given, quote, take_back, may)


def to_give(by: Actor, at: dt.datetime) -> list[Nomination]:
    """One's own days on which feedback is open and not given. Newest first."""
    closed = Q(session__register__closed_at__gt=at - policy.OPEN_FOR, session__register__closed_at__lte=at)
    found = Nomination.objects.filter(completing(), closed, Q(person_id=by.person_id), feedback__isnull=True)
    return list(found.select_related(*_RELATED).order_by("-session__starts_at"))


def own_quotes(by: Actor) -> list[Quote]:
    """One's own words that wait for a decision or are published; what was taken back or left out is not listed."""
    shown = [Quote.State.WAITING, Quote.State.PUBLISHED]
    found = Quote.objects.filter(Q(feedback__nomination__person_id=by.person_id), state__in=shown)
    return list(found.select_related("course__current", "feedback__nomination"))


def own_quote(by: Actor, key: uuid.UUID) -> Quote | None:
    """One's own words with that key; None when they are somebody else's or not there."""
    found = Quote.objects.filter(Q(feedback__nomination__person_id=by.person_id), pk=key)
    return found.select_related("course__current", "feedback__nomination__person").first()


def own_follow_ups(by: Actor, at: dt.datetime) -> list[FollowUp]:
    """The questions that one may still answer."""
    since = at - policy.FOLLOW_UP_OPEN_FOR
    own = Q(nomination__person_id=by.person_id)
    found = FollowUp.objects.filter(own, answered_at__isnull=True, asked_at__gt=since)
    return list(found.select_related("nomination__session__version", "nomination__session__course"))


def own_follow_up(by: Actor, key: uuid.UUID) -> FollowUp | None:
    """One's own question with that key, answered or not; None when it is somebody else's or not there."""
    found = FollowUp.objects.filter(Q(nomination__person_id=by.person_id), pk=key)
    return found.select_related(*(f"nomination__{name}" for name in _RELATED)).first()


# -- behind a link ----------------------------------------------------------------------------------------------------


def actor_behind(purpose: Purpose, token: str, at: dt.datetime) -> tuple[Actor, uuid.UUID]:
    """Whoever holds that link, as the person it was sent to, and the key of its record. Raises NoSuchLink, LinkOver."""
    link = links.read(purpose, token, at)
    return access.by_link(link.person, None, Can.KEEP_OWN_TRAINING), link.record


def nomination_behind(token: str, at: dt.datetime) -> tuple[Actor, Nomination]:
    """The day that a link asks for feedback on. Raises NoSuchLink, LinkOver."""
    by, key = actor_behind(Purpose.FEEDBACK, token, at)
    found = own(by, key)
    if found is None:
        raise NoSuchLink
    return by, found


def quote_behind(token: str, at: dt.datetime) -> tuple[Actor, Quote]:
    """The words that a link takes back. Raises NoSuchLink, LinkOver."""
    by, key = actor_behind(Purpose.QUOTE, token, at)
    found = own_quote(by, key)
    if found is None:
        raise NoSuchLink
    return by, found


def follow_up_behind(token: str, at: dt.datetime) -> tuple[Actor, FollowUp]:
    """The question that a link answers. Raises NoSuchLink, LinkOver."""
    by, key = actor_behind(Purpose.FOLLOW_UP, token, at)
    found = own_follow_up(by, key)
    if found is None:
        raise NoSuchLink
    return by, found


# -- words ------------------------------------------------------------------------------------------------------------


def published_words(course_id: uuid.UUID) -> tuple[str, ...]:
    """What former delegates let anyone read about a course, newest first. One statement; for anyone."""
    found = Quote.objects.filter(course_id=course_id, state=Quote.State.PUBLISHED)
    return tuple(found.order_by("-decided_at", "id").values_list("words", flat=True)[:MOST_WORDS])


@dataclass(frozen=True, slots=True)
class Words:
    """Delegates' words for a coordinator: nobody's name, force or day is read."""

    waiting: list[Quote]
    published: list[Quote]
    unquoted: list[tuple[str, str]]  # the course, and a comment that is for the people who run it only


def words() -> Words:
    """Words that wait for a decision, those that are published, and comments that may not be quoted. Three statements.

    Only for those who may moderate words.
    """
    found = Quote.objects.select_related("course__current", "feedback__nomination")
    waiting = list(found.filter(state=Quote.State.WAITING).order_by("consented_at", "id")[:MOST_LISTED])
    published = list(found.filter(state=Quote.State.PUBLISHED).order_by("-decided_at", "id")[:MOST_LISTED])
    comments = Feedback.objects.filter(quote__isnull=True).exclude(comment="").order_by("-given_at", "id")
    unquoted = comments.values_list("nomination__session__version__title", "comment")[:MOST_LISTED]
    return Words(waiting, published, list(unquoted))


def quote_to_decide(key: uuid.UUID) -> Quote | None:
    """The words with that key; None when there are none."""
    return Quote.objects.select_related("course", "feedback__nomination__person").filter(pk=key).first()


# -- jobs -------------------------------------------------------------------------------------------------------------


def follow_ups_to_ask(at: dt.datetime) -> QuerySet[Nomination]:
    """Nominations of three months ago whose person was not asked yet, oldest first."""
    today = clock.london_day(at)
    until = clock.start_of_day(months_after(today, -policy.FOLLOW_UP_MONTHS) + dt.timedelta(days=4))
    since = until - policy.FOLLOW_UP_ASKED_WITHIN - dt.timedelta(days=8)
    found = Nomination.objects.filter(completing(), session__starts_at__gte=since, session__starts_at__lt=until)
    return found.filter(follow_up__isnull=True).select_related("session").order_by("session__starts_at", "pk")
