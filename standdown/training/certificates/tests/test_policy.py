from __future__ import annotations

import datetime as dt

import pytest

from standdown.training.certificates import policy
from standdown.training.certificates.policy import Standing


@pytest.mark.parametrize(
    "typed", ["DD-7KQ4-MDHX", "dd-7kq4-mdhx", "dd7kq4mdhx", " D D 7 K Q 4 M D H X ", "DD\u20137KQ4\u2011MDHX"]
)
def test_a_number_is_known_however_it_was_typed(typed: str) -> None:
    assert policy.number(typed) == "DD-7KQ4-MDHX"


@pytest.mark.parametrize(
    "typed", ["", "DD", "DD-7KQ4-MDH", "DD-7KQ4-MDHXX", "TS-7KQ4-MDHX", "DD-7KQ4-MDH!", "DD" + "A" * 999]
)
def test_what_cannot_be_a_number_is_none(typed: str) -> None:
    assert policy.number(typed) is None


def test_a_certificate_holds_for_so_many_months_from_the_day() -> None:
    assert policy.valid_until(dt.date(2027, 1, 12), 24) == dt.date(2029, 1, 12)
    assert policy.valid_until(dt.date(2028, 2, 29), 36) == dt.date(2031, 2, 28)


@pytest.mark.parametrize(
    ("today", "revoked", "replaced", "standing"),
    [
        (dt.date(2029, 1, 11), False, False, Standing.VALID),
        (dt.date(2029, 1, 12), False, False, Standing.OVER),
        (dt.date(2029, 1, 11), True, False, Standing.REVOKED),
        (dt.date(2029, 1, 12), True, True, Standing.REPLACED),
    ],
)
def test_where_a_certificate_stands(today: dt.date, revoked: bool, replaced: bool, standing: Standing) -> None:
    assert policy.standing(dt.date(2029, 1, 12), today, revoked=revoked, replaced=replaced) is standing
