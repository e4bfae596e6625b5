from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from standdown.care.looks import policy
from standdown.foundation.access import Actor
from standdown.foundation.privacy import PERSONAL, PUBLIC, SPECIAL, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Force, Person

ROLE = RegexValidator(r"^[a-z-]{1,30}$")


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody looked at outside an incident: who asked to talk, or went to occupational health by themselves."""

    person_id: uuid.UUID
    force_id: uuid.UUID
    pk: uuid.UUID | None = None  # of the exposure, where there is one


class LookQuerySet(models.QuerySet["Look"]):
    def visible_to(self, actor: Actor) -> LookQuerySet:
        """The looks at oneself, and one's own looks at others."""
        return self.filter(models.Q(person_id=actor.person_id) | models.Q(by_id=actor.person_id))


class Look(Record):
    """Somebody opened what is held about somebody (R126). One row a person looked at, added and never changed.

    The entry of the look holds a seal of each of its rows, which makes them part of the force's chain.
    """

    class Why(models.TextChoices):
        COORDINATING = "coordinating", _("Coordinates the incident")
        SUPERVISING = "supervising", _("Sees to their own people before off duty")
        LEADING = "leading", _("Leads the session")
        ASKED_TO_LEAD = "asked-to-lead", _("Was asked to lead the session")
        REFERRAL = "referral", _("Received the referral")
        CONTACT = "contact", _("Makes the follow-up contact")
        ADDING = "adding", _("Added names to the list")
        DUTY_OF_CHECKING = "checking", _("Checks the record as privacy officer")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="looks_at")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    exposure: models.ForeignKey[Any, Any] = models.ForeignKey(
        "care.Exposure", on_delete=models.PROTECT, null=True, related_name="looks"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, validators=[ROLE])  # a code of people.roles.policy, or "line-manager"
    why = models.CharField(max_length=16, choices=Why.choices)
    at = models.DateTimeField()

    objects = LookQuerySet.as_manager()

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        "force": PUBLIC,
        "exposure": SPECIAL,
        **dict.fromkeys(("person", "by", "role", "why", "at"), PERSONAL),
    }

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person", "at"], name="look_at_person")]

    @property
    def seal(self) -> str:
        """What the entry of this look notes about this row, so that a row that was changed or taken away shows."""
        keys = (self.person_id, self.force_id, self.exposure_id, self.by_id)
        return policy.seal(key=self.pk, keys=keys, codes=(self.role, self.why), at=self.at)

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id
