"""A date as a line of a public list: every word of it ready, so that a long list is only written out."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template import engines
from django.utils.translation import gettext as _
from markupsafe import Markup

from standdown.design.times import language, long_date, notice_time
from standdown.foundation.clock import london_day
from standdown.training.sessions.lines import SessionLine
from standdown.training.sessions.month_sql import Dates


@dataclass(frozen=True, slots=True)
class Row:
    """What `design/components/session_row.html` takes."""

    start: dt.datetime
    end: dt.datetime
    clock: str
    forces: str
    href: str
    how: str
    minutes: int
    status: str
    tone: str
    note: str


def span(start: dt.datetime, end: dt.datetime) -> str:
    """From when to when: "9:00am" and "4:00pm" with a dash between; with the day of the end where that is another."""
    if london_day(start) == london_day(end):
        return _("%(start)s\u2013%(end)s") % {"start": notice_time(start), "end": notice_time(end)}
    words = {"start": notice_time(start), "day": long_date(end), "end": notice_time(end)}
    return _("%(start)s to %(day)s, %(end)s") % words


def address(line: SessionLine) -> str:
    """The path of the date's own page."""
    return f"/training/{line.course_slug}/sessions/{line.id}/"


def rows(lines: Iterable[SessionLine], at: dt.datetime, level: int = 3) -> list[str]:
    """The lines drawn as list entries. Of those to come, the first that takes place is marked as the next."""
    return _all_drawn([(line, line.is_over(at)) for line in lines], level, language())


def month_rows(dates: Dates, at: dt.datetime) -> Markup:
    """A month's dates drawn as one list."""
    moments = month_changes(dates)
    return _month_drawn(dates, bisect_right(moments, at), language())


@lru_cache(maxsize=128)
def _month_drawn(dates: Dates, passed: int, lang: str) -> Markup:
    """The list as it stands when so many of its moments have passed: between two of them nothing changes."""
    at = month_changes(dates)[passed - 1] if passed else dt.datetime.min.replace(tzinfo=dt.UTC)
    return together(_all_drawn([(line, line.is_over(at)) for line in dates.lines], 3, lang))


@lru_cache(maxsize=128)
def month_changes(dates: Dates) -> tuple[dt.datetime, ...]:
    """The moments at which a month's list changes by itself, in order."""
    return tuple(sorted(set(changes(dates.lines))))


def next_change(dates: Dates, at: dt.datetime) -> tuple[dt.datetime, ...]:
    """The next of these moments, if there is one."""
    moments = month_changes(dates)
    passed = bisect_right(moments, at)
    return moments[passed : passed + 1]


def _all_drawn(lines: Iterable[tuple[SessionLine, bool]], level: int, lang: str) -> list[str]:
    drawn, next_is_known = [], False
    for line, over in lines:
        is_next = not (next_is_known or over or line.is_cancelled)
        next_is_known = next_is_known or is_next
        drawn.append(_drawn(line, over, is_next, level, lang))
    return drawn


@lru_cache(maxsize=4096)
def _drawn(line: SessionLine, over: bool, is_next: bool, level: int, _language: str) -> str:
    """One entry, drawn once and remembered for as long as its facts are the same."""
    status, tone = state(line, over=over, is_next=is_next)
    row = Row(
        start=line.starts_at,
        end=line.ends_at,
        clock=span(line.starts_at, line.ends_at),
        forces=line.short_names,
        href=address(line),
        how=line.how,
        minutes=line.lasts_minutes,
        status=status,
        tone=tone,
        note=note(line),
    )
    engine: Any = engines["jinja2"]
    macros: Any = engine.env.get_template("design/components/session_row.html").module
    return str(macros.session_row(row, level))


def together(drawn: Iterable[str]) -> Markup:
    """Drawn entries as one list, ready for a page."""
    return Markup("\n".join(drawn))  # noqa: S704 -- each was drawn by an escaping template


def state(line: SessionLine, *, over: bool, is_next: bool = False) -> tuple[str, str]:
    """The state of a date in a word, and the tone of its tag; nothing where it simply is to come."""
    if line.is_cancelled:
        return _("Cancelled"), "plain"
    if over:
        return _("Past"), "plain"
    if line.is_moved:
        return _("Moved"), "due"
    return (_("Next"), "calm") if is_next else ("", "")


def note(line: SessionLine) -> str:
    """One line on what became of a date: why it was cancelled, or where it stood before."""
    if line.is_cancelled:
        return _("Cancelled: %(reason)s.") % {"reason": line.reason_words} if line.reason else ""
    if line.previous_starts_at is None:
        return ""
    before = {"day": long_date(line.previous_starts_at), "time": notice_time(line.previous_starts_at)}
    return _("Moved from %(day)s, %(time)s.") % before


def changes(lines: Iterable[SessionLine]) -> Iterable[dt.datetime]:
    """The moments at which a list of these dates changes by itself: each start and each end."""
    for line in lines:
        yield line.starts_at
        yield line.ends_at
