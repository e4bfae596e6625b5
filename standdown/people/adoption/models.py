from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.accounts.models import Person
from standdown.people.forces.models import Force


class AdoptionState(models.TextChoices):
    NOT_ASKED = "not-asked", _("Not asked")
    INTEREST = "registered-interest", _("Registered interest")
    APPROVED = "senior-approval", _("Approved by senior leaders")
    ADOPTED = "adopted", _("Adopted")
    PAUSED = "paused", _("Paused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ChecklistItem(models.TextChoices):
    CHIEF_OFFICER = "chief-officer", _("A chief officer has agreed")
    PEER_NETWORK = "peer-network", _("There is a network of peer supporters")
    ESTIP_LEAD = "estip-lead", _("An ESTIP lead is named")
    COORDINATOR = "coordinator", _("A coordinator is named")
    OCCUPATIONAL_HEALTH = "occupational-health", _("Occupational health knows how people will be referred")
    POLICY = "policy", _("The force's own policy is written")
    DPIA = "dpia", _("The data protection impact assessment is done")


class AdoptionStepQuerySet(models.QuerySet["AdoptionStep"]):
    def visible_to(self, actor: Actor) -> AdoptionStepQuerySet:
        """The steps of the forces whose adoption this actor may see."""
        reach = actor.reach(Can.SEE_ADOPTION)
        return self if reach.everywhere else self.filter(force_id__in=reach.forces)

    def latest_on(self, day: dt.date) -> AdoptionStepQuerySet:
        """Of each force the one step that holds on `day`."""
        last = AdoptionStep.objects.filter(force=OuterRef("force"), since__lte=day).order_by("-since", "-id")
        return self.filter(pk=Subquery(last.values("pk")[:1]))


class AdoptionStep(Record):
    """From a day on a force stands at this point of adoption. Rows are added, never changed (R14)."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="adoption_steps")
    state = models.CharField(max_length=20, choices=AdoptionState.choices)
    since = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AdoptionStepQuerySet.as_manager()

    if TYPE_CHECKING:
        recorded_by_id: uuid.UUID | None

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        "force": PUBLIC,
        "state": PUBLIC,
        "since": PUBLIC,
        "recorded_at": PERSONAL,
        "recorded_by": PERSONAL,
    }

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["force", "since"], name="one_adoption_step_a_day"),
            models.CheckConstraint(condition=Q(state__in=AdoptionState.values), name="adoption_state_known"),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class AdoptionCheck(Record):
    """A point of the checklist that is in place, since when, and who said so (R15). Taking it back ends the row."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="adoption_checks")
    item = models.CharField(max_length=24, choices=ChecklistItem.choices)
    ticked_at = models.DateTimeField()
    ticked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        "force": PUBLIC,
        "item": PUBLIC,
        "ticked_at": PERSONAL,
        "ticked_by": PERSONAL,
        "undone_at": PERSONAL,
        "undone_by": PERSONAL,
    }

    class Meta:
        ordering = ["ticked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["force", "item"], condition=Q(undone_at__isnull=True), name="check_ticked_once"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class Evidence(Record):
    """A document that shows a step, such as the chief officer's letter: PDF, kept in the database (R14)."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="evidence")
    item = models.CharField(max_length=24, choices=ChecklistItem.choices)
    content = models.BinaryField()
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        "force": PUBLIC,
        "item": PUBLIC,
        "content": PERSONAL,
        "size": PUBLIC,
        "sha256": PUBLIC,
        "added_at": PERSONAL,
        "added_by": PERSONAL,
    }

    class Meta:
        ordering = ["added_at"]
        constraints = [models.UniqueConstraint(fields=["force", "item", "sha256"], name="evidence_once")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class Demand(Record):
    """How many people of a force said, in a month, that it should adopt (R18). A number, nobody's name."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="demand")
    month = models.DateField()  # its first day
    count = models.PositiveIntegerField(default=0)
    # The last day that counted, and how many that day did: what bounds abuse without knowing who asks.
    last_day = models.DateField(null=True)
    last_day_count = models.PositiveSmallIntegerField(default=0)

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "force", "month", "count", "last_day", "last_day_count"), PUBLIC
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["force", "month"], name="demand_once_a_month")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id
