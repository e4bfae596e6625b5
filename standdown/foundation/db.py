"""The only file that knows which database runs. SQLite and PostgreSQL must give the same answers.

It also stands watch: outside `act()` (or another named opening below) no statement may write to our own tables.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunPython

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
            "HOST": unquote(query.get("host", parts.hostname or "")),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ValueError(f"the database address must begin with sqlite:/// or postgresql://, not {parts.scheme!r}")


def is_single_process() -> bool:
    """True on SQLite, where one process with one writer serves best."""
    return connection.vendor == "sqlite"


def database_file() -> Path | None:
    """The file of an embedded database; None for a server or for memory."""
    name = str(connection.settings_dict["NAME"])
    return Path(name) if is_single_process() and ":memory:" not in name and "mode=memory" not in name else None


def describe() -> str:
    """The database in words, for `standdown check` and the bench."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            mode = cursor.fetchone()[0]
        return f"SQLite {sqlite3.sqlite_version}, journal {mode}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


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


def _on_connection(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)


def watch_connections() -> None:
    """Put the watch on every connection that is opened from now on."""
    connection_created.connect(_on_connection, dispatch_uid="standdown.foundation.watch")


# -- transactions and locks -------------------------------------------------------------------------------------


@contextmanager
def one_transaction() -> Iterator[None]:
    """All or nothing, and outermost: what commits here is durable when the block ends."""
    with transaction.atomic(durable=True):
        yield


def lock(queryset: models.QuerySet[M]) -> models.QuerySet[M]:
    """The same rows, held against other writers until the transaction ends.

    SQLite needs no row locks: its transactions begin IMMEDIATE, so the whole database is held.
    """
    return queryset if is_single_process() else queryset.select_for_update(of=("self",))


def lock_unclaimed(queryset: models.QuerySet[M]) -> models.QuerySet[M]:
    """As `lock`, but rows that another worker holds are passed over."""
    return queryset if is_single_process() else queryset.select_for_update(of=("self",), skip_locked=True)


# -- migrations -------------------------------------------------------------------------------------------------


def _on(vendor: str, forwards: list[str], backwards: list[str]) -> Operation:
    def run(statements: list[str]) -> Callable[[Any, Any], None]:
        def code(_apps: Any, editor: Any) -> None:
            if editor.connection.vendor == vendor:
                for statement in statements:
                    editor.execute(statement)

        return code

    return RunPython(run(forwards), run(backwards))


def _postgres_function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


def raises_public_version(*tables: str) -> list[Operation]:
    """Migration steps: every insert, update or delete in these tables raises the number of the public pages."""
    raise_it = "UPDATE foundation_publicversion SET number = number + 1 WHERE id = 1"
    function = _postgres_function("standdown_raise_public_version", f"{raise_it}; RETURN NULL;")
    operations: list[Operation] = []
    for table in tables:
        name = f"{table}_public_version"
        after = f"AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH STATEMENT"
        create = f"CREATE TRIGGER {name} {after} EXECUTE FUNCTION standdown_raise_public_version()"
        operations.append(_on("postgresql", [function, create], [f"DROP TRIGGER IF EXISTS {name} ON {table}"]))
        for event in ("INSERT", "UPDATE", "DELETE"):
            trigger = f"{name}_{event.lower()}"
            create = f"CREATE TRIGGER {trigger} AFTER {event} ON {table} BEGIN {raise_it}; END"
            operations.append(_on("sqlite", [create], [f"DROP TRIGGER IF EXISTS {trigger}"]))
    return operations


def append_only(table: str) -> list[Operation]:
    """Migration steps: rows of this table can be added and read, never changed or taken away."""
    refuse = "RAISE EXCEPTION 'rows of % can only be added', TG_TABLE_NAME;"
    function = _postgres_function("standdown_append_only", refuse)
    before = f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
    create = f"CREATE TRIGGER {table}_append_only {before} EXECUTE FUNCTION standdown_append_only()"
    drop = f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}"
    operations = [_on("postgresql", [function, create], [drop])]
    for event in ("UPDATE", "DELETE"):
        trigger = f"{table}_no_{event.lower()}"
        body = f"SELECT RAISE(ABORT, 'rows of {table} can only be added');"
        create = f"CREATE TRIGGER {trigger} BEFORE {event} ON {table} BEGIN {body} END"
        operations.append(_on("sqlite", [create], [f"DROP TRIGGER IF EXISTS {trigger}"]))
    return operations


def first_row(sql: str) -> Operation:
    """A migration step that inserts a row which must always be there."""

    def code(_apps: Any, editor: Any) -> None:
        with open_for("a migration"):
            editor.execute(sql)

    return RunPython(code, RunPython.noop)


# -- the public pages' number -----------------------------------------------------------------------------------


def public_version() -> int:
    """The number that every write to public data raises: one short statement, the key of cached pages."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM foundation_publicversion WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0])
