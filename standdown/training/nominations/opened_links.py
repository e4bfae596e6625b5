"""Who holds a link, and what it opens: asked anew each time, because people move and places go."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.foundation import access
from standdown.foundation.access import Actor, Can
from standdown.foundation.links import LinkOver, NoSuchLink, read
from standdown.training.nominations import own_place
from standdown.training.nominations.links import Purpose
from standdown.training.nominations.models import Nomination

PERMITS = {
    Purpose.ANSWER: Can.KEEP_OWN_TRAINING,
    Purpose.PLACE: Can.KEEP_OWN_TRAINING,
    Purpose.RELEASE: Can.CONFIRM_RELEASE,
}
_PASSED = _("The time for this has passed. If you have answered already, your answer stands.")
_OLDER = _("There is a newer message about this date. Please use the link in that one.")
_LEFT = _("This link was sent to you for a force in which you do not serve now.")
_OTHERS = _("The directory names somebody else as their line manager now, so there is nothing for you to do.")


class Void(Exception):
    """The link is ours and opens nothing any more; `words` say why."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(str(words))
        self.words = words


@dataclass(frozen=True, slots=True)
class Opened:
    """Who acts, with no other power than the link gives, and on which nomination."""

    by: Actor
    nomination: Nomination


def opened(purpose: Purpose, token: str, at: dt.datetime) -> Opened:
    """What a link opens now. Raises NoSuchLink for one that we did not make for this, Void for one that is over."""
    try:
        link = read(purpose, token, at)
    except LinkOver:
        raise Void(_PASSED) from None
    holder = own_place.person(link.person)
    if holder is None:
        raise NoSuchLink
    by = access.by_link(holder.pk, holder.home_force_id, PERMITS[purpose])
    found = own_place.asked_of(by) if purpose is Purpose.RELEASE else own_place.of(by)
    nomination = found.filter(pk=link.record).first()
    if nomination is None:
        raise Void(_OTHERS if purpose is Purpose.RELEASE else _LEFT)
    force_id = None if purpose is Purpose.RELEASE else nomination.force_id
    if not own_place.serves(holder.pk, force_id, at):
        raise Void(_LEFT)
    if purpose is Purpose.ANSWER and link.generation != nomination.offer_no:
        raise Void(_OLDER)
    return Opened(by, nomination)
