"""What a person's own page links to first: their training, and releases that wait for them."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.foundation.access import Actor
from standdown.people.me.hooks import FirstLink
from standdown.training.nominations.own_place import to_release


def my_training(by: Actor, at: dt.datetime) -> list[FirstLink]:
    """My training, and above it whose release waits for me. One statement."""
    if by.person_id is None:
        return []
    found = []
    asked = len(to_release(by, at))
    if asked:
        words = ngettext("%(count)s release waits for you", "%(count)s releases wait for you", asked)
        why = _("Say whether your people are free for the day for which they are put forward.")
        found.append(FirstLink(words % {"count": asked}, reverse("mine:page") + "#releases", why))
    found.append(FirstLink(_("My training"), reverse("mine:page"), _("What happens next, your places, certificates.")))
    return found
