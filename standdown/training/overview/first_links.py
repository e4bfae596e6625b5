"""Ways into what a lead needs now and then, for their own page: their first screen holds only what they need daily."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from standdown.foundation.access import Actor, Can
from standdown.people.me.hooks import FirstLink


def of_leads(by: Actor, _at: dt.datetime) -> list[FirstLink]:
    """Where those who answer for a force's training go beside their first screen."""
    ways = (
        (
            by.has(Can.DECIDE_INTEREST),
            FirstLink(_("Who would like to be trained"), reverse("interest:list"), _("Decide, or ask their manager.")),
        ),
        (
            by.has(Can.AGREE_MUTUAL_AID),
            FirstLink(_("Mutual aid"), reverse("mutual_aid:list"), _("Exceptions that wait for an agreement.")),
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
