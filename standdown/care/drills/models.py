from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Force, Person


class Drill(Record):
    """An exercise: made-up people, a clock that runs `speed` times as fast, and a banner on every page (R147)."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="drills")
    people = models.PositiveSmallIntegerField()
    speed = models.PositiveSmallIntegerField(default=24)  # an hour of the exercise in so many parts of an hour
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        force_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(("id", "force", "people", "speed", "begun_at", "ended_at"), PUBLIC),
        "begun_by": PERSONAL,
    }

    class Meta:
        ordering = ["-begun_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["force"], condition=Q(ended_at__isnull=True), name="one_drill_at_a_time"),
            models.CheckConstraint(condition=Q(speed__gte=1), name="drill_clock_runs_forwards"),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class DrillPerson(Record):
    """That a person of the directory is made up for an exercise, so that ending it takes them away."""

    drill = models.ForeignKey(Drill, on_delete=models.PROTECT, related_name="made_up")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="drill")

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(("id", "drill", "person"), PUBLIC)

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.drill.force_id
