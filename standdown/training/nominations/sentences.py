"""What the rules say, in words: why a name cannot be put forward, or a place not changed, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from standdown.foundation.refusal import Refusal
from standdown.training.nominations.policy import Deed, No

NOS: Mapping[No, Promise] = {
    No.NOT_ADOPTED: _(
        "Your force has not adopted the training, so nobody can be put forward yet. Complete adoption first."
    ),
    No.NOT_PUBLISHED: _("This date is not open for names. Choose another date."),
    No.HAS_BEGUN: _("This date has begun. Choose a later date."),
    No.CLOSED: _(
        "Names for this date have closed. Choose a later date, or put somebody in a place that your force has."
    ),
    No.NOT_FOR_FORCE: _("This date is not for your force. Choose one that is, or ask for mutual aid by exception."),
    No.LEFT: _("%(name)s does not serve in your force any more. Choose somebody who does."),
    No.NO_ADDRESS: _("%(name)s has no e-mail address, so nothing could reach them. Ask for one to be added first."),
    No.NOT_OFFICER_OR_STAFF: _("The course is for officers and members of staff. Choose one of them."),
    No.NOT_ELIGIBLE: _(
        "The directory does not know %(name)s as a line manager or a peer supporter. Confirm that they are one of them."
    ),
    No.ALREADY: _("%(name)s is already put forward for this date. Look at the date's list."),
    No.SAME_DAY: _("%(name)s is put forward for another date on that day. Withdraw one of the two first."),
    No.TRAINS_IT: _("%(name)s trains on this date. Choose another date for them."),
    No.CURRENT: _("%(name)s is qualified for more than six months to come. Put them forward nearer to its end."),
    No.TERMS: _("For a force that is not a Home Office force the cost is by agreement. Confirm that it is agreed."),
}
_DEEDS: Mapping[Deed, Promise] = {
    Deed.ANSWER: _("This offer is no longer open. Ask your wellbeing lead where you stand."),
    Deed.LAPSE: _("This offer is not over, or was answered. Look at how it stands now."),
    Deed.EXPIRE: _("This request is not over, or was decided. Look at how it stands now."),
    Deed.RELEASE: _("This is already decided. Look at how it stands now."),
    Deed.WITHDRAW: _("This name is no longer on the date, or the date has begun. Look at how it stands now."),
    Deed.SUBSTITUTE: _("There is no place to hand on, or the date has begun. Look at how it stands now."),
    Deed.TRANSFER: _("This name cannot be moved to another date any more. Look at how it stands now."),
    Deed.REORDER: _("One of these names no longer waits. Open the list again."),
    Deed.OVER_CAPACITY: _("This name no longer waits. Look at how it stands now."),
    Deed.NEEDS: _("This place is no longer held, so its needs stay as they were."),
    Deed.MARK: _("This person had no place on the date, so there is nothing to record."),
}


class NotPutForward(Refusal):
    """Rules speak against a name; `codes` names each, the sentence says them all."""

    code = "not-put-forward"

    def __init__(self, codes: Sequence[No], name: str) -> None:
        super().__init__(" ".join(said(code, name) for code in codes))
        self.codes = tuple(codes)


class NobodyToAsk(Refusal):
    """The line manager is to release somebody, and the directory knows none who could be asked."""

    code = "nobody-to-ask"

    def __init__(self, name: str, *, own: bool = False) -> None:
        words = gettext(
            "The directory knows no line manager of %(name)s with an e-mail address, so nobody can be asked. "
            "Confirm yourself that they are free on the day."
        )
        if own:
            words = gettext(
                "The directory knows no line manager of yours with an e-mail address, so nobody can be asked. "
                "Let another lead or a deputy of your force put you forward."
            )
        super().__init__(words % {"name": name})


class OwnRelease(Refusal):
    """Somebody would confirm their own release."""

    code = "own-release"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nobody confirms for themselves that they are free on the day. Have your line manager asked, "
                "or let another lead or a deputy of your force do this."
            )
        )


class NotNow(Refusal):
    """The nomination is not in a state in which this can be done."""

    code = "not-now"

    def __init__(self, deed: Deed) -> None:
        super().__init__(_DEEDS[deed])
        self.deed = deed


class TooFewPlaces(Refusal):
    """More people have places than the date would have."""

    code = "too-few-places"

    def __init__(self, taken: int) -> None:
        words = gettext("%(taken)s people have a place. Keep at least that many, or withdraw names first.")
        super().__init__(words % {"taken": taken})


def said(code: No, name: str) -> str:
    """One rule in words, about that person."""
    return str(NOS[code]) % {"name": name}
