from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Person
from standdown.training.courses.models import Course
from standdown.training.nominations.models import Nomination


class Confidence(models.IntegerChoices):
    """How sure somebody feels of holding these conversations: words on the page, numbers for the course's totals."""

    NOT_AT_ALL = 1, _("Not at all")
    A_LITTLE = 2, _("A little")
    FAIRLY = 3, _("Fairly")
    VERY = 4, _("Very")
    FULLY = 5, _("Fully")


class Feedback(Record):
    """What a delegate said of the day, for the course and never about themselves (R40)."""

    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="feedback")
    before = models.PositiveSmallIntegerField(choices=Confidence.choices)
    after = models.PositiveSmallIntegerField(choices=Confidence.choices)
    comment = models.CharField(max_length=400, blank=True)  # about the course; a quote only with consent
    given_at = models.DateTimeField()

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("nomination", "before", "after", "comment", "given_at"), PERSONAL),
    }

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(before__gte=1, before__lte=5, after__gte=1, after__lte=5), name="confidence_one_to_five"
            ),
        ]

    @property
    def person_id(self) -> uuid.UUID:
        return self.nomination.person_id

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.nomination.force_id


class Quote(Record):
    """Words that a delegate lets us publish, and the consent as it was given; gone once it is taken back (R41)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for a decision")
        PUBLISHED = "published", _("Published")
        NOT_PUBLISHED = "not-published", _("Not published")
        WITHDRAWN = "withdrawn", _("Taken back")

    feedback = models.OneToOneField(Feedback, on_delete=models.PROTECT, related_name="quote")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="quotes")
    words = models.CharField(max_length=400, blank=True)  # emptied when the consent is taken back
    consent_version = models.PositiveSmallIntegerField()  # which consent text was agreed to
    consented_at = models.DateTimeField()
    state = models.CharField(max_length=14, choices=State.choices, default=State.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(("id", "course", "state"), PUBLIC),
        **dict.fromkeys(
            (
                "feedback", "words", "consent_version", "consented_at", "decided_at", "decided_by", "withdrawn_at",
            ),
            PERSONAL,
        ),
    }  # fmt: skip

    class Meta:
        ordering = ["consented_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="withdrawn") | Q(words=""), name="words_taken_back_are_gone"),
        ]

    @property
    def person_id(self) -> uuid.UUID:
        return self.feedback.nomination.person_id

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.feedback.nomination.force_id


class FollowUp(Record):
    """Three months on: was it used, and what stood in the way? (R42) Codes only."""

    class Used(models.TextChoices):
        BOTH = "both", _("Yes, both conversations")
        DEMOBILISING = "demobilising", _("Yes, demobilising")
        DEFUSING = "defusing", _("Yes, defusing")
        NOT_YET = "not-yet", _("Not yet")

    class Barrier(models.TextChoices):
        NO_INCIDENT = "no-incident", _("There was no occasion")
        NOT_ASKED = "not-asked", _("Nobody asked me to")
        NO_TIME = "no-time", _("There was no time for it")
        NOT_SURE = "not-sure", _("I do not feel sure enough")
        CHANGED_POST = "changed-post", _("I changed post")

    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="follow_up")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    used = models.CharField(max_length=14, choices=Used.choices, blank=True)
    barriers = models.JSONField(default=list)  # codes of Barrier

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("nomination", "asked_at", "answered_at", "used", "barriers"), PERSONAL),
    }

    class Meta:
        ordering = ["asked_at", "id"]

    @property
    def person_id(self) -> uuid.UUID:
        return self.nomination.person_id

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.nomination.force_id
