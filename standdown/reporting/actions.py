"""Releasing a table of figures."""

from __future__ import annotations

import datetime as dt

from standdown.audit.act import act
from standdown.care import figures
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force
from standdown.reporting import policy, suppression
from standdown.reporting.models import Release, SettledMonth

Months = dict[dt.date, policy.Numbers]


def release(*, by: Actor, at: dt.datetime, force: Force, last: dt.date) -> Release:
    """Settle the months of the year up to `last` (its first day) that are not yet, and tell the table, for good.

    What was told before of the same year stands and is taken into account: what together with it would give a small
    number away is withheld. The solver is asked before the act, so that nobody else's write waits for it. Raises
    `Clash` when the table, or one of its months, was released meanwhile.
    """
    earlier = list(Release.objects.filter(force=force, last__in=policy.months_of(policy.year_of(last))))
    known = _known(force, max([last, *(one.last for one in earlier)]))
    new = _counted(force, [month for month in policy.months_until(last) if month not in known], at)
    table = _table(last, known | new, earlier)
    told = {key: table[key] for key in policy.listed(last)}
    with act(by, Can.SEE_FIGURES, on=force, at=at) as step:
        SettledMonth.objects.bulk_create(
            SettledMonth(force=force, month=month, numbers=numbers, settled_at=at) for month, numbers in new.items()
        )
        made = Release.objects.create(force=force, last=last, told=told, hash=table.hash, released_at=at)
        step.about(made)
        return made


def _table(last: dt.date, settled: Months, earlier: list[Release]) -> suppression.PublishedTable:
    counts = policy.counts(settled, [last, *(one.last for one in earlier)])
    before = {key: told for one in earlier for key, told in one.table.cells.items()}
    return suppression.publish(counts, policy.listed(last), earlier=before)


def _known(force: Force, last: dt.date) -> Months:
    found = SettledMonth.objects.filter(force=force, month__in=policy.months_until(last))
    return dict(found.values_list("month", "numbers"))


def _counted(force: Force, months: list[dt.date], at: dt.datetime) -> Months:
    """The counts of these months, one after the other, as they stand now."""
    if not months:
        return {}
    until = policy.month_after(months[-1])
    found = figures.by_force_and_month(first=months[0], until=until, at=at, forces=[force.pk])
    counted = {one.month: _numbers(one) for one in found}
    return {month: counted.get(month, {}) for month in months}


def _numbers(of: figures.OfMonth) -> policy.Numbers:
    """One month's counts by "step|part": everybody who was not offered it, and need not be, is of the rest."""
    numbers: dict[str, int] = {}
    for step, parts in of.steps.items():
        numbers |= {f"{step.value}|{part}": parts[figures.Part(part)] for part in policy.OFFERED}
        numbers[f"{step.value}|rest"] = parts.exposed - parts.offered
        numbers[f"{step.value}|late"] = parts.late
    return {key: number for key, number in numbers.items() if number}
