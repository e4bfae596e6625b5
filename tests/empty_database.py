"""The empty database that tests begin with, kept between runs on SQLite: migrating one takes a third of a minute.

What is kept is named by a hash of everything that decides how it looks, and `migrate` still runs over the copy.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "empty-database"
DECIDES = ("standdown/*/migrations/*.py", "standdown/foundation/*.py", "requirements/*.txt")


@contextmanager
def laid_ready() -> Iterator[None]:
    """Within the block the database that Django is about to make holds what was kept, if something was."""
    name = str(connection.creation._get_test_db_name())  # type: ignore[attr-defined]
    if connection.vendor != "sqlite" or not _kept().exists():
        yield
        return
    # A database in memory lasts as long as somebody is connected to it.
    with closing(sqlite3.connect(name, uri=True)) as ready, closing(sqlite3.connect(_kept())) as source:
        source.backup(ready)
        yield


def copy_to(file: Path) -> None:
    """Begin a database in a file with what was kept; nothing is written where nothing was."""
    if _kept().exists():
        shutil.copyfile(_kept(), file)


def keep() -> None:
    """Keep the database as it is now, before the first test."""
    if connection.vendor != "sqlite" or _kept().exists():
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    for older in KEPT.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    half = _kept().with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(half)) as target:
        connection.connection.backup(target)
    half.rename(_kept())


@cache
def _kept() -> Path:
    found = hashlib.sha256()
    for file in sorted(path for pattern in DECIDES for path in ROOT.glob(pattern)):
        found.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return KEPT / f"{found.hexdigest()[:32]}.sqlite3"
