"""The links of messages: each for one purpose, one person, one nomination, until a moment. No password is needed."""

from __future__ import annotations

import datetime as dt
import uuid
from enum import StrEnum

from django.urls import reverse

from standdown.foundation import links
from standdown.foundation.links import Link
from standdown.training.nominations.models import Nomination

AFTER_THE_DAY = dt.timedelta(days=1)


class Purpose(StrEnum):
    """What a link lets its holder do."""

    ANSWER = "answer an offer"
    PLACE = "see and keep a place"
    RELEASE = "release one of one's people"


def answer(nomination: Nomination) -> str:
    """The address at which an offer is accepted or declined; void once the offer is over or made anew."""
    assert nomination.answer_by is not None
    link = Link(nomination.pk, nomination.person_id, nomination.answer_by, nomination.offer_no)
    return reverse("nominations:answer", args=[links.sign(Purpose.ANSWER, link)])


def place(nomination: Nomination) -> str:
    """The address of one's own place: needs, the joining link near the time, giving it back."""
    return reverse("nominations:place", args=[place_token(nomination)])


def place_token(nomination: Nomination) -> str:
    """What opens one's own place, until a day after its date."""
    link = Link(nomination.pk, nomination.person_id, nomination.session.ends_at + AFTER_THE_DAY)
    return links.sign(Purpose.PLACE, link)


def release(nomination: Nomination, manager: uuid.UUID) -> str:
    """The address at which a line manager says whether one of their people is free on the day."""
    assert nomination.answer_by is not None
    link = Link(nomination.pk, manager, nomination.answer_by)
    return reverse("nominations:release", args=[links.sign(Purpose.RELEASE, link)])
