"""What stands on top of somebody's page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from standdown.training.mine.policy import AWAITED, Facts, Next, Standing, what_next

AT = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def one(state: str, key: str = "one", days: int = 30, **facts: object) -> Standing:
    starts_at = AT + days * DAY
    made = Standing(key=key, state=state, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=7))
    return replace(made, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (one("offered", answer_by=AT + DAY), Next.ANSWER),
        (one("offered", answer_by=AT), None),
        (one("offered"), None),
        (one("accepted"), Next.COMING),
        (one("accepted", days=-1), Next.RECORDING),
        (one("accepted", days=-1 - AWAITED.days), None),
        (one("attended", days=-1), Next.AWAITED),
        (one("attended", days=-1, certified=True), None),
        (one("attended", days=-1 - AWAITED.days), None),
        (one("nominated"), Next.AGREEMENT),
        (one("nominated", days=-1), None),
        (one("waiting"), Next.WAITING),
        (one("declined"), None),
        (one("accepted", goes_ahead=False), None),
    ],
)
def test_what_one_date_asks_or_promises(standing: Standing, expected: Next | None) -> None:
    assert standing.next_at(AT) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), (Next.NOTHING, None)),
        (Facts(qualified=True), (Next.QUALIFIED, None)),
        (Facts(qualified=True, interest="open"), (Next.TOLD, None)),
        (Facts(interest="held"), (Next.HELD, None)),
        (Facts(follow_up="question", interest="open"), (Next.FOLLOW_UP, "question")),
        (Facts(dates=[one("attended", days=-1)], feedback="one"), (Next.FEEDBACK, "one")),
        (Facts(dates=[one("attended", "two", days=-1)]), (Next.AWAITED, "two")),
        (Facts(dates=[one("waiting", "a"), one("accepted", "b", 40)]), (Next.COMING, "b")),
        (Facts(dates=[one("accepted", "b", 40), one("accepted", "c", 20)], feedback="x"), (Next.COMING, "c")),
        (Facts(dates=[one("accepted"), one("offered", "o", answer_by=AT + DAY)]), (Next.ANSWER, "o")),
    ],
)
def test_what_has_to_be_done_comes_before_what_is_coming(facts: Facts, expected: tuple[Next, str | None]) -> None:
    assert what_next(facts, AT) == expected
