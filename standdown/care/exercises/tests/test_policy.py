from __future__ import annotations

import pytest

from standdown.care.exercises import policy


@pytest.mark.parametrize(("people", "answer"), [(1, False), (2, True), (500, True), (501, False)])
def test_an_exercise_has_two_to_five_hundred_people(people: int, answer: bool) -> None:
    assert policy.sensible(people) is answer


@pytest.mark.parametrize(("people", "defusers"), [(2, 2), (16, 2), (17, 3), (300, 38)])
def test_one_made_up_defuser_comes_for_each_group(people: int, defusers: int) -> None:
    assert policy.defusers_for(people) == defusers


@pytest.mark.parametrize(("hours", "days"), [(1, 0), (23, 0), (24, 1), (336, 14)])
def test_dates_move_by_whole_days(hours: int, days: int) -> None:
    assert policy.days_of(hours) == days
