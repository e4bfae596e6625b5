from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from standdown.care.exposures.models import Exposure
from standdown.care.programme.models import CODE
from standdown.foundation.access import Actor
from standdown.foundation.privacy import PERSONAL, PUBLIC, SPECIAL, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Force, Person

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class Contact(Record):
    """A "how are you" that everyone exposed is owed: at two weeks, inside one month, at three months (R96, R160)."""

    class Kind(models.TextChoices):
        TWO_WEEKS = "two-weeks", _("At two weeks")
        MONTH = "month", _("Within a month")
        THREE_MONTHS = "three-months", _("At three months")
        EXTRA = "extra", _("On a day that the person chose")

    class Outcome(models.TextChoices):
        OPEN = "", _("To be made")
        REACHED = "reached", _("Spoke")
        NO_REPLY = "no-reply", _("Offered, no reply")
        NOT_WISHED = "not-wished", _("The person would rather not")
        OVER = "over", _("Not needed any more")

    class WantsMore(models.TextChoices):
        YES = "yes", _("Would like more help")
        NOT_NOW = "not-now", _("Not now")
        UNSURE = "unsure", _("Not sure")

    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    due_on = models.DateField()
    snoozed_until = models.DateField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # who makes it
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="")
    wants_more = models.CharField(max_length=8, choices=WantsMore.choices, blank=True)
    ended_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        exposure_id: uuid.UUID
        tries: RelatedManager[ContactTry]

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("exposure", "kind", "due_on", "snoozed_until", "outcome", "wants_more", "ended_at"), SPECIAL),
        "by": PERSONAL,
    }

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["exposure", "kind"], condition=~Q(kind="extra"), name="contact_of_a_kind_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at__isnull=True) | ~Q(outcome="") & Q(ended_at__isnull=False),
                name="contact_ended_with_an_outcome",
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.exposure.force_id


class ContactTry(Record):
    """One try at a contact. After three without an answer it is closed kindly (R97)."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("By mail")
        PHONE = "phone", _("By telephone")
        IN_PERSON = "in-person", _("In person")

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="tries")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # null: the system's mail
    channel = models.CharField(max_length=10, choices=Channel.choices)
    reached = models.BooleanField(default=False)

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("contact", "at", "channel", "reached"), SPECIAL),
        "by": PERSONAL,
    }

    class Meta:
        ordering = ["at", "id"]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.contact.exposure.force_id


class DayToMark(Record):
    """A day that a person wishes to be thought of: an anniversary, an inquest, a trial, news (R99, R161)."""

    class Kind(models.TextChoices):
        ANNIVERSARY = "anniversary", _("An anniversary")
        INQUEST = "inquest", _("An inquest")
        TRIAL = "trial", _("A trial")
        NEWS = "news", _("A news release")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="days_to_mark")
    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField()
    said_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("person", "exposure", "kind", "on", "said_at", "ended_at"), SPECIAL),
    }

    class Meta:
        ordering = ["on", "id"]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.person.home_force_id


class SelfReferralQuerySet(models.QuerySet["SelfReferral"]):
    def visible_to(self, actor: Actor) -> SelfReferralQuerySet:
        """One's own, and those that this actor took on."""
        return self.filter(Q(person_id=actor.person_id) | Q(taken_by_id=actor.person_id))


class SelfReferral(Record):
    """Somebody asks to talk, at any time, without an incident (R98)."""

    class To(models.TextChoices):
        PEER = "peer", _("A peer supporter")
        COORDINATOR = "coordinator", _("The coordinator")
        OCCUPATIONAL_HEALTH = "occupational-health", _("Occupational health")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="self_referrals")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=20, choices=To.choices)
    asked_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = SelfReferralQuerySet.as_manager()

    if TYPE_CHECKING:
        person_id: uuid.UUID
        force_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("person", "force", "to", "asked_at", "taken_at", "ended_at"), SPECIAL),
        "taken_by": PERSONAL,
    }

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "to"], condition=Q(ended_at__isnull=True), name="asked_to_talk_once_at_a_time"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class OwnEntry(Record):
    """An exposure that a person notes for themselves: category and day. Nobody else sees it (R66, R155)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="own_entries")
    category = models.CharField(max_length=40, validators=[CODE])  # the code of a category
    on = models.DateField()
    said_at = models.DateTimeField()

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC, **dict.fromkeys(("person", "category", "on", "said_at"), SPECIAL),
    }  # fmt: skip

    class Meta:
        ordering = ["-on", "id"]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.person.home_force_id
