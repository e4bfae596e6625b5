"""What every test of this tree stands on: which database it runs on, and no way out to the network."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

# How long a case takes to be thought of says nothing on a machine that does other things too.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
LOOPBACK = {"127.0.0.1", "::1", "localhost", ""}
LONG_PROOFS = Path(__file__).parent / "tests" / "prove"
PRODUCT = Path(__file__).parent / "standdown"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the long proofs out, unless they are asked for by name."""
    asked_for = any("tests/prove" in str(argument) for argument in config.invocation_params.args)
    return True if collection_path == LONG_PROOFS and not asked_for else None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer what the second half of `make test` asks for."""
    parser.addoption("--with-a-database-only", action="store_true", help="Leave out what is the same on any database.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip on SQLite what only PostgreSQL can show; `make test` runs it in its first half.

    In its second half it leaves out the product's tests that ask no database, for the first had them.
    """
    if config.option.with_a_database_only:
        again = [
            item for item in items
            if PRODUCT in item.path.parents and not _asks_a_database(item) and item.get_closest_marker("slow") is None
        ]  # fmt: skip
        config.hook.pytest_deselected(items=again)
        items[:] = [item for item in items if item not in set(again)]
    if _on_postgres():
        return
    skip = pytest.mark.skip(reason="runs on PostgreSQL, in the first half of `make test`")
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(skip)


@pytest.fixture(autouse=True, scope="session")
def _no_way_out() -> Iterator[None]:
    """Let tests talk to this machine only, so that none of them depends on another."""
    connect = socket.socket.connect

    def connect_here_only(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host not in LOOPBACK:
            raise PermissionError(f"A test tried to reach {host}; tests stay on this machine.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here_only)
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_anchors_of_others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what a database anchored that is not the test's away. A test of anchors names a folder of its own."""
    with override_settings(ANCHORS=tmp_path_factory.getbasetemp() / "no-anchors"):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Lay the empty database ready, where one was kept, before Django makes it."""
    from tests import empty_database

    with empty_database.laid_ready():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Keep the database as it is before the first test."""
    from tests import empty_database

    with django_db_blocker.unblock():
        empty_database.keep()


@pytest.fixture
def for_real(transactional_db: None) -> None:
    """Commit for real, so that several connections see it. PostgreSQL only; everything is emptied afterwards."""
    _guards("DISABLE")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """After `for_real`, put back what emptying every table takes along: the guards, and the public pages' number."""
    if "for_real" not in getattr(item, "fixturenames", ()) or not _on_postgres():
        return (yield)
    from standdown.foundation import db
    from standdown.foundation.models import PublicVersion

    with db.open_for("a test that commits"):  # emptying every table is a write, too
        yield
        if nextitem is None:  # the last test of its process: the database itself is gone by now
            return
        with item.config.stash[blocking_manager_key].unblock():
            _guards("ENABLE")
            PublicVersion.objects.get_or_create(pk=1)


def _asks_a_database(item: pytest.Item) -> bool:
    """True for a test that may; pytest-django lets no other."""
    fixtures = {"db", "transactional_db", "live_server"}.intersection(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


def _on_postgres() -> bool:
    return os.environ.get("STANDDOWN_DATABASE_URL", "").startswith("postgres")


def _guards(state: str) -> None:
    """Let the tables that can only be added to be emptied, or guard them again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE tgname LIKE '%_append_only'"
        )
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} {state} TRIGGER {trigger}")
