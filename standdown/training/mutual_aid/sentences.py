"""Why mutual aid cannot be asked or decided like this, and what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from standdown.foundation.refusal import Refusal


class NoException(Refusal):
    """The date is for the person's own force, so that nothing exceptional is asked."""

    code = "no-exception"

    def __init__(self) -> None:
        super().__init__(_("This date is for your own force. Put them forward for it in the ordinary way."))


class NotReleased(Refusal):
    """The lead has not confirmed that the person is free on the day."""

    code = "not-released"

    def __init__(self) -> None:
        super().__init__(_("Make sure first that they are free on the day, and say so. Then ask."))


class Decided(Refusal):
    """Both sides, or this one, have answered already, or the time for answering is over."""

    code = "decided"

    def __init__(self) -> None:
        super().__init__(_("This is decided already, or its time is over. Look at how it stands now."))
