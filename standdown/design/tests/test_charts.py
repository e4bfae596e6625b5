from __future__ import annotations

import datetime as dt

from standdown.design import charts

BEGAN = dt.datetime(2026, 3, 8, 22, 0, tzinfo=dt.UTC)


def hours(number: float) -> dt.datetime:
    return BEGAN + dt.timedelta(hours=number)


def strip(now: dt.datetime, *steps: charts.Step) -> charts.WindowStrip:
    return charts.window_strip(title="One", began=BEGAN, off_duty=hours(8), now=now, steps=steps)


def test_the_strip_runs_from_the_beginning_to_seven_days() -> None:
    ticks = strip(hours(1)).ticks
    assert [tick.words for tick in ticks] == ["start", "off duty", "48 h", "72 h", "96 h", "7 days"]
    assert [tick.x for tick in ticks] == sorted(tick.x for tick in ticks)
    assert (ticks[0].x, ticks[-1].x) == (4.0, 96.0)


def test_what_lies_outside_stays_on_the_strip() -> None:
    assert strip(hours(-5)).now_x == 4.0
    assert strip(hours(2000)).now_x == 96.0


def test_steps_are_told_in_words() -> None:
    told = strip(
        hours(30),
        charts.Step("Demobilise", hours(8), "done", done=hours(7)),
        charts.Step("Defuse", hours(96), "due", opens=hours(48)),
    )
    assert [(step.state_words, step.sentence) for step in told.steps] == [
        ("Done", "done Monday 05:00 (23 hours ago)"),
        ("Due", "by Thursday 22:00 (in 2 days)"),
    ]
    assert [(window.x, window.width) for window in told.windows] == [
        (told.ticks[2].x, round(told.ticks[4].x - told.ticks[2].x, 1))
    ]


def test_places_are_laid_out_side_by_side() -> None:
    rows = [charts.ForcePlaces("North", 5, 1, 2), charts.ForcePlaces("South", 2, 0, 0)]
    laid = charts.places(key="a", capacity=10, rows=rows)
    assert [(piece.kind, piece.x, piece.width) for piece in laid.pieces] == [
        ("taken", 0.0, 50.0),
        ("offered", 50.0, 10.0),
        ("taken", 60.0, 20.0),
    ]
    assert laid.sentence == "2 of 10 places free, 2 names waiting"


def test_a_session_with_more_than_its_places_fills_the_bar_and_no_more() -> None:
    laid = charts.places(key="a", capacity=2, rows=[charts.ForcePlaces("North", 4, 0, 0)])
    assert [(piece.x, piece.width) for piece in laid.pieces] == [(0.0, 100.0)]
    assert laid.sentence == "0 of 2 places free"


def test_a_session_without_any_place() -> None:
    assert charts.places(key="a", capacity=0, rows=[]).sentence == "0 of 0 places free"


def test_small_numbers_are_told_as_words_and_not_drawn() -> None:
    drawn = charts.funnel(title="Q", exposed=12, offered=11, held=None, declined=None, no_reply=1)
    assert [(step.shown, step.width) for step in drawn.steps] == [
        ("12", 100.0),
        ("11", 91.7),
        ("too few to show", None),
    ]
    assert [note.shown for note in drawn.beside] == ["too few to show", "1"]
