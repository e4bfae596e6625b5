from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from standdown.care.defusing.models import Defusing
from standdown.care.incidents.models import Incident
from standdown.foundation.privacy import PERSONAL, PUBLIC, SPECIAL, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Person

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


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
        places: RelatedManager[PlanPlace]

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


class PlanPlace(Record):
    """One session of a plan: who is to lead it and when; nobody (null) where the plan found nobody for it.

    A proposal and no more: it becomes an ask when a coordinator confirms the plan.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="places")
    defusing = models.ForeignKey(Defusing, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        defusing_id: uuid.UUID
        person_id: uuid.UUID | None

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC, **dict.fromkeys(("plan", "defusing", "starts_at"), SPECIAL), "person": PERSONAL,
    }  # fmt: skip

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "defusing"], name="planned_once"),
            models.CheckConstraint(
                condition=models.Q(person__isnull=True, starts_at__isnull=True)
                | models.Q(person__isnull=False, starts_at__isnull=False),
                name="planned_with_person_and_time",
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.plan.incident.force_id
