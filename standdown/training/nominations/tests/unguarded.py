"""A table whose constraints were taken away: what the database would refuse can then be written, and must be found."""

from __future__ import annotations

from django.db import connection

from standdown.foundation import db

TABLE = "training_nomination"


def unguarded() -> None:
    """Take every unique index and check from the nominations of this test's database."""
    with connection.cursor() as cursor:
        if db.is_single_process():
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [TABLE])
            columns, _, _constraints = cursor.fetchone()[0].partition(", CONSTRAINT ")
            cursor.execute(columns.replace(f'"{TABLE}"', "unguarded", 1) + ")")
            cursor.execute(f"INSERT INTO unguarded SELECT * FROM {TABLE}")
            cursor.execute(f"DROP TABLE {TABLE}")
            cursor.execute(f"ALTER TABLE unguarded RENAME TO {TABLE}")
            return
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('u', 'c')", [TABLE]
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {name}")
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass"
            " AND indisunique AND NOT indisprimary",
            [TABLE],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")
