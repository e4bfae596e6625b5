from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from standdown.care.clocks import policy, queries
from standdown.care.clocks.policy import Colour
from standdown.care.clocks.tests.scene import AT, DAY, HOUR, MINUTE, Scene
from standdown.care.models import Step
from standdown.care.programme.policy import StepKind
from standdown.foundation import ids

pytestmark = pytest.mark.django_db
MOMENTS = [AT - 8 * DAY, AT - 73 * HOUR, AT - 72 * HOUR, AT - MINUTE, AT, AT + MINUTE, AT + 5 * HOUR, AT + 9 * DAY]


def test_colours_are_counted_by_kind_in_one_statement_as_the_rule_says() -> None:
    scene = Scene()
    expected: dict[tuple[StepKind, Colour], int] = {}
    for kind in StepKind:
        for due in MOMENTS:
            scene.owed(kind, due, on=ids.new())
            key = kind, policy.colour(kind.value, due, AT, amber_hours=72)
            expected[key] = expected.get(key, 0) + 1
    with CaptureQueriesContext(connection) as asked:
        found = queries.by_kind_and_colour([scene.force.pk], AT)
    assert found == expected
    assert {colour for _kind, colour in found} == {*Colour}
    assert len(asked) == 1


def test_a_defusing_is_amber_as_long_as_its_own_programme_says() -> None:
    scene = Scene()
    programme = scene.incident.programme
    step = scene.owed(StepKind.HOLD, AT)
    more = dt.timedelta(hours=programme.defuse_amber_until_hours - programme.defuse_green_until_hours)
    for moment, colour in ((AT, Colour.GREEN), (AT + more, Colour.AMBER), (AT + more + MINUTE, Colour.RED)):
        assert queries.by_kind_and_colour([step.force_id], moment) == {(StepKind.HOLD, colour): 1}


def test_the_colours_of_one_force_are_not_another_forces() -> None:
    ashire, bshire = Scene(), Scene("bshire")
    ashire.owed(StepKind.BOOK, AT - HOUR)
    assert queries.by_kind_and_colour([bshire.force.pk], AT) == {}


def test_what_stands_is_counted() -> None:
    scene = Scene()
    scene.owed(StepKind.BOOK, AT - HOUR)
    scene.owed(StepKind.HOLD, AT + HOUR)
    assert queries.standing(AT) == queries.Standing(open=2, late=1)
    assert queries.nobody_told(Step.objects.all()) == set()
