from __future__ import annotations

import pytest

from standdown.notifications.force_words import policy


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", []),
        ("See you on {date} at {time}: {course}, {place}.", []),
        ("Ask {name} or {name}", ["{name}"]),
        ("{date} {Date} { date }", ["{Date}", "{ date }"]),
        ("A { alone, and } too", ["{ alone, and }"]),
        ("An open { and nothing", ["{"]),
        ("Shut } and {} and {{date}}", ["{}", "}", "{"]),
        ("{date.year} {date!r} {0}", ["{date.year}", "{date!r}", "{0}"]),
    ],
)
def test_what_cannot_be_filled_in_is_found(words: str, found: list[str]) -> None:
    assert sorted(policy.unknown(words, "offer")) == sorted(found)


def test_after_the_course_there_is_no_time_and_no_place_any_more() -> None:
    assert policy.unknown("On {date}: {course}, {time}, {place}", policy.AFTER) == ["{time}", "{place}"]


@pytest.mark.parametrize(
    ("words", "filled"),
    [
        (" On {date}. ", "On Monday."),
        ("{date} {date}", "Monday Monday"),
        ("{place}", "{time} %(x)s \\1"),  # what is filled in is not looked into again
        ("{time} {nothing} { %s %(date)s", "{time} {nothing} { %s %(date)s"),
    ],
)
def test_nothing_breaks_a_message(words: str, filled: str) -> None:
    assert policy.filled(words, {"date": "Monday", "place": "{time} %(x)s \\1"}) == filled
