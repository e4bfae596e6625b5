"""Takes the figures of places that sixteen browsers at once show, on PostgreSQL; prints them as JSON.

Standdown is served as it is for real, in processes of its own. The bare view is the least that it serves: the page that
says that the server lives, behind the same middleware. Both are asked by the same sixteen browsers in the same run.
"""

import http.client
import json
import os
import statistics
import subprocess
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

from places_scene import Scene, form  # noqa: E402

from standdown.foundation import clock  # noqa: E402
from standdown.people.models import Person  # noqa: E402
from standdown.training.models import Nomination, Session  # noqa: E402
from standdown.training.nominations import invariants  # noqa: E402
from tests.journeys.standing import STANDDOWN, free_port  # noqa: E402

CLIENTS, NAMES, PLACES, BARE = 16, 500, 50, 4000
BARE_VIEW = "/health/live"
Deed = Callable[[http.client.HTTPConnection], object]


class Crowd:
    """Sixteen browsers, each with its own connection to the server."""

    def __init__(self, port: int) -> None:
        self.port = port

    def do(self, deeds: list[Deed]) -> tuple[float, list[float]]:
        """How many of the deeds are done a second, and how long each took."""
        left, times = list(reversed(deeds)), list[float]()
        threads = [threading.Thread(target=self._work, args=(left, times)) for _ in range(CLIENTS)]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(deeds) / (time.perf_counter() - started), times

    def _work(self, left: list[Deed], times: list[float]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while left:
            try:
                deed = left.pop()
            except IndexError:
                break
            started = time.perf_counter()
            deed(connection)
            times.append(time.perf_counter() - started)
        connection.close()


def bare(connection: http.client.HTTPConnection) -> None:
    """Ask for the least that there is."""
    connection.request("GET", BARE_VIEW, headers={"Host": "localhost"})
    answer = connection.getresponse()
    answer.read()
    assert answer.status == http.HTTPStatus.OK, answer.status


def names(scene: Scene, date: Session, people: list[tuple[Person, str]], answers: list[int]) -> list[Deed]:
    """Putting each of these people forward."""

    def one(person: Person) -> Deed:
        def deed(connection: http.client.HTTPConnection) -> None:
            path, body, cookie = form(scene, date, person)
            headers = {"Host": "localhost", "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
            answers.append(answer.status)

        return deed

    return [one(person) for person, _number in people]


def figures(port: int) -> dict[str, float]:
    """Every figure by key."""
    scene, crowd, answers = Scene("crowd"), Crowd(port), list[int]()
    crowd.do([bare] * 500)
    crowd.do(names(scene, scene.date(50, 59), scene.people(100), []))  # so that every process has met the form
    date, people = scene.date(PLACES), scene.people(NAMES)
    bare_before, _times = crowd.do([bare] * BARE)
    rate, times = crowd.do(names(scene, date, people, answers))
    bare_after, _times = crowd.do([bare] * BARE)
    states = [*Nomination.objects.filter(session=date).values_list("state", flat=True)]
    assert invariants.all_wrong(clock.now()) == []
    least = max(bare_before, bare_after)
    return {
        "bare": least,
        "rate": rate,
        "ratio": rate / least,
        "median": statistics.median(times) * 1000,
        "tail": statistics.quantiles(times, n=100)[98] / statistics.median(times),
        "offered": states.count("offered"),
        "waiting": states.count("waiting"),
        "errors": sum(answer != http.HTTPStatus.SEE_OTHER for answer in answers),
    }


def served() -> dict[str, float]:
    """Start the server, take the figures, stop it."""
    call_command("migrate", verbosity=0)
    port = free_port()
    command = [str(STANDDOWN), "run", "--no-with-worker", "--port", str(port)]
    with subprocess.Popen(command, stdout=sys.stderr) as server:
        try:
            _wait(port)
            return figures(port)
        finally:
            server.terminate()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            bare(http.client.HTTPConnection("127.0.0.1", port))
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


if __name__ == "__main__":
    print(json.dumps(served()))
