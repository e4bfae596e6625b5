"""What a programme version may look like. Plain Python; figures are whole hours or days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from itertools import count, pairwise
from unicodedata import normalize


class Family(StrEnum):
    """Which way of working a programme follows. The same word means other things elsewhere, so each says its clock."""

    ESTIP_LIKE = "estip-like"
    TRIM_LIKE = "trim-like"
    CISM_LIKE = "cism-like"


class NextStep(StrEnum):
    """What was agreed to come next for one person (R74, R92)."""

    NOTHING_NOW = "nothing-now"
    DEFUSE_GROUP = "defuse-group"
    DEFUSE_ONE = "defuse-one"
    PEER_CALL = "peer-call"
    ESTIM = "estim"
    OCCUPATIONAL_HEALTH = "occupational-health"
    SELF_HELP = "self-help"
    GP = "gp"
    URGENT = "urgent"


class StepKind(StrEnum):
    """What somebody owes, with a time by which it is due. Each has an owner and an outcome."""

    CONFIRM_LIST = "confirm-list"
    DEMOBILISE = "demobilise"
    DECIDE = "decide"
    BOOK = "book"
    HOLD = "hold"
    CHECK_OUT = "check-out"
    BUDDY_CALL = "buddy-call"
    REFERRAL_ANSWER = "referral-answer"
    URGENT_HANDOVER = "urgent-handover"
    CONTACT_TWO_WEEKS = "contact-two-weeks"
    CONTACT_MONTH = "contact-month"
    CONTACT_THREE_MONTHS = "contact-three-months"
    ACCEPT_HANDED_OVER = "accept-handed-over"
    SELF_REFERRAL = "self-referral"
    CUMULATIVE_OFFER = "cumulative-offer"


class Told(StrEnum):
    """Whom a late step is told to, one after the other (peers-care 3.1). Nobody exposed is ever among them."""

    OWNER = "owner"
    SUPERVISOR = "supervisor"
    DUTY_INSPECTOR = "duty-inspector"
    COORDINATOR = "coordinator"
    ESTIP_LEAD = "estip-lead"
    OCCUPATIONAL_HEALTH = "occupational-health"


class State(StrEnum):
    """Where a version stands: a draft may change, one that is published never does."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    HOLDS = "holds"
    OVER = "over"
    SHIPS = "ships"  # with the product, and holds where a force has none of its own


def state(*, ships: bool, first_day: dt.date | None, published: bool, holds: bool, today: dt.date) -> State:
    """Where a version of a force, or one that ships, stands today."""
    if not published or first_day is None:
        return State.DRAFT
    if holds:
        return State.HOLDS
    if ships:
        return State.SHIPS
    return State.SCHEDULED if first_day > today else State.OVER


# The least and the most that each figure may be. Hours unless the name says otherwise.
BOUNDS: dict[str, tuple[int, int]] = {
    "defuse_target_hours": (1, 336),
    "defuse_green_from_hours": (0, 336),
    "defuse_green_until_hours": (1, 336),
    "defuse_amber_until_hours": (1, 672),
    "session_minutes": (15, 180),
    "group_least": (2, 10),
    "group_typical_from": (2, 12),
    "group_typical_to": (2, 16),
    "group_most": (2, 20),
    "second_defuser_above": (2, 20),
    "list_hours": (1, 72),
    "accept_proposal_after_hours": (1, 72),
    "book_hours": (1, 168),
    "contact_two_weeks_days": (7, 21),
    "contact_month_days": (21, 31),  # inside one month for everyone exposed (R96)
    "contact_three_months_days": (60, 120),
    "contact_tries": (1, 6),
    "reopen_days": (30, 1095),
    "referral_working_hours": (8, 80),
    "cumulative_count": (2, 20),
    "cumulative_days": (7, 365),
    "load_most": (1, 20),
    "load_days": (7, 90),
    "rest_hours": (0, 168),
    "ask_lapses_hours": (1, 72),
}
MOST_IN_GROUP = 10  # a group of the ESTIP-like programme is never larger (R79)
LINKS = 5  # at most in a chain of escalation
LONGEST = 60 * 24 * 60  # minutes from a step's time to a link: sixty days


