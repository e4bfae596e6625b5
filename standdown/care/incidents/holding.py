"""An incident as it is at the moment of an act, held against others who act on it at the same time."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.care.incidents.models import Incident, State
from standdown.foundation import db
from standdown.foundation.refusal import Refusal

_WHY: dict[str, Promise] = {
    State.PROPOSED: _("Nobody has confirmed this incident yet. Confirm it first, on the list of proposed incidents."),
    State.MERGED: _("This incident is part of another now. Open that one."),
    State.CLOSED: _("This incident is closed. Open it again first."),
    State.REJECTED: _("It was said that this is not an incident for Standdown. Raise it anew if it is one after all."),
}


def held(incident: Incident) -> Incident:
    """The incident as it is now, with category, base, programme and force, held against others until the act ends.

    Raises Refusal when nothing can be done about it any more, or yet.
    """
    found = as_it_is(incident)
    if found.state != State.OPEN:
        raise Refusal(_WHY[found.state], code=f"incident-{found.state}")
    return found


def as_it_is(incident: Incident) -> Incident:
    """As `held`, in whatever state."""
    rows = Incident.objects.filter(pk=incident.pk).select_related("category", "base", "programme", "force")
    return db.lock(rows).get()
