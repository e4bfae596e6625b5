from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from standdown.care.exposures.models import Exposure
from standdown.care.wishes.models import Exclusion
from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, SPECIAL, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Force, Person

LIVE = ("sent", "received", "offered")


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, actor: Actor) -> ReferralQuerySet:
        """One's own; those of the force for occupational health there; their state for whoever runs care."""
        if actor.person_id is None:
            return self.none()
        forces = actor.reach(Can.RECEIVE_REFERRAL).forces | actor.reach(Can.RUN_CARE).forces
        found = self.filter(Q(person_id=actor.person_id) | Q(force_id__in=forces))
        return found.exclude(person_id__in=Exclusion.objects.shutting_out(actor.person_id))


class Referral(Record):
    """On to occupational health, with the person's consent or by themselves (R94). Only states come back."""

    class Route(models.TextChoices):
        SELF = "self", _("by the person")
        CONSENTED = "consented", _("with the person's consent")

    class State(models.TextChoices):
        SENT = "sent", _("Sent")
        RECEIVED = "received", _("Received")
        OFFERED = "offered", _("A first contact is offered")
        CLOSED = "closed", _("Closed")
        WITHDRAWN = "withdrawn", _("Taken back by the person")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, null=True, related_name="referrals")
    route = models.CharField(max_length=10, choices=Route.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    consented_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(null=True)
    offered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ReferralQuerySet.as_manager()

    if TYPE_CHECKING:
        person_id: uuid.UUID
        force_id: uuid.UUID
        exposure_id: uuid.UUID | None

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(
            (
                "person", "force", "exposure", "route", "state", "consented_at", "sent_at", "received_at",
                "offered_at", "ended_at",
            ),
            SPECIAL,
        ),
        **dict.fromkeys(("sent_by", "handled_by"), PERSONAL),
    }  # fmt: skip

    class Meta:
        ordering = ["sent_at", "id"]
        indexes = [models.Index(fields=["force", "state"], name="referral_of_force")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "exposure"], condition=Q(state__in=LIVE), name="referred_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=LIVE, exposure__isnull=True),
                name="self_referred_once_at_a_time",
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class EstimBooking(Record):
    """A structured meeting of occupational health and peers: its day, who was there, who owns it; no more (R95)."""

    class There(models.TextChoices):
        NOT_YET = "", _("Not yet")
        PRESENT = "present", _("Was there")
        ABSENT = "absent", _("Was not there")

    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="estim_bookings")
    on = models.DateField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    there = models.CharField(max_length=8, choices=There.choices, blank=True, default="")
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("exposure", "on", "there", "booked_at", "ended_at"), SPECIAL),
        **dict.fromkeys(("owner", "booked_by"), PERSONAL),
    }

    class Meta:
        ordering = ["on", "id"]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.exposure.force_id
