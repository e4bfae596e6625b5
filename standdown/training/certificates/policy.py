"""The rules of certificates, in plain Python: what one says, until when it holds, how its number is written (R43)."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum

from standdown.people.qualifications.policy import months_after

PREFIX = "DD"
CODE_LENGTH = 8  # characters after the prefix: nobody finds another's certificate by trying
WITHOUT_FEEDBACK = dt.timedelta(days=7)  # after the register closed; until then feedback is waited for (R40)
LINK_FOR = dt.timedelta(days=90)

_NUMBER = re.compile(rf"({PREFIX})([A-Z0-9]{{4}})([A-Z0-9]{{{CODE_LENGTH - 4}}})")


class Standing(StrEnum):
    """What anyone may know of a certificate."""

    VALID = "valid"
    OVER = "over"
    REVOKED = "revoked"
    REPLACED = "replaced"


def number(code: str) -> str | None:
    """A code as it was typed, as the number of a certificate: DD-7KQ4-MDHX. None when it cannot be one.

    Capitals or not, hyphens, dashes and spaces anywhere: what can be read from the paper can be typed.
    """
    found = _NUMBER.fullmatch(re.sub(r"[\s\-\u2010-\u2015]", "", code).upper())
    return "-".join(found.groups()) if found else None


def valid_until(trained_on: dt.date, months: int) -> dt.date:
    """The first day on which a certificate no longer holds."""
    return months_after(trained_on, months)


def standing(valid_until: dt.date, today: dt.date, *, revoked: bool, replaced: bool) -> Standing:
    """Where a certificate stands on that day; one that was issued anew is replaced, whatever else it is."""
    if replaced:
        return Standing.REPLACED
    if revoked:
        return Standing.REVOKED
    return Standing.VALID if today < valid_until else Standing.OVER
