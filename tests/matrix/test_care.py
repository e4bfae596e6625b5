"""Care: every method, every role, here and elsewhere."""

from __future__ import annotations

import pytest

from tests.matrix.expectations import OF_CARE
from tests.matrix.machine import ROUTES, deviations, in_a_short_run
from tests.matrix.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(OF_CARE))
def test_everybody_gets_what_is_expected(name: str, world: World) -> None:
    found = deviations(ROUTES[name], OF_CARE[name], world, in_a_short_run())
    assert not found, "\n".join(found)
