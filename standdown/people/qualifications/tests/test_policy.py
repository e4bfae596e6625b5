from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standdown.people.qualifications import policy
from standdown.people.qualifications.policy import Currency, DayProblem, Need, Practice, State

FORCE, OTHER = uuid.uuid4(), uuid.uuid4()
UNTIL, LATEST = dt.date(2027, 6, 1), dt.date(2028, 12, 1)
TODAY = dt.date(2026, 11, 23)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


@dataclass
class Row:
    force_id: uuid.UUID | None
    valid_until: dt.date
    latest_until: dt.date


@pytest.mark.parametrize(
    ("standing", "outlasts"),
    [
        (Row(FORCE, UNTIL + days(1), LATEST), True),
        (Row(FORCE, UNTIL, LATEST), False),
        (Row(FORCE, UNTIL, LATEST + days(1)), True),
        (Row(FORCE, UNTIL - days(1), LATEST), False),
        (Row(OTHER, UNTIL + days(1), LATEST), False),
        (Row(None, UNTIL + days(1), LATEST), False),
    ],
)
def test_what_holds_longer_on_the_same_register_stays(standing: Row, outlasts: bool) -> None:
    assert policy.outlasts(standing, Row(FORCE, UNTIL, LATEST)) is outlasts


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2026, 12, 15), 1, dt.date(2027, 1, 15)),
        (dt.date(2026, 3, 31), -12, dt.date(2025, 3, 31)),
        (dt.date(2026, 1, 1), -1, dt.date(2025, 12, 1)),
    ],
)
def test_months_later(day: dt.date, months: int, found: dt.date) -> None:
    assert policy.months_after(day, months) == found


def test_past_training_holds_two_years_and_three_at_most() -> None:
    assert policy.holds(dt.date(2025, 8, 31)) == (dt.date(2027, 8, 31), dt.date(2028, 8, 31))


@pytest.mark.parametrize(
    ("until", "away", "found"),
    [
        (TODAY, False, State.LAPSED),
        (TODAY, True, State.LAPSED),
        (TODAY + days(1), False, State.LAPSING),
        (TODAY + days(90), False, State.LAPSING),
        (TODAY + days(91), False, State.CURRENT),
        (TODAY + days(91), True, State.AWAY),
    ],
)
def test_states(until: dt.date, away: bool, found: State) -> None:
    assert policy.state(until, TODAY, away=away) is found


# -- keeping current ----------------------------------------------------------------------------------------------

START = dt.date(2026, 6, 1)  # a year before UNTIL
LED = [Practice(START), Practice(START + days(30))]


def currency(*events: Practice, skill: str = "defuse", latest: dt.date = LATEST) -> Currency:
    return policy.extension(skill, UNTIL, latest, events, TODAY)


def test_two_sessions_led_add_a_year() -> None:
    assert currency(*LED) == Currency(dt.date(2028, 6, 1), UNTIL, LATEST)


def test_three_hours_of_training_add_a_year() -> None:
    assert currency(Practice(START, 60), Practice(START + days(3), 120)).until == dt.date(2028, 6, 1)


def test_what_is_missing_is_said() -> None:
    assert currency(LED[0], Practice(START, 90)) == Currency(UNTIL, START, dt.date(2028, 6, 1), 1, 90)
    assert currency() == Currency(UNTIL, START, dt.date(2028, 6, 1))


def test_what_was_done_before_the_last_year_or_after_the_end_does_not_count() -> None:
    assert currency(Practice(START - days(1)), LED[0]).deliveries == 1
    past = policy.extension("defuse", UNTIL, LATEST, [Practice(UNTIL), Practice(UNTIL + days(1))], UNTIL + days(9))
    assert past.until == UNTIL


def test_what_lies_ahead_does_not_count() -> None:
    assert currency(LED[0], Practice(TODAY + days(1))).until == UNTIL


def test_each_counts_once_and_the_next_year_needs_its_own() -> None:
    more = [Practice(UNTIL + days(3)), Practice(UNTIL + days(4))]
    found = policy.extension("defuse", UNTIL, LATEST, [*LED, *more], UNTIL + days(9))
    assert found == Currency(LATEST, dt.date(2027, 12, 1), None)


def test_never_beyond_the_day_on_which_new_training_is_needed() -> None:
    assert currency(*LED, latest=UNTIL + days(40)) == Currency(UNTIL + days(40), dt.date(2026, 7, 11), None)
    assert currency(*LED, latest=UNTIL) == Currency(UNTIL, START, None)


