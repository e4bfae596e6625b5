"""The national coordinator's screens as files: coming dates, and what is needed. In numbers, and nobody's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from standdown.design.times import clock_span, plain_date
from standdown.foundation.clock import london_day
from standdown.foundation.tables import Cell, Table
from standdown.training.overview.queries import DateLine, ForceNeed


def of_dates(dates: Sequence[DateLine], at: dt.datetime) -> Table:
    """What is on screen of these dates, and the reference of each."""
    headings = [
        _("Reference"), _("Date"), _("Time"), _("Force"), _("How it fills"), _("Places"), _("Taken"), _("Offered"),
        _("Free"), _("Waiting"), _("Note"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            one.line.reference, plain_date(one.line.starts_at), clock_span(one.line.starts_at, one.line.ends_at),
            one.line.short_names, one.status, one.count.capacity, one.count.taken, one.count.offered, one.count.free,
            one.count.waiting, ". ".join(one.notes),
        ]
        for one in dates
    ]  # fmt: skip
    return Table(f"dates-{london_day(at)}", _("Coming dates"), headings, rows)


def of_needs(needs: Sequence[ForceNeed], at: dt.datetime) -> Table:
    """What is on screen of these forces: small numbers of people not told, others rounded."""
    headings = [
        _("Force"), _("Able to defuse"), _("Ending"), _("Left"), _("Wanted"), _("Would like to be trained"),
        _("Places planned"), _("Still short"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            one.force.short_name, _told(one.able), _told(one.ending), _told(one.left), one.wanted,
            _told(one.interested), one.places, _told(one.short),
        ]
        for one in needs
    ]  # fmt: skip
    return Table(f"training-needed-{london_day(at)}", _("What training will be needed"), headings, rows)


def _told(number: int | None) -> Cell:
    return _("fewer than 10") if number is None else number
