"""Dates, times and durations in words, in English and Welsh.

Everything is shown on the clock of London, whatever clock it was stored on. Each function is memoised by value and
language, because a page of sixty sessions says the same few dates again and again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Protocol, TypeVar

from django.utils.translation import get_language, gettext, ngettext

from standdown.design.words_of_time import HALVES, MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, TWELVES, WEEKDAYS
from standdown.foundation.clock import london

Value_contra = TypeVar("Value_contra", contravariant=True)
Moment = dt.datetime | dt.date
_REMEMBERED = 4096
_HOURS_TO_NOON, _DAYS_OF_A_WEEK = 12, 7


def language() -> str:
    """Say which of our two languages is active: "en" or "cy"."""
    return "cy" if (get_language() or "en").startswith("cy") else "en"


class InWords(Protocol[Value_contra]):
    """Something said in the active language, or in the one that is given: asking for it once a page is cheaper."""

    __name__: str

    def __call__(self, value: Value_contra, lang: str | None = None, /) -> str:
        """Say it."""


def _remembered(words: Callable[[Value_contra, str], str]) -> InWords[Value_contra]:
    by_language = lru_cache(maxsize=_REMEMBERED)(words)

    @wraps(words)
    def in_language(value: Value_contra, lang: str | None = None, /) -> str:
        return by_language(value, lang or language())

    return in_language


def _day(moment: Moment) -> dt.date:
    return london(moment).date() if isinstance(moment, dt.datetime) else moment


def _wall(moment: dt.datetime | dt.time) -> dt.time:
    return london(moment).time() if isinstance(moment, dt.datetime) else moment


@_remembered
def long_date(moment: Moment, lang: str) -> str:
    """Write a day in full: "Wednesday 31 August 2022", "Dydd Mercher 31 Awst 2022"."""
    day = _day(moment)
    return f"{WEEKDAYS[lang][day.weekday()]} {day.day} {MONTHS[lang][day.month - 1]} {day.year}"


@_remembered
def plain_date(moment: Moment, lang: str) -> str:
    """Write a day without its weekday: "31 August 2022"."""
    day = _day(moment)
    return f"{day.day} {MONTHS[lang][day.month - 1]} {day.year}"


@_remembered
def day_and_month(moment: Moment, lang: str) -> str:
    """Write a day where the year is plain from the page: "31 August"."""
    day = _day(moment)
    return f"{day.day} {MONTHS[lang][day.month - 1]}"


@_remembered
def month_and_year(moment: Moment, lang: str) -> str:
    """Write a month: "August 2022"."""
    day = _day(moment)
    return f"{MONTHS[lang][day.month - 1]} {day.year}"


@_remembered
def weekday(moment: Moment, lang: str) -> str:
    """Name the day of the week: "Wednesday"."""
    return WEEKDAYS[lang][_day(moment).weekday()]


@_remembered
def short_weekday(moment: Moment, lang: str) -> str:
    """Name the day of the week where there is little room: "Wed"."""
    return SHORT_WEEKDAYS[lang][_day(moment).weekday()]


@_remembered
def day_number(moment: Moment, _lang: str) -> str:
    """Give the day of the month: "31"."""
    return str(_day(moment).day)


@_remembered
def short_month(moment: Moment, lang: str) -> str:
    """Name the month where there is little room: "Aug"."""
    return SHORT_MONTHS[lang][_day(moment).month - 1]


@_remembered
def clock_time(moment: dt.datetime | dt.time, _lang: str) -> str:
    """Write a time of day, on the 24-hour clock that duty rosters use: "09:00", "16:30"."""
    return f"{_wall(moment):%H:%M}"


@_remembered
def notice_time(moment: dt.datetime | dt.time, lang: str) -> str:
    """Write a time of day as on a public notice: "9:00am", "4:30pm", "midday", "midnight"."""
    wall = _wall(moment)
    if not wall.minute and not wall.hour % _HOURS_TO_NOON:
        return TWELVES[lang][wall.hour // _HOURS_TO_NOON]
    hour = wall.hour % _HOURS_TO_NOON or _HOURS_TO_NOON
    return f"{hour}:{wall.minute:02}{HALVES[lang][wall.hour // _HOURS_TO_NOON]}"


@_remembered
def day_time(moment: dt.datetime, lang: str) -> str:
    """Write a moment of this week: "Thursday 14:00"."""
    return f"{weekday(moment, lang)} {clock_time(moment, lang)}"


@_remembered
def date_time(moment: dt.datetime, lang: str) -> str:
    """Write a moment for a record: "31 August 2022, 14:05"."""
    return f"{plain_date(moment, lang)}, {clock_time(moment, lang)}"


@_remembered
def day_date_time(moment: dt.datetime, lang: str) -> str:
    """Write a moment of another week: "Thursday 8 September 14:00"."""
    return f"{weekday(moment, lang)} {day_and_month(moment, lang)} {clock_time(moment, lang)}"


@_remembered
def _span(ends: tuple[dt.datetime, dt.datetime], lang: str) -> str:
    start, end = ends
    return gettext("%(start)s to %(end)s") % {"start": clock_time(start, lang), "end": clock_time(end, lang)}


def clock_span(start: dt.datetime, end: dt.datetime, lang: str | None = None) -> str:
    """Write from when to when within a day: "09:00 to 16:00"."""
    return _span((start, end), lang)


@_remembered
def duration_words(length: dt.timedelta | int, _lang: str) -> str:
    """Write a length of time (a timedelta, or whole minutes) in words: "7 hours", "1 hour 30 minutes"."""
    minutes = length if isinstance(length, int) else round(length.total_seconds() / 60)
    hours, left = divmod(abs(minutes), 60)
    in_hours = ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    in_minutes = ngettext("%(count)s minute", "%(count)s minutes", left) % {"count": left}
    if hours and left:
        return gettext("%(hours)s %(minutes)s") % {"hours": in_hours, "minutes": in_minutes}
    return in_hours if hours else in_minutes


def distance_words(moment: dt.datetime, now: dt.datetime) -> str:
    """Write how far a moment is from now, in the coarsest unit that helps: "in 2 days", "40 minutes ago"."""
    seconds = (moment - now).total_seconds()
    minutes = round(abs(seconds) / 60)
    if not minutes:
        return gettext("now")
    if minutes < 60:  # noqa: PLR2004  (the minutes of an hour)
        amount = ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    elif minutes < 48 * 60:
        hours = round(minutes / 60)
        amount = ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    else:
        days = abs((_day(moment) - _day(now)).days)
        amount = ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    sentence = gettext("in %(amount)s") if seconds > 0 else gettext("%(amount)s ago")
    return sentence % {"amount": amount}


def when_words(moment: dt.datetime, now: dt.datetime) -> str:
    """Write when a step falls, and how far that is: "Thursday 14:00 (in 2 days)".

    Beyond six days a weekday alone would be two days at once: "Thursday 8 September 14:00 (in 9 days)".
    """
    near = abs((_day(moment) - _day(now)).days) < _DAYS_OF_A_WEEK
    words = day_time(moment) if near else day_date_time(moment)
    return gettext("%(when)s (%(distance)s)") % {"when": words, "distance": distance_words(moment, now)}


@lru_cache(maxsize=_REMEMBERED)
def iso(moment: Moment | dt.time) -> str:
    """Write a moment for machines, on London's clock with its offset: "2022-08-31T09:00:00+01:00"."""
    if isinstance(moment, dt.datetime):
        return london(moment).isoformat(timespec="seconds")
    return moment.isoformat()


FILTERS: dict[str, Callable[..., str]] = {
    words.__name__: words
    for words in (
        *(long_date, plain_date, day_and_month, month_and_year, weekday, short_weekday, short_month, day_number),
        *(clock_time, notice_time, day_time, date_time, duration_words, distance_words, when_words, iso),
    )
}
