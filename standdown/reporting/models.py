"""The ledger of what was told: settled counts, which are never shown, and releases, which are all that is."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Force
from standdown.reporting.suppression import Mark, PublishedTable


class SettledMonth(Record):
    """The counts of one force's month as they stood when it settled: one may be somebody. Never changed or shown."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    numbers = models.JSONField(default=dict)  # by "step|part", those that are not nought
    settled_at = models.DateTimeField()

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC, "force": PUBLIC, "month": PUBLIC, "numbers": PERSONAL, "settled_at": PUBLIC,
    }  # fmt: skip

    class Meta:
        verbose_name = _("settled month")
        constraints = [models.UniqueConstraint(fields=["force", "month"], name="month_settled_once")]

    @property
    def belongs_to_force(self) -> uuid.UUID:
        """The force whose people were counted."""
        return self.force_id


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, actor: Actor) -> ReleaseQuerySet:
        """The releases of the forces whose figures this actor may see."""
        reach = actor.reach(Can.SEE_FIGURES)
        return self if reach.everywhere else self.filter(force__in=reach.forces)


class Release(Record):
    """One table as it was told, of a force's year from April up to a month. The same question finds the same row."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    last = models.DateField()  # the first day of its last month
    told = models.JSONField()  # by cell: a rounded number, or a mark
    hash = models.CharField(max_length=64)  # of all that is told, as `PublishedTable.hash`
    released_at = models.DateTimeField()

    objects = ReleaseQuerySet.as_manager()

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "force", "last", "told", "hash", "released_at"), PUBLIC
    )

    class Meta:
        verbose_name = _("release of figures")
        constraints = [models.UniqueConstraint(fields=["force", "last"], name="released_once")]

    @property
    def belongs_to_force(self) -> uuid.UUID:
        """The force whose figures these are."""
        return self.force_id

    @property
    def table(self) -> PublishedTable:
        """What was told."""
        return PublishedTable({key: one if isinstance(one, int) else Mark(one) for key, one in self.told.items()})
