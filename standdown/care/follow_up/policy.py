"""When people are asked how they are, how often, and when that ends. Plain Python; days are London's."""

from __future__ import annotations

import datetime as dt

FIRST_MAIL = dt.timedelta(days=3)  # before a contact is due, so that it is made inside the month (R96, S20)
SECOND_MAIL = dt.timedelta(days=1)
OPENS_AT = dt.time(9)  # London: nothing wakes anybody
DUE_AT = dt.time(17)
MAILS = 2  # then a person tries, once; three tries in all (R97)
LONGEST_SNOOZE = dt.timedelta(days=14)
SELF_REFERRAL_WITHIN = dt.timedelta(hours=24)


def mails_owed(
    due_on: dt.date, snoozed_until: dt.date | None, sent: int, last_on: dt.date | None, today: dt.date
) -> bool:
    """True when a mail is to be sent today: three days before a contact is due, and the day before it.

    Whoever is added late, when the contact is due already, is asked today and again tomorrow: never twice in a day.
    """
    if sent >= MAILS or (snoozed_until is not None and today < snoozed_until):
        return False
    if last_on is not None and today <= last_on:
        return False
    return today >= due_on - (FIRST_MAIL if sent == 0 else SECOND_MAIL)


def closes_kindly(tries: int, most: int) -> bool:
    """True when enough was tried: after three tries without an answer a contact ends as offered, no reply (R97)."""
    return tries >= most


def snooze_problem(until: dt.date, today: dt.date) -> bool:
    """True when that is no day to be asked again: not ahead, or more than two weeks."""
    return not today < until <= today + LONGEST_SNOOZE


def may_reopen(closed_on: dt.date, days: int, today: dt.date) -> bool:
    """True for a year after the close (R97)."""
    return today <= closed_on + dt.timedelta(days=days)


def offers_talk(exposures: int, count: int) -> bool:
    """True when somebody was exposed that often lately: an offer to them first, and a count only (R61, R65)."""
    return exposures >= count
