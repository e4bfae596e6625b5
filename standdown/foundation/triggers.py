"""What the database itself sees to: rows that can only be added, and the number of the public pages.

The steps may be asked for again: SQLite makes a table anew when a column is added, and its triggers go then.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

from standdown.foundation import db
from standdown.foundation.migration_step import Step


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
        create = f"CREATE OR REPLACE TRIGGER {name} {after} EXECUTE FUNCTION standdown_raise_public_version()"
        operations.append(
            db.statements(postgres=[function, create], undo=[f"DROP TRIGGER IF EXISTS {name} ON {table}"])
        )
        for event in ("INSERT", "UPDATE", "DELETE"):
            trigger = f"{name}_{event.lower()}"
            create = f"CREATE TRIGGER IF NOT EXISTS {trigger} AFTER {event} ON {table} BEGIN {raise_it}; END"
            operations.append(db.statements(sqlite=[create], undo=[f"DROP TRIGGER IF EXISTS {trigger}"]))
    return operations


def append_only(table: str) -> list[Operation]:
    """Migration steps: rows of this table can be added and read, never changed or taken away."""
    refuse = "RAISE EXCEPTION 'rows of % can only be added', TG_TABLE_NAME;"
    function = _postgres_function("standdown_append_only", refuse)
    before = f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
    create = f"CREATE OR REPLACE TRIGGER {table}_append_only {before} EXECUTE FUNCTION standdown_append_only()"
    drop = f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}"
    operations = [db.statements(postgres=[function, create], undo=[drop])]
    for event in ("UPDATE", "DELETE"):
        trigger = f"{table}_no_{event.lower()}"
        body = f"SELECT RAISE(ABORT, 'rows of {table} can only be added');"
        create = f"CREATE TRIGGER IF NOT EXISTS {trigger} BEFORE {event} ON {table} BEGIN {body} END"
        operations.append(db.statements(sqlite=[create], undo=[f"DROP TRIGGER IF EXISTS {trigger}"]))
    return operations


def refuses(table: str, event: str, condition: str, words: str) -> list[Operation]:
    """Migration steps: this table refuses an UPDATE or DELETE of a row for which the condition on OLD and NEW holds."""
    name = f"{table}_refuses_{event.lower()}"
    row = "NEW" if event == "UPDATE" else "OLD"
    function = _postgres_function(name, f"IF {condition} THEN RAISE EXCEPTION '{words}'; END IF; RETURN {row};")
    create = f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    trigger = (
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
    )
    return [
        db.statements(postgres=[function, create], undo=[f"DROP TRIGGER IF EXISTS {name} ON {table}"]),
        db.statements(sqlite=[trigger], undo=[f"DROP TRIGGER IF EXISTS {name}"]),
    ]


def first_row(sql: str) -> Operation:
    """A migration step that inserts a row which must always be there."""

    def code(editor: Any) -> None:
        with db.open_for("a migration"):
            editor.execute(sql, params=None)

    return Step(code, lambda _editor: None)


def may_be_taken_away(table: str, marked: str) -> list[Operation]:
    """Migration steps, after `append_only`: rows for which the question `marked` (of OLD) finds something may go.

    `marked` is a SELECT that both databases know, such as one that finds out that the row is of an exercise. No row can
    be changed, and no other be taken away.
    """
    name = f"{table}_no_delete"
    refuse = f"rows of {table} can only be added"
    body = f"IF NOT EXISTS ({marked}) THEN RAISE EXCEPTION '{refuse}'; END IF; RETURN OLD;"
    function = _postgres_function(f"standdown_{name}", body)
    whole = f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION standdown_append_only()"
    usual = f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE {whole}"
    narrower = f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR TRUNCATE {whole}"
    row = f"CREATE OR REPLACE TRIGGER {name} BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION standdown_{name}()"
    before = f"BEFORE DELETE ON {table}"
    raised = f"BEGIN SELECT RAISE(ABORT, '{refuse}'); END"
    gone = f"DROP TRIGGER IF EXISTS {name}"
    return [
        db.statements(postgres=[function, narrower, row], undo=[f"{gone} ON {table}", usual]),
        db.statements(
            sqlite=[gone, f"CREATE TRIGGER {name} {before} WHEN NOT EXISTS ({marked}) {raised}"],
            undo=[gone, f"CREATE TRIGGER {name} {before} {raised}"],
        ),
    ]
