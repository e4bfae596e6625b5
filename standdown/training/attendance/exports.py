"""The roster of one's own date as a file: the attendance sheet that a trainer prints or fills in."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from standdown.foundation.access import Actor
from standdown.foundation.tables import File, Table
from standdown.training.attendance import actions, queries
from standdown.training.sessions.models import Session


def of_roster(by: Actor, session: Session, kind: str, at: dt.datetime) -> File:
    """Everybody with a confirmed place, with the needs that they share, on record as taken away by this actor."""
    found = queries.roster(session)
    actions.export_roster(by=by, at=at, session=session, names=len(found), kind=kind)
    rows = [
        [one.place, one.name, one.force, ", ".join(one.needs), one.half_words if one.only_half else "", one.state_words]
        for one in found
    ]
    headings = [_("Place"), _("Name"), _("Force"), _("Needs that they share"), _("Only a half"), _("Attendance")]
    return File(Table(f"roster-{session.reference}".lower(), session.reference, headings, rows), kind)
