from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PUBLIC, PrivacyClass
from standdown.foundation.records import Record

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class ForceQuerySet(models.QuerySet["Force"]):
    def visible_to(self, actor: Actor) -> ForceQuerySet:
        """The forces whose adoption this actor may see: all for a national coordinator, their own for a lead."""
        reach = actor.reach(Can.SEE_ADOPTION)
        return self if reach.everywhere else self.filter(pk__in=reach.forces)

    def standing_on(self, day: dt.date) -> ForceQuerySet:
        """The forces that exist on that day."""
        return self.filter(Q(stood_up__isnull=True) | Q(stood_up__lte=day)).filter(
            Q(stood_down__isnull=True) | Q(stood_down__gt=day)
        )


class Force(Record):
    """A police force, or another body that its people are trained with. Its history stays when it merges."""

    class Jurisdiction(models.TextChoices):
        ENGLAND_AND_WALES = "england-and-wales", _("England and Wales")
        SCOTLAND = "scotland", _("Scotland")
        NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")
        GREAT_BRITAIN = "great-britain", _("Great Britain")
        UNITED_KINGDOM = "united-kingdom", _("United Kingdom")
        ISLE_OF_MAN = "isle-of-man", _("Isle of Man")
        JERSEY = "jersey", _("Jersey")
        GUERNSEY = "guernsey", _("Guernsey")

    slug = models.SlugField(max_length=60, unique=True)
    # The names of today, kept beside the dated ones so that a public page needs one row a force.
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    welsh_name = models.CharField(max_length=120, blank=True)
    ons_code = models.CharField(max_length=9, blank=True)
    home_office = models.BooleanField(default=True)
    welsh_language_standards = models.BooleanField(default=False)
    region = models.CharField(max_length=60, blank=True)
    jurisdiction = models.CharField(max_length=20, choices=Jurisdiction.choices)
    stood_up = models.DateField(null=True, blank=True)  # null: before our records begin
    stood_down = models.DateField(null=True, blank=True)  # the first day on which it no longer exists
    dates_public = models.BooleanField(default=True)  # a force may keep its dates off the public pages

    objects = ForceQuerySet.as_manager()

    if TYPE_CHECKING:
        names: RelatedManager[ForceName]
        aliases: RelatedManager[ForceAlias]
        bases: RelatedManager[Base]
        teams: RelatedManager[Team]

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        (
            "id", "slug", "name", "short_name", "welsh_name", "ons_code", "home_office",
            "welsh_language_standards", "region", "jurisdiction", "stood_up", "stood_down", "dates_public",
        ),
        PUBLIC,
    )  # fmt: skip

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["ons_code"], condition=~Q(ons_code=""), name="force_ons_code_once"),
            models.CheckConstraint(
                condition=Q(stood_up__isnull=True) | Q(stood_down__isnull=True) | Q(stood_up__lt=F("stood_down")),
                name="force_stands_before_it_falls",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.id


class ForceName(Record):
    """What a force was called from a day on (R19). The first name begins with no day."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    welsh_name = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True)

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "force", "name", "short_name", "welsh_name", "since"), PUBLIC
    )

    class Meta:
        ordering = [F("since").asc(nulls_first=True)]
        constraints = [models.UniqueConstraint(fields=["force", "since"], name="force_name_once_a_day")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class ForceAlias(Record):
    """Another word for a force that files and people use, such as MET."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="aliases")
    alias = models.CharField(max_length=60)

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(("id", "force", "alias"), PUBLIC)

    class Meta:
        ordering = ["alias"]
        constraints = [models.UniqueConstraint(Lower("alias"), name="alias_means_one_force")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class Succession(Record):
    """From a day on, one force stands where another stood: many to one in a merger, one to many in a split."""

    class Kind(models.TextChoices):
        MERGER = "merger", _("Merger")
        SPLIT = "split", _("Split")

    origin = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="followed_by")
    successor = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="follows")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    since = models.DateField()

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(("id", "origin", "successor", "kind", "since"), PUBLIC)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(origin=F("successor")), name="succession_leads_elsewhere"),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.origin_id


class Base(Record):
    """A station, an office, a control room: where people parade and where cover is counted."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="bases")
    name = models.CharField(max_length=80)
    closed_on = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(("id", "force", "name", "closed_on"), PUBLIC)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), "force", name="base_once_in_force")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class Team(Record):
    """The people who work together: a shift, a unit, a desk. It may have a base."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="teams")
    base = models.ForeignKey(Base, on_delete=models.PROTECT, related_name="teams", null=True, blank=True)
    name = models.CharField(max_length=80)
    closed_on = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(("id", "force", "base", "name", "closed_on"), PUBLIC)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), "force", name="team_once_in_force")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class Collaboration(Record):
    """Forces that share a wellbeing lead and pool places; each keeps its own register (R20)."""

    name = models.CharField(max_length=120, unique=True)

    if TYPE_CHECKING:
        members: RelatedManager[CollaborationMember]

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(("id", "name"), PUBLIC)

    class Meta:
        ordering = ["name"]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return None


class CollaborationMember(Record):
    """A force's part in a collaboration, from a day, until a day."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="members")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="collaborations")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "collaboration", "force", "since", "until"), PUBLIC
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration", "force"], condition=Q(until__isnull=True), name="member_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__lt=F("until")), name="member_since_before_until"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id
