"""Who may hold the talk, and what a list says."""

from __future__ import annotations

import datetime as dt

import pytest

from standdown.care.clocks.models import Step
from standdown.care.demobilising import policy
from standdown.care.demobilising.models import Demobilisation
from standdown.care.demobilising.policy import Standing

AT = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("waits", "due_in", "says"),
    [(True, HOUR, Standing.NOT_YET), (True, -HOUR, Standing.LATE), (False, HOUR, Standing.CLOSED),
     (False, -HOUR, Standing.CLOSED), (True, dt.timedelta(0), Standing.NOT_YET)],
)  # fmt: skip
def test_a_list_says_not_yet_late_or_closed(waits: bool, due_in: dt.timedelta, says: Standing) -> None:
    assert policy.standing(waits=waits, due_at=AT + due_in, at=AT) is says


@pytest.mark.parametrize(
    ("skills", "trained"),
    [({"demobilise"}, True), ({"peer-support"}, True), ({"defuse"}, True), ({"train", "estim"}, False), (set(), False)],
)
def test_three_skills_are_training_enough(skills: set[str], trained: bool) -> None:
    assert policy.is_trained(skills) is trained


@pytest.mark.parametrize(
    ("supervises", "coordinates", "trained", "may"),
    [(True, False, False, True), (False, True, False, True), (False, False, True, True), (False, False, False, False)],
)
def test_only_who_neither_supervises_nor_coordinates_must_be_trained(
    supervises: bool, coordinates: bool, trained: bool, may: bool
) -> None:
    assert policy.may_be_given(supervises=supervises, coordinates=coordinates, trained=trained) is may


@pytest.mark.parametrize(
    ("said", "held"),
    [(None, AT), (AT - HOUR, AT - HOUR), (AT + HOUR, AT), (AT - 9 * HOUR, AT - 3 * HOUR)],
)
def test_a_device_with_a_wrong_clock_is_held_between_t0_and_now(said: dt.datetime | None, held: dt.datetime) -> None:
    assert policy.held_when(said, AT - 3 * HOUR, AT) == held


@pytest.mark.parametrize(
    ("recorded", "decided", "may"),
    [(False, False, True), (True, False, True), (False, True, True), (True, True, False)],
)
def test_a_record_may_be_put_right_until_the_next_step_is_decided(recorded: bool, decided: bool, may: bool) -> None:
    assert policy.may_record_again(recorded=recorded, decided=decided) is may


def test_every_outcome_closes_the_step_in_a_way_that_steps_know() -> None:
    assert policy.COMES_TO.keys() == set(Demobilisation.Outcome.values)
    assert set(policy.COMES_TO.values()) <= set(Step.Outcome.values)
