"""Days and times of day as people write them. Every refusal says what to write instead."""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from standdown.design.words_of_time import MONTHS, SHORT_MONTHS

_YEARS = range(1900, 2101)
_NOON = 12
_MINUTES = 60
_HOURS = 24
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?P<half>am|pm|a\.m\.|p\.m\.|yb|yp)?", re.ASCII)
_MORNING = {"am", "a.m.", "yb"}
_MONTH_NAMES = {
    name.lower(): number
    for table in (MONTHS, SHORT_MONTHS)
    for names in table.values()
    for number, name in enumerate(names, start=1)
}


def date_from_parts(day: str, month: str, year: str, *, name: str) -> dt.date:
    """Put a day together from three boxes; `name` is what the page calls the date.

    Raises `ValidationError` that names the missing box, or says that there is no such day.
    """
    boxes = ((day, gettext("a day")), (month, gettext("a month")), (year, gettext("a year")))
    absent = [word for text, word in boxes if not text]
    if absent:
        message = gettext("%(name)s must include %(parts)s")
        listed = gettext("%(first)s and %(second)s") % {"first": absent[0], "second": absent[-1]}
        raise ValidationError(message % {"name": name, "parts": listed if len(absent) > 1 else absent[0]}, code="part")
    try:
        found = dt.date(_number(year), _MONTH_NAMES.get(month.lower()) or _number(month), _number(day))
    except ValueError:
        message = gettext("%(name)s must be a real date, like 31 8 2022")
        raise ValidationError(message % {"name": name}, code="invalid") from None
    if found.year not in _YEARS:
        message = gettext("%(name)s must have a year of four figures, like 2022")
        raise ValidationError(message % {"name": name}, code="year")
    return found


def _number(text: str) -> int:
    """Read figures; signs, spaces and underscores, which `int` would let pass, are refused."""
    if not (text.isascii() and text.isdigit() and len(text) <= len("9999")):
        raise ValueError(text)
    return int(text)


def time_of_day(text: str) -> dt.time:
    """Read a time of day: 09:00, 9am, 9:00am, 14.30, 1430, midday, midnight. Raises `ValidationError`."""
    written = text.strip().lower()
    if written in {"midday", "noon", "hanner dydd"}:
        return dt.time(_NOON)
    if written in {"midnight", "hanner nos"}:
        return dt.time(0)
    match = _TIME.fullmatch(written)
    time = _time(match) if match else None
    if time is None:
        raise ValidationError(gettext("Enter a time like 09:00, 9am or 2:30pm"), code="invalid")
    return time


def _time(match: re.Match[str]) -> dt.time | None:
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if half and not 1 <= hour <= _NOON:
        return None
    if not half and match["minute"] is None:
        return None  # a bare "9" may be morning or evening
    if half:
        hour = hour % _NOON + (0 if half in _MORNING else _NOON)
    return dt.time(hour, minute) if hour < _HOURS and minute < _MINUTES else None
