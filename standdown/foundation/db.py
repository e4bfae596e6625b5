"""The only file that knows which database runs. SQLite and PostgreSQL must give the same answers.

It also stands watch: outside `act()` (or another named opening below) no statement may write to our own tables.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from django.db import IntegrityError, connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.migrations.operations.base import Operation

from standdown.foundation import moments
from standdown.foundation.migration_step import Step

M = TypeVar("M", bound=models.Model)

OUR_PARTS = ("foundation", "audit", "people", "notifications", "training", "care", "occupational_health")
# Kept by the sign-in library and its session store; who signs in and with what is recorded by people.sign_in.
NOT_WATCHED = ("people_account",)
_WRITE = re.compile(
    r'^\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|TRUNCATE(?:\s+TABLE)?)\s+"?(\w+)"?',
    re.IGNORECASE,
)
_open_for: ContextVar[str | None] = ContextVar("standdown_open_for", default=None)


class WriteOutsideAct(RuntimeError):
    """Code tried to write to one of our tables without `act()`: no permission asked, nothing recorded."""


class UnsafeSQLite(RuntimeError):
    """The SQLite library at hand could lose committed writes in the mode that was asked for."""


# -- settings ---------------------------------------------------------------------------------------------------


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """False for builds (3.7.0 to 3.51.2, but for two mended lines) whose WAL reset can drop a committed write."""
    if version < (3, 7, 0) or version >= (3, 51, 3):
        return True
    mended = {(3, 50): 7, (3, 44): 6}
    patch = mended.get(version[:2])
    return patch is not None and version[2] >= patch


def sqlite_pragmas(version: tuple[int, int, int] | None = None) -> str:
    """The start-up gate: write-ahead logging where it is safe, otherwise a rollback journal synced to the last."""
    journal = "WAL" if wal_is_safe(version or sqlite3.sqlite_version_info) else "DELETE"
    synchronous = "FULL" if journal == "WAL" else "EXTRA"
    return (
        f"PRAGMA journal_mode={journal}; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON;"
        "PRAGMA secure_delete=ON; PRAGMA cache_size=-16000;"
    )


def settings_for(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for `sqlite:///path` or `postgresql://user:secret@host:port/name`.

    ValueError for any other scheme, in words that an operator can act on.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": sqlite_pragmas()},
            "CONN_MAX_AGE": None,
        }
    if parts.scheme in {"postgres", "postgresql"}:
        query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.pop("host", parts.hostname or "")),
            "PORT": str(parts.port or ""),
            "OPTIONS": {name: unquote(value) for name, value in query.items()},  # sslmode and what else libpq knows
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ValueError(f"the database address must begin with sqlite:/// or postgresql://, not {parts.scheme!r}")


def is_single_process() -> bool:
    """True on SQLite, where one process with one writer serves best."""
    return connection.vendor == "sqlite"


# -- the watch --------------------------------------------------------------------------------------------------


@contextmanager
def open_for(purpose: str) -> Iterator[None]:
    """Let writes through. A house test lists the few callers."""
    token = _open_for.set(purpose)
    try:
        yield
    finally:
        _open_for.reset(token)


def _watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if _open_for.get() is None:
        found = _WRITE.match(sql)
        if found:
            table = found.group(1)
            if table.startswith(tuple(f"{part}_" for part in OUR_PARTS)) and not table.startswith(NOT_WATCHED):
                raise WriteOutsideAct(f"a write to {table} outside act()")
    return execute(sql, params, many, context)


def refuse_unsafe(journal: str, version: tuple[int, int, int] | None = None) -> None:
    """The gate's other half: a file that somebody else holds open in WAL stays in it, whatever we asked for."""
    found = version or sqlite3.sqlite_version_info
    if journal == "wal" and not wal_is_safe(found):
        number = ".".join(map(str, found))
        raise UnsafeSQLite(f"SQLite {number} can lose writes in WAL; stop what else has the database open, then start")


def _on_connection(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            refuse_unsafe(cursor.fetchone()[0])
    else:
        moments.read_fast(connection)
    if _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)


def watch_connections() -> None:
    """Put the watch on every connection that is opened from now on."""
    connection_created.connect(_on_connection, dispatch_uid="standdown.foundation.watch")


def empty() -> None:
    """Take every table away. Only for a database that is marked as a demonstration; the caller has asked."""
    with connection.cursor() as cursor:
        if is_single_process():
            cursor.execute("PRAGMA foreign_keys=OFF")
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}")
            cursor.execute("PRAGMA foreign_keys=ON")
        else:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")


