"""The end of duty of people who have come onto a list, where nobody said it: from the file or the shift pattern."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from standdown.care.clocks import steps
from standdown.care.duty import policy
from standdown.care.duty.queries import known
from standdown.care.exposures import stages
from standdown.care.exposures.models import Exposure
from standdown.care.exposures.policy import demobilise_by
from standdown.care.programme.policy import StepKind
from standdown.foundation.access import Actor


def fill_in(exposures: Sequence[Exposure], _by: Actor, at: dt.datetime) -> None:
    """Give each of them who has none the end of the duty in which T0 fell, and move the talk to before it (R67).

    A listener of exposures.hooks.EXPOSED, inside its act. Where nothing is known it stays four hours after T0.
    """
    without = [one for one in exposures if one.duty_end_at is None]
    if not without:
        return
    t0 = without[0].incident.ended_at
    duties = known([one.person_id for one in without], t0, t0 + policy.DAY)
    for one in without:
        ends = policy.off_duty_after(duties[one.person_id], t0)
        if ends is not None:
            one.duty_end_at = ends
            one.save(update_fields=["duty_end_at"])
            steps.move_due(stages.of(one, StepKind.DEMOBILISE), demobilise_by(t0, ends, at))
