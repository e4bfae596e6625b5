"""Backups: making one, restoring one, and the key for both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from django.conf import settings
from django.db import DatabaseError

from standdown.config.backup import key as keys
from standdown.config.backup import make
from standdown.config.backup import restore as restoring
from standdown.config.backup.failures import BackupError, CannotBeginError
from standdown.config.backup.manifest import Manifest
from standdown.config.cli import say
from standdown.foundation import clock

KEY_FILE = typer.Option(None, "--key-file", help="The key; without it STANDDOWN_BACKUP_KEY_FILE.")
TO: Path = typer.Argument(..., help="The file to write; it must not be there yet.")
FROM: Path = typer.Argument(..., help="The backup.")
DRY_RUN = typer.Option(False, "--dry-run", help="Prove the whole file with its key, and write nothing.")

app = typer.Typer(help="The key that backups are encrypted with.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """A group, so that `standdown backup-key new` reads as it is spoken."""


@app.command()
def new(*, file: Path = TO, form: say.Format = say.FORMAT) -> None:
    """Make a key, readable by its owner only. Keep a second copy away from this machine: without it no backup opens."""
    with _failures(form):
        mark = keys.new(file, home=settings.HOME)
    if form is say.Format.JSON:
        say.as_json({"file": file, "mark": mark})
        return
    say.done(f"The key {mark} is in {file}. Keep a copy of it where neither this machine nor the backups are.")


def backup(
    *,
    file: Path = TO,
    key_file: Path | None = KEY_FILE,
    form: say.Format = say.FORMAT,
) -> None:
    """Write one encrypted file with all that must not be lost, and read it again. Exit 2: it could not begin."""
    with _failures(form):
        made = make.backup(file, key=keys.read(key_file or settings.BACKUP_KEY_FILE), at=clock.now())
    if form is say.Format.JSON:
        say.as_json({"file": file, "size": file.stat().st_size, **_facts(made)})
        return
    say.done(f"{file} holds {_in_words(made)}, and was read again to its end.")


def restore(
    *,
    file: Path = FROM,
    key_file: Path | None = KEY_FILE,
    dry_run: bool = DRY_RUN,
    form: say.Format = say.FORMAT,
) -> None:
    """Fill an empty database from a backup, compare, bring it up to date. Exit 2: it could not begin."""
    with _failures(form):
        key = keys.read(key_file or settings.BACKUP_KEY_FILE)
        if dry_run:
            found = restoring.look_into(file, key=key)
            done = restoring.Restored(found, [], [])
        else:
            done = restoring.restore(file, key=key)
    _tell(done, form, dry_run=dry_run)
    raise typer.Exit(say.WRONG if done.broken else say.OK)


def _tell(done: restoring.Restored, form: say.Format, *, dry_run: bool) -> None:
    if form is say.Format.JSON:
        say.as_json({"restored": not dry_run, **_facts(done.manifest), "broken": done.broken, "notes": done.notes})
        return
    for chain in done.broken:
        say.wrong(f"Chain {chain} is not whole, as it was not when it was backed up: `standdown audit verify`.")
    for note in done.notes:
        say.wrong(note)
    if dry_run:
        say.done(f"The backup is whole: {_in_words(done.manifest)}. Nothing was written.")
        return
    say.done(f"Restored: {_in_words(done.manifest)}.")
    say.done("Counts and heads are those of the backup. Everybody signs in again. Now run `standdown check`.")


def _in_words(manifest: Manifest) -> str:
    facts = manifest.facts
    entries = sum(length for _key, length, _head in facts.chains)
    return (
        f"{sum(facts.counts.values())} rows in {len(facts.counts)} tables and {len(facts.chains)} chains with "
        f"{entries} entries, as of {clock.london(manifest.made_at):%d/%m/%Y %H:%M}"
    )


def _facts(manifest: Manifest) -> dict[str, Any]:
    facts = manifest.facts
    chains = [{"chain": key, "length": length, "head": head} for key, length, head in facts.chains]
    return {
        "version": manifest.version, "engine": manifest.engine, "moment": manifest.moment, "counts": facts.counts,
        "chains": chains, "migrations": len(facts.migrations), "files": manifest.files,
    }  # fmt: skip


@contextmanager
def _failures(form: say.Format) -> Iterator[None]:
    """Say why it did not happen, and end with 2 where it could not begin, else with 1."""
    try:
        yield
    except CannotBeginError as error:
        _say(str(error), form)
        raise typer.Exit(say.NOT_CHECKED) from None
    except DatabaseError as error:
        _say(f"The database does not answer ({type(error).__name__}). Check STANDDOWN_DATABASE_URL.", form)
        raise typer.Exit(say.NOT_CHECKED) from None
    except BackupError as error:
        _say(str(error), form)
        raise typer.Exit(say.WRONG) from None


def _say(words: str, form: say.Format) -> None:
    if form is say.Format.JSON:
        say.as_json({"wrong": words})
    else:
        say.wrong(words)
