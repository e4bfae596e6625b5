from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from standdown.care.incidents.models import Incident
from standdown.foundation.privacy import PERSONAL, PUBLIC, SPECIAL, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Person


class Plan(Record):
    """One planning of all groups of a major incident at once: how good it is, and how good it could be at best.

    Figures are the solver's own, in thousandths of its objective; `gap` in millionths. Nothing about a person.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="plans")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    groups = models.PositiveSmallIntegerField()
    placed = models.PositiveSmallIntegerField()
    objective = models.BigIntegerField()
    bound = models.BigIntegerField()
    gap = models.PositiveIntegerField()
    milliseconds = models.PositiveIntegerField()
    confirmed_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        incident_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(
            (
                "incident", "made_at", "groups", "placed", "objective", "bound", "gap", "milliseconds", "confirmed_at",
            ),
            SPECIAL,
        ),
        "made_by": PERSONAL,
    }  # fmt: skip

    class Meta:
        ordering = ["-made_at", "id"]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.incident.force_id
