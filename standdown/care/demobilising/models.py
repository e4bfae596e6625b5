from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from standdown.care.exposures.models import Exposure
from standdown.foundation.privacy import PERSONAL, PUBLIC, SPECIAL, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Person


class Demobilisation(Record):
    """That five minutes were offered before somebody went off duty, and what came of it. Yes and no only (R68, R69)."""

    class Outcome(models.TextChoices):
        HELD = "held", _("Held")
        OFFERED = "offered", _("Offered, for later")
        DECLINED = "declined", _("Offered and declined")
        COULD_NOT = "could-not", _("Could not be reached before off duty")

    class Kept(models.TextChoices):
        ONLINE = "online", _("Recorded at once")
        QUEUED = "queued", _("Recorded without signal, sent later")
        PAPER = "paper", _("Keyed in from a card")

    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="demobilisations")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    held_at = models.DateTimeField()  # when it was held or offered, as whoever recorded it says
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kept = models.CharField(max_length=8, choices=Kept.choices, default=Kept.ONLINE)
    capture_key = models.UUIDField()  # made by the device: the same capture sent twice is one record
    food = models.BooleanField(default=False)
    rest = models.BooleanField(default=False)
    transport = models.BooleanField(default=False)  # a way home other than driving oneself
    home_told = models.BooleanField(default=False)
    kit = models.BooleanField(default=False)
    relief = models.BooleanField(default=False)
    first_aid = models.BooleanField(default=False)
    fit_to_drive = models.BooleanField(null=True)  # null: not asked
    not_alone = models.BooleanField(null=True)  # somebody is there tonight; null: not asked
    trained = models.BooleanField(default=True)  # whoever held it was trained; supervisors may be without (R67)

    if TYPE_CHECKING:
        exposure_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(
            (
                "exposure", "outcome", "held_at", "recorded_at", "kept", "capture_key", "food", "rest", "transport",
                "home_told", "kit", "relief", "first_aid", "fit_to_drive", "not_alone", "trained",
            ),
            SPECIAL,
        ),
        "recorded_by": PERSONAL,
    }  # fmt: skip

    class Meta:
        ordering = ["recorded_at", "id"]
        indexes = [models.Index(fields=["recorded_by", "recorded_at"], name="demobilised_by")]
        constraints = [models.UniqueConstraint(fields=["exposure", "capture_key"], name="captured_once")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.exposure.force_id
