"""How the program speaks: progress on a terminal, one closing line, JSON for other programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

console = Console(stderr=True)

OK, WRONG, MISUSED = 0, 1, 2
NOT_CHECKED = 2  # what was asked could not be looked at, so that nobody takes silence for a yes


class Format(StrEnum):
    """For people, or for another program."""

    TEXT = "text"
    JSON = "json"


FORMAT = typer.Option(Format.TEXT, "--format", help="How to answer: text for people, json for another program.")


def as_json(facts: object) -> None:
    """Print facts for another program on standard output."""
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))


def done(sentence: str) -> None:
    """Print the one closing line."""
    typer.echo(sentence)


def wrong(sentence: str) -> None:
    """Print what is wrong, on standard error."""
    typer.echo(sentence, err=True)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, silence elsewhere. Yields a function that takes (done, of all)."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda so_far, total: bar.update(task, completed=so_far, total=total)
