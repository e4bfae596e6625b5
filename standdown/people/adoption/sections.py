"""What the page of a force says about its adoption."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from standdown.design.times import plain_date
from standdown.people.adoption import queries
from standdown.people.forces.hooks import Section
from standdown.people.forces.models import Force


def of_force(force: Force, day: dt.date) -> Section:
    """How far it has come, since when, and how many points of the checklist are open."""
    record = queries.record(force, day)
    facts: list[tuple[object, object]] = [(_("State"), record.label)]
    if record.steps:
        facts.append((_("Since"), plain_date(record.steps[0].since)))
    facts.append((_("Open points of the checklist"), str(len(record.open_points))))
    facts.append((_("Vacant posts"), ", ".join(str(post.label) for post in record.posts if post.vacant) or _("None")))
    return Section(_("Adoption"), facts, (_("See the record"), reverse("adoption:record", args=[force.slug])))  # type: ignore[arg-type]
