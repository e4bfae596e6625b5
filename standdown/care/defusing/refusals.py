"""What the rules of a session say, in words: why not, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.care.defusing.policy import No
from standdown.foundation.refusal import Refusal

NOS: Mapping[No, Promise] = {
    No.NOT_OPEN: _("This session was held or is off. Look at how it stands now."),
    No.PAST: _("This time has passed. Choose a time ahead."),
    No.NOBODY: _("Nobody leads this session yet. Find somebody first."),
    No.NOT_QUALIFIED: _("The defuser is not qualified on that day. Find somebody who is, or an earlier day."),
    No.EXPOSED: _("The defuser was exposed in this incident. Find somebody who was not."),
    No.ELSEWHERE: _("The defuser has another session at that time. Choose another time."),
    No.BLOCKED: _("A session in a group cannot be booked now. Offer one to one, or wait until it is lifted."),
    No.REASON: _("This time is outside the window. Say why."),
}


class NotBooked(Refusal):
    """Rules speak against the booking; the sentence says them all."""

    code = "not-booked"

    def __init__(self, bars: Sequence[No]) -> None:
        super().__init__(" ".join(str(NOS[bar]) for bar in bars))
        self.bars = tuple(bars)


class AskOver(Refusal):
    """The question was answered, taken back, or its time is over."""

    code = "ask-over"

    def __init__(self) -> None:
        super().__init__(_("This is no longer asked of you. Thank you; nothing is left to do."))


class NotNow(Refusal):
    """The session is not in a state in which this can be done."""

    code = "not-now"

    def __init__(self) -> None:
        super().__init__(_("This session has begun, was held, or is off. Look at how it stands now."))


class LimitsNotRead(Refusal):
    """The limits of confidentiality were not read out."""

    code = "limits-not-read"

    def __init__(self) -> None:
        super().__init__(_("Read the limits of confidentiality out first, and tick that you did."))


class CheckedOut(Refusal):
    """The check-out was made already."""

    code = "checked-out"

    def __init__(self) -> None:
        super().__init__(_("You have checked out of this session already."))


class Taken(Refusal):
    """Somebody was handed over already, and was taken over."""

    code = "taken"

    def __init__(self) -> None:
        super().__init__(_("They were taken over already."))
