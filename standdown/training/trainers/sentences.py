"""Why a step cannot be recorded, in words, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.foundation.refusal import Refusal
from standdown.training.trainers.policy import No

_NOS: Mapping[No, Promise] = {
    No.ORDER: _("%(name)s has not come that far, or is past it. Record the step that comes next."),
    No.NO_DATE: _("Say on which date %(name)s was seen. Choose the date."),
    No.NOT_ON_DATE: _("%(name)s was not named on that date. Choose a date that they co-delivered or delivered."),
    No.FUTURE: _("A step is recorded once it is taken. Choose today or a day before."),
    No.BEFORE_LAST: _("The step before this one was taken later than that. Check the day."),
    No.NOT_TRAINED: _("%(name)s has no current qualification to train others. They complete that course first."),
    No.NATIONAL_APPROVES: _(
        "Trainers are approved by a national coordinator. Ask them once the observation is recorded."
    ),
    No.OWN: _("Nobody records their own way as a trainer. Ask somebody else who may record it."),
}


class StepRefused(Refusal):
    """A step cannot be recorded; `no` says which rule speaks against it."""

    code = "trainer-step"

    def __init__(self, no: No, name: str) -> None:
        super().__init__(str(_NOS[no]) % {"name": name})
        self.no = no
