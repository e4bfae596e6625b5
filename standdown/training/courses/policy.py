"""The rules of a course's words and figures, in plain Python."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

# Words that stand where a course's slug stands in an address (`/training/<word>/`), so no course may be called so.
RESERVED_SLUGS = frozenset(
    {
        "courses",
        "sessions",
        "interest",
        "nominations",
        "exchanges",
        "mutual-aid",
        "attendance",
        "certificates",
        "feedback",
        "figures",
        "trainers",
        "overview",
        "mine",
        "register",
        "add",
    }
)

LEAST_MINUTES, MOST_MINUTES = 30, 2400
MOST_PLACES = 500
MOST_GRACE = 120  # minutes
MOST_MONTHS = 120
_WHOLE = 100  # per cent

# What a course qualifies for, by its kind (R47, R49); the skill for which people are put forward stands first.
QUALIFIES_FOR: Mapping[str, tuple[str, ...]] = {"practice": ("defuse", "demobilise"), "train-the-trainer": ("train",)}
MOST_BLOCKS_OF_A_KIND = 30


class Kind(StrEnum):
    """The blocks of a course's page, in the order in which the page shows them (R2, R13)."""

    WHAT = "what"
    DEMOBILISING = "demobilising"
    DEFUSING = "defusing"
    COST_HOME_OFFICE = "cost-home-office"
    COST_OTHER = "cost-other"
    WHO_FOR = "who-for"
    HOW_RUN = "how-run"
    MISSED = "missed"
    FOR_ME = "for-me"
    SYLLABUS = "syllabus"
    HOW_TO_ACCESS = "how-to-access"
    WORDS = "words"


# A page that lacks one of these would leave a question of the listing unanswered (R2), so it is not published.
NEEDED = (
    Kind.WHAT, Kind.COST_HOME_OFFICE, Kind.COST_OTHER, Kind.WHO_FOR, Kind.HOW_RUN, Kind.MISSED, Kind.FOR_ME,
    Kind.SYLLABUS, Kind.HOW_TO_ACCESS,
)  # fmt: skip
PAGE_ORDER: Mapping[str, int] = {kind.value: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a course: its length in minutes, and for how many people it is."""

    minutes: int
    least_delegates: int
    most_online: int
    most_in_person: int
    second_trainer_above: int
    completion_percent: int = 100  # how much of the day counts as completed (R39)
    grace_minutes: int = 15  # what somebody may miss of half a day and still count as there
    valid_months: int = 24  # how long a qualification from it holds (R49)
    retrain_months: int = 36  # after that nothing but new training makes it hold again


class Flaw(StrEnum):
    """What is wrong with a course's figures."""

    LENGTH = "length"
    LEAST = "least"
    MOST = "most"
    SECOND_TRAINER = "second-trainer"
    COMPLETION = "completion"
    VALIDITY = "validity"


def flaws(figures: Figures) -> list[Flaw]:
    """Everything that is wrong with these figures; empty when they may stand."""
    most = (figures.most_online, figures.most_in_person)
    found = []
    if not LEAST_MINUTES <= figures.minutes <= MOST_MINUTES:
        found.append(Flaw.LENGTH)
    if any(not 1 <= number <= MOST_PLACES for number in most):
        found.append(Flaw.MOST)
    if not 1 <= figures.least_delegates <= min(most):
        found.append(Flaw.LEAST)
    if not 1 <= figures.second_trainer_above <= MOST_PLACES:
        found.append(Flaw.SECOND_TRAINER)
    if not 1 <= figures.completion_percent <= _WHOLE or not 0 <= figures.grace_minutes <= MOST_GRACE:
        found.append(Flaw.COMPLETION)
    if not 1 <= figures.valid_months <= figures.retrain_months <= MOST_MONTHS:
        found.append(Flaw.VALIDITY)
    return found


def main_skill(kind: str) -> str:
    """The skill for which people are put forward for a course of that kind."""
    return QUALIFIES_FOR[kind][0]


def is_slug(word: str) -> bool:
    """True for a word that can stand for a course in addresses: small letters, digits and hyphens, and not taken."""
    return re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", word) is not None and word not in RESERVED_SLUGS


def missing(kinds: Collection[str]) -> tuple[Kind, ...]:
    """The kinds of block that a page needs before it is published and does not have, in page order."""
    return tuple(kind for kind in NEEDED if kind.value not in kinds)


def reordered(places: Iterable[int], place: int, *, up: bool) -> list[int]:
    """The places of one kind's blocks with the one at `place` moved one step; unchanged at either end."""
    order = sorted(places)
    at = order.index(place)
    other = at - 1 if up else at + 1
    if 0 <= other < len(order):
        order[at], order[other] = order[other], order[at]
    return order