def test_peer_support_is_kept_by_training_alone_and_training_others_by_neither() -> None:
    assert currency(*LED, skill="peer-support") == Currency(UNTIL, START, dt.date(2028, 6, 1))
    assert currency(Practice(START, 180), skill="peer-support").until > UNTIL
    assert currency(*LED, Practice(START, 180), skill="train") == Currency(UNTIL, START, None)
    assert [policy.by_practice(skill) for skill in ("defuse", "peer-support")] == [True, False]


@given(
    events=st.lists(
        st.builds(Practice, st.dates(dt.date(2025, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 400)), max_size=12
    ),
    until=st.dates(dt.date(2026, 1, 1), dt.date(2029, 1, 1)),
    longer=st.integers(0, 900),
)
def test_practice_never_takes_away_and_never_goes_too_far(events: list[Practice], until: dt.date, longer: int) -> None:
    latest = until + days(longer)
    found = policy.extension("defuse", until, latest, events, dt.date(2031, 1, 1))
    assert until <= found.until <= latest
    assert policy.extension("defuse", found.until, latest, events, dt.date(2031, 1, 1)).until == found.until


# -- warnings -----------------------------------------------------------------------------------------------------

LONG_AGO = dt.date(2025, 1, 1)


@pytest.mark.parametrize(
    ("left", "away", "found"),
    [
        (91, False, None), (90, False, 90), (31, False, 90), (30, False, 30), (1, False, 30), (0, False, 0),
        (-30, False, 0), (-31, False, None), (90, True, None), (30, True, None), (0, True, 0),
    ],
)  # fmt: skip
def test_warnings(left: int, away: bool, found: int | None) -> None:
    assert policy.warning(TODAY + days(left), LONG_AGO, TODAY, away=away) == found


def test_what_had_ended_when_it_came_is_no_news() -> None:
    assert policy.warning(TODAY - days(1), TODAY - days(1), TODAY, away=False) is None
    assert policy.warning(TODAY, TODAY - days(1), TODAY, away=False) == 0


@pytest.mark.parametrize(
    ("left", "since", "found"),
    [(90, 1, 90), (91, 1, None), (89, 1, None), (89, 3, 90), (30, 1, 30), (0, 1, 0), (-1, 1, None), (29, 80, 30)],
)
def test_what_fell_due_since_the_last_list(left: int, since: int, found: int | None) -> None:
    assert policy.crossed(TODAY + days(left), TODAY - days(since), TODAY) == found


# -- days ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (-1, None, DayProblem.PAST), (0, None, None), (5, 6, None), (5, 5, DayProblem.BEFORE_IT_BEGINS),
        (5, 4, DayProblem.BEFORE_IT_BEGINS),
    ],
)  # fmt: skip
def test_days_of_standing_down(since: int, until: int | None, found: DayProblem | None) -> None:
    back = None if until is None else TODAY + days(until)
    assert policy.away_problem(TODAY + days(since), back, TODAY) is found


def test_days_of_what_was_done() -> None:
    assert policy.day_problem(TODAY, TODAY) is None
    assert policy.day_problem(TODAY + days(1), TODAY) is DayProblem.AHEAD
    assert policy.day_problem(dt.date(1999, 12, 31), TODAY) is DayProblem.LONG_AGO


@pytest.mark.parametrize(
    ("words", "skills"),
    [
        ("Defusing", ("defuse",)), ("defuse", ("defuse",)), ("Demobilising & Defusing", ("demobilise", "defuse")),
        ("demobilising/defusing", ()), (" PEER-SUPPORT ", ("peer-support",)), ("ESTIM", ("estim",)), ("", ()),
        ("Train the trainer", ("train",)), ("First aid", ()),
    ],
)  # fmt: skip
def test_what_a_file_means(words: str, skills: tuple[str, ...]) -> None:
    assert policy.skills_of(words) == skills


@pytest.mark.parametrize(
    ("need", "leaving", "short"),
    [
        (Need(able=20, ending=8, wanted=25, places=6), 0, 7),
        (Need(able=30, wanted=25), 0, 0),
        (Need(able=20, left=3, wanted=25), 2, 7),
        (Need(able=20, left=4, wanted=25, interested=9), 2, 7),
        (Need(able=1, ending=1, left=10, wanted=4), 5, 4),
    ],
)
def test_what_a_force_is_short_of_counts_who_lapses_and_who_leaves(need: Need, leaving: int, short: int) -> None:
    assert (need.leaving, need.short) == (leaving, short)
