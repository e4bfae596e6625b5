from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from standdown.foundation.access import Actor
from standdown.foundation.privacy import PUBLIC, SPECIAL, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Person


class ExclusionQuerySet(models.QuerySet["Exclusion"]):
    def visible_to(self, actor: Actor) -> ExclusionQuerySet:
        """One's own, and nobody else's, whatever their role: the excluded must not be able to tell."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()

    def standing(self) -> ExclusionQuerySet:
        """Those not taken back."""
        return self.filter(ended_at__isnull=True)

    def shutting_out(self, person_id: uuid.UUID) -> models.QuerySet[Exclusion, uuid.UUID]:
        """The keys of the people who do not want to be seen by that person: for a condition `person_id__in`."""
        return self.standing().filter(excluded_id=person_id).order_by().values_list("person_id", flat=True)


class Exclusion(Record):
    """A person never wants to be dealt with, or seen, by somebody; no reason is asked. It beats every role."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exclusions")
    excluded = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="excluded_by")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ExclusionQuerySet.as_manager()

    if TYPE_CHECKING:
        person_id: uuid.UUID
        excluded_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("person", "excluded", "since", "ended_at"), SPECIAL),
    }

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "excluded"], condition=Q(ended_at__isnull=True), name="excluded_once"
            ),
            models.CheckConstraint(condition=~Q(person=F("excluded")), name="nobody_excludes_themselves"),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.person.home_force_id


class Wish(Record):
    """What kind of colleague a person would rather talk to, and how they wish to be reached. Empty means: no matter."""

    class Rank(models.TextChoices):
        SAME = "same", _("Of my own rank or grade")
        NOT_SENIOR = "not-senior", _("Nobody senior to me")

    class Unit(models.TextChoices):
        OWN = "own", _("From my own unit")
        OTHER = "other", _("Not from my own unit")

    class Sex(models.TextChoices):
        WOMAN = "woman", _("A woman")
        MAN = "man", _("A man")

    class Channel(models.TextChoices):
        MAIL = "mail", _("By work mail")
        PHONE = "phone", _("By telephone at work")
        IN_PERSON = "in-person", _("In person")

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="care_wish")
    rank = models.CharField(max_length=12, choices=Rank.choices, blank=True)
    unit = models.CharField(max_length=8, choices=Unit.choices, blank=True)
    sex = models.CharField(max_length=8, choices=Sex.choices, blank=True)
    welsh = models.BooleanField(default=False)  # would rather speak Welsh
    not_own_manager = models.BooleanField(default=False)
    one_to_one = models.BooleanField(default=False)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    said_at = models.DateTimeField()

    if TYPE_CHECKING:
        person_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(
            ("person", "rank", "unit", "sex", "welsh", "not_own_manager", "one_to_one", "channel", "said_at"), SPECIAL
        ),
    }

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.person.home_force_id


class DefuserProfile(Record):
    """What a defuser says of themselves so that wishes can be met; each line is theirs to leave empty."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="defuser_profile")
    rank = models.PositiveSmallIntegerField(null=True)  # 1 constable or equal grade, upwards; null: not said
    sex = models.CharField(max_length=8, choices=Wish.Sex.choices, blank=True)
    welsh = models.BooleanField(default=False)
    supervision_due = models.DateField(null=True)  # the next supervision of their own; the date only (R115)
    said_at = models.DateTimeField()

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("person", "rank", "sex", "welsh", "supervision_due", "said_at"), SPECIAL),
    }

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.person.home_force_id
