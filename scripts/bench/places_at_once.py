"""Takes the figures of places that sixteen browsers at once show, on PostgreSQL; prints them as JSON."""

import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standdown.config.settings")

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from places_scene import Scene, ask  # noqa: E402

from standdown.config import urls  # noqa: E402
from standdown.foundation import clock  # noqa: E402
from standdown.foundation.gates import public  # noqa: E402
from standdown.training.models import Nomination  # noqa: E402
from standdown.training.nominations import invariants  # noqa: E402

CLIENTS, NAMES, PLACES, BARE = 16, 500, 50, 8000


@public
def bare(_request: HttpRequest) -> HttpResponse:
    """The least that a view can do."""
    return HttpResponse("ok")


urls.urlpatterns.insert(0, path("bare/", bare))  # type: ignore[arg-type]


def by_clients(deeds: list[Callable[[], object]]) -> tuple[float, list[float]]:
    """How many of the deeds are done a second by sixteen at once, and how long each took."""
    left, times = list(reversed(deeds)), []

    def work() -> None:
        while left:
            try:
                deed = left.pop()
            except IndexError:
                break
            started = time.perf_counter()
            deed()
            times.append(time.perf_counter() - started)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(deeds) / (time.perf_counter() - started), times


def figures() -> dict[str, float]:
    """Every figure by key."""
    call_command("migrate", verbosity=0)
    scene = Scene("crowd")
    warm, date = scene.date(50, 59), scene.date(PLACES)
    by_clients([lambda one=one: scene.put_forward(warm, one) for one, _number in scene.people(64)])
    people = scene.people(NAMES)
    bare_before, _times = by_clients([lambda: ask("/bare/")] * BARE)
    answers: list[str] = []
    rate, times = by_clients([lambda one=one: answers.append(scene.put_forward(date, one)) for one, _ in people])
    bare_after, _times = by_clients([lambda: ask("/bare/")] * BARE)
    states = [*Nomination.objects.filter(session=date).values_list("state", flat=True)]
    assert invariants.all_wrong(clock.now()) == []
    return {
        "bare": max(bare_before, bare_after),
        "rate": rate,
        "ratio": rate / max(bare_before, bare_after),
        "median": statistics.median(times) * 1000,
        "tail": statistics.quantiles(times, n=100)[98] / statistics.median(times),
        "offered": states.count("offered"),
        "waiting": states.count("waiting"),
        "errors": sum(not answer.startswith("303") for answer in answers),
    }


if __name__ == "__main__":
    print(json.dumps(figures()))
