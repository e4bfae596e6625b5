"""The demonstration."""

from __future__ import annotations

import typer

from standdown.config.cli import say
from standdown.config.demonstration import world
from standdown.foundation import clock


def demo(*, form: say.Format = say.FORMAT) -> None:
    """Throw the old demonstration away and build a new one: real forces, made-up people, dates around today."""
    from django.conf import settings

    settings.HOME.mkdir(parents=True, exist_ok=True)
    try:
        with say.progress("Building the demonstration") as progress:
            built = world.rebuild(clock.now(), progress)
    except world.NotADemonstration:
        say.wrong("This database holds data that is not a demonstration. Nothing was touched. Choose another one.")
        raise typer.Exit(say.WRONG) from None
    if form is say.Format.JSON:
        say.as_json({
            "forces": built.forces, "adopted": built.adopted, "people": built.people, "dates": built.sessions,
            "names": built.named, "exposed": built.exposed,
        })  # fmt: skip
        return
    say.done(
        f"The demonstration is ready: {built.forces} forces, {built.adopted} of them adopted, "
        f"{built.people} made-up people, {built.sessions} dates, {built.named} names put forward, "
        f"{built.exposed} people looked after."
    )
