"""A version that is about to be changed: held until the act ends, and refused once it is published."""

from __future__ import annotations

from standdown.care.programme import refusals
from standdown.care.programme.models import Programme
from standdown.foundation import db


def locked(programme: Programme) -> Programme:
    """The version as it stands, held until the act ends."""
    return db.lock(Programme.objects.filter(pk=programme.pk)).get()


def locked_draft(programme: Programme) -> Programme:
    """The same, where it may still change. Raises Published."""
    found = locked(programme)
    if found.published_at is not None:
        raise refusals.Published
    return found
