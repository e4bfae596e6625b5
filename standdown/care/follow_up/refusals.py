"""What the rules of following up say, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from standdown.foundation.refusal import Refusal


class NotNow(Refusal):
    """The contact was made, or is no longer needed."""

    code = "not-now"

    def __init__(self) -> None:
        super().__init__(_("This was answered, or is no longer needed. Look at how it stands now."))


class WrongDay(Refusal):
    """A day that does not fit."""

    code = "wrong-day"

    def __init__(self) -> None:
        super().__init__(_("Choose a day ahead, at most two weeks from today."))


class PastDay(Refusal):
    """A day that lies behind."""

    code = "past-day"

    def __init__(self) -> None:
        super().__init__(_("Choose a day ahead."))


class AskedAlready(Refusal):
    """Somebody is on their way already."""

    code = "asked-already"

    def __init__(self) -> None:
        super().__init__(_("You have asked for this already. Somebody gets in touch within a day."))


class TooLate(Refusal):
    """The year in which it can be opened again is over."""

    code = "too-late"

    def __init__(self) -> None:
        super().__init__(_("This was closed more than a year ago. You can ask to talk to somebody at any time."))
