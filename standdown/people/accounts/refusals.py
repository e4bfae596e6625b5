"""Why the directory says no: each sentence says what to do instead."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.foundation.refusal import Refusal
from standdown.people.accounts.policy import DayProblem, ManagerProblem


class _Fixed(Refusal):
    """A refusal that has one sentence."""

    words: ClassVar[Promise]

    def __init__(self) -> None:
        super().__init__(self.words)


class NumberTaken(_Fixed):
    """A work number belongs to one person of a force at a time."""

    code = "number-taken"
    words = _("Somebody serves in this force with that number. Check the number, or end the other posting first.")


class AddressTaken(_Fixed):
    """A work e-mail address belongs to one person of a force."""

    code = "address-taken"
    words = _("Somebody else in this force has that email address. Check the address, or change theirs first.")


class TeamElsewhere(_Fixed):
    """A posting is to a team of the force, while the team is kept."""

    code = "team-elsewhere"
    words = _("That team does not belong to this force, or it was closed. Choose another team.")


class NotServing(_Fixed):
    """What needs a posting cannot be done for somebody who has left."""

    code = "not-serving"
    words = _("This person does not serve in a force now. Record a posting first.")


class NoAddress(_Fixed):
    """An invitation needs somewhere to go."""

    code = "no-address"
    words = _("There is no work email address for this person. Add one to their details, then invite them.")


class Suspended(_Fixed):
    """A suspension is lifted, not gone round by an invitation."""

    code = "suspended"
    words = _("This person's access is suspended. Restore it first, then invite them if they need a new way in.")


class AccountElsewhere(_Fixed):
    """An address signs in one person."""

    code = "account-elsewhere"
    words = _("Another account signs in with that email address. Give this person an address of their own first.")


class AddressChanged(_Fixed):
    """Whoever can redirect somebody's way in must not come by their roles with it."""

    code = "address-changed"
    words = _(
        "This person has a role, and their address is not the one with which they sign in. Have their roles ended "
        "first; they are given anew, by two others, once the person is in again."
    )


class NotSuspendable(_Fixed):
    """Only access that exists is suspended."""

    code = "not-suspendable"
    words = _("This person cannot sign in as it is, so there is nothing to suspend.")


class NotSuspended(_Fixed):
    """Only a suspended access is restored."""

    code = "not-suspended"
    words = _("This person's access is not suspended, so there is nothing to restore.")


class OwnAccess(_Fixed):
    """Nobody locks themselves out, or decides about their own access."""

    code = "own-access"
    words = _("You cannot change your own access. Another system administrator can.")


_DAYS = {
    DayProblem.AHEAD: _("That day lies ahead. Record the change on the day, so that today's directory stays true."),
    DayProblem.TOO_EARLY: _("That day is not after the day on which the present entry began. Choose a later day."),
}


class WrongDay(Refusal):
    """The change cannot take effect on that day."""

    def __init__(self, problem: DayProblem) -> None:
        super().__init__(_DAYS[problem], code=f"day-{problem}")


_MANAGERS = {
    ManagerProblem.ONESELF: _("Nobody is their own line manager. Choose somebody else."),
    ManagerProblem.CIRCLE: _("This person is that person's line manager. Change one of the two first."),
    ManagerProblem.ELSEWHERE: _("A line manager serves in the same force, or in one that it collaborates with."),
    ManagerProblem.THE_SAME: _("That person is the line manager already. There is nothing to change."),
}


class WrongManager(Refusal):
    """That person cannot be the line manager."""

    def __init__(self, problem: ManagerProblem) -> None:
        super().__init__(_MANAGERS[problem], code=f"manager-{problem}")
