"""What cannot be put on record is not shown (T09)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, InterfaceError, InternalError, OperationalError, connection

from standdown.audit.models import Entry
from standdown.care.models import Look
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db


def refusing(table: str, error: type[Exception]) -> Callable[..., Any]:
    """A database that takes everything but rows of that table, and answers every question."""

    def execute(go_on: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith(("INSERT", "UPDATE")) and f'"{table}"' in sql.replace(f" {table} ", f' "{table}" '):
            raise error("disk full: Erin Ashdown")
        return go_on(sql, params, many, context)

    return execute


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, InternalError])
@pytest.mark.parametrize("table", ["audit_entry", "audit_chain", "care_look"])
def test_a_record_that_cannot_be_written_shows_nobody(
    table: str, error: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    force = cast.force("ashire")
    one = care_cast.incident(force)
    care_cast.exposure(one, cast.person(force, "Erin"))
    browser = cast.client_for(cast.holder(Role.ESTIP_COORDINATOR, force))
    address = f"/care/incidents/{one.pk}/"
    assert b"Erin" in browser.get(address).content
    written = (Look.objects.count(), Entry.objects.count())
    with connection.execute_wrapper(refusing(table, error)):
        answer = browser.get(address)
    assert (answer.status_code, b"Erin" in answer.content, b"cannot do this" in answer.content) == (503, False, True)
    assert (Look.objects.count(), Entry.objects.count()) == written
    assert "Erin" not in caplog.text
    assert browser.get(address).status_code == 200


def test_a_fault_of_ours_is_not_called_a_database_that_is_away() -> None:
    force = cast.force("ashire")
    one = care_cast.incident(force)
    care_cast.exposure(one, cast.person(force, "Erin"))
    browser = cast.client_for(cast.holder(Role.ESTIP_COORDINATOR, force))
    browser.raise_request_exception = False
    with connection.execute_wrapper(refusing("care_look", IntegrityError)):
        assert browser.get(f"/care/incidents/{one.pk}/").status_code == 500
