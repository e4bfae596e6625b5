from __future__ import annotations

import datetime as dt

import pytest

from standdown.care.incidents import policy
from standdown.care.incidents.policy import Problem
from tests import cast

AT = cast.AT
HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("started", "ended", "wrong"),
    [
        (None, AT, None),
        (None, AT - 900 * HOUR, None),
        (None, AT + 5 * MINUTE, None),  # the phone's clock runs ahead
        (None, AT + 6 * MINUTE, Problem.IN_FUTURE),
        (AT - HOUR, AT, None),
        (AT, AT, Problem.ENDS_BEFORE_IT_STARTS),
        (AT, AT - HOUR, Problem.ENDS_BEFORE_IT_STARTS),
        (AT, AT + HOUR, Problem.IN_FUTURE),
    ],
)
def test_when_it_was_is_past_and_in_order(
    started: dt.datetime | None, ended: dt.datetime, wrong: Problem | None
) -> None:
    assert policy.problem(started, ended, AT) is wrong


@pytest.mark.parametrize(
    ("into", "started", "other", "end"),
    [
        (AT, None, AT - HOUR, AT - HOUR),
        (AT - HOUR, None, AT, AT - HOUR),
        (AT, AT - 2 * HOUR, AT - HOUR, AT - HOUR),
        (AT, AT - HOUR, AT - HOUR, AT),
        (AT, AT - HOUR, AT - 2 * HOUR, AT),
    ],
)
def test_two_that_are_one_ended_when_the_earlier_did(
    into: dt.datetime, started: dt.datetime | None, other: dt.datetime, end: dt.datetime
) -> None:
    assert policy.one_end(into, started, other) == end


@pytest.mark.parametrize(
    ("into", "other", "both"),
    [
        ("", "", ""),
        ("complete", "", "complete"),
        ("", "complete", "complete"),
        ("complete", "outstanding", "outstanding"),
        ("outstanding", "complete", "outstanding"),
        ("not-applicable", "complete", "not-applicable"),
    ],
)
def test_of_two_answers_the_careful_one_holds(into: str, other: str, both: str) -> None:
    assert policy.one_answer(into, other, "outstanding") == both
