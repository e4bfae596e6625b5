"""The program: sets Django up once, then hands over to the command."""

from __future__ import annotations

import os

import django
import typer

from standdown import __version__

app = typer.Typer(
    name="standdown",
    help="Standdown: after a traumatic incident at work, nobody is overlooked.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    epilog="Exit codes: 0 done, 1 something is wrong and is listed, 2 the command was not understood.",
)


def _version(*, value: bool) -> None:
    if value:
        typer.echo(f"standdown {__version__}")
        raise typer.Exit


@app.callback()
def _start(
    *,
    version: bool = typer.Option(
        False,
        "--version",
        callback=lambda value: _version(value=value),
        is_eager=True,
        help="Say which version this is.",
    ),
) -> None:
    """Read what stands before the command."""


def main() -> None:
    """Enter here: the installed program."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standdown.config.settings")
    django.setup()
    from standdown.config.cli import commands  # its modules need Django set up

    commands.attach(app)
    app()
