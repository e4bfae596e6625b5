"""Exercises from the command line."""

from __future__ import annotations

import typer

from standdown.care.drills.models import Drill
from standdown.care.exercises import actions
from standdown.config.cli import say
from standdown.foundation import access, clock

app = typer.Typer(help="Exercises with made-up people.", no_args_is_help=True)


@app.callback()
def _exercises() -> None:
    """Keep `end` a command of its own, however few there are."""


@app.command()
def end(*, force: str = typer.Option("", "--force", help="Only that force's exercise, by its short address.")) -> None:
    """End every exercise that runs, and take away everything of it: incidents, people, steps, looks, messages."""
    running = Drill.objects.filter(ended_at=None)
    if force:
        running = running.filter(force__slug=force)
    found = list(running.select_related("force").order_by("begun_at"))
    if not found:
        say.done("No exercise runs.")
    for one in found:
        number = actions.end_drill(by=access.system("the command line"), at=clock.now(), drill=one)
        say.done(f"The exercise of {one.force.short_name} is over; {number} rows were taken away.")
