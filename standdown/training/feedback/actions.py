"""What people do about feedback: give it, decide on words and take them back, say whether it was used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from standdown.audit.act import act
from standdown.foundation import clock, db
from standdown.foundation.access import Actor, Can
from standdown.training.attendance.models import Register
from standdown.training.feedback import hooks, messages, policy
from standdown.training.feedback.models import Confidence, Feedback, FollowUp, Quote
from standdown.training.feedback.sentences import AnsweringOver, Decided, FeedbackOver, NotCompleted
from standdown.training.nominations.models import Nomination


def give_feedback(
    *, by: Actor, at: dt.datetime, nomination: Nomination, before: Confidence, after: Confidence, comment: str,
    consent: int | None = None,
) -> Feedback:  # fmt: skip
    """Say how the course was, once (R40); a second sending changes nothing and gives back what is there.

    `consent` is the version of the text that was agreed to where the comment may be quoted: the words then wait for a
    decision (R41). Without a comment there is nothing to quote.
    Raises NotCompleted, FeedbackOver.
    """
    with act(by, Can.KEEP_OWN_TRAINING, on=nomination, at=at) as step:
        fresh = _locked(nomination)
        found = Feedback.objects.filter(nomination=fresh).first()
        if found is not None:
            step.about(found)
            step.note(again=True)
            return found
        _may_give(fresh, at)
        made = Feedback(nomination=fresh, before=before, after=after, comment=comment, given_at=at)
        made.save(force_insert=True)
        step.about(made)
        if consent is not None and comment:
            quote = Quote(feedback=made, course=fresh.session.course, words=comment, consented_at=at)
            quote.consent_version = consent
            quote.save(force_insert=True)
            step.note(consent=consent)
        for listener in hooks.GIVEN:
            listener(made, at, by)
    return made


def _locked(nomination: Nomination) -> Nomination:
    """The nomination as it stands, held until the act ends: feedback and a daily job may meet at its certificate."""
    related = ("session__course", "session__version", "session__owner_force", "person", "force", "follows")
    return db.lock(Nomination.objects.select_related(*related)).get(pk=nomination.pk)


def _may_give(nomination: Nomination, at: dt.datetime) -> None:
    followed = nomination.follows.state if nomination.follows else ""
    if not policy.completed(nomination.state, nomination.only_half, followed):
        raise NotCompleted
    register = Register.objects.filter(session=nomination.session).first()
    if register is None or not policy.is_open(register.closed_at, at):
        raise FeedbackOver


def decide_quote(*, by: Actor, at: dt.datetime, quote: Quote, publish: bool) -> Quote:
    """Publish a delegate's words on the course's page, or leave them out (R41). Raises Decided.

    They are told only when their words are published.
    """
    with act(by, Can.MODERATE_WORDS, on=quote, at=at) as step:
        fresh = _locked_quote(quote)
        if fresh.state != Quote.State.WAITING:
            raise Decided
        fresh.state = Quote.State.PUBLISHED if publish else Quote.State.NOT_PUBLISHED
        fresh.decided_at, fresh.decided_by_id = at, by.person_id
        fresh.save(update_fields=["state", "decided_at", "decided_by"])
        step.note(state=str(fresh.state))
        if publish:
            messages.tell_published(fresh, at)
    return fresh


def withdraw_quote(*, by: Actor, at: dt.datetime, quote: Quote) -> Quote:
    """Take one's own words back: they are gone from the page, and from the record, at once (R41). Twice is once."""
    with act(by, Can.KEEP_OWN_TRAINING, on=quote, at=at) as step:
        fresh = _locked_quote(quote)
        if fresh.state == Quote.State.WITHDRAWN:
            step.note(again=True)
            return fresh
        fresh.state, fresh.words, fresh.withdrawn_at = Quote.State.WITHDRAWN, "", at
        fresh.save(update_fields=["state", "words", "withdrawn_at"])
    return fresh


def _locked_quote(quote: Quote) -> Quote:
    return db.lock(Quote.objects.select_related("course", "feedback__nomination__person")).get(pk=quote.pk)


def ask_follow_up(*, by: Actor, at: dt.datetime, nomination: Nomination) -> FollowUp:
    """Ask, three months after the day and once, whether it was used (R42). A job's act; asking twice is asking once."""
    with act(by, Can.KEEP_OWN_TRAINING, on=nomination, at=at) as step:
        fresh = _locked(nomination)
        found = FollowUp.objects.filter(nomination=fresh).first()
        if found is not None:
            step.note(again=True)
            return found
        asked = FollowUp(nomination=fresh, asked_at=at)
        asked.save(force_insert=True)
        step.about(asked)
        step.note(day=str(clock.london_day(fresh.session.starts_at)), told=messages.ask_what_was_used(asked, at))
    return asked


def answer_follow_up(
    *, by: Actor, at: dt.datetime, follow_up: FollowUp, used: FollowUp.Used, barriers: Sequence[FollowUp.Barrier]
) -> FollowUp:
    """Say whether it was used and what stood in the way, in codes, once. Raises AnsweringOver."""
    with act(by, Can.KEEP_OWN_TRAINING, on=follow_up, at=at):
        fresh = db.lock(FollowUp.objects.select_related("nomination")).get(pk=follow_up.pk)
        if fresh.answered_at is not None or at >= fresh.asked_at + policy.FOLLOW_UP_OPEN_FOR:
            raise AnsweringOver
        fresh.used, fresh.barriers, fresh.answered_at = used, [str(one) for one in barriers], at
        fresh.save(update_fields=["used", "barriers", "answered_at"])
    return fresh
