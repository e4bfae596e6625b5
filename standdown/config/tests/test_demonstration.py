import datetime as dt

import pytest
from django.db import connection

from standdown.config.demonstration import dates, world
from standdown.foundation import access, clock, db
from standdown.foundation.models import Mark
from standdown.people.roles.actions import grant_first
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def tables() -> set[str]:
    return set(connection.introspection.table_names())


def test_a_database_without_anything_in_it_may_become_a_demonstration(tables: set[str]) -> None:
    assert world.may_be_emptied(set())
    assert world.may_be_emptied(tables)


def test_one_with_forces_or_people_may_not(tables: set[str]) -> None:
    nadia = cast.person(None, "Nadia")  # whoever sets Standdown up begins with a person and a role, before any force
    assert not world.may_be_emptied(tables)
    grant_first(by=access.system("set up"), at=cast.AT, person=nadia, role=Role.NATIONAL_COORDINATOR, force=None)
    assert not world.may_be_emptied(tables)


def test_one_that_another_program_uses_too_may_not(tables: set[str]) -> None:
    assert not world.may_be_emptied({*tables, "another_programs_table"})
    assert not world.may_be_emptied({"another_programs_table"})


def test_one_that_is_marked_may_be_built_anew(tables: set[str]) -> None:
    cast.force()
    assert not world.may_be_emptied(tables)
    with db.open_for("the test"):
        Mark.objects.create(name=world.MARK)
    assert world.may_be_emptied(tables)


@pytest.mark.parametrize(
    ("now", "begins", "ends"),
    [
        ("2026-11-28 14:50", "2026-11-28 07:00", "2026-11-28 14:00"),
        ("2026-11-28 23:59", "2026-11-28 09:00", "2026-11-28 16:00"),
        ("2026-11-28 10:00", "2026-11-28 06:00", "2026-11-28 10:00"),
        ("2026-11-28 09:59", "2026-11-27 09:00", "2026-11-27 16:00"),
        ("2026-07-01 00:30", "2026-06-30 09:00", "2026-06-30 16:00"),
    ],
)
def test_the_date_of_today_is_over(now: str, begins: str, ends: str) -> None:
    at, *expected = (dt.datetime.fromisoformat(wall).replace(tzinfo=clock.LONDON) for wall in (now, begins, ends))
    assert dates.hours_of_today(at) == tuple(expected)
