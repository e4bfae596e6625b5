"""What a programme version may look like. Plain Python; figures are whole hours or days."""

from __future__ import annotations

from enum import StrEnum


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
