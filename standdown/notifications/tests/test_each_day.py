import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from standdown.foundation import clock
from standdown.notifications import worker

pytestmark = pytest.mark.django_db
LAST_MINUTE = dt.datetime(2026, 7, 1, 22, 59, tzinfo=dt.UTC)  # 23:59 in London


def test_what_is_due_each_day_is_asked_at_the_start_and_when_a_day_begins_in_london() -> None:
    moments = [LAST_MINUTE, LAST_MINUTE + dt.timedelta(seconds=2), LAST_MINUTE + dt.timedelta(minutes=1)]
    turn = {"now": moments[0]}
    asked: list[dt.date] = []

    def wait(_seconds: float) -> bool:
        following = moments.index(turn["now"]) + 1
        if following == len(moments):
            return True
        turn["now"] = moments[following]
        return False

    worker.run("test", lambda: turn["now"], wait, lambda at: asked.append(clock.london_day(at)))
    assert asked == [dt.date(2026, 7, 1), dt.date(2026, 7, 2)]


def test_a_turn_that_fails_is_logged_by_its_kind_and_tried_again(
    caplog: pytest.LogCaptureFixture, settings: Any, tmp_path: Path
) -> None:
    settings.ANCHORS = tmp_path
    tries: list[dt.datetime] = []

    def break_once(at: dt.datetime) -> None:
        tries.append(at)
        if len(tries) == 1:
            raise ValueError("Ann Ashdown")

    turns = iter([False, False, True])
    worker.run("test", lambda: LAST_MINUTE, lambda _seconds: next(turns), break_once)
    assert len(tries) == 2
    assert [record.getMessage() for record in caplog.records] == ["a turn failed: ValueError"]
