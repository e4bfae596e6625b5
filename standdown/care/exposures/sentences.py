"""What the rules of this slice say to people, and what to do next."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.care.exposures.policy import Group, ListProblem
from standdown.care.incidents.policy import Problem

TIMES: dict[Problem, Promise] = {
    Problem.IN_FUTURE: _(
        "When it ended lies in the future. Give a time that is past; where it still goes on, choose “Just now”."
    ),
    Problem.ENDS_BEFORE_IT_STARTS: _("The period ends before it starts. Check both days and times."),
}
_EMPTY = _("Nobody is on the list. Add who was exposed, or say that this is not an incident for Standdown.")
_UNANSWERED: dict[Group, Promise] = {
    Group.CONTROL_ROOM: _("Say whether somebody of the control room was exposed"),
    Group.STAFF_AND_SPECIALS: _("Say whether staff, specials or volunteers were exposed"),
    Group.OTHER_FORCES: _("Say whether people of other forces were exposed"),
}
_NOT_ADDED: dict[Group, Promise] = {
    Group.CONTROL_ROOM: _(
        "Nobody on the list has a role in the control room. Add them or put their role right, or answer that nobody "
        "was exposed."
    ),
    Group.STAFF_AND_SPECIALS: _(
        "No staff, specials or volunteers are on the list. Add them, or answer that nobody was exposed."
    ),
    Group.OTHER_FORCES: _(
        "No colleague of another force was handed over. Hand them over first, or answer that nobody was exposed."
    ),
}
_ON_IT: dict[Group, Promise] = {
    Group.CONTROL_ROOM: _("Somebody on the list has a role in the control room, so the answer is yes."),
    Group.STAFF_AND_SPECIALS: _("A member of staff, a special or a volunteer is on the list, so the answer is yes."),
    Group.OTHER_FORCES: _("A colleague of another force was handed over, so the answer is yes."),
}
_OF_A_GROUP = {
    ListProblem.UNANSWERED: _UNANSWERED,
    ListProblem.NOT_ADDED: _NOT_ADDED,
    ListProblem.ON_IT: _ON_IT,
}


def times_said(problem: Problem) -> Promise:
    """What is wrong with when an incident was."""
    return TIMES[problem]


def list_said(problem: ListProblem, group: Group | None) -> Promise:
    """Why the list cannot be confirmed."""
    return _EMPTY if group is None else _OF_A_GROUP[problem][group]
