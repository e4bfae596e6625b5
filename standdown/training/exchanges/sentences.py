"""Why places cannot be exchanged like this, in words, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.foundation.refusal import Refusal
from standdown.training.exchanges.policy import No, OrderReason

_NOS: Mapping[No, Promise] = {
    No.OTHER_FORCE: _("The place belongs to the force that it was given to. Choose somebody of the same force."),
    No.BY_EXCEPTION: _(
        "This name came by mutual aid, which was agreed for that person alone. Withdraw the name, and ask again."
    ),
    No.SAME_DATE: _("This name is on that date already. Choose another date."),
    No.SAME_PERSON: _("These are two dates of the same person. Choose somebody else to swap with."),
    No.NOTHING_TO_SWAP: _(
        "There is nothing to swap between these two any more: one of them holds no place. Open the page again."
    ),
}
REASONS: Mapping[OrderReason, Promise] = {
    OrderReason.COVER: _("Where cover is thinnest"),
    OrderReason.CHOICE: _("The wellbeing lead's own choice"),
}


class NotExchanged(Refusal):
    """Two names cannot be exchanged like this."""

    code = "not-exchanged"

    def __init__(self, no: No) -> None:
        super().__init__(_NOS[no], code=no.value)
        self.no = no
