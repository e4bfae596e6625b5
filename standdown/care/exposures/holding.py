"""An exposure as it is at the moment of an act, held against others who act on it at the same time."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from standdown.care.exposures.models import Exposure
from standdown.foundation import db
from standdown.foundation.refusal import Refusal


def on_list(exposure: Exposure) -> Exposure:
    """The exposure as it is now, held against others until the act ends. Raises Refusal when it is off the list."""
    rows = Exposure.objects.filter(pk=exposure.pk).select_related("incident__programme", "role", "person")
    found = db.lock(rows).get()
    if found.removed_at is not None:
        raise Refusal(
            _("This name was taken off the list. Open the incident to see the list as it is."), code="off-list"
        )
    return found
