"""Moments as duty systems write them: on London's clock, or with an offset. Pure but for the words of what is wrong."""

from __future__ import annotations

import datetime as dt
import re

from django.utils.translation import gettext as _

from standdown.foundation import clock

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_UK = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[T ]+(\d{1,2}):(\d{2})(?::\d{2})?)?()")
_MIDNIGHT = 24  # some systems end a day at 24:00


class NotAMoment(ValueError):
    """What was written is no moment; the text says why and how to write it."""


def moment(text: str, *, ends: bool = False, whole_day: bool = False) -> dt.datetime:
    """The moment (UTC) that the text means; `ends`: a day alone means its end. Raises NotAMoment.

    A day alone is taken only where `whole_day` says so. On the night in which the clocks go forward an hour is
    missing, and on the one in which they go back one comes twice: there the offset must be written (+01:00).
    """
    if found := _ISO.fullmatch(text):
        year, month, day, hour, minute, offset = found.groups()
    elif found := _UK.fullmatch(text):
        day, month, year, hour, minute, offset = found.groups()
    else:
        raise NotAMoment(_how_to_write())
    try:
        date = dt.date(int(year), int(month), int(day))
        if hour is None:
            return _of_day(date, ends=ends, whole_day=whole_day)
        if int(hour) == _MIDNIGHT and not int(minute):
            date, hour = date + dt.timedelta(days=1), "0"
        time = dt.time(int(hour), int(minute))
    except (ValueError, OverflowError) as error:
        raise NotAMoment(str(error) if isinstance(error, NotAMoment) else _how_to_write()) from error
    return _with_offset(date, time, offset) if offset else on_the_wall(date, time)


def _how_to_write() -> str:
    return _("Write a day and a time like 28/11/2026 07:00, or 2026-11-28T07:00.")


def _of_day(date: dt.date, *, ends: bool, whole_day: bool) -> dt.datetime:
    if not whole_day:
        raise NotAMoment(_("Write the time too, like 28/11/2026 07:00. A day alone is enough for rest and leave only."))
    return clock.start_of_day(date + dt.timedelta(days=int(ends)))


def _with_offset(date: dt.date, time: dt.time, offset: str) -> dt.datetime:
    sign = -1 if offset.startswith("-") else 1
    digits = "0000" if offset == "Z" else offset[1:].replace(":", "")
    away = sign * dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return dt.datetime.combine(date, time, tzinfo=dt.UTC) - away


def on_the_wall(date: dt.date, time: dt.time) -> dt.datetime:
    """The moment that clocks in London show so. Raises NotAMoment on the two nights when there is none, or are two."""
    try:
        return clock.from_wall(date, time)
    except clock.NoSuchTime as error:
        raise NotAMoment(
            _("The clocks go forward that night, so %(time)s does not come. Write 02:00 or later, or the offset.")
            % {"time": f"{time:%H:%M}"}
        ) from error
    except clock.TwiceThatNight as error:
        raise NotAMoment(
            _("The clocks go back that night, so %(time)s comes twice. Write which, like %(first)s or %(second)s.")
            % {
                "time": f"{time:%H:%M}", "first": f"{date}T{time:%H:%M}+01:00", "second": f"{date}T{time:%H:%M}+00:00",
            }
        ) from error  # fmt: skip
