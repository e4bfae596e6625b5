"""The rules about people, postings, line managers and accounts, in plain Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from enum import StrEnum

INVITATION_HOLDS = dt.timedelta(hours=72)
EARLIEST = dt.date(1950, 1, 1)  # nobody who serves today was posted before; a year of two figures is not guessed


class AccountState(StrEnum):
    """How far somebody has come with signing in."""

    INVITED = "invited"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"


class DayProblem(StrEnum):
    """Why a change cannot take effect on a day."""

    AHEAD = "ahead"
    TOO_EARLY = "too-early"


class ManagerProblem(StrEnum):
    """Why somebody cannot be a person's line manager."""

    ONESELF = "oneself"
    CIRCLE = "circle"
    ELSEWHERE = "elsewhere"
    THE_SAME = "the-same"


def day_problem(day: dt.date, *, after: dt.date | None, today: dt.date) -> DayProblem | None:
    """What speaks against a dated row that begins on `day`, where the one before it began on `after`; None if nothing.

    What lies ahead is not recorded: it is entered on the day, so that the record of today is always true.
    """
    if day > today:
        return DayProblem.AHEAD
    return DayProblem.TOO_EARLY if after is not None and day <= after else None


def end_of(since: dt.date, day: dt.date) -> dt.date:
    """The day on which a row that began `since` ends when it is to end on `day`; a row holds for a day at least."""
    return max(day, since + dt.timedelta(days=1))


def manager_problem(
    person: str, manager: str, *, current: str | None, managers_manager: str | None, together: bool
) -> ManagerProblem | None:
    """What speaks against `manager` as line manager of `person`; None if nothing.

    `current` is the line manager now, `managers_manager` who manages the manager, and `together` whether both serve
    in one force or in forces that collaborate (R20).
    """
    if person == manager:
        return ManagerProblem.ONESELF
    if current == manager:
        return ManagerProblem.THE_SAME
    if managers_manager == person:
        return ManagerProblem.CIRCLE
    return None if together else ManagerProblem.ELSEWHERE


def may_be_invited(state: AccountState | None) -> bool:
    """Anybody but who is suspended: for the first time, back after having left, or for having lost every way in."""
    return state is not AccountState.SUSPENDED


def invited_state(state: AccountState | None) -> AccountState:
    """Where an account stands once it is invited: who can sign in still can until the invitation is taken up."""
    return AccountState.ACTIVE if state is AccountState.ACTIVE else AccountState.INVITED


def may_be_suspended(state: AccountState) -> bool:
    """Only access that exists can be suspended."""
    return state in {AccountState.INVITED, AccountState.ACTIVE}


def restored_state(*, signed_in_before: bool) -> AccountState:
    """Where access stands again once a suspension is lifted."""
    return AccountState.ACTIVE if signed_in_before else AccountState.INVITED


def somebody_else(known: tuple[str, str, str], given: tuple[str, str, str]) -> bool:
    """True when given name, family name and address all differ: the number was handed on to another person."""
    pairs = zip(known, given, strict=True)
    return all(old.casefold() != new.casefold() for old, new in pairs)


def came_back(known: tuple[str, str, str], given: tuple[str, str, str]) -> bool:
    """True when who left under a number and who serves under it again are the same: by family name or by address."""
    _, old_name, old_address = known
    _, new_name, new_address = given
    same_address = bool(new_address) and old_address.casefold() == new_address.casefold()
    return same_address or old_name.casefold() == new_name.casefold()


_KINDS = {
    "officer": ("officer", "police officer", "pc", "regular", "regular officer", "swyddog", "swyddog heddlu"),
    "staff": ("staff", "police staff", "member of staff", "pcso", "staff heddlu"),
    "special": ("special", "special constable", "specials", "sc", "heddwas gwirfoddol"),
    "volunteer": ("volunteer", "police support volunteer", "psv", "gwirfoddolwr"),
}
_LANGUAGES = {"en": ("en", "english", "saesneg"), "cy": ("cy", "welsh", "cymraeg")}


def kind_of(words: str) -> str | None:
    """The kind of person that a file means by these words; None when it cannot be told."""
    return _meant(_KINDS, words)


def language_of(words: str) -> str | None:
    """The language that a file means by these words; None when it cannot be told."""
    return _meant(_LANGUAGES, words)


def _meant(known: Mapping[str, Collection[str]], words: str) -> str | None:
    said = " ".join(words.casefold().replace("-", " ").split())
    return next((meaning for meaning, spoken in known.items() if said in spoken), None)


def day_of(words: str) -> dt.date | None:
    """The day written as 2026-08-31, 31/08/2026 or 31.8.2026; None when it is no day."""
    parts = words.replace(".", "/").replace("-", "/").split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):  # noqa: PLR2004 - a day has three
        return None
    numbers = [int(part) for part in parts]
    if len(parts[0]) != 4:  # noqa: PLR2004 - a year is written in full
        numbers.reverse()
    try:
        day = dt.date(*numbers)
    except ValueError:
        return None
    return day if day >= EARLIEST else None
