"""What the rules of shift patterns say, in words: why not, and what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from standdown.foundation.refusal import Refusal


class NoShift(Refusal):
    """A pattern without a shift is none."""

    code = "no-shift"

    def __init__(self) -> None:
        super().__init__(_("Give at least one day of the cycle a shift. To have no pattern any more, end it."))


class NoPattern(Refusal):
    """There is no pattern to copy or to end."""

    code = "no-pattern"

    def __init__(self) -> None:
        super().__init__(_("This team has no pattern now. Open the list again."))


class TeamClosed(Refusal):
    """Nobody works in that team any more."""

    code = "team-closed"

    def __init__(self) -> None:
        super().__init__(_("This team is closed, so it needs no pattern."))
