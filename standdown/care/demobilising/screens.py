"""The words of the card, and the lines of the list as its page draws them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.forms import Form
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from standdown.care.demobilising.crisis import Numbers
from standdown.care.demobilising.queries import Row
from standdown.design.times import language
from standdown.foundation.access import Actor

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
)


def card(numbers: Numbers) -> list[str]:
    """The lines of the card; the last names whoever answers at night."""
    at_night = _("At 3 a.m. somebody answers: %(number)s") % {"number": numbers.at_night.number}
    return [*map(str, CARD), str(at_night)]


def to_say(numbers: Numbers) -> dict[str, Any]:
    """What a card's page says: its lines, and whom to ring."""
    return {"lines": card(numbers), "numbers": numbers.all}


def take_away(numbers: Numbers) -> list[tuple[str, SafeString]]:
    """What a person takes home, by language: the language of the page first, then the other."""
    here = language()
    parts = []
    for lang in (here, "en" if here == "cy" else "cy"):
        with override("cy" if lang == "cy" else "en-gb"):
            page = render_to_string("care/demobilising/take_home.html", {"numbers": numbers.all})
            parts.append((lang, mark_safe(page)))  # noqa: S308  (autoescaped template)
    return parts


def lines(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows of the list as the piece that draws them wants them: name, off duty, standing, address."""
    return [
        {
            "name": row.name, "off_duty": row.off_duty, "standing": row.standing.value,
            "href": reverse("demobilising:card", args=[row.id]),
        }
        for row in rows
    ]  # fmt: skip


def errors(form: Form) -> str:
    """What is wrong with a form, in sentences, for a device that sends by itself."""
    return " ".join(str(one) for found in form.errors.values() for one in found)


def mark_of(by: Actor) -> str:
    """A mark by which a device tells whose record it keeps, without keeping who that is."""
    return salted_hmac("standdown.care.capture", str(by.person_id)).hexdigest()[:16]


def own_page() -> str:
    """A person's own page of care; their page where there is none."""
    try:
        return reverse("own_care:page")
    except NoReverseMatch:
        return reverse("me:page")


def hand_over(exposure: uuid.UUID) -> str:
    """Where handing over to a named colleague is recorded; empty where this installation has no such page."""
    try:
        return reverse("defusing:hand-over", args=[exposure])
    except NoReverseMatch:
        return ""
