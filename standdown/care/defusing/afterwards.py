"""The records of what comes after a session: the defuser's own check-out, and handing somebody over at once."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from standdown.care.defusing.models import Defusing
from standdown.care.exposures.models import Exposure
from standdown.foundation.privacy import PERSONAL, PUBLIC, SPECIAL, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Person


class CheckOut(Record):
    """The defuser's own check-out after a session: theirs alone, a code and no words (R91)."""

    class Wants(models.TextChoices):
        NOTHING = "nothing", _("I am all right")
        BUDDY = "buddy", _("I would like a call")
        SUPERVISION = "supervision", _("I would like supervision sooner")
        PAUSE = "pause", _("I would like a pause")

    defusing = models.ForeignKey(Defusing, on_delete=models.PROTECT, related_name="check_outs")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    wants = models.CharField(max_length=12, choices=Wants.choices)
    said_at = models.DateTimeField()

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC, **dict.fromkeys(("defusing", "person", "wants", "said_at"), SPECIAL),
    }  # fmt: skip

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [models.UniqueConstraint(fields=["defusing", "person"], name="checked_out_once")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.defusing.force_id


class UrgentHandover(Record):
    """Somebody needs help now: handed to a named colleague, who, when, and that they took it. No reason (R93)."""

    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="urgent_handovers")
    handed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    handed_to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("exposure", "handed_at", "taken_at"), SPECIAL),
        **dict.fromkeys(("handed_by", "handed_to"), PERSONAL),
    }

    class Meta:
        ordering = ["handed_at", "id"]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.exposure.force_id
