from __future__ import annotations

import datetime as dt

import pytest

from standdown.care.models import Programme
from standdown.care.programme import queries, shipped
from tests import care_cast, cast

pytestmark = pytest.mark.django_db


def test_three_programmes_ship_each_with_its_own_clock() -> None:
    rows = Programme.objects.filter(force=None).order_by("family").values_list("family", "defuse_target_hours")
    assert list(rows) == [("cism-like", 8), ("estip-like", 72), ("trim-like", 72)]


def test_shipping_again_adds_nothing() -> None:
    before = Programme.objects.count()
    shipped.after_migrations()
    assert Programme.objects.count() == before


def test_a_force_without_a_version_of_its_own_begins_with_the_one_that_ships() -> None:
    force = cast.force("ashire")
    assert queries.in_force(force.pk, cast.TODAY) == care_cast.programme()


def test_every_kind_of_step_has_somebody_to_tell() -> None:
    kinds = set(care_cast.programme().escalations.values_list("kind", flat=True))
    assert kinds == {kind.value for kind in shipped.CHAINS}
    assert dt.timedelta(minutes=60) == -dt.timedelta(
        minutes=care_cast.programme()
        .escalations.filter(kind="demobilise", position=0)
        .values_list("minutes", flat=True)[0]
    )
