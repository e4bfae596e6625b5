from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Person
from standdown.training.nominations.models import Nomination


class MutualAidQuerySet(models.QuerySet["MutualAid"]):
    def visible_to(self, actor: Actor) -> MutualAidQuerySet:
        """Those asked by a force that this actor answers for, and those for dates that it owns."""
        reach = actor.reach(Can.SEE_NOMINATIONS) | actor.reach(Can.AGREE_MUTUAL_AID)
        if reach.everywhere:
            return self
        own = Q(nomination__force_id__in=reach.forces)
        return self.filter(own | Q(nomination__session__owner_force_id__in=reach.forces))

    def open(self) -> MutualAidQuerySet:
        """Those on which one side or both have still to decide."""
        return self.filter(refused_at__isnull=True, nomination__state="nominated")


class MutualAid(Record):
    """The exception: a place on a date that is not for the person's force. Both sides agree, dated, or it is no."""

    class Reason(models.TextChoices):
        NO_OWN_DATE = "no-own-date", _("No date for the own force in time")
        COVER_GAP = "cover-gap", _("A team would be left without cover")
        JOINT_UNIT = "joint-unit", _("Works in a unit of both forces")
        RETURNING = "returning", _("Was trained there before, to refresh")

    class Side(models.TextChoices):
        OWN_FORCE = "own-force", _("The person's own force")
        OWNER = "owner", _("Who owns the date")

    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="mutual_aid_asked")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    asked_at = models.DateTimeField()
    decide_by = models.DateTimeField()
    own_force_at = models.DateTimeField(null=True)
    own_force_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    owner_at = models.DateTimeField(null=True)
    owner_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    refused_side = models.CharField(max_length=10, choices=Side.choices, blank=True)

    objects = MutualAidQuerySet.as_manager()

    if TYPE_CHECKING:
        nomination_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(
            (
                "nomination", "reason", "asked_at", "decide_by", "own_force_at", "own_force_by", "owner_at",
                "owner_by", "refused_at", "refused_by", "refused_side",
            ),
            PERSONAL,
        ),
    }  # fmt: skip

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True) | ~Q(refused_side=""), name="a_refusal_has_a_side"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.nomination.force_id
