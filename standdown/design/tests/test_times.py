from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from standdown.design import times, words_of_time

UTC = dt.UTC
SUMMER = dt.datetime(2022, 8, 31, 8, 0, tzinfo=UTC)  # 09:00 on clocks in London
WINTER = dt.datetime(2022, 12, 1, 9, 0, tzinfo=UTC)


def test_dates_are_london_days_in_summer_and_winter() -> None:
    last_minutes = dt.datetime(2022, 8, 30, 23, 30, tzinfo=UTC)
    assert times.long_date(last_minutes) == "Wednesday 31 August 2022"
    assert times.long_date(dt.datetime(2022, 11, 30, 23, 30, tzinfo=UTC)) == "Wednesday 30 November 2022"
    assert times.long_date(dt.date(2022, 8, 8)) == "Monday 8 August 2022"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (SUMMER, "9:00am"),
        (WINTER, "9:00am"),
        (dt.datetime(2022, 8, 31, 15, 0, tzinfo=UTC), "4:00pm"),
        (dt.datetime(2022, 8, 31, 11, 0, tzinfo=UTC), "midday"),
        (dt.datetime(2022, 8, 30, 23, 0, tzinfo=UTC), "midnight"),
        (dt.time(0, 30), "12:30am"),
        (dt.time(12, 5), "12:05pm"),
    ],
)
def test_times_on_a_public_notice(moment: dt.datetime | dt.time, words: str) -> None:
    assert times.notice_time(moment) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (SUMMER, "09:00"),
        (WINTER, "09:00"),
        (dt.datetime(2022, 8, 30, 23, 0, tzinfo=UTC), "00:00"),
        (dt.time(16), "16:00"),
    ],
)
def test_times_everywhere_else(moment: dt.datetime | dt.time, words: str) -> None:
    assert times.clock_time(moment) == words


def test_both_sides_of_the_clock_change() -> None:
    before, after = (dt.datetime(2022, 10, 30, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert (times.clock_time(before), times.clock_time(after)) == ("01:30", "01:30")
    assert times.iso(before) == "2022-10-30T01:30:00+01:00"
    assert times.iso(after) == "2022-10-30T01:30:00+00:00"


def test_a_span_and_a_day_of_this_week() -> None:
    assert times.clock_span(SUMMER, SUMMER + dt.timedelta(hours=7)) == "09:00 to 16:00"
    assert times.day_time(dt.datetime(2022, 8, 25, 13, 0, tzinfo=UTC)) == "Thursday 14:00"
    assert times.date_time(SUMMER) == "31 August 2022, 09:00"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (420, "7 hours"),
        (dt.timedelta(hours=7), "7 hours"),
        (90, "1 hour 30 minutes"),
        (60, "1 hour"),
        (1, "1 minute"),
        (0, "0 minutes"),
        (dt.timedelta(hours=26), "26 hours"),
    ],
)
def test_durations_in_words(length: dt.timedelta | int, words: str) -> None:
    assert times.duration_words(length) == words


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (dt.timedelta(minutes=25), "in 25 minutes"),
        (dt.timedelta(minutes=-1), "1 minute ago"),
        (dt.timedelta(seconds=20), "now"),
        (dt.timedelta(hours=2), "in 2 hours"),
        (dt.timedelta(hours=47), "in 47 hours"),
        (dt.timedelta(hours=53), "in 2 days"),
        (dt.timedelta(days=-9), "9 days ago"),
    ],
)
def test_how_far_away(away: dt.timedelta, words: str) -> None:
    assert times.distance_words(SUMMER + away, SUMMER) == words


def test_when_says_both() -> None:
    assert times.when_words(SUMMER + dt.timedelta(days=2, hours=5), SUMMER) == "Friday 14:00 (in 2 days)"
    assert times.when_words(SUMMER - dt.timedelta(days=6), SUMMER) == "Thursday 09:00 (6 days ago)"


def test_beyond_six_days_when_names_the_day_itself() -> None:
    assert times.when_words(SUMMER + dt.timedelta(days=7), SUMMER) == "Wednesday 7 September 09:00 (in 7 days)"
    with translation.override("cy"):
        assert times.when_words(SUMMER + dt.timedelta(days=8), SUMMER).startswith("Dydd Iau 8 Medi 09:00 (")


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        times.clock_time(dt.datetime(2022, 8, 31, 9, 0))  # noqa: DTZ001


def test_welsh() -> None:
    with translation.override("cy"):
        assert times.long_date(SUMMER) == "Dydd Mercher 31 Awst 2022"
        assert times.notice_time(SUMMER) == "9:00yb"
        assert times.month_and_year(SUMMER) == "Awst 2022"
    assert times.long_date(SUMMER) == "Wednesday 31 August 2022"


@pytest.mark.parametrize(
    ("table", "number"),
    [
        (words_of_time.WEEKDAYS, 7),
        (words_of_time.SHORT_WEEKDAYS, 7),
        (words_of_time.MONTHS, 12),
        (words_of_time.SHORT_MONTHS, 12),
    ],
)
def test_every_table_has_every_name(table: dict[str, tuple[str, ...]], number: int) -> None:
    assert {language: len(set(names)) for language, names in table.items()} == {"en": number, "cy": number}
