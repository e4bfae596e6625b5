"""The rules of feedback, in plain Python: who may give it and until when, what consent says, which totals may be shown.

Nothing here is a score of a person: totals are of a course, and small ones are not shown (R40-R42).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from standdown.foundation.small_numbers import FEWEST, rounded
from standdown.people.qualifications.policy import months_after

OPEN_FOR = dt.timedelta(days=30)  # from the closing of the register
LONGEST_COMMENT = 400  # characters
FOLLOW_UP_MONTHS = 3
FOLLOW_UP_OPEN_FOR = dt.timedelta(days=60)
FOLLOW_UP_ASKED_WITHIN = dt.timedelta(days=31)  # a question that could not be asked by then is not asked any more
WORDS_LINK_FOR = dt.timedelta(days=3650)  # words can be taken back for as long as they might be read

# What somebody agrees to when their words may be quoted. A text is never changed: a new one gets the next number, and
# what was agreed to stays with the words. It stands here and in no catalogue, so that nobody else's edit alters it.
CONSENT: Mapping[int, str] = {
    1: (
        "My comment may be shown to anyone on the public page of this course. It is shown without my name, my role "
        "and my force. A coordinator reads it first and may leave it out. I can take it back at any time, without a "
        "reason, and it is then gone from the page at once."
    ),
}
CONSENT_VERSION = max(CONSENT)


def completed(state: str, only_half: str, followed: str) -> bool:
    """True when this nomination is the one by which somebody completed the course (R39).

    `followed` is the state of the nomination that it catches up for. Two halves count once: the one that was attended
    later completes what the other left open, and one that caught up for a day that counts as whole adds nothing.
    """
    return state == "attended" and (not only_half or followed == "part-attended")


def is_open(closed_at: dt.datetime, at: dt.datetime) -> bool:
    """True while feedback on a day may be given: from the closing of its register, for thirty days."""
    return closed_at <= at < closed_at + OPEN_FOR


def follow_up_due(trained_on: dt.date, today: dt.date) -> bool:
    """True when it is three months since the day, and not much longer (R42)."""
    due = months_after(trained_on, FOLLOW_UP_MONTHS)
    return due <= today < due + FOLLOW_UP_ASKED_WITHIN


# -- totals -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Total:
    """How often one answer was given, as it may be shown; `number` is None where it stays hidden."""

    code: str
    number: int | None


def totals(answers: Iterable[str], codes: Sequence[str]) -> list[Total]:
    """How often each of these codes was answered, as it may be shown.

    Where exactly one would be hidden, the next smallest is hidden with it: or the rest would give it away.
    """
    counts = dict.fromkeys(codes, 0)
    for answer in answers:
        counts[answer] += 1
    small = [code for code in codes if counts[code] < FEWEST]
    large = sorted((code for code in codes if counts[code] >= FEWEST), key=counts.__getitem__)
    if len(small) == 1 and large:
        small.append(large[0])
    return [Total(code, None if code in small else rounded(counts[code])) for code in codes]
