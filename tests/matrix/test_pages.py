"""Public pages, signing in, and the training: every method, every role, here and elsewhere."""

from __future__ import annotations

import pytest

from tests.matrix.expectations import EXPECTED, OF_CARE, OF_PEOPLE, OF_TRAINING
from tests.matrix.machine import ROUTES, deviations, in_a_short_run
from tests.matrix.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(EXPECTED.keys() - OF_PEOPLE.keys() - OF_TRAINING.keys() - OF_CARE.keys()))
def test_everybody_gets_what_is_expected(name: str, world: World) -> None:
    found = deviations(ROUTES[name], EXPECTED[name], world, in_a_short_run())
    assert not found, "\n".join(found)


def test_nothing_is_expected_of_an_address_that_is_not_there() -> None:
    assert sorted(EXPECTED.keys() - ROUTES.keys()) == []
