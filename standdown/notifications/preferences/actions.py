from __future__ import annotations

import datetime as dt

from standdown.audit.act import act
from standdown.foundation.access import Actor, Can
from standdown.notifications.models import Preference
from standdown.notifications.policy import Quiet


def choose(*, by: Actor, at: dt.datetime, preference: Preference, quiet: Quiet | None, digest: bool) -> Preference:
    """Choose one's quiet hours (None: none) and whether one wants the summary of the morning.

    `preference` comes from `queries.own`, stored or not. Messages that wait already go out as they were to.
    """
    with act(by, Can.KEEP_OWN_ACCOUNT, on=preference, at=at) as step:
        begins, ends = quiet or (None, None)
        chosen = {"quiet_from": begins, "quiet_until": ends, "digest": digest, "chosen_at": at}
        held, _made = Preference.objects.update_or_create(person_id=preference.person_id, defaults=chosen)
        step.about(held)
        step.note(quiet=quiet is not None, digest=digest)
    return held
