"""Serving: the web server with its worker, the worker alone, and the database's shape."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

import typer
from django.conf import settings
from django.core.management import call_command

from standdown.config.cli import say
from standdown.config.demonstration import world
from standdown.foundation import access, clock, db
from standdown.notifications import worker as messages
from standdown.people.forces.actions import let_names_take_effect


def migrate() -> None:
    """Bring the database to the shape that this version needs. Safe to run again."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    settings.HOME.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if steps:
        call_command("migrate", verbosity=0, interactive=False)
    say.done(f"The database is ready: {steps} steps taken." if steps else "The database is ready: nothing to do.")


def worker() -> None:
    """Send messages as they fall due, until told to stop."""
    say.done("The worker is waiting for messages. Stop it with Ctrl-C.")
    work_until(lambda: False)


def work_until(ended: Callable[[], bool]) -> None:
    """Send messages as they fall due, until a signal says stop or `ended()` is true."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    messages.run(f"worker-{os.getpid()}", clock.now, lambda wait: stop.wait(wait) or ended(), _each_day)


def _each_day(at: dt.datetime) -> None:
    let_names_take_effect(by=access.system("names of forces"), at=at)


def _say_who_can_sign_in() -> None:
    if not settings.DEMONSTRATION:
        return
    say.done("Demonstration: choose one of these on the page /sign-in/demonstration/ (no password).")
    for name, role, force in world.who_can_sign_in():
        say.done(f"  {role:<22} {name}, {force}")


def run(
    *,
    host: str = typer.Option("127.0.0.1", help="The address to listen on."),
    port: int = typer.Option(0, help="The port; without it the PORT setting, or 8000."),
    workers: int = typer.Option(0, help="Server processes; without it 1 on SQLite and 3 on PostgreSQL."),
    with_worker: bool = typer.Option(True, help="Send messages too, in a process beside the server."),
) -> None:
    """Serve Standdown, with the worker that sends its messages."""
    from granian import Granian
    from granian.constants import Interfaces

    if not settings.HOME.exists():
        say.wrong("There is no database yet. Run `standdown migrate` first.")
        raise typer.Exit(say.WRONG)
    port = port or settings.PORT
    single = db.is_single_process()
    helper = subprocess.Popen([sys.executable, "-m", "standdown.config.cli.worker_process"]) if with_worker else None
    _say_who_can_sign_in()
    say.done(f"Standdown is at http://localhost:{port} and http://127.0.0.1:{port} (Ctrl-C stops it).")
    try:
        Granian(
            "standdown.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers or (1 if single else 3),
            blocking_threads=1,  # of two, the one that holds a lock in the database waits for the other's Python
            log_enabled=False,
            workers_kill_timeout=5,  # seconds; a second signal while stopping must not hang
        ).serve()
    finally:
        if helper is not None:
            helper.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                helper.wait(timeout=10)
