from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Force, Person
from standdown.training.sessions.models import Session

if TYPE_CHECKING:
    import datetime as dt


class TrainerStepQuerySet(models.QuerySet["TrainerStep"]):
    def visible_to(self, actor: Actor) -> TrainerStepQuerySet:
        """One's own steps, and those in the forces (or nationally) where this actor records them."""
        reach = actor.reach(Can.RECORD_TRAINER_STEP)
        return self if reach.everywhere else self.filter(Q(person_id=actor.person_id) | Q(force_id__in=reach.forces))

    def latest_on(self, day: dt.date) -> TrainerStepQuerySet:
        """Of each person in each force (or nationally) the one step that holds on `day`."""
        last = TrainerStep.objects.filter(person=OuterRef("person"), place=OuterRef("place"), on__lte=day)
        return self.filter(pk=Subquery(last.order_by("-on", "-id").values("pk")[:1]))


class TrainerStep(Record):
    """How far somebody has come towards being a trainer, nationally or in a force. Rows are only added (R46)."""

    class Stage(models.TextChoices):
        CANDIDATE = "candidate", _("Candidate")
        CO_DELIVERED = "co-delivered", _("Co-delivered a day")
        OBSERVED = "observed", _("Observed while delivering")
        APPROVED = "approved", _("Approved")
        LAPSED = "lapsed", _("Lapsed")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="trainer_steps")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="trainer_steps")
    place = models.CharField(max_length=40)  # the force's key as text, or "national": null does not compare in SQL
    stage = models.CharField(max_length=12, choices=Stage.choices)
    on = models.DateField()
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, related_name="+"
    )  # co-delivered, observed
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = TrainerStepQuerySet.as_manager()

    if TYPE_CHECKING:
        person_id: uuid.UUID
        force_id: uuid.UUID | None

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("person", "force", "place", "stage", "on", "session", "recorded_at", "recorded_by"), PERSONAL),
    }

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "place", "stage", "on"], name="trainer_step_once_a_day"),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id
