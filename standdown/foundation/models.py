from __future__ import annotations

from typing import ClassVar

from django.db import models

from standdown.foundation.privacy import PUBLIC, PrivacyClass


class PublicVersion(models.Model):
    """One row whose number goes up with every write to a table that public pages show.

    Triggers of the database raise it (see `triggers.raises_public_version`), so no code can forget to.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=1)

    privacy: ClassVar[dict[str, PrivacyClass]] = {"id": PUBLIC, "number": PUBLIC}

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_public_version")]


class Mark(models.Model):
    """A mark on the whole database, such as "demonstration": what is so marked may be thrown away and rebuilt."""

    name = models.CharField(primary_key=True, max_length=20)

    privacy: ClassVar[dict[str, PrivacyClass]] = {"name": PUBLIC}
