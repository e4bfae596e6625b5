"""What happens to trainers by itself: an approval lapses when nobody has seen them train for two years."""

from __future__ import annotations

import datetime as dt

from standdown.foundation import access, clock
from standdown.training.trainers import actions
from standdown.training.trainers.models import TrainerStep
from standdown.training.trainers.policy import Stage


def each_day(at: dt.datetime) -> int:
    """Let approvals lapse whose time is over; the number of them."""
    approved = TrainerStep.objects.latest_on(clock.london_day(at)).filter(stage=Stage.APPROVED)
    job = access.system("approvals of trainers")
    found = [actions.lapse_approval(by=job, at=at, step=one) for one in approved.select_related("person", "force")]
    return sum(1 for one in found if one is not None)