class Disorder(StrEnum):
    """What is wrong with figures that are each within their bounds."""

    GREEN_ENDS_FIRST = "green-ends-first"
    TARGET_OUTSIDE = "target-outside"
    AMBER_ENDS_FIRST = "amber-ends-first"
    BOOKED_TOO_LATE = "booked-too-late"
    LIST_TOO_LATE = "list-too-late"
    TYPICAL_BELOW_LEAST = "typical-below-least"
    TYPICAL_BACKWARDS = "typical-backwards"
    MOST_BELOW_TYPICAL = "most-below-typical"
    MOST_TOO_MANY = "most-too-many"
    CONTACTS_BACKWARDS = "contacts-backwards"


def out_of_bounds(figures: Mapping[str, int]) -> list[str]:
    """The names of the figures that are too small or too large."""
    return [name for name, (least, most) in BOUNDS.items() if not least <= figures[name] <= most]


def disorders(figures: Mapping[str, int], family: str) -> list[tuple[str, Disorder]]:
    """(the figure that is at fault, what is wrong with it) of everything that does not fit together."""
    f = figures
    rules = (
        ("defuse_green_until_hours", Disorder.GREEN_ENDS_FIRST,
         f["defuse_green_from_hours"] < f["defuse_green_until_hours"]),
        ("defuse_target_hours", Disorder.TARGET_OUTSIDE,
         f["defuse_green_from_hours"] <= f["defuse_target_hours"] <= f["defuse_green_until_hours"]),
        ("defuse_amber_until_hours", Disorder.AMBER_ENDS_FIRST,
         f["defuse_green_until_hours"] <= f["defuse_amber_until_hours"]),
        ("book_hours", Disorder.BOOKED_TOO_LATE, f["book_hours"] < f["defuse_green_until_hours"]),
        ("list_hours", Disorder.LIST_TOO_LATE, f["list_hours"] <= f["defuse_green_until_hours"]),
        ("group_typical_from", Disorder.TYPICAL_BELOW_LEAST, f["group_least"] <= f["group_typical_from"]),
        ("group_typical_to", Disorder.TYPICAL_BACKWARDS, f["group_typical_from"] <= f["group_typical_to"]),
        ("group_most", Disorder.MOST_BELOW_TYPICAL, f["group_typical_to"] <= f["group_most"]),
        ("group_most", Disorder.MOST_TOO_MANY, family != Family.ESTIP_LIKE or f["group_most"] <= MOST_IN_GROUP),
        ("contact_month_days", Disorder.CONTACTS_BACKWARDS,
         f["contact_two_weeks_days"] < f["contact_month_days"] < f["contact_three_months_days"]),
    )  # fmt: skip
    return [(name, disorder) for name, disorder, fine in rules if not fine]


def chain_in_order(minutes: Sequence[int]) -> bool:
    """True when each link of a chain comes after the one before, and none is too far away."""
    return all(abs(one) <= LONGEST for one in minutes) and all(a < b for a, b in pairwise(minutes))


class Lack(StrEnum):
    """What a version needs before it can be scheduled."""

    CATEGORY = "category"
    ROLE = "role"
    CHAIN = "chain"
    NEXT_STEP = "next-step"


def lacks(*, categories: int, roles: int, chains: Collection[str], after: Mapping[str, int]) -> list[Lack]:
    """What is missing: a kind of incident, a role, somebody to tell of each kind of step, a next step after each talk.

    `after` is how many next steps are offered after each of the two talks.
    """
    rules = (
        (Lack.CATEGORY, categories > 0),
        (Lack.ROLE, roles > 0),
        (Lack.CHAIN, set(StepKind) <= set(chains)),
        (Lack.NEXT_STEP, all(number > 0 for number in after.values())),
    )
    return [lack for lack, fine in rules if not fine]


def may_begin(first_day: dt.date, today: dt.date) -> bool:
    """True when a version may take effect on that day: today at the earliest, so that no running clock is older."""
    return first_day >= today


def may_withdraw(*, published: bool, first_day: dt.date | None, today: dt.date) -> bool:
    """True as long as a scheduled version has not begun."""
    return published and first_day is not None and first_day > today


def code_of(words: str, taken: Collection[str]) -> str:
    """A code for new words of a programme: small letters and hyphens, and one that is not taken."""
    plain = normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-").lstrip("0123456789-")[:34].strip("-")
    stem = stem if len(stem) > 1 else "entry"
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(code for code in numbered if code not in taken)
