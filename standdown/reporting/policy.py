"""Which months are told, when, and which cells a force's table has. Plain Python.

A month is settled when one whole month more has passed: the last contact that it owes has had its time. From then on
its counts stand as they were, whatever is put right later, so that two releases can never be compared to find one
person. A table is of one year from April, month by month, with a total of all its months so far.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from standdown.reporting.counts import Counts

STEPS = ("demobilise", "decide", "defuse", "month")  # as `care.figures` calls them
ANSWERS = ("held", "accepted", "declined", "no_reply")
OFFERED = (*ANSWERS, "waiting")
COLUMNS = ("offered", "accepted", "held", "declined", "no_reply", "late")  # beside the denominator, `EXPOSED`
EXPOSED = "exposed"
_APRIL, _DECEMBER = 4, 12

Numbers = Mapping[str, int]  # of one force and month: by "step|part", with the parts of OFFERED, "rest" and "late"


def month_after(month: dt.date) -> dt.date:
    """The first day of the month that follows."""
    return dt.date(month.year + month.month // _DECEMBER, month.month % _DECEMBER + 1, 1)


def last_settled(day: dt.date) -> dt.date:
    """The first day of the latest month that is settled on `day`: the last but one before it."""
    before = (day.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    return (before - dt.timedelta(days=1)).replace(day=1)


def year_of(month: dt.date) -> dt.date:
    """The first of April that begins this month's year."""
    return dt.date(month.year if month.month >= _APRIL else month.year - 1, _APRIL, 1)


def months_until(last: dt.date) -> list[dt.date]:
    """The months of its year up to this one, the first of each."""
    months = [year_of(last)]
    while months[-1] < last:
        months.append(month_after(months[-1]))
    return months


def months_of(year: dt.date) -> list[dt.date]:
    """The twelve months of the year that begins on this first of April."""
    return months_until(dt.date(year.year + 1, _APRIL - 1, 1))


def due(day: dt.date) -> list[dt.date]:
    """The tables that stand on `day`, by their last month: the year before, whole, and this one so far."""
    last = last_settled(day)
    before = year_of(last) - dt.timedelta(days=1)
    return [before.replace(day=1), last]


def cell(span: str, step: str, column: str) -> str:
    """The name of a cell. Everybody exposed is the same number for every step, so it has one cell."""
    return f"{span}|{EXPOSED}" if column == EXPOSED else f"{span}|{step}|{column}"


def of_month(month: dt.date) -> str:
    """How a month is called in the name of a cell."""
    return f"{month:%Y-%m}"


def of_all(last: dt.date) -> str:
    """How all months of the year up to this one are called in the name of a cell."""
    return f"{year_of(last):%Y-%m}..{last:%Y-%m}"


def counts(months: Mapping[dt.date, Numbers], lasts: Collection[dt.date]) -> Counts:
    """The year's cells by month, and the totals of its months up to each of `lasts`. Raises ValueError as `Counts`."""
    numbers: dict[str, int] = {}
    sums: dict[str, tuple[str, ...]] = {}
    also: list[tuple[str, tuple[str, ...]]] = []
    within: list[tuple[str, str]] = []
    for month, of in sorted(months.items()):
        span = of_month(month)
        exposed = cell(span, "", EXPOSED)
        for step in STEPS:
            for part in (*OFFERED, "rest", "late"):
                numbers[cell(span, step, part)] = of.get(f"{step}|{part}", 0)
            offered = cell(span, step, "offered")
            sums[offered] = tuple(cell(span, step, part) for part in OFFERED)
            also.append((exposed, (offered, cell(span, step, "rest"))))
            within.append((cell(span, step, "late"), exposed))
        sums[exposed] = also[-len(STEPS)][1]
    for last in sorted(lasts):
        for name in _names():
            parts = tuple(f"{of_month(month)}|{name}" for month in months_until(last))
            if len(parts) > 1:
                sums[f"{of_all(last)}|{name}"] = parts
    for total, parts in sums.items():
        numbers[total] = sum(numbers[part] for part in parts)
    return Counts(numbers, sums, tuple(within), tuple(also))


def listed(last: dt.date) -> list[str]:
    """The cells of the table of this year up to that month, as a page shows them."""
    months = months_until(last)
    spans = [of_month(month) for month in months] + ([of_all(last)] if len(months) > 1 else [])
    return [f"{span}|{name}" for span in spans for name in _names()]


def _names() -> list[str]:
    return [EXPOSED, *(f"{step}|{column}" for step in STEPS for column in COLUMNS)]
