"""How a database is copied out and in: SQLite through its backup interface, PostgreSQL through its own programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from standdown.config.backup.failures import BackupError, CannotBeginError
from standdown.config.backup.manifest import Facts
from standdown.foundation import db

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BESIDE = ("-wal", "-shm", "-journal")  # files that SQLite would read into a database of that name
Ask = Callable[[str], list[tuple[Any, ...]]]
NOT_EMPTY = "The database is not empty, and a restore never writes over anything. Name an empty one."
NO_TABLES = "The database holds no tables. There is nothing to back up."


def engine() -> str:
    """Which kind of database this installation is set to."""
    return SQLITE if db.is_single_process() else POSTGRESQL


def take(into: Path) -> Facts:
    """Copy the database as it is at one moment to the file `into`, and say what that copy holds."""
    return _take_sqlite(into) if db.is_single_process() else _take_postgresql(into)


def put_back(copy: Path, due: Facts) -> None:
    """Make an empty database what the copy holds. BackupError, and it is empty still, where it is not what was due."""
    if db.is_single_process():
        _put_back_sqlite(copy, due)
    else:
        _put_back_postgresql(copy, due)


def must_be_empty() -> None:
    """BackupError when the database holds a table. No file of SQLite comes to be by asking."""
    file = database_file()
    full = (file is None or file.exists()) and bool(connection.introspection.table_names())
    if file is not None:
        connection.close()
        full = full or any(Path(f"{file}{end}").exists() for end in BESIDE)
    if full:
        raise BackupError(NOT_EMPTY)


def database_file() -> Path | None:
    """Where the embedded database lies; None on PostgreSQL, and for one in memory."""
    name = str(connection.settings_dict["NAME"])
    return None if not db.is_single_process() or name.startswith(("file:", ":memory:")) else Path(name)


def facts(ask: Ask, tables: list[str]) -> Facts:
    """What the database behind `ask` holds."""
    counts = {name: int(ask(f'SELECT count(*) FROM "{name}"')[0][0]) for name in sorted(tables)}  # noqa: S608 - names of tables
    chains = ask("SELECT force_id, sequence, head FROM audit_chain") if "audit_chain" in counts else []
    steps = ask("SELECT app, name FROM django_migrations") if "django_migrations" in counts else []
    return Facts(
        counts=counts,
        chains=sorted([str(db.plain_key(key)), int(length), str(head)] for key, length, head in chains),
        migrations=sorted([str(app), str(name)] for app, name in steps),
    )


# -- SQLite -----------------------------------------------------------------------------------------------------


@contextmanager
def _file(path: Path) -> Iterator[Any]:
    driver: Any = connection
    with closing(driver.Database.connect(str(path))) as found:
        yield found


def _take_sqlite(into: Path) -> Facts:
    connection.ensure_connection()
    if connection.in_atomic_block:  # SQLite would wait for ever for the writes of this very connection
        raise RuntimeError("a backup is not taken inside a transaction")
    source: Any = connection.connection
    with _file(into) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file that is whole by itself
    found = _proven(into)
    if not found.counts:
        raise CannotBeginError(NO_TABLES)
    return found


def _proven(path: Path) -> Facts:
    """What a file holds, once it was found sound."""
    driver: Any = connection
    try:
        with _file(path) as copy:
            wrong = [str(row[0]) for row in copy.execute("PRAGMA integrity_check") if row[0] != "ok"]
            wrong += [f"a row of {row[0]} points nowhere" for row in copy.execute("PRAGMA foreign_key_check")]
            if wrong:
                raise BackupError(f"The database is damaged: {wrong[0]} ({len(wrong)} such). Nothing was written.")
            named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
            return facts(lambda sql: copy.execute(sql).fetchall(), [row[0] for row in copy.execute(named)])
    except driver.Database.DatabaseError as error:
        raise BackupError(f"The database is damaged ({type(error).__name__}). Nothing was written.") from error


def _put_back_sqlite(copy: Path, due: Facts) -> None:
    _compare(due, _proven(copy))
    file = database_file()
    if file is None:
        raise CannotBeginError("A database in memory cannot be restored.")
    with copy.open("rb") as written:
        os.fsync(written.fileno())
    must_be_empty()
    copy.replace(file)
    to_disk(file.parent)


def _compare(due: Facts, found: Facts) -> None:
    wrong = due.differences(found)
    if wrong:
        raise BackupError(f"What was read back is not what was backed up. {' '.join(wrong)}")


def to_disk(folder: Path) -> None:
    """Make the names in a folder outlive a power cut."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


# -- PostgreSQL -------------------------------------------------------------------------------------------------


def _ask_here(sql: str) -> list[tuple[Any, ...]]:
    return db.read_plain(sql)


def _take_postgresql(into: Path) -> Facts:
    program("pg_dump")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        snapshot = str(_ask_here("SELECT pg_export_snapshot()")[0][0])
        found = facts(_ask_here, connection.introspection.table_names())
        if not found.counts:
            raise CannotBeginError(NO_TABLES)
        _run("pg_dump", "--format=custom", "--compress=0", "--no-owner", "--no-privileges", f"--snapshot={snapshot}",
             f"--file={into}", f"--dbname={_address()}")  # fmt: skip
    _run("pg_restore", "--list", str(into))
    return found


def _put_back_postgresql(copy: Path, due: Facts) -> None:
    must_be_empty()
    _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
         f"--dbname={_address()}", str(copy))  # fmt: skip
    try:
        _compare(due, facts(_ask_here, connection.introspection.table_names()))
    except BackupError:
        db.empty()  # it was empty before, and is again
        raise


def program(name: str) -> str:
    """Where one of PostgreSQL's programs lies, the newest where there are several. CannotBeginError for none."""
    found = shutil.which(name)
    if found is None:
        others = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
        found = max(map(str, others), key=lambda path: [int(part) for part in re.findall(r"\d+", path)], default=None)
    if found is None:
        raise CannotBeginError(f"The program {name} is missing. Install PostgreSQL's client programs.")
    return found


def _address() -> str:
    """How libpq is told where the database is, all but the password: that would stand in the list of processes."""
    told = connection.settings_dict
    known = {"dbname": told["NAME"], "user": told["USER"], "host": told["HOST"], "port": told["PORT"]}
    known |= {name: value for name, value in told["OPTIONS"].items() if isinstance(value, str)}
    quoted = {name: str(value).replace("\\", "\\\\").replace("'", "\\'") for name, value in known.items() if value}
    return " ".join(f"{name}='{value}'" for name, value in quoted.items())


def _run(name: str, *words: str) -> None:
    password = str(connection.settings_dict["PASSWORD"])
    surroundings = os.environ | ({"PGPASSWORD": password} if password else {})
    command = [program(name), *words]  # no shell reads it, and all words are ours or the operator's own
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)  # noqa: S603 - as said
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise BackupError(f"{name} did not succeed: {said[0] if said else done.returncode}")
