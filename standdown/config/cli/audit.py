"""Checking the record of who did what."""

from __future__ import annotations

import typer

from standdown.audit import queries
from standdown.config.cli import say

app = typer.Typer(help="Check the record of who did what.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """A group, so that `standdown audit verify` reads as it is spoken."""


@app.command()
def verify(*, form: say.Format = say.FORMAT) -> None:
    """Walk every chain and say whether an entry was changed, cut, or put elsewhere."""
    found = queries.verify_all()
    broken = [one for one in found if one.broken]
    if form is say.Format.JSON:
        say.as_json([one.as_dict() for one in found])
    else:
        for one in broken:
            say.wrong(f"Chain {one.chain}: at entry {one.broken_at}, {one.why}.")
        entries = sum(one.length for one in found)
        say.done(f"{len(found)} chains with {entries} entries: {len(broken)} broken.")
    raise typer.Exit(say.WRONG if broken else say.OK)
