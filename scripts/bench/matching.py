"""Takes the figures of matching, from the database to the stored proposal, on a database of its own; prints JSON.

`python scripts/bench/matching.py [NAME ...]` takes only those named: one, forty, hundreds, thousands.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standdown.config.settings")

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402

django.setup()

from matching_scene import AT, Scene  # noqa: E402
from places_scene import counted  # noqa: E402

from standdown.care.matching import actions, queries  # noqa: E402
from standdown.care.models import Plan  # noqa: E402

# Groups, people exposed, people who can defuse, times inside the window.
PLANS = {"forty": (40, 300, 400, 24), "hundreds": (400, 3000, 600, 48), "thousands": (2000, 15_000, 2500, 72)}


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """The seconds on the wall and of the processor that one call takes."""
    wall, processor = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - wall, time.process_time() - processor


def one() -> dict[str, float]:
    """Asking for one session: the best of several, because other work only ever slows it."""
    scene, found, most = Scene("one", 12, 90, 400, 24), [], 0
    for session in scene.sessions:
        looked = queries.look(session, scene.lead, AT)
        assert looked is not None
        chosen = looked.possible[0]

        def ask(session: object = session, chosen: object = chosen) -> None:
            actions.ask(
                by=scene.lead, at=AT, session=session, person=chosen.who.key, starts_at=chosen.slot.starts_at
            )  # fmt: skip

        with counted() as sent:
            found.append(timed(ask))
        most = max(most, len(sent))
    wall, processor = min(found[1:])
    return {"one": 1000 * wall, "one processor": 1000 * processor, "one statements": most}


def planned(name: str) -> dict[str, float]:
    """Planning all groups of an incident, to the stored proposal."""
    groups, people, defusers, slots = PLANS[name]
    scene = Scene(name, groups, people, defusers, slots)
    with counted() as sent:
        wall, processor = timed(lambda: actions.plan_all(by=scene.lead, at=AT, incident=scene.incident))
    made = Plan.objects.get(incident=scene.incident)
    return {
        name: wall, f"{name} processor": processor, f"{name} solver": made.milliseconds / 1000,
        f"{name} gap": made.gap / 10_000, f"{name} left": made.groups - made.placed, f"{name} statements": len(sent),
    }  # fmt: skip


def figures(wanted: list[str]) -> dict[str, float]:
    """Every figure by key. A server imports the solver once in its life, so that is not counted."""
    call_command("migrate", verbosity=0)
    import standdown.care.matching.model  # noqa: F401

    found = one() if "one" in wanted else {}
    for name in PLANS:
        if name in wanted:
            found |= planned(name)
    return found


if __name__ == "__main__":
    print(json.dumps(figures(sys.argv[1:] or ["one", *PLANS])))
