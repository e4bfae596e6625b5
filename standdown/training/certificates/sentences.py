"""Why a certificate cannot be changed, and what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from standdown.foundation.refusal import Refusal


class NotStanding(Refusal):
    """The certificate was revoked meanwhile."""

    code = "not-standing"

    def __init__(self) -> None:
        super().__init__(_("This certificate was revoked already. Look at how it stands now."))


class NothingWrong(Refusal):
    """The new certificate would say the same as the old one."""

    code = "nothing-wrong"

    def __init__(self) -> None:
        super().__init__(
            _("The directory and the date say what the certificate says. Put them right first, then issue it anew.")
        )