def start_afresh() -> None:
    """Leave a connection that may be broken; the next statement opens a new one."""
    if not connection.in_atomic_block:
        connection.close()


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """Do not wait for the disk. Only for what can be built again: a power cut may leave nothing of it."""
    if not is_single_process():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    try:
        yield
    finally:
        connection.close()  # the next connection begins with the usual care


# -- transactions and locks -------------------------------------------------------------------------------------


@contextmanager
def one_transaction() -> Iterator[None]:
    """All or nothing, and outermost: what commits here is durable when the block ends."""
    with transaction.atomic(durable=True):
        yield


def lock(queryset: models.QuerySet[M]) -> models.QuerySet[M]:
    """The same rows, held against other writers until the transaction ends.

    Rows that point at these may still be added: whoever holds a date does not keep waiting who holds its force.
    SQLite needs no row locks: its transactions begin IMMEDIATE, so the whole database is held.
    """
    return queryset if is_single_process() else queryset.select_for_update(of=("self",), no_key=True)


def is_held(queryset: models.QuerySet[Any]) -> bool:
    """True when rows of this question would stay locked as `lock` says, or need no lock: a transaction is open."""
    return not (queryset.query.select_for_update and connection.get_autocommit())


def lock_unclaimed(queryset: models.QuerySet[M]) -> models.QuerySet[M]:
    """As `lock`, but rows that another worker holds are passed over."""
    return queryset if is_single_process() else queryset.select_for_update(of=("self",), no_key=True, skip_locked=True)


def is_clash(error: IntegrityError) -> bool:
    """True when a uniqueness constraint refused the row: what was to be written is there already."""
    if is_single_process():
        return "UNIQUE constraint failed" in str(error)
    return getattr(error.__cause__, "sqlstate", "") == "23505"


# -- migrations -------------------------------------------------------------------------------------------------


def statements(*, postgres: list[str] | None = None, sqlite: list[str] | None = None, undo: list[str]) -> Operation:
    """A migration step of plain statements for the database that runs; `undo` must be understood by that one."""
    forwards = {"postgresql": postgres, "sqlite": sqlite}

    def forward(editor: Any) -> None:
        for statement in forwards[editor.connection.vendor] or []:
            editor.execute(statement, params=None)

    def backward(editor: Any) -> None:
        for statement in undo if forwards[editor.connection.vendor] else []:
            editor.execute(statement, params=None)

    return Step(forward, backward)


@contextmanager
def planned_once() -> Iterator[None]:
    """What is asked meanwhile PostgreSQL plans once for each connection, and only fills in values from then on.

    For questions whose text never changes. SQLite's driver keeps what it has compiled by itself. Where statements are
    written to a log, the driver cannot tell what it sent of a plan, and none is kept.
    """
    if is_single_process() or connection.queries_logged:
        yield
        return
    connection.ensure_connection()
    open_now: Any = connection
    driver, usual = open_now.connection, open_now.connection.cursor_factory
    driver.cursor_factory, driver.prepare_threshold = open_now.Database.Cursor, 1
    try:
        yield
    finally:
        driver.cursor_factory = usual


# -- plain SQL, for the few reads that a bench showed to be hot ------------------------------------------------------


def read_plain(sql: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows of a SELECT in words that both databases know; moments among the values are adapted.

    What comes back is what the driver gives: pass keys through `plain_key` and moments through `plain_moment`.
    """
    adapt = connection.ops.adapt_datetimefield_value
    given: list[Any] = [adapt(value) if isinstance(value, dt.datetime) else value for value in values]
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def change_plain(sql: str, *values: str | int | uuid.UUID) -> int:
    """Send an UPDATE in words that both databases know, for the few that a bench showed to be hot. How many rows."""
    adapt = connection.features.has_native_uuid_field
    given = [value.hex if isinstance(value, uuid.UUID) and not adapt else value for value in values]
    with planned_once(), connection.cursor() as cursor:
        cursor.execute(sql, given)
        return int(cursor.rowcount)


def plain_key(value: object) -> uuid.UUID:
    """A key out of `read_plain`: SQLite keeps it as text."""
    return value if isinstance(value, uuid.UUID) else uuid.UUID(str(value))


def plain_moment(value: dt.datetime | str) -> dt.datetime:
    """A moment out of `read_plain`, aware: SQLite keeps it in UTC without saying so, and perhaps as text."""
    moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


# -- the public pages' number -----------------------------------------------------------------------------------


def public_version() -> int:
    """The number that every write to public data raises: one short statement, the key of cached pages."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM foundation_publicversion WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0])
