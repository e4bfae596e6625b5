"""Two hundred names for sixteen places at once, through servers that are killed meanwhile: no place is sold twice.

Run on the database that is under test: SQLite, or PostgreSQL with `scripts/postgres_cluster.py`. The number of rounds
is STANDDOWN_RACES (20 by default).
"""

from __future__ import annotations

import http.client
import json
import os
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.journeys.standing import STANDDOWN, free_port, surroundings
from tests.prove.places_world import CAPACITY, KEPT, PEOPLE

ROOT = Path(__file__).parents[2]
ROUNDS = int(os.environ.get("STANDDOWN_RACES", "20"))
DATABASE = os.environ.get("STANDDOWN_DATABASE_URL", "")
ROUNDS_OF_THE_CONTROL = 10
SECONDS_TO_ANSWER = 120
LATEST_KILL = 0.3  # seconds after the first request
CSRF = "a" * 32
Facts = dict[str, Any]


class Server:
    """A server process that can be killed without notice and started again on the same port."""

    def __init__(self, home: Path, settings: dict[str, str], command: list[str]) -> None:
        self.port = free_port()
        self.home, self.settings, self.command = home, settings, command
        self.process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        with (self.home / f"server-{self.port}.log").open("ab") as log:
            return subprocess.Popen(
                [*self.command, str(self.port)],
                env=surroundings(self.home, PYTHONPATH=str(ROOT), **self.settings),
                cwd=self.home, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def kill(self) -> None:
        """No time to finish anything: the process and its children are gone."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def start(self) -> None:
        """Serve again."""
        self.process = self._started()

    def wait(self) -> None:
        """Until it answers."""
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while time.monotonic() < deadline:
            try:
                with open_connection(self.port) as asked:
                    asked.request("GET", "/health/live/")
                    asked.getresponse().read()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError((self.home / f"server-{self.port}.log").read_text())


@contextmanager
def open_connection(port: int) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        yield connection
    finally:
        connection.close()


class Race:
    """A world and its servers, on a database of their own."""

    def __init__(self, home: Path, settings: dict[str, str], command: list[str]) -> None:
        self.world = subprocess.Popen(
            [sys.executable, "-m", "tests.prove.places_world"],
            env=surroundings(home, PYTHONPATH=str(ROOT), **settings),
            cwd=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._read()
        self.servers = [Server(home, settings, command) for _ in range(2)]
        for server in self.servers:
            server.wait()

    def ask(self, what: str, **facts: str) -> Facts:
        """What the world answers."""
        assert self.world.stdin is not None
        self.world.stdin.write(json.dumps({"do": what, **facts}) + "\n")
        self.world.stdin.flush()
        return self._read()

    def _read(self) -> Facts:
        assert self.world.stdout is not None
        answer: Facts = json.loads(self.world.stdout.readline())
        return answer

    def end(self) -> None:
        """Leave nothing running."""
        for server in self.servers:
            server.kill()
        assert self.world.stdin is not None
        assert self.world.stdout is not None
        self.world.stdin.close()
        self.world.wait()
        self.world.stdout.close()

    def run(self, lots: random.Random | None = None) -> tuple[Facts, Counter[int]]:
        """One date; with `lots` a server is killed meanwhile. What came of it, and how often which answer was given."""
        made = self.ask("date")
        answers: Counter[int] = Counter()
        threads = [
            threading.Thread(target=self._put_forward, args=(made["date"], one, number, answers))
            for number, one in enumerate(made["requests"])
        ]
        for thread in threads:
            thread.start()
        if lots is not None:
            time.sleep(lots.uniform(0, LATEST_KILL))
            server = lots.choice(self.servers)
            server.kill()
            server.start()
        for thread in threads:
            thread.join()
        return self.ask("facts", date=made["date"]), answers

    def _put_forward(self, date: str, one: Facts, number: int, answers: Counter[int]) -> None:
        """As a lead's browser that tries again until it is answered; the key says that it is the same request."""
        sent = {
            "csrfmiddlewaretoken": CSRF, "key": one["key"], "date": date, "release": "yes", "stated": "on",
        }  # fmt: skip
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "Host": "localhost",
            "Cookie": f"session={one['cookie']}; csrf={CSRF}",
        }  # fmt: skip
        address = f"/training/nominations/put-forward/?person={one['person']}"
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        for turn in range(number, number + 100_000):
            server = self.servers[turn % len(self.servers)]
            try:
                with open_connection(server.port) as connection:
                    connection.request("POST", address, urllib.parse.urlencode(sent), headers)
                    status = connection.getresponse().status
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < deadline, "no answer"
                time.sleep(0.05)
            else:
                answers[status] += 1
                return


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """Settings with an empty database of one's own, on the server that is under test."""
    if not DATABASE.startswith("postgres"):
        yield {}
        return
    name = f"standdown_race_{secrets.token_hex(4)}"
    with psycopg.connect(DATABASE, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield {"STANDDOWN_DATABASE_URL": DATABASE.rpartition("/")[0] + f"/{name}"}
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def racing(home: Path, command: list[str]) -> Iterator[Race]:
    with own_database() as settings:
        race = Race(home, settings, command)
        try:
            yield race
        finally:
            race.end()


# Two servers of two processes each, so that four race for the database; SQLite is served by one process.
PROCESSES = "2" if DATABASE.startswith("postgres") else "1"
AS_SERVED = [str(STANDDOWN), "run", "--no-with-worker", "--workers", PROCESSES, "--port"]
WITHOUT_LOCK = [sys.executable, "-m", "tests.prove.places_without_lock"]


def test_no_place_is_sold_twice_whoever_is_killed(tmp_path: Path) -> None:
    lots = random.Random(20261123)
    with racing(tmp_path, AS_SERVED) as race:
        for number in range(ROUNDS):
            found, answers = race.run(lots if number % 2 else None)
            assert answers == {303: PEOPLE}, number
            assert found["states"] == {"offered": CAPACITY, "waiting": PEOPLE - CAPACITY}
            assert (found["people"], found["messages"]) == (PEOPLE, 1)
            assert found["numbers"] == list(range(1, CAPACITY + 1))
            assert found["line"] == list(range(1, PEOPLE - CAPACITY + 1))
            assert all(found["taken"][f"force-{one}"] >= kept for one, kept in enumerate(KEPT))
            assert found["in order of commit"]
            assert (found["wrong"], found["chains broken"]) == ([], [])


@pytest.mark.postgres
def test_without_the_lock_the_database_refuses_what_would_be_sold_twice(tmp_path: Path) -> None:
    """A control: the race is real, and forgotten code gives an error."""
    with racing(tmp_path, WITHOUT_LOCK) as race:
        found, answers = race.run()
        assert answers[303] < PEOPLE
        assert len(found["numbers"]) == len(set(found["numbers"])) <= CAPACITY
        assert found["wrong"] == []


@pytest.mark.postgres
def test_without_lock_and_constraints_the_same_race_oversells(tmp_path: Path) -> None:
    """The other control: were nothing in the way, this very test would find places sold twice.

    How many at once see the same free place is chance, and on a busy machine there may be few: within some rounds more
    are sold than there are.
    """
    wrong: set[str] = set()
    with racing(tmp_path, WITHOUT_LOCK) as race:
        race.ask("unguard")
        for _round in range(ROUNDS_OF_THE_CONTROL):
            found, _answers = race.run()
            assert len(set(found["numbers"])) < len(found["numbers"])
            wrong |= {one["invariant"] for one in found["wrong"]}
            if len(found["numbers"]) > CAPACITY:
                break
        else:
            pytest.fail("nothing was oversold")
    assert {"capacity", "place-once"} <= wrong
