"""A thousand made-up forces: nobody who keeps everything that was ever told can narrow a number under ten (T27).

Each force's months are told one after the other, as they settle, each table beside all that were told before. The
reader then asks of every small number, told or not, whether it cannot be nought or cannot be nine.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Collection, Mapping

import pytest

from standdown.reporting import policy
from standdown.reporting.counts import Counts
from standdown.reporting.suppression import PublishedTable, Told, attack_on, plain_rule, publish
from standdown.reporting.tests import worlds

FORCES, CONTROLS = 1000, 50
MONTHS = [dt.date(2026, 4, 1), dt.date(2026, 5, 1), dt.date(2026, 6, 1)]
SIZES = (4, 12, 25, 60, 150)  # people exposed in a month, at most: from the smallest force to the largest
Rule = Callable[[Counts, Collection[str], Mapping[str, Told]], Mapping[str, Told]]


def given_away(number: int, rule: Rule) -> tuple[int, int]:
    """Of one force, the small numbers that a reader can narrow, and how many small numbers there are."""
    lots = random.Random(number)
    months = {month: worlds.month(lots, SIZES[number // 10 % len(SIZES)]) for month in MONTHS}
    told: dict[str, Told] = {}
    for last in MONTHS[lots.randrange(len(MONTHS)) :]:
        so_far = {month: months[month] for month in policy.months_until(last)}
        told |= rule(policy.counts(so_far, policy.months_until(last)), policy.listed(last), told)
    counts = policy.counts(months, MONTHS)
    small = [key for key, people in counts.numbers.items() if people < 10]
    return len(attack_on(counts, told).narrowed(small)), len(small)


def solved(counts: Counts, listed: Collection[str], told: Mapping[str, Told]) -> Mapping[str, Told]:
    return publish(counts, listed, earlier=told).cells


@pytest.mark.parametrize("part", range(10))
def test_nobody_narrows_a_small_number(part: int) -> None:
    found = [given_away(number, solved) for number in range(part, FORCES, 10)]
    assert (len(found), sum(narrowed for narrowed, _small in found)) == (FORCES // 10, 0)
    assert sum(small for _narrowed, small in found) > 100 * FORCES // 10


def test_the_plain_rule_with_totals_is_the_control_that_fails() -> None:
    found = [given_away(number, lambda counts, listed, _told: plain_rule(counts, listed)) for number in range(CONTROLS)]
    assert sum(bool(narrowed) for narrowed, _small in found) > CONTROLS // 2


def test_the_same_question_has_the_same_answer() -> None:
    def hashes() -> list[str]:
        counts = [policy.counts({MONTHS[0]: worlds.month(random.Random(n), 40)}, []) for n in range(20)]
        return [publish(one, policy.listed(MONTHS[0])).hash for one in counts]

    assert hashes() == hashes()
    assert PublishedTable({}).hash == PublishedTable({}).hash
