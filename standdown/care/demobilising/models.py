from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from standdown.care.exposures.models import Exposure
from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, SPECIAL, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Force, Person

TELEPHONE = RegexValidator(r"^\+?[0-9][0-9 ]{1,16}$", _("Enter a telephone number, like 01632 960 001."))


class HelpNumberQuerySet(models.QuerySet["HelpNumber"]):
    def visible_to(self, actor: Actor) -> HelpNumberQuerySet:
        """Those of one's own force, and of the forces whose programme one keeps."""
        return self.filter(Q(force_id=actor.force_id) | Q(force_id__in=actor.reach(Can.KEEP_PROGRAMME).forces))


class HelpNumber(Record):
    """A telephone number of the force for a bad night (R73): who answers, and the number, checked by pattern."""

    class Answers(models.TextChoices):
        ROUND_THE_CLOCK = "round-the-clock", _("Our own line, day and night")
        PEER_SUPPORT = "peer-support", _("Peer support")
        ASSISTANCE = "assistance", _("Employee assistance")
        OCCUPATIONAL_HEALTH = "occupational-health", _("Occupational health")
        CHAPLAIN = "chaplain", _("Chaplain")

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="help_numbers")
    answers = models.CharField(max_length=20, choices=Answers.choices)
    number = models.CharField(max_length=18, validators=[TELEPHONE])
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = HelpNumberQuerySet.as_manager()

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(("id", "force", "answers", "set_at"), PUBLIC),
        "number": PERSONAL,
        "set_by": PERSONAL,
    }

    class Meta:
        ordering = ["answers"]
        constraints = [models.UniqueConstraint(fields=["force", "answers"], name="help_number_once")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id

    if TYPE_CHECKING:
        force_id: uuid.UUID


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
