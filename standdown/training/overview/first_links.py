"""Ways into what a lead needs now and then, for their own page: their first screen holds only what they need daily."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.foundation.access import Actor, Can
from standdown.people.me.hooks import FirstLink
from standdown.training.mutual_aid import queries as mutual_aid


def of_leads(by: Actor, at: dt.datetime) -> list[FirstLink]:
    """Where those who answer for a force's training go beside their first screen."""
    ways = (
        (
            by.has(Can.DECIDE_INTEREST),
            FirstLink(_("Who would like to be trained"), reverse("interest:list"), _("Decide, or ask their manager.")),
        ),
        (
            by.has(Can.AGREE_MUTUAL_AID),
            FirstLink(_("Mutual aid"), reverse("mutual_aid:list"), _exceptions(by, at)),
        ),
        (
            by.has(Can.PUT_FORWARD),
            FirstLink(_("The month in numbers"), reverse("attendance:report"), _("Who came, in numbers only.")),
        ),
        (
            by.has(Can.KEEP_FORCE_WORDS),
            FirstLink(_("The force's own words"), reverse("force_words:list"), _("A paragraph in its messages.")),
        ),
        (
            by.has(Can.RECORD_TRAINER_STEP),
            FirstLink(_("Trainers"), reverse("trainers:list"), _("How far each has come.")),
        ),
    )
    return [link for may, link in ways if may]


def _exceptions(by: Actor, at: dt.datetime) -> str:
    """How many requests wait for this person's own answer; one statement for who may answer."""
    count = mutual_aid.waiting_for(by, at)
    if not count:
        return _("Exceptions that wait for an agreement.")
    return ngettext("%(n)s request waits for your answer.", "%(n)s requests wait for your answer.", count) % {
        "n": count
    }
