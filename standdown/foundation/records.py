"""The base of everything that Standdown stores."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from standdown.foundation import ids
from standdown.foundation.privacy import PrivacyClass


class Record(models.Model):
    """A stored fact with a time-ordered key, a privacy class for each field, and the force that it belongs to."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)

    privacy: ClassVar[dict[str, PrivacyClass]] = {}

    class Meta:
        abstract = True

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        """The force in whose chain an act on this record is written; None for what is national."""
        raise NotImplementedError(f"{type(self).__name__} does not say which force it belongs to")
