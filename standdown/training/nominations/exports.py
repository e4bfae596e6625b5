"""What is on screen as a file: a force's waiting and placed names, or the names of one date."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from standdown.foundation.access import Actor
from standdown.foundation.clock import london_day
from standdown.foundation.tables import File, Table
from standdown.people.models import Force
from standdown.training.nominations import actions, queries, screens, screens_date
from standdown.training.sessions.models import Session


def of_force(by: Actor, force: Force, kind: str, at: dt.datetime) -> File:
    """All of the force's names on the first screen, on record as taken away by this actor."""
    (board,) = [one for one in screens.board(by, at, most=None) if one.force.pk == force.pk]
    rows: list[list[str]] = []
    for date in board.dates:
        rows += [[_("Has a place"), one.name, "", date.when, one.stands, ""] for one in date.placed]
    rows += [[_("Waiting"), one.name, one.number, "", one.since, one.reason] for one in board.names]
    rows += [[_("Lapsing"), one.name, one.number, "", one.until, one.team] for one in board.lapsing]
    headings = [_("List"), _("Name"), _("Number"), _("Date"), _("Where it stands"), _("Cover")]
    actions.export_names(by=by, at=at, of=force, names=len(rows), kind=kind)
    return File(Table(f"names-{force.slug}-{london_day(at)}", force.short_name, headings, rows), kind)


def of_date(by: Actor, session: Session, kind: str, at: dt.datetime) -> File:
    """The names of one date that this actor sees, on record as taken away: of the date, or of each of their forces."""
    page = screens_date.page(by, session, at)
    shown = [one for one in [*page.placed, *page.waiting, *page.asked, *page.ended] if one.row]
    rows = [[one.number or "", one.name, one.force, one.stands, ", ".join(one.marks)] for one in shown]
    headings = [_("Number"), _("Name"), _("Force"), _("Where it stands"), _("Note")]
    for of in [session] if page.whole else queries.forces_on(by, session):
        actions.export_names(by=by, at=at, of=of, names=len(rows), kind=kind)
    return File(Table(f"names-{session.reference}".lower(), session.reference, headings, rows), kind)
