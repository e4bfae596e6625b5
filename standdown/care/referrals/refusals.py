"""What the rules of a referral say, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from standdown.foundation.refusal import Refusal


class NoConsent(Refusal):
    """Nobody is referred without their consent."""

    code = "no-consent"

    def __init__(self) -> None:
        super().__init__(_("Nobody is referred without their consent. Ask them first, and tick that they agreed."))


class NotNow(Refusal):
    """The referral is not in a state in which this can be done."""

    code = "not-now"

    def __init__(self) -> None:
        super().__init__(_("This referral has gone on since, or is over. Look at how it stands now."))


class ReferredAlready(Refusal):
    """A referral of that person stands."""

    code = "referred-already"

    def __init__(self) -> None:
        super().__init__(_("A referral is on its way already. Look at how it stands."))


class DayPast(Refusal):
    """The day of a meeting lies behind."""

    code = "day-past"

    def __init__(self) -> None:
        super().__init__(_("This day has passed. Choose today or a day ahead."))
