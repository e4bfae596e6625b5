"""The links of messages about feedback: each for one purpose, one person, one record, until a moment."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from django.urls import reverse

from standdown.foundation import links
from standdown.foundation.links import Link
from standdown.training.feedback import policy
from standdown.training.feedback.models import FollowUp, Quote
from standdown.training.nominations.models import Nomination


class Purpose(StrEnum):
    """What a link lets its holder do."""

    FEEDBACK = "feedback"
    QUOTE = "quote"
    FOLLOW_UP = "follow-up"


def feedback(nomination: Nomination, at: dt.datetime) -> str:
    """The address at which feedback on a day is given, for thirty days."""
    link = Link(nomination.pk, nomination.person_id, at + policy.OPEN_FOR)
    return reverse("feedback:by-link", args=[links.sign(Purpose.FEEDBACK, link)])


def quote(made: Quote, at: dt.datetime) -> str:
    """The address at which words are taken back, for as long as they might be read."""
    link = Link(made.pk, made.person_id, at + policy.WORDS_LINK_FOR)
    return reverse("feedback:take-back-by-link", args=[links.sign(Purpose.QUOTE, link)])


def follow_up(asked: FollowUp, at: dt.datetime) -> str:
    """The address at which the question after three months is answered."""
    link = Link(asked.pk, asked.person_id, at + policy.FOLLOW_UP_OPEN_FOR)
    return reverse("feedback:follow-up-by-link", args=[links.sign(Purpose.FOLLOW_UP, link)])
