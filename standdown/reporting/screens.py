"""A published table in words, for a page and for a file alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from standdown.design.times import month_and_year
from standdown.foundation.tables import Table
from standdown.reporting import policy
from standdown.reporting.queries import Shown
from standdown.reporting.suppression import Mark, PublishedTable, Told


@dataclass(frozen=True, slots=True)
class Page:
    """One step by month: the headings, and each line with its name and what is told, as it stands on screen."""

    step: str
    headings: Sequence[str]
    lines: Sequence[tuple[str, Sequence[str]]]

    @property
    def hidden(self) -> bool:
        """True when anything is not told, so that the page says why."""
        return any(not cell.isdecimal() for _name, cells in self.lines for cell in cells)


def steps() -> dict[str, str]:
    """The steps by their code, in words."""
    return {
        "demobilise": _("Talk before going off duty"),
        "decide": _("Next step decided"),
        "defuse": _("Defusing"),
        "month": _("Contact inside a month"),
    }


def month(day: dt.date) -> str:
    """A month with its year, in the reader's language."""
    return month_and_year(day)


def page(shown: Shown, step: str) -> Page:
    """That step of the table, months down, the total of them last. Raises TypeError for what was not published."""
    if not isinstance(shown.table, PublishedTable):
        raise TypeError("only a published table is shown")
    months = policy.months_until(shown.last)
    spans = [(month(one), policy.of_month(one)) for one in months]
    if len(months) > 1:
        spans.append((_("All months"), policy.of_all(shown.last)))
    columns = (policy.EXPOSED, *policy.COLUMNS)
    lines = [
        (name, [_told(shown.table[policy.cell(span, step, column)]) for column in columns]) for name, span in spans
    ]
    return Page(step, _headings(step), lines)


def _told(told: Told) -> str:
    if told is Mark.FEW:
        return _("under 10")
    return _("not shown") if isinstance(told, Mark) else str(told)


def _headings(step: str) -> list[str]:
    held = {"decide": _("Decided"), "month": _("Reached")}.get(step, _("Held"))
    return [_("Exposed"), _("Offered"), _("Accepted"), held, _("Declined"), _("No reply"), _("Late")]


def file(shown: Shown, step: str) -> Table:
    """The same as a file: exactly what is on screen."""
    made = page(shown, step)
    name = f"figures-{step}-{policy.of_month(shown.last)}"
    return Table(name, steps()[step], [_("Month"), *made.headings], [[line, *cells] for line, cells in made.lines])
