"""Courses and their dates, for anyone."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.foundation import clock
from standdown.foundation.gates import found_or_404, public
from standdown.public.cache import Sheet, kept, neutral_titles
from standdown.public.dates import calendar, pages, structured
from standdown.public.dates.rows import changes, month_rows, next_change, note, rows, span, state, together
from standdown.public.sheets import page, until
from standdown.training.courses import queries as courses
from standdown.training.courses.page_sql import course_page
from standdown.training.courses.queries import PublishedCourse
from standdown.training.feedback import queries as feedback
from standdown.training.sessions import month_sql
from standdown.training.sessions import queries as sessions
from standdown.training.sessions.lines import SessionLine


@public
@require_safe
@kept
def training(request: HttpRequest, at: dt.datetime) -> Sheet:
    """Every course, and the dates to come."""
    found = sessions.coming(None, at, pages.MOST_ON_A_PAGE)
    context = {"courses": courses.courses(), "months": pages.by_month(found, at)}
    return page(request, "public/dates/training.html", context, at, changes(found))


@public
@require_safe
@kept
def course(request: HttpRequest, at: dt.datetime, course: str) -> Sheet:
    """One course: everything about it, its coming months, its feeds."""
    shown = found_or_404(course_page(course))
    facts = shown.facts
    found = sessions.coming(facts.id, at, pages.MOST_ON_A_PAGE)
    context = {
        "course": facts,
        "words": pages.words(shown, quotes=feedback.published_words(facts.id)),
        "months": pages.months_ahead(found),
        "rows": together(rows(found[: pages.FEW], at)),
        "data": structured.course(facts, found),
    }
    return page(request, "public/dates/course.html", context, at, changes(found))


@public
@require_safe
@kept
def month(request: HttpRequest, at: dt.datetime, course: str, year: int, month: int) -> Sheet:
    """One month's dates by force, with all that somebody needs to know who reads nothing else."""
    shown = found_or_404(course_page(course))
    found = month_sql.month(course, year, month)
    before, after = month_sql.neighbours(course, year, month)
    first = dt.date(year, month, 1)
    if not found.lines and not pages.may_be_empty(first, before, after, clock.london_day(at)):
        raise Http404
    summary = pages.summary(found)
    context: dict[str, Any] = {
        "course": shown.facts,
        "words": pages.words(shown, home_office=summary.home_office, others=summary.others),
        "title": pages.month_title(shown.facts, first),
        "description": pages.month_description(summary, first),
        "month": first,
        "before": before,
        "after": after,
        "is_past": clock.month_bounds(year, month)[1] <= at,
        "rows": month_rows(found, at),
        "summary": summary,
        "data": structured.month(found),
    }
    return page(request, "public/dates/month.html", context, at, next_change(found, at))


@public
@require_safe
@kept
def session(request: HttpRequest, at: dt.datetime, course: str, session: uuid.UUID) -> Sheet:
    """One date: public facts only."""
    line = _session(course, session)
    facts = _course(course)
    over = line.is_over(at)
    context = {
        "course": facts,
        "line": line,
        "over": over,
        "clock": span(line.starts_at, line.ends_at),
        "state": state(line, over=over),
        "note": note(line),
        "month": clock.london_day(line.starts_at),
        "still_open": not over and not line.is_cancelled and at < line.nominations_close_at,
        "to_come": not over and not line.is_cancelled,
        "data": structured.events([line]),
    }
    moments = (line.starts_at, line.ends_at, line.nominations_close_at)
    return page(request, "public/dates/session.html", context, at, moments)


@public
@require_safe
@kept
def session_calendar(request: HttpRequest, at: dt.datetime, course: str, session: uuid.UUID) -> Sheet:
    """One date as a calendar file."""
    line = _session(course, session)
    return _calendar(request, at, calendar.title(line), [line], f"{line.reference}.ics")


@public
@require_safe
@kept
def course_calendar(request: HttpRequest, at: dt.datetime, course: str) -> Sheet:
    """The dates of a course to come, and those of the last month, as a calendar to subscribe to."""
    facts = _course(course)
    return _calendar(request, at, _("%(course)s training") % {"course": facts.title}, _recent(facts, at), "dates.ics")


@public
@require_safe
@kept
def month_calendar(request: HttpRequest, at: dt.datetime, course: str, year: int, month: int) -> Sheet:
    """One month's dates as a calendar file."""
    facts = _course(course)
    found = month_sql.month(course, year, month)
    if not found.lines:
        raise Http404
    name = pages.month_title(facts, dt.date(year, month, 1))
    return _calendar(request, at, name, found.lines, f"dates-{year:04}-{month:02}.ics")


@public
@require_safe
@kept
def course_feed(request: HttpRequest, at: dt.datetime, course: str) -> Sheet:
    """The same dates as the course's calendar, for a feed reader."""
    facts = _course(course)
    name = _("%(course)s training: dates") % {"course": facts.title}
    body = calendar.atom_of(name, request.path, f"/training/{facts.slug}/", _recent(facts, at), facts.published_at)
    return Sheet(body, until(at), calendar.ATOM_TYPE)


@public
@require_safe
@kept
def month_feed(request: HttpRequest, at: dt.datetime, course: str, year: int, month: int) -> Sheet:
    """One month's dates for a feed reader."""
    facts = _course(course)
    found = month_sql.month(course, year, month)
    if not found.lines:
        raise Http404
    name = pages.month_title(facts, dt.date(year, month, 1))
    page = f"/training/{facts.slug}/{year:04}/{month:02}/"
    body = calendar.atom_of(name, request.path, page, found.lines, facts.published_at)
    return Sheet(body, until(at), calendar.ATOM_TYPE)


def _course(slug: str) -> PublishedCourse:
    return found_or_404(courses.published_course(slug))


def _session(course: str, session: uuid.UUID) -> SessionLine:
    return found_or_404(sessions.session_line(session, course))


def _recent(facts: PublishedCourse, at: dt.datetime) -> list[SessionLine]:
    since = clock.start_of_day(clock.london_day(at) - pages.LOOKS_BACK)
    return sessions.feed(facts.id, since)


def _calendar(request: HttpRequest, at: dt.datetime, name: str, lines: Sequence[SessionLine], filename: str) -> Sheet:
    body = calendar.icalendar_of(name, lines, neutral=neutral_titles(request))
    return Sheet(body, until(at), calendar.CALENDAR_TYPE, filename)
