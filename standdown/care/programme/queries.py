"""Which programme version holds for a force on a day."""

from __future__ import annotations

import datetime as dt
import uuid

from standdown.care.programme.models import Programme
from standdown.care.programme.policy import Family


def in_force(force_id: uuid.UUID, day: dt.date) -> Programme:
    """The version by which an incident of that force begins on that day.

    The force's own published version that took effect last; where it has none, the one that ships by default. One
    statement where the force has its own, else two.
    """
    begun = Programme.objects.published().filter(effective_from__lte=day).order_by("-effective_from", "-number")
    own = begun.filter(force_id=force_id).first()
    return own or begun.filter(force__isnull=True, family=Family.ESTIP_LIKE.value)[0]
