"""The words of the card, and the lines of the list as its page draws them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.care.demobilising.queries import Row

# The four buttons, short enough for a thumb.
BUTTONS: tuple[tuple[str, Promise], ...] = (
    ("held", _("Held")), ("offered", _("Offered, later")), ("declined", _("Declined")), ("could-not", _("Could not")),
)  # fmt: skip
# What to say, in our own words and in the order in which it helps (domain 3.1). Nothing of what happened.
CARD: tuple[Promise, ...] = (
    _("Safe and unhurt? Food, drink, warmth?"),
    _("Thank you. What you did mattered."),
    _("What happens now, and who takes over."),
    _("Feeling shaken is common. It usually fades."),
    _("Rest. Go easy on alcohol and caffeine."),
    _("Fit to drive? Somebody there tonight?"),
    _("At 3 a.m. somebody answers: 116 123."),
)


def lines(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows of the list as the piece that draws them wants them: name, off duty, standing, address."""
    return [
        {
            "name": row.name, "off_duty": row.off_duty, "standing": row.standing.value,
            "href": reverse("demobilising:card", args=[row.id]),
        }
        for row in rows
    ]  # fmt: skip


def hand_over(exposure: uuid.UUID) -> str:
    """Where handing over to a named colleague is recorded; empty where this installation has no such page."""
    try:
        return reverse("defusing:hand-over", args=[exposure])
    except NoReverseMatch:
        return ""
