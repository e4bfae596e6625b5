from __future__ import annotations

from standdown.foundation import access
from standdown.foundation.access import Actor, Can
from standdown.notifications.models import Preference
from standdown.notifications.policy import QUIET_HOURS


def own(by: Actor) -> Preference:
    """What this person has chosen; with the defaults, and not stored, where they have not."""
    begins, ends = QUIET_HOURS
    if by.person_id is None:
        raise access.NotAllowed(Can.KEEP_OWN_ACCOUNT)
    found = Preference.objects.filter(person_id=by.person_id).first()
    return found or Preference(person_id=by.person_id, quiet_from=begins, quiet_until=ends)
