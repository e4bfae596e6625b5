"""What the rules of wishes say, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from standdown.foundation.refusal import Refusal


class NotOneself(Refusal):
    """Nobody excludes themselves."""

    code = "not-oneself"

    def __init__(self) -> None:
        super().__init__(_("You cannot exclude yourself. Choose somebody else."))


class Unknown(Refusal):
    """That number means nobody of the force."""

    code = "unknown"

    def __init__(self) -> None:
        super().__init__(_("Nobody in your force has this number now. Check it, or ask somebody whom you trust."))


class ExcludedAlready(Refusal):
    """The same exclusion stands."""

    code = "excluded-already"

    def __init__(self) -> None:
        super().__init__(_("They are excluded already."))
