"""Takes the figures of places that one process shows, on a database of its own; prints them as JSON."""

import io
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standdown.config.settings")

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402

django.setup()

from harness import seconds  # noqa: E402
from places_scene import Scene, ask, counted  # noqa: E402

from standdown.foundation import access, clock, db  # noqa: E402
from standdown.training.models import Nomination, Session  # noqa: E402
from standdown.training.nominations import actions  # noqa: E402

ROWS, DATES, FREED, DIRECTORY = 2000, 40, 50, 40_000
HEADINGS = "number,date,released,stated"


def figures() -> dict[str, float]:
    """Every figure by key."""
    call_command("migrate", verbosity=0)
    return {"statements": _statements(), "fill": _fill(), **_dry_run(), "board": _board()}


def _statements() -> int:
    """The most that one nomination needs, whether it comes to a place or to the list."""
    scene = Scene("statements")
    date, found = scene.date(2), []
    for person, _number in scene.people(4):
        with counted() as sent:
            status = scene.put_forward(date, person)
        assert status.startswith("303"), status
        found.append(len(sent))
    return max(found[1:])  # the first act of a force makes its chain


def _fill() -> float:
    scene = Scene("fill")
    date = scene.date(1)
    for person, _number in scene.people(FREED + 20):
        scene.put_forward(date, person)
    with db.open_for("the bench"):
        Session.objects.filter(pk=date.pk).update(capacity=FREED + 1)
    taken = seconds(lambda: actions.fill_date(by=access.system("bench"), at=clock.now(), session=date))
    assert Nomination.objects.filter(session=date).placed().count() == FREED + 1
    return taken


def _dry_run() -> dict[str, float]:
    scene = Scene("file")
    dates = [scene.date(16, 60 + number).reference for number in range(DATES)]
    rows = [f"{number},{dates[count % DATES]},yes,yes" for count, (_who, number) in enumerate(scene.people(ROWS))]

    def check(rows: list[str]) -> None:
        source = io.BytesIO("\n".join([HEADINGS, *rows]).encode())
        report = actions.put_forward_many(by=scene.lead, at=clock.now(), force=scene.force, source=source, dry_run=True)
        assert report.problems == []
        assert report.added == len(rows)

    check(rows[:1])
    with counted() as sent:
        taken = seconds(lambda: check(rows))
    return {"dry run": taken, "dry run statements": len(sent)}


def _board() -> int:
    scene = Scene("board")
    people = scene.people(DIRECTORY, teams=400)
    for number in range(10):
        date = scene.date(16, 60 + number)
        for person, _number in people[number * 20 : number * 20 + 20]:
            scene.put_forward(date, person)
    ask("/training/nominations/", cookie=f"session={scene.cookie}")
    with counted() as sent:
        status = ask("/training/nominations/", cookie=f"session={scene.cookie}")
    assert status.startswith("200"), status
    return len(sent)


if __name__ == "__main__":
    print(json.dumps(figures()))
