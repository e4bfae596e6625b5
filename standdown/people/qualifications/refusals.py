"""Why the register says no: each sentence says what to do instead."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.foundation.refusal import Refusal
from standdown.people.qualifications.policy import DayProblem


class _Fixed(Refusal):
    """A refusal that has one sentence."""

    words: ClassVar[Promise]

    def __init__(self) -> None:
        super().__init__(self.words)


class RecordedAlready(_Fixed):
    """Practice counts once a day and kind."""

    code = "recorded-already"
    words = _("That is on record for this person and day already. Check the day.")


class NothingToKeep(_Fixed):
    """Practice is recorded for who has a qualification on the force's register."""

    code = "nothing-to-keep"
    words = _("This person has no qualification on your register. Bring in their earlier training first.")


class NotStoodDown(_Fixed):
    """Nobody comes back who is not away."""

    code = "not-stood-down"
    words = _("You are not standing down, so there is nothing to end. Open the page again.")


class MoveDecided(_Fixed):
    """Nothing is asked of who has let their qualifications move, or serves elsewhere by now."""

    code = "move-decided"
    words = _("There is nothing to decide any more. Open the page again to see where your qualifications are.")


class TeamElsewhere(_Fixed):
    """Wanted numbers are set for teams of that base, while they are kept."""

    code = "team-elsewhere"
    words = _("One of these teams was closed or moved to another base. Open the page again.")


_DAYS = {
    DayProblem.PAST: _("That day is over. Choose today or a day ahead."),
    DayProblem.AHEAD: _("That day lies ahead. Record it once it has happened."),
    DayProblem.BEFORE_IT_BEGINS: _("The first day back must come after the day from which you stand down."),
    DayProblem.LONG_AGO: _("That day is too long ago to count. Check the year."),
}


class WrongDay(Refusal):
    """It cannot be recorded for that day."""

    def __init__(self, problem: DayProblem) -> None:
        super().__init__(_DAYS[problem], code=f"day-{problem}")
