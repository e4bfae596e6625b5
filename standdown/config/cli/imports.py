"""Bringing in files: forces, people, dates. A file is written whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol

import typer

from standdown.care.duty import actions as duty_actions
from standdown.config.cli import say
from standdown.foundation import access, clock
from standdown.foundation.access import Actor
from standdown.foundation.csv_files import Problem, Report
from standdown.people.accounts import actions as account_actions
from standdown.people.forces import actions as force_actions
from standdown.people.forces.models import Force
from standdown.people.forces.queries import ForceIndex
from standdown.people.forces.refusals import SeveralForces
from standdown.people.qualifications import actions as qualification_actions
from standdown.training.sessions import actions as session_actions

app = typer.Typer(
    help="Bring in a CSV file. Every bad row is listed at once; a file is written whole or not at all.",
    no_args_is_help=True,
)

FILE = typer.Argument(..., exists=True, dir_okay=False, readable=True, help="The CSV file.")
DUTY_FILE = typer.Argument(..., exists=True, dir_okay=False, readable=True, help="The CSV or iCalendar file.")
DRY_RUN = typer.Option(False, "--dry-run", help="Only say what would happen.")


class Importer(Protocol):
    """An import action."""

    def __call__(
        self, *, by: Actor, at: dt.datetime, source: BinaryIO, dry_run: bool, progress: Callable[[int, int], None]
    ) -> Report: ...


def bring_in(what: str, action: Importer, file: Path, *, dry_run: bool, form: say.Format) -> None:
    """Run an import action on a file and report. Exit 0 when all is well, 1 when a row is wrong: nothing is written."""
    with file.open("rb") as source, say.progress(f"Reading {what}") as progress:
        report = action(
            by=access.system(f"import {what}"), at=clock.now(), source=source, dry_run=dry_run, progress=progress
        )
    if form is say.Format.JSON:
        say.as_json(report.as_dict())
    else:
        for problem in report.problems:
            say.wrong(f"{_where(problem)}: {problem.sentence}")
        for note in report.notes:
            say.done(note)
        say.done(_closing_line(what, report))
    raise typer.Exit(say.OK if report.ok else say.WRONG)


def _where(problem: Problem) -> str:
    if not problem.row:
        return "the file"
    return f"row {problem.row}, {problem.column}" if problem.column else f"row {problem.row}"


def _closing_line(what: str, report: Report) -> str:
    if not report.ok:
        return f"{len(report.problems)} problems in {report.rows} rows of {what}: nothing was written."
    verb = "would be" if report.dry_run else "were"
    return (
        f"{report.rows} rows of {what}: {report.added} {verb} added, {report.changed} changed, "
        f"{report.unchanged} are as they were."
    )


@app.command("forces")
def forces(*, file: Path = FILE, dry_run: bool = DRY_RUN, form: say.Format = say.FORMAT) -> None:
    """Bring in the list of forces. Forces that it does not name stay as they are."""
    bring_in("forces", force_actions.import_forces, file, dry_run=dry_run, form=form)


@app.command("people")
def people(*, file: Path = FILE, dry_run: bool = DRY_RUN, form: say.Format = say.FORMAT) -> None:
    """Bring in the directory of one or several forces. Who is not in the file stays as they are."""
    bring_in("people", account_actions.import_people, file, dry_run=dry_run, form=form)


@app.command("sessions")
def sessions(*, file: Path = FILE, dry_run: bool = DRY_RUN, form: say.Format = say.FORMAT) -> None:
    """Bring in training dates. The same file twice changes nothing; a published date is never changed."""
    bring_in("dates", session_actions.import_sessions, file, dry_run=dry_run, form=form)


@app.command("qualifications")
def qualifications(
    *,
    file: Path = FILE,
    force: str = typer.Option(..., "--force", help="The force whose people they are: its name or its address."),
    dry_run: bool = DRY_RUN,
    form: say.Format = say.FORMAT,
) -> None:
    """Bring in training from before Standdown, with its evidence, for one force."""
    action = partial(qualification_actions.import_qualifications, force=_force(force))
    bring_in("past training", action, file, dry_run=dry_run, form=form)


@app.command("duty")
def duty(
    *,
    file: Path = DUTY_FILE,
    force: str = typer.Option(..., "--force", help="The force whose people they are: its name or its address."),
    dry_run: bool = DRY_RUN,
    form: say.Format = say.FORMAT,
) -> None:
    """Bring in who is on duty when, for one force. The days that the file covers are replaced; all others stay."""
    action = partial(duty_actions.import_duty, force=_force(force))
    bring_in("duty", action, file, dry_run=dry_run, form=form)


def _force(words: str) -> Force:
    """The one force that the words mean; says so and stops where there is none, or more than one."""
    try:
        found = ForceIndex(clock.london_day(clock.now())).find(words)
    except SeveralForces as several:
        say.wrong(str(several.sentence))
        raise typer.Exit(say.WRONG) from several
    if found is None:
        say.wrong(f"No force is known as {words}. Use its name or its address, such as thames-valley.")
        raise typer.Exit(say.WRONG)
    return found
