"""Working hours, for deadlines: Monday to Friday, nine to five in London, and no bank holiday of the jurisdiction."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import holidays

from standdown.foundation.clock import LONDON, UTC

OPENS, CLOSES = dt.time(9), dt.time(17)
SATURDAY = 5
# Each jurisdiction of people.forces by the country and part that the calendar library knows; more than one where a
# force works in several.
_CALENDARS: dict[str, tuple[tuple[str, str | None], ...]] = {
    "england-and-wales": (("GB", "ENG"),),
    "scotland": (("GB", "SCT"),),
    "northern-ireland": (("GB", "NIR"),),
    "great-britain": (("GB", "ENG"), ("GB", "SCT")),
    "united-kingdom": (("GB", "ENG"), ("GB", "SCT"), ("GB", "NIR")),
    "isle-of-man": (("IM", None),),
    "jersey": (("JE", None),),
    "guernsey": (("GG", None),),
}


@lru_cache(maxsize=256)
def bank_holidays(jurisdiction: str, year: int) -> frozenset[dt.date]:
    """The bank holidays of that year. An unknown jurisdiction keeps those of England and Wales."""
    found: set[dt.date] = set()
    for country, part in _CALENDARS.get(jurisdiction, _CALENDARS["england-and-wales"]):
        found.update(holidays.country_holidays(country, subdiv=part, years=year))
    return frozenset(found)


def is_working_day(day: dt.date, jurisdiction: str) -> bool:
    """True from Monday to Friday, unless it is a bank holiday there."""
    return day.weekday() < SATURDAY and day not in bank_holidays(jurisdiction, day.year)


def after(moment: dt.datetime, hours: int, jurisdiction: str) -> dt.datetime:
    """The moment (UTC) at which that many working hours have passed since `moment`.

    Counted on London's clock, so that a night in which the clocks change takes nothing away and adds nothing.
    """
    local = moment.astimezone(LONDON)
    day, left = local.date(), dt.timedelta(hours=hours)
    begin = local.replace(tzinfo=None)
    while True:
        if is_working_day(day, jurisdiction):
            opens, closes = dt.datetime.combine(day, OPENS), dt.datetime.combine(day, CLOSES)
            start = max(begin, opens)
            if start < closes:
                if start + left <= closes:
                    return (start + left).replace(tzinfo=LONDON).astimezone(UTC)
                left -= closes - start
        day += dt.timedelta(days=1)
