"""Why a role is not given, decided or ended: each sentence says what to do instead."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from standdown.foundation.refusal import Refusal
from standdown.people.roles.policy import Problem

_PROBLEMS = {
    Problem.WRONG_PLACE: _("This role is not held there. Check whether it belongs to one force or to all of policing."),
    Problem.BEGINS_BEFORE_TODAY: _("A role cannot begin before today. Choose today or a later day."),
    Problem.ENDS_BEFORE_IT_BEGINS: _("The last day must come after the first. Choose a later end."),
    Problem.TOO_LONG: _("A role runs for a year at most. Choose an earlier end; it can be renewed."),
    Problem.ELSEWHERE: _(
        "This person does not serve in that force. "
        "Only a named post may be shared, and only by forces that collaborate."
    ),
    Problem.HELD: _(
        "This person holds the role there in that time, or was proposed for it. Choose days that do not overlap."
    ),
    Problem.APART: _(
        "This person has a role that must stay apart from this one. End that role first, or propose somebody else."
    ),
}  # fmt: skip


class CannotBeGiven(Refusal):
    """The role cannot be given like this; which rule says so is in the code."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(_PROBLEMS[problem], code=f"role-{problem}")


class AlreadyDecided(Refusal):
    """Somebody was quicker."""

    code = "already-decided"

    def __init__(self) -> None:
        super().__init__(_("This proposal was decided or withdrawn in the meantime. There is nothing left to do."))


class AlreadyEnded(Refusal):
    """The role does not hold any more."""

    code = "already-ended"

    def __init__(self) -> None:
        super().__init__(_("This role ended before. There is nothing left to do."))


class ProposalOver(Refusal):
    """The proposed days are over."""

    code = "proposal-over"

    def __init__(self) -> None:
        super().__init__(_("The days of this proposal are over. Decline it, and have it proposed again."))
