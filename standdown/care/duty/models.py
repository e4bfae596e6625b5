from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Force, Person, Team

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class DutyPeriod(Record):
    """From when until when somebody is on duty, or certainly is not, as their force's duty system says."""

    class Kind(models.TextChoices):
        DUTY = "duty", _("On duty")
        REST = "rest", _("Rest day")
        LEAVE = "leave", _("Leave")
        COURT = "court", _("Court or training")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duty_periods")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    file_key = models.UUIDField()  # of which file it came: the next file for the same days replaces it

    if TYPE_CHECKING:
        person_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("person", "force", "kind", "starts_at", "ends_at", "file_key"), PERSONAL),
    }

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["person", "starts_at"], name="duty_of_person"),
            models.Index(fields=["force", "starts_at"], name="duty_of_force"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "starts_at"], name="duty_starts_once"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="duty_starts_then_ends"),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class ShiftPattern(Record):
    """The rhythm of a team's shifts: a cycle of days that began on a day. Used where no duty periods are known."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="shift_patterns")
    anchor = models.DateField()  # a day that was the first of the cycle
    days = models.PositiveSmallIntegerField()  # how many days the cycle has
    since = models.DateField()
    until = models.DateField(null=True)

    if TYPE_CHECKING:
        team_id: uuid.UUID
        shifts: RelatedManager[PatternShift]

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "team", "anchor", "days", "since", "until"), PUBLIC
    )

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["team"], condition=Q(until__isnull=True), name="one_pattern_at_a_time"),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=84), name="pattern_of_sensible_length"),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.team.force_id


class PatternShift(Record):
    """One day of the cycle on which there is a shift; days without a row are rest days."""

    pattern = models.ForeignKey(ShiftPattern, on_delete=models.PROTECT, related_name="shifts")
    day = models.PositiveSmallIntegerField()  # 0 is the anchor's day
    starts = models.TimeField()  # on London's clock
    minutes = models.PositiveSmallIntegerField()

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(("id", "pattern", "day", "starts", "minutes"), PUBLIC)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["pattern", "day"], name="one_shift_a_day"),
            models.CheckConstraint(condition=Q(minutes__gte=60, minutes__lte=1440), name="shift_of_sensible_length"),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.pattern.team.force_id


class DutyFile(Record):
    """That a file of duty periods was brought in: its digest, so that the same file twice changes nothing."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, validators=[RegexValidator(r"^[0-9a-f]{64}$")])
    key = models.UUIDField()
    rows = models.PositiveIntegerField()
    brought_at = models.DateTimeField()
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(("id", "force", "digest", "key", "rows", "brought_at"), PUBLIC),
        "brought_by": PERSONAL,
    }

    class Meta:
        ordering = ["-brought_at", "id"]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id
