import datetime as dt
from dataclasses import replace

import pytest

from standdown.training.trainers import policy
from standdown.training.trainers.policy import Asked, No, Stage, Step

TODAY = dt.date(2026, 11, 23)
SEEN = Asked(stage=Stage.OBSERVED, on=TODAY, trained=True, has_date=True, on_date=True, by_national=True)
CO_DELIVERED = Step(Stage.CO_DELIVERED, dt.date(2026, 10, 1))
OBSERVED = Step(Stage.OBSERVED, dt.date(2026, 10, 1))


@pytest.mark.parametrize(
    ("asked", "last", "no"),
    [
        (SEEN, CO_DELIVERED, None),
        (SEEN, None, No.ORDER),
        (replace(SEEN, stage=Stage.CANDIDATE, has_date=False), None, None),
        (replace(SEEN, on=TODAY + dt.timedelta(days=1)), CO_DELIVERED, No.FUTURE),
        (replace(SEEN, on=dt.date(2026, 9, 30)), CO_DELIVERED, No.BEFORE_LAST),
        (replace(SEEN, has_date=False), CO_DELIVERED, No.NO_DATE),
        (replace(SEEN, on_date=False), CO_DELIVERED, No.NOT_ON_DATE),
        (replace(SEEN, stage=Stage.APPROVED, has_date=False), OBSERVED, None),
        (replace(SEEN, stage=Stage.APPROVED, trained=False), OBSERVED, No.NOT_TRAINED),
        (replace(SEEN, stage=Stage.APPROVED, by_national=False), OBSERVED, No.NATIONAL_APPROVES),
        (replace(SEEN, stage=Stage.APPROVED), CO_DELIVERED, No.ORDER),
    ],
)
def test_each_step_comes_after_the_one_before(asked: Asked, last: Step | None, no: No | None) -> None:
    assert policy.why_not(asked, last, TODAY) == no


def test_an_approval_lapses_two_years_after_the_last_day_delivered() -> None:
    approved = Step(Stage.APPROVED, dt.date(2024, 11, 23))
    assert policy.lapses(approved, [], TODAY)
    assert not policy.lapses(approved, [], TODAY - dt.timedelta(days=1))
    assert not policy.lapses(approved, [dt.date(2025, 1, 1)], TODAY)
    assert policy.lapses(approved, [TODAY + dt.timedelta(days=1)], TODAY)  # a day to come counts for nothing yet
    assert not policy.lapses(Step(Stage.OBSERVED, dt.date(2020, 1, 1)), [], TODAY)
