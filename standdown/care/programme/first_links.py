"""The way to a force's programme, for the own page of those who answer for it."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from standdown.foundation.access import Actor, Can
from standdown.people.me.hooks import FirstLink


def how_people_are_looked_after(by: Actor, _at: dt.datetime) -> list[FirstLink]:
    """Where the windows, words and chains of the force are seen; no statement."""
    if not by.has(Can.SEE_PROGRAMME):
        return []
    address = reverse("care_programme:versions")
    return [FirstLink(_("How people are looked after"), address, _("By when what is offered, and who is told."))]
