"""Telling the operator, in one list, what is wrong with this installation."""

from __future__ import annotations

import typer

from standdown.config.cli import say


def check(*, form: say.Format = say.FORMAT) -> None:
    """Say everything that is wrong with this installation, in one list."""
    from standdown.config import installation

    problems = installation.problems()
    if form is say.Format.JSON:
        say.as_json({"problems": problems})
    else:
        for sentence in problems:
            say.wrong(f"- {sentence}")
        say.done(f"{len(problems)} things are wrong." if problems else "Nothing is wrong.")
    raise typer.Exit(say.WRONG if problems else say.OK)
