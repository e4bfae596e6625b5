import datetime as dt

import pytest

from standdown.training.overview import policy
from standdown.training.overview.policy import Count, Filling

AT = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
SOON, LATER = AT + dt.timedelta(days=21), AT + dt.timedelta(days=22)


@pytest.mark.parametrize(
    ("count", "closes_at", "expected"),
    [
        (Count(16, taken=12, offered=4), LATER, Filling.FULL),
        (Count(16, taken=14, offered=3, over=1), LATER, Filling.FULL),
        (Count(16, taken=10, waiting=1, kept_unused=6), LATER, Filling.UNUSED),
        (Count(16, taken=3, offered=2), SOON, Filling.FEW),
        (Count(16, taken=3, offered=2), LATER, Filling.FILLING),
        (Count(16, taken=3, offered=3), SOON, Filling.FILLING),
    ],
)
def test_how_a_date_fills(count: Count, closes_at: dt.datetime, expected: Filling) -> None:
    assert policy.filling(count, 6, closes_at, AT) == expected
