"""Totals that give nobody away."""

from __future__ import annotations

import pytest

from standdown.foundation import db
from standdown.people.roles.policy import Role
from standdown.training.feedback import summary
from standdown.training.feedback.summary import Table
from standdown.training.feedback.tests import scene
from standdown.training.feedback.tests.scene import AT, Scene
from standdown.training.models import Feedback, FollowUp, SessionTrainer
from tests import cast

pytestmark = pytest.mark.django_db


def fill(day: Scene, number: int) -> None:
    """So many people who gave feedback and answered later, beside the first."""
    with db.open_for("the cast"):
        for place in range(2, number + 2):
            made = scene.attended(day.session, cast.person(day.force, f"P{place}"), place=place)
            Feedback.objects.create(nomination=made, before=1 + place % 2, after=4, given_at=AT)
            FollowUp.objects.create(
                nomination=made, asked_at=AT, answered_at=AT, used="both", barriers=["no-time", "not-sure"]
            )


def test_totals_for_a_coordinator_and_for_the_trainer_of_the_date() -> None:
    day = scene.day()
    fill(day, 24)
    trainer = cast.holder(Role.TRAINER, None, "Tom")
    assert summary.of_courses(trainer) == []
    with db.open_for("the cast"):
        SessionTrainer.objects.create(session=day.session, person=cast.person_of(trainer))
    (own,) = summary.of_courses(trainer)
    assert own.before == Table(
        25, [("Not at all", 10), ("A little", 10), ("Fairly", None), ("Very", None), ("Fully", None)]
    )
    assert (own.after.rows[3], own.used, own.barriers) == (("Very", 25), None, None)
    (whole,) = summary.of_courses(cast.national_coordinator())
    assert (whole.before, whole.title) == (own.before, "Demobilising and defusing")
    assert whole.used is not None
    assert whole.used.rows[0] == ("Yes, both conversations", 25)
    assert whole.barriers is not None
    assert (whole.barriers.answers, dict(whole.barriers.rows)["There was no time for it"]) == (25, 25)


def test_under_ten_answers_nothing_is_shown() -> None:
    fill(day := scene.day(), 9)
    (whole,) = summary.of_courses(cast.national_coordinator())
    assert (whole.before, whole.after, whole.used) == (Table(None, []), Table(None, []), Table(None, []))
    assert day.session.capacity == 16


def test_the_number_of_statements_does_not_grow(django_assert_max_num_queries: object) -> None:
    day = scene.day()
    fill(day, 3)
    nadia = cast.national_coordinator()
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        summary.of_courses(nadia)
