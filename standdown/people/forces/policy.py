"""The rules about forces through time, in plain Python."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Jurisdiction(StrEnum):
    """Whose law a force works under; bank holidays and texts follow from it."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"
    GREAT_BRITAIN = "great-britain"
    UNITED_KINGDOM = "united-kingdom"
    ISLE_OF_MAN = "isle-of-man"
    JERSEY = "jersey"
    GUERNSEY = "guernsey"


@dataclass(frozen=True, slots=True)
class Span:
    """From a day (included) until a day (not included); open-ended where None."""

    since: dt.date | None
    until: dt.date | None

    def holds_on(self, day: dt.date) -> bool:
        """True when `day` lies in the span."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


def successors_on(day: dt.date, force: str, successions: Sequence[tuple[str, str, dt.date]]) -> tuple[str, ...]:
    """The forces that stand where `force` stood on `day`, following mergers and splits as far as they lead.

    `successions` holds (from, to, day from which). A force without a successor by then stands for itself.
    """
    following = tuple(to for origin, to, since in successions if origin == force and since <= day)
    if not following:
        return (force,)
    rest = [entry for entry in successions if entry[0] != force]
    found: list[str] = []
    for successor in following:
        found.extend(name for name in successors_on(day, successor, rest) if name not in found)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Standing:
    """A force as the rules of merging and splitting see it: its name and the days between which it exists."""

    slug: str
    span: Span


class Bar(StrEnum):
    """Why forces cannot be merged or split as asked."""

    TOO_FEW = "too-few"
    TWICE = "twice"
    ITSELF = "itself"
    NOT_YET = "not-yet"  # does not stand on that day: not yet, or no longer
    ENDS_ALREADY = "ends-already"


def bar_to_succession(
    since: dt.date, origins: Sequence[Standing], successors: Sequence[Standing], *, least: int = 1
) -> tuple[Bar, str] | None:
    """What keeps `origins` from being followed by `successors` from `since` on, and for which force; None for nothing.

    An origin must have stood the day before, and nothing may have been recorded yet about its end. A successor must
    stand on the day itself and, as it takes over for good, have no end either (R19). `least`: how many must follow.
    """
    day_before = since - dt.timedelta(days=1)
    everyone = [*origins, *successors]
    slugs = [one.slug for one in everyone]
    bars = (
        (Bar.ITSELF, [one.slug for one in successors if one.slug in {old.slug for old in origins}]),
        (Bar.TOO_FEW, [] if origins and len(successors) >= least else [""]),
        (Bar.TWICE, [slug for slug in slugs if slugs.count(slug) > 1]),
        (Bar.ENDS_ALREADY, [one.slug for one in everyone if one.span.until is not None]),
        (Bar.NOT_YET, [one.slug for one in origins if not one.span.holds_on(day_before)]),
        (Bar.NOT_YET, [one.slug for one in successors if not one.span.holds_on(since)]),
    )
    return next(((bar, found[0]) for bar, found in bars if found), None)


@dataclass(frozen=True, slots=True)
class Called:
    """What a force is called from a day on; None where our records begin."""

    since: dt.date | None
    name: str
    short_name: str
    welsh_name: str = ""

    def same_words(self, other: Called) -> bool:
        """True when both say the same in every language."""
        return (self.name, self.short_name, self.welsh_name) == (other.name, other.short_name, other.welsh_name)


def name_on(day: dt.date, names: Sequence[Called]) -> Called:
    """The name that holds on `day`: the last that began by then; before any began, the first. `names` is not empty."""
    in_order = sorted(names, key=lambda one: one.since or dt.date.min)
    begun = [one for one in in_order if one.since is None or one.since <= day]
    return begun[-1] if begun else in_order[0]


def key(word: str) -> str:
    """A word for a force as it is looked up: without case, doubled spaces, or the difference of "&" and "and"."""
    return " ".join(word.casefold().replace("&", " and ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


# Words that are addresses of the pages about all forces.
RESERVED = frozenset({"add", "import", "merge", "collaborations", "demand", "demand-noted"})
LONGEST_SLUG = 60  # characters
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ONS_CODE = re.compile(r"[A-Z][0-9]{8}")


def is_slug(text: str) -> bool:
    """True for what can stand in a force's address: small letters, figures and single hyphens."""
    return len(text) <= LONGEST_SLUG and text not in RESERVED and _SLUG.fullmatch(text) is not None


def is_ons_code(text: str) -> bool:
    """True for a code of the Office for National Statistics: a capital letter and eight figures."""
    return _ONS_CODE.fullmatch(text) is not None
