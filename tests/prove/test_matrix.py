"""Everybody at every address with every method, on whichever database: the whole of what `make test` samples (T06)."""

from __future__ import annotations

import pytest

from tests.matrix.conftest import _quiet, world  # noqa: F401 - the same world, made once
from tests.matrix.expectations import EXPECTED
from tests.matrix.machine import ROUTES, deviations
from tests.matrix.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_everybody_gets_what_is_expected(name: str, world: World) -> None:  # noqa: F811 - the fixture
    found = deviations(ROUTES[name], EXPECTED[name], world)
    assert not found, "\n".join(found)
