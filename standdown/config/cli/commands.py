"""Which commands there are. Their modules import Django, so this is imported only when a command is asked for."""

from __future__ import annotations

import typer

from standdown.config.cli import audit, backup, check, demo, drill, imports, roles, serve


def attach(app: typer.Typer) -> None:
    """Put every command on the program."""
    app.command("run")(serve.run)
    app.command("worker")(serve.worker)
    app.command("migrate")(serve.migrate)
    app.command("demo")(demo.demo)
    app.add_typer(drill.app, name="drill")
    app.command("backup")(backup.backup)
    app.command("restore")(backup.restore)
    app.add_typer(backup.app, name="backup-key")
    app.add_typer(check.app, name="check")
    app.command("grant")(roles.grant)
    app.command("invite")(roles.invite)
    app.add_typer(imports.app, name="import")
    app.add_typer(audit.app, name="audit")
