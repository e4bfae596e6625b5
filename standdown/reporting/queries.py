"""What was told, as pages and files may show it. Counts are not asked for here, nor anywhere that a page can reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from standdown.foundation.access import Actor, Can
from standdown.people.models import Force
from standdown.reporting.models import Release, ReleaseQuerySet
from standdown.reporting.suppression import PublishedTable, added_up


@dataclass(frozen=True, slots=True)
class Shown:
    """One table that was told: of a force, or of `number` forces together, for the year up to the month `last`."""

    force: Force | None
    number: int
    last: dt.date
    lasts: Sequence[dt.date]  # of every table that there is, the newest first
    table: PublishedTable


def shown(by: Actor, last: dt.date | None = None) -> Shown | None:
    """The newest table of this actor's force, or of all together for who sees all; that of `last`, where it is out."""
    found = _of(by)
    lasts = list(found.order_by("-last").values_list("last", flat=True).distinct())
    if not lasts:
        return None
    last = last if last in lasts else lasts[0]
    rows = list(found.filter(last=last).select_related("force").order_by("force_id"))
    if by.reach(Can.SEE_FIGURES).everywhere:
        return Shown(None, len(rows), last, lasts, added_up([row.table for row in rows]))
    return Shown(rows[0].force, 1, last, lasts, rows[0].table)


def _of(by: Actor) -> ReleaseQuerySet:
    found, reach = Release.objects.visible_to(by), by.reach(Can.SEE_FIGURES)
    if reach.everywhere:
        return found
    own = by.force_id if by.force_id in reach.forces else min(reach.forces, default=None)
    return found.filter(force=own)
