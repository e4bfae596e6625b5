"""What the public pages are put together from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from standdown.design.times import language, month_and_year
from standdown.foundation.clock import london_day
from standdown.public.dates.rows import rows, together
from standdown.training.courses.page_sql import CoursePage
from standdown.training.courses.queries import Block, PublishedCourse
from standdown.training.sessions.lines import SessionLine, listed
from standdown.training.sessions.month_sql import Dates

MOST_ON_A_PAGE = 200
FEW = 5
LOOKS_BACK = dt.timedelta(days=31)
LOOKS_AHEAD = 12  # months of this year and the next that may be looked at although they have no dates yet
_MONTHS = 12
_MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class MonthAhead:
    """A month with dates: its first day, its path's end, and how many dates in words."""

    first: dt.date
    amount: str


@dataclass(frozen=True, slots=True)
class MonthOfRows:
    """The rows of one month, for a list that runs over several."""

    first: dt.date
    rows: Markup


@dataclass(frozen=True, slots=True)
class Summary:
    """What is the same for every date of a list, in words; empty where it differs."""

    amount: str
    forces: str
    home_office: bool  # at least one force is of the Home Office; `others`: at least one is not (R22)
    others: bool


def words(course: CoursePage, *, home_office: bool = True, others: bool = True, quotes: Sequence[str] = ()) -> Markup:
    """The words of a course's page: what it costs (which kind of force: R22), who it is for, how to get a place.

    `quotes` are words of former delegates (R41); they can be taken back, so that a page with them is not remembered.
    """
    return _draw(course, home_office, others, quotes) if quotes else _drawn(course, home_office, others, language())


@lru_cache(maxsize=256)
def _drawn(course: CoursePage, home_office: bool, others: bool, _language: str) -> Markup:
    """The words, drawn once and remembered for as long as they are the same."""
    return _draw(course, home_office, others, ())


def _draw(course: CoursePage, home_office: bool, others: bool, quotes: Sequence[str]) -> Markup:
    by_kind: dict[str, list[Block]] = {}
    for block in course.blocks:
        by_kind.setdefault(block.kind, []).append(block)
    context = {"words": by_kind, "home_office": home_office, "others": others, "quotes": quotes}
    return Markup(render_to_string("public/dates/words.html", context))  # noqa: S704 -- autoescaped


def month_title(course: PublishedCourse, first: dt.date) -> str:
    """The title of a month's page."""
    return _("%(course)s training: dates in %(month)s") % {"course": course.title, "month": month_and_year(first)}


def month_description(summary: Summary, first: dt.date) -> str:
    """The month's page in a sentence, for search engines and whoever shares it."""
    words = {"amount": summary.amount, "month": month_and_year(first), "forces": summary.forces}
    if not summary.forces:
        return _("There are no dates in %(month)s.") % words
    sentence = _("%(amount)s in %(month)s for %(forces)s. How the day is run, what it costs, how to be put forward.")
    return sentence % words


def may_be_empty(first: dt.date, before: dt.date | None, after: dt.date | None, today: dt.date) -> bool:
    """True when a month without dates has a page all the same.

    It lies between months that have dates, or it is this month or one of the next twelve. Any other is not there,
    so that nobody (and no robot) walks through empty months without end.
    """
    ahead = (first.year - today.year) * _MONTHS + first.month - today.month
    return 0 <= ahead <= LOOKS_AHEAD or (before is not None and after is not None)


def by_month(lines: Sequence[SessionLine], at: dt.datetime) -> list[MonthOfRows]:
    """Rows in order, month by month."""
    drawn = zip(lines, rows(lines, at), strict=True)
    return [
        MonthOfRows(first, together(row for _line, row in found))
        for first, found in groupby(drawn, lambda pair: _month(pair[0].starts_at))
    ]


def months_ahead(lines: Sequence[SessionLine]) -> list[MonthAhead]:
    """The months of these dates, and how many dates each has."""
    found = [(first, len(list(group))) for first, group in groupby(lines, lambda line: _month(line.starts_at))]
    return [MonthAhead(first, amount(number)) for first, number in found]


def amount(number: int) -> str:
    """So many dates."""
    return ngettext("%(count)s date", "%(count)s dates", number) % {"count": number}


def summary(dates: Dates) -> Summary:
    """What a month's page says in its first line, and whether anybody pays."""
    return _summary(dates, language())


@lru_cache(maxsize=64)
def _summary(dates: Dates, _language: str) -> Summary:
    lines = dates.lines
    forces = dict.fromkeys(force for line in lines for force in line.forces)
    names = list(dict.fromkeys(force.short_name for force in forces))
    if len(names) > _MOST_NAMES:
        words = ngettext("%(count)s force", "%(count)s forces", len(names)) % {"count": len(names)}
    else:
        words = listed(names)
    return Summary(
        amount=amount(len(lines)),
        forces=words,
        home_office=not lines or any(force.home_office for force in forces),
        others=not lines or any(not force.home_office for force in forces),
    )


def _month(moment: dt.datetime) -> dt.date:
    return london_day(moment).replace(day=1)
