"""What the worker does: tables of months that have settled, one force a minute, so that no message waits for all."""

from __future__ import annotations

import datetime as dt

from standdown.foundation import access, clock
from standdown.foundation.one_by_one import tried
from standdown.people.models import Force
from standdown.reporting import actions, policy
from standdown.reporting.models import Release

BY = access.system("release of figures")


def release_next(at: dt.datetime) -> bool:
    """Release one table that is due and not out yet; True when one was. A force without care is told like any other."""
    for last in policy.due(clock.london_day(at)):
        out = Release.objects.filter(last=last).values("force_id")
        for force in Force.objects.exclude(pk__in=out).filter(stood_down=None).order_by("pk"):
            if tried(actions.release, by=BY, at=at, force=force, last=last):
                return True
    return False
