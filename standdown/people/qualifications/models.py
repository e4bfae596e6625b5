from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.accounts.models import Person
from standdown.people.forces.models import Force, Team


class Skill(models.TextChoices):
    """What somebody may be qualified for (R49)."""

    DEMOBILISE = "demobilise", _("Demobilise")
    DEFUSE = "defuse", _("Defuse")
    ESTIM = "estim", _("Take part in an ESTIM")
    PEER_SUPPORT = "peer-support", _("Peer support")
    TRAIN = "train", _("Train others")


class QualificationQuerySet(models.QuerySet["Qualification"]):
    def visible_to(self, actor: Actor) -> QualificationQuerySet:
        """One's own, and those on the registers of the forces whose qualifications this actor may see."""
        reach = actor.reach(Can.SEE_QUALIFICATIONS)
        if reach.everywhere:
            return self
        return self.filter(Q(person_id=actor.person_id) | Q(force_id__in=reach.forces))

    def standing(self) -> QualificationQuerySet:
        """The rows that nobody has ended; whether one is current is a question of the day."""
        return self.filter(ended_at__isnull=True)

    def current_on(self, day: dt.date) -> QualificationQuerySet:
        """The qualifications that hold on that day: begun, not run out, not ended."""
        return self.standing().filter(valid_from__lte=day, valid_until__gt=day)

    def able_on(self, day: dt.date) -> QualificationQuerySet:
        """Those current whose holder has not stood down (R53)."""
        away = StandDown.objects.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))
        return self.current_on(day).exclude(person_id__in=away.values("person_id"))


class Qualification(Record):
    """That a person may do something, from a day until a day, and what it rests on (R49).

    A row is never lengthened: what extends it ends the row and begins the next, so that the register keeps its history.
    """

    class Source(models.TextChoices):
        CERTIFICATE = "certificate", _("Certificate of this service")
        IMPORTED = "imported", _("Training before this service")
        EXTENDED = "extended", _("Kept current by practice")

    class EndReason(models.TextChoices):
        REPLACED = "replaced", _("Replaced by a newer one")
        EXTENDED = "extended", _("Extended")
        REVOKED = "revoked", _("Certificate revoked")
        MOVED = "moved", _("Moved to another force's register")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="qualifications")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="qualifications")  # the register
    skill = models.CharField(max_length=12, choices=Skill.choices)
    valid_from = models.DateField()
    valid_until = models.DateField()  # the first day on which it no longer holds
    latest_until = models.DateField()  # beyond this day only new training extends it (retrain)
    source = models.CharField(max_length=12, choices=Source.choices)
    source_id = models.CharField(max_length=40, blank=True)  # key of the certificate, where there is one
    evidence = models.CharField(max_length=80, blank=True)  # for imported training: what was seen, in a few words
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=10, choices=EndReason.choices, blank=True)

    objects = QualificationQuerySet.as_manager()

    if TYPE_CHECKING:
        person_id: uuid.UUID
        force_id: uuid.UUID | None

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(
            (
                "person", "force", "skill", "valid_from", "valid_until", "latest_until", "source", "source_id",
                "evidence", "granted_at", "granted_by", "ended_at", "end_reason",
            ),
            PERSONAL,
        ),
    }  # fmt: skip

    class Meta:
        ordering = ["skill", "-valid_from", "id"]
        indexes = [
            models.Index(fields=["force", "skill", "valid_until"], name="qualified_by_force"),
            models.Index(fields=["source_id"], name="qualified_by_source"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "skill"], condition=Q(ended_at__isnull=True), name="one_standing_qualification"
            ),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="qualified_from_before_until"),
            models.CheckConstraint(
                condition=Q(valid_until__lte=F("latest_until")), name="qualified_within_the_longest"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class StandDown(Record):
    """A person is not available for a while, at their own wish; no reason is asked (R53)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stand_downs")
    since = models.DateField()
    until = models.DateField(null=True)  # the first day back; null: until they say so
    said_at = models.DateTimeField()

    if TYPE_CHECKING:
        person_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC, "person": PERSONAL, "since": PERSONAL, "until": PERSONAL, "said_at": PERSONAL,
    }  # fmt: skip

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(until__isnull=True), name="stood_down_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__lte=F("until")), name="stood_down_before_return"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.person.home_force_id


class Currency(Record):
    """Something that keeps a qualification current: a session led, or further training (R51)."""

    class Kind(models.TextChoices):
        DELIVERY = "delivery", _("Led a defusing or a demobilisation")
        CPD = "cpd", _("Further training")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="currency")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField(default=0)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("person", "kind", "on", "minutes", "recorded_at", "recorded_by"), PERSONAL),
    }

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "on"], name="currency_once_a_day")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.person.home_force_id


class RegisterMove(Record):
    """Somebody serves elsewhere now: may their qualifications go on the new force's register? They decide (R52)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="register_moves")
    from_force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="+")
    to_force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)

    if TYPE_CHECKING:
        person_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("person", "from_force", "to_force", "asked_at", "decided_at", "approved"), PERSONAL),
    }

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(decided_at__isnull=True), name="one_open_move"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, approved__isnull=True)
                | Q(decided_at__isnull=False, approved__isnull=False),
                name="move_decided_one_way",
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.to_force_id


class Establishment(Record):
    """How many people able to defuse a team needs; cover is measured against it (R26, R54)."""

    team = models.OneToOneField(Team, on_delete=models.PROTECT, related_name="establishment")
    wanted = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC, "team": PUBLIC, "wanted": PUBLIC, "set_at": PERSONAL, "set_by": PERSONAL,
    }  # fmt: skip

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(wanted__lte=200), name="establishment_is_sensible")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.team.force_id
