"""What a supervisor's own page links to first."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.care.demobilising import queries
from standdown.foundation.access import Actor
from standdown.people.me.hooks import FirstLink


def before_they_go_home(by: Actor, at: dt.datetime) -> list[FirstLink]:
    """How many of one's own still need five minutes; nothing where there is nobody. One statement."""
    waiting = queries.waiting(by, at) if by.person_id else 0
    if not waiting:
        return []
    words = ngettext(
        "%(count)s of yours still needs five minutes", "%(count)s of yours still need five minutes", waiting
    ) % {"count": waiting}
    return [FirstLink(words, reverse("demobilising:duty-end"), _("Before they go home: who, by when, what to say."))]
