from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standdown.training.courses import policy
from standdown.training.courses.policy import Figures, Flaw, Kind

FIGURES = Figures(minutes=420, least_delegates=6, most_online=16, most_in_person=12, second_trainer_above=10)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"minutes": 29}, [Flaw.LENGTH]),
        ({"minutes": 2401}, [Flaw.LENGTH]),
        ({"most_online": 0, "least_delegates": 1}, [Flaw.MOST, Flaw.LEAST]),
        ({"most_in_person": 501}, [Flaw.MOST]),
        ({"least_delegates": 13}, [Flaw.LEAST]),
        ({"least_delegates": 0}, [Flaw.LEAST]),
        ({"second_trainer_above": 0}, [Flaw.SECOND_TRAINER]),
        ({"completion_percent": 0}, [Flaw.COMPLETION]),
        ({"grace_minutes": 121}, [Flaw.COMPLETION]),
        ({"valid_months": 37}, [Flaw.VALIDITY]),
        ({"retrain_months": 121}, [Flaw.VALIDITY]),
    ],
)
def test_figures_must_go_together(facts: dict[str, int], expected: list[Flaw]) -> None:
    assert policy.flaws(replace(FIGURES, **facts)) == expected


@pytest.mark.parametrize(
    ("word", "fits"),
    [("train-the-trainer", True), ("Train", False), ("a--b", False), ("mine", False), ("2nd", False), ("", False)],
)
def test_a_course_takes_a_word_that_addresses_can_take(word: str, fits: bool) -> None:
    assert policy.is_slug(word) is fits


def test_a_page_without_delegates_words_may_be_published_and_one_without_a_syllabus_not() -> None:
    kinds = {kind.value for kind in Kind}
    assert policy.missing(kinds - {"words"}) == ()
    assert policy.missing(kinds - {"syllabus", "what"}) == (Kind.WHAT, Kind.SYLLABUS)


@given(places=st.lists(st.integers(1, 99), min_size=1, unique=True), data=st.data(), up=st.booleans())
def test_a_block_moves_one_step_and_none_is_lost(places: list[int], data: st.DataObject, up: bool) -> None:
    order = sorted(places)
    place = data.draw(st.sampled_from(order))
    found = policy.reordered(places, place, up=up)
    was = order.index(place)
    assert sorted(found) == order
    assert found.index(place) == max(0, min(len(order) - 1, was + (-1 if up else 1)))
