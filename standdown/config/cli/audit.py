"""Checking the record of who did what, here and on another machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

import typer

from standdown.audit import anchors, chain, queries
from standdown.care.looks import queries as looks
from standdown.config.cli import say
from standdown.foundation import clock

OUT = typer.Argument(..., dir_okay=False, help="The file to write; it must not be there yet.")
WITHOUT = typer.Option(False, "--without-anchors", help="Only the chains: what was cut or written anew will not show.")

app = typer.Typer(help="Check the record of who did what.", no_args_is_help=True)


@app.command()
def verify(*, without_anchors: bool = WITHOUT, form: say.Format = say.FORMAT) -> None:
    """Walk every chain, compare it with its anchors, and say what was changed, cut, put elsewhere or put back."""
    proof = queries.Proof(queries.verify_all(), 0, []) if without_anchors else queries.prove()
    for doubt in proof.doubts:
        say.wrong(f"Not everything could be checked: {doubt} ({anchors.folder()}).")
    looked = looks.difference()
    if looked.any:
        say.wrong(f"Of the looks at care records {looked.changed} were changed or added, {looked.missing} taken away.")
    wrong = bool(proof.broken or looked.any)
    if form is say.Format.JSON:
        say.as_json({
            "chains": [one.as_dict() for one in proof.verdicts], "doubts": proof.doubts,
            "looks_changed": looked.changed, "looks_missing": looked.missing,
        })  # fmt: skip
    else:
        for one in proof.broken:
            say.wrong(f"Chain {one.chain}: at entry {one.broken_at}, {one.why}.")
        entries = sum(one.length for one in proof.verdicts)
        say.done(
            f"{len(proof.verdicts)} chains with {entries} entries, compared with {proof.anchors} anchors: "
            f"{len(proof.broken)} broken."
        )
    raise typer.Exit(say.WRONG if wrong else say.NOT_CHECKED if proof.doubts else say.OK)


@app.command()
def anchor() -> None:
    """Write the heads of all chains to the anchors' folder now; the worker does so every hour."""
    try:
        number = anchors.write(clock.now())
    except OSError as error:
        say.wrong(f"No anchor could be written to {anchors.folder()}: {error.strerror}.")
        raise typer.Exit(say.WRONG) from error
    say.done(f"The heads of {number} chains stand in {anchors.folder()}.")


@app.command()
def export(*, file: Path = OUT) -> None:
    """Write every entry to a file that the verifier reads on another machine. It holds keys and codes, no names."""
    as_of = clock.now().isoformat()
    with _new(file) as out:
        number = sum(bool(out.write(json.dumps(row) + "\n")) for row in queries.exported())
    say.done(f"{number} lines. Check them elsewhere with --as-of {as_of}")


@app.command()
def verifier(*, file: Path = OUT) -> None:
    """Write the verifier to a file: it needs Python and nothing else, so it can be run on another machine."""
    with _new(file) as out:
        out.write(Path(chain.__file__).read_text(encoding="utf-8"))
    say.done(f"python {file} RECORD --anchors FOLDER")


def _new(file: Path) -> TextIO:
    try:
        out = file.open("x", encoding="utf-8")
        file.chmod(0o600)
    except OSError as error:
        say.wrong(f"{file} cannot be written: {error.strerror}.")
        raise typer.Exit(say.WRONG) from error
    return out
