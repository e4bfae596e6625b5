from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Force, Person
from standdown.training.courses.models import CourseVersion
from standdown.training.nominations.models import Nomination


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, actor: Actor) -> CertificateQuerySet:
        """One's own; those of the forces whose qualifications this actor sees; all for who may revoke them."""
        if actor.reach(Can.REVOKE_CERTIFICATE).everywhere:
            return self
        return self.filter(Q(person_id=actor.person_id) | Q(force_id__in=actor.reach(Can.SEE_QUALIFICATIONS).forces))

    def standing(self) -> CertificateQuerySet:
        """Those that nobody has revoked."""
        return self.filter(revoked_at__isnull=True)


class Certificate(Record):
    """That a person completed a course version on a day; anyone may verify its number (R43)."""

    class RevokeReason(models.TextChoices):
        MISTAKE = "mistake", _("Issued by mistake")
        ATTENDANCE = "attendance", _("Attendance was corrected")
        NAME = "name", _("A name or date was wrong: issued anew")

    number = models.CharField(max_length=16, unique=True)  # speakable; also the code of the public page
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="certificates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="certificates")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="certificates")
    name = models.CharField(max_length=161)  # as it stood when issued
    language = models.CharField(max_length=2, choices=Person.Language.choices)
    trained_on = models.DateField()
    valid_until = models.DateField()  # the first day on which it no longer holds
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    show_name = models.BooleanField(default=False)  # the holder lets the public page show it
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    revoke_reason = models.CharField(max_length=10, choices=RevokeReason.choices, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    objects = CertificateQuerySet.as_manager()

    if TYPE_CHECKING:
        person_id: uuid.UUID
        force_id: uuid.UUID
        nomination_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(("id", "version", "trained_on", "valid_until", "revoked_at", "language"), PUBLIC),
        **dict.fromkeys(
            (
                "number", "nomination", "person", "force", "name", "issued_at", "issued_by", "show_name", "revoked_by",
                "revoke_reason", "replaces",
            ),
            PERSONAL,
        ),
    }  # fmt: skip

    class Meta:
        ordering = ["-trained_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"], condition=Q(revoked_at__isnull=True), name="one_standing_certificate"
            ),
            models.CheckConstraint(condition=Q(trained_on__lt=F("valid_until")), name="certificate_holds_a_while"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revoke_reason=""), name="a_revocation_has_a_reason"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id
