from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Person
from standdown.training.nominations.models import Nomination
from standdown.training.sessions.models import Session


class Mark(Record):
    """Whether somebody was there for half a day. A correction ends the row and adds the next (R37)."""

    class There(models.TextChoices):
        PRESENT = "present", _("There")
        LATE = "late", _("Came late")
        LEFT = "left", _("Left early")
        ABSENT = "absent", _("Not there")

    class Source(models.TextChoices):
        HAND = "hand", _("By hand")
        FILE = "file", _("From an attendance file, checked by hand")

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="marks")
    half = models.CharField(max_length=10, choices=Nomination.Half.choices)
    there = models.CharField(max_length=8, choices=There.choices)
    minutes_missed = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=4, choices=Source.choices, default=Source.HAND)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        nomination_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(
            ("nomination", "half", "there", "minutes_missed", "source", "at", "by", "superseded_at"), PERSONAL
        ),
    }

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "half"], condition=Q(superseded_at__isnull=True), name="one_mark_a_half"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.nomination.force_id


class Register(Record):
    """The attendance of a session is closed: everybody on it was marked, and what follows has been set going."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="register")
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC, "session": PUBLIC, "closed_at": PUBLIC, "closed_by": PERSONAL,
    }  # fmt: skip

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.session.owner_force_id


class AttendanceFile(Record):
    """An attendance file that was read for a session: by its digest, so that the same file twice changes nothing."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance_files")
    digest = models.CharField(max_length=64)  # SHA-256
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    rows = models.PositiveSmallIntegerField()
    matched = models.PositiveSmallIntegerField()

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(("id", "session", "digest", "read_at", "rows", "matched"), PUBLIC),
        "read_by": PERSONAL,
    }

    class Meta:
        ordering = ["read_at"]
        constraints = [models.UniqueConstraint(fields=["session", "digest"], name="attendance_file_once")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.session.owner_force_id
