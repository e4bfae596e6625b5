"""A hand in the world of a Standdown that runs: makes people, and lets the worker take a turn that nobody waits for.

A process of its own on the same database, which lives as long as the journey: to start one costs more than what it
does. It is asked in JSON, a line each, and answers in JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from typing import Any

from tests.journeys import care_world  # first, because it sets Django up

from standdown.foundation import clock  # isort: skip
from standdown.notifications import worker  # isort: skip
from standdown.people.models import Force  # isort: skip
from standdown.reporting import actions, jobs, policy  # isort: skip


def turn(at: str | None = None) -> dict[str, Any]:
    """Let a second worker take one turn, now or at that moment, with all that it does each day and each minute."""
    moment = None if at is None else dt.datetime.fromisoformat(at)
    worker.run("a turn", lambda: moment or clock.now(), lambda _seconds: True)
    return {}


def release(force: str) -> dict[str, Any]:
    """Tell that force's figures of last year, as the worker does in the course of a night."""
    last = policy.due(clock.london_day(clock.now()))[0]
    actions.release(by=jobs.BY, at=clock.now(), force=Force.objects.get(slug=force), last=last)
    return {"last": last.isoformat()}


DEEDS: dict[str, Callable[..., Any]] = {
    "people": care_world.people, "busy": care_world.busy, "let_in": care_world.let_in,
    "unqualified": care_world.unqualified, "turn": turn,
    "release": release,
}  # fmt: skip


def main() -> None:
    """Do what is asked until nobody asks any more."""
    for line in sys.stdin:
        asked = json.loads(line)
        came = DEEDS[asked.pop("do")](**asked)
        sys.stdout.write(json.dumps(came) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
