"""Telling the operator, in one list, what is wrong with this installation, its dates' places, or the clocks of care."""

from __future__ import annotations

from typing import NoReturn

import typer
from django.db import DatabaseError

from standdown.care.clocks import queries as clocks
from standdown.care.clocks import second_look
from standdown.config.cli import say
from standdown.foundation import clock
from standdown.training.nominations import invariants

SOME = 5  # keys that are shown of many
MEND = typer.Option(False, "--mend", help="Put right what can be put right, a bounded number at a time.")

app = typer.Typer(help="Say everything that is wrong with this installation, in one list.")


@app.callback(invoke_without_command=True)
def check(*, context: typer.Context, form: say.Format = say.FORMAT) -> None:
    """Say everything that is wrong with this installation, in one list."""
    if context.invoked_subcommand is not None:
        return
    from standdown.config import installation

    problems = installation.problems()
    if form is say.Format.JSON:
        say.as_json({"problems": problems})
    else:
        for sentence in problems:
            say.wrong(f"- {sentence}")
        say.done(f"{len(problems)} things are wrong." if problems else "Nothing is wrong.")
    raise typer.Exit(say.WRONG if problems else say.OK)


@app.command("places")
def places(*, form: say.Format = say.FORMAT) -> None:
    """Say whether any place is oversold, held twice, kept back or forgotten. Exit 2: the database cannot be asked."""
    try:
        wrong, standing = invariants.all_wrong(clock.now()), invariants.standing()
    except DatabaseError as error:
        _not_checked(error, form)
    if form is say.Format.JSON:
        say.as_json({"wrong": [one.as_dict() for one in wrong], "standing": standing.as_dict()})
    else:
        for one in wrong:
            say.wrong(f"- {one.sentence} ({one.name}: {', '.join(one.keys)})")
        say.done(
            f"{standing.places} places on {standing.dates} dates, {standing.over_capacity} more beyond a capacity, "
            f"{standing.waiting} people waiting: {len(wrong)} of {len(invariants.CHECKS)} rules broken."
        )
    raise typer.Exit(say.WRONG if wrong else say.OK)


@app.command("clocks")
def clocks_(*, mend: bool = MEND, form: say.Format = say.FORMAT) -> None:
    """Say whether anybody was forgotten by the clocks of care. Exit 2: the database cannot be asked."""
    try:
        looked, standing = second_look.look(clock.now(), mend=mend), clocks.standing(clock.now())
    except DatabaseError as error:
        _not_checked(error, form)
    if form is say.Format.JSON:
        found = [one.as_dict() for one in looked.found]
        say.as_json({"wrong": found, "mended": looked.mended, "standing": standing.as_dict()})
    else:
        for one in looked.found:
            say.wrong(f"- {one.sentence} ({one.name}: {', '.join(map(str, one.keys[:SOME]))})")
        say.done(
            f"{standing.open} steps are open, {standing.late} of them late. "
            f"{len(looked.found)} things were wrong with the clocks, {looked.mended} of them were put right."
        )
    raise typer.Exit(say.WRONG if looked.found else say.OK)


def _not_checked(error: DatabaseError, form: say.Format) -> NoReturn:
    words = "The database cannot be asked. Check that it runs, and that `standdown migrate` was run."
    if form is say.Format.JSON:
        say.as_json({"not_checked": words, "error": type(error).__name__})
    else:
        say.wrong(words)
    raise typer.Exit(say.NOT_CHECKED)
