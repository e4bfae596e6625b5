"""Proves that no message is lost and none sent twice although workers are killed; prints what came of it as JSON.

Arguments: how many messages, workers, kills. Runs on the database of STANDDOWN_DATABASE_URL, which must be empty, or on
a SQLite file in STANDDOWN_HOME. Half of the messages come in pairs about one thing, whose order must be kept.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standdown.config.settings")

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402

django.setup()

import datetime as dt  # noqa: E402

from django.conf import settings  # noqa: E402
from django.db import OperationalError, connection  # noqa: E402

from standdown.foundation import db  # noqa: E402
from standdown.notifications import policy, worker  # noqa: E402
from standdown.notifications.channels.email import Receipt  # noqa: E402
from standdown.notifications.models import OutboxMessage, State  # noqa: E402
from tests import cast  # noqa: E402

POINTS = ("before", "after", "noted")  # the sink took it, and it is noted
NOTHING_DUE, BUSY, BROKEN = 0, 3, 4
LATER = cast.AT + policy.LEASE + dt.timedelta(seconds=1)


class Sink:
    """A way out that takes everything by writing its Message-ID into a file, and dies where it is told to."""

    def __init__(self, file: Path, point: str, left: int) -> None:
        self.out = os.open(file, os.O_WRONLY | os.O_APPEND)
        self.point, self.left = point, left

    def die_at(self, point: str) -> None:
        """End this process as a power cut would, if this is the point and its time has come."""
        if point == self.point and self.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def send(self, message: OutboxMessage) -> Receipt:
        """Take the message."""
        self.left -= 1
        self.die_at("before")
        os.write(self.out, f"{message.pk}\n".encode())
        self.die_at("after")
        return Receipt(reference=str(message.pk))


def figures(messages: int, workers: int, kills: int) -> dict[str, float]:
    """Every figure by key: what was sent how often, what is missing, and how fast it went."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    _write(messages)
    sink = settings.HOME / "sink"
    sink.touch()
    started = time.perf_counter()
    killed = _work(sink, messages, workers, kills)
    worker.mark_stale(LATER)  # the leases of the dead are over: what they left is uncertain, what waited for it is free
    _work(sink, messages, workers, 0)
    passed = time.perf_counter() - started
    gaps = killed["before"] + killed["after"]
    return {
        "a_second": messages / passed, "killed": killed.total(), "gaps": gaps, "taken_gaps": killed["after"],
        **_account(sink),
    }  # fmt: skip


def _write(messages: int) -> None:
    """Due messages to ten people; every second one follows another about the same thing."""
    force = cast.force("bench")
    people = [cast.person(force, f"Person{number}") for number in range(10)]
    rows = [
        OutboxMessage(
            purpose="Bench", about=f"thing-{number // 2}", version=number, recipient=people[number // 2 % 10],
            force=force, address=people[number // 2 % 10].work_email, subject=f"Message {number}", text="Text.\n",
            html="<p>Text.</p>", created_at=cast.AT + dt.timedelta(microseconds=number), due_at=cast.AT,
        )
        for number in range(messages)
    ]  # fmt: skip
    with db.in_a_hurry(), db.open_for("the bench"):
        OutboxMessage.objects.bulk_create(rows, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # which a database in use does by itself


def _work(file: Path, messages: int, workers: int, kills: int) -> Counter[str]:
    """Keep that many workers going until nothing is due; how many were killed at each point."""
    lots, killed = random.Random(7), Counter[str]()  # noqa: S311 - the same kills each time
    most = max(1, messages // max(1, kills))  # so that all of them have died before the messages run out
    running: dict[int, str] = {}
    ended = 0
    while ended < workers:
        while len(running) < workers - ended:
            doomed = [point for point in running.values() if point]
            number = killed.total() + len(doomed)
            point = POINTS[number % len(POINTS)] if number < kills else ""
            running[_start(file, point, lots.randint(1, most))] = point
        child, status = os.wait()
        point, code = running.pop(child), os.waitstatus_to_exitcode(status)
        killed[point] += code == -signal.SIGKILL
        ended += code == NOTHING_DUE
        if code not in {-signal.SIGKILL, NOTHING_DUE, BUSY}:
            raise RuntimeError(f"a worker ended with {code}")
    return killed


def _start(file: Path, point: str, left: int) -> int:
    """A worker as a process of its own; it ends when nothing is due."""
    connection.close()  # nothing may be shared with it
    child = os.fork()
    if child:
        return child
    code = BROKEN
    try:
        sink = Sink(file, point, left)
        while worker.send_one(cast.AT, {"email": sink}):
            sink.die_at("noted")
        code = NOTHING_DUE
    except OperationalError:  # SQLite, held by others for longer than it waits: a worker tries again on its next turn
        code = BUSY
    finally:
        os._exit(code)


def _account(sink: Path) -> dict[str, float]:
    """What the sink took against what the outbox says of it."""
    lines = sink.read_text(encoding="ascii").split()
    taken, place = Counter(lines), {key: number for number, key in enumerate(lines)}
    rows = list(OutboxMessage.objects.order_by("version").values_list("pk", "about", "state"))
    states = {str(key): state for key, _about, state in rows}
    pairs = [(str(one[0]), str(two[0])) for one, two in zip(rows[::2], rows[1::2], strict=True)]
    uncertain = {key for key, state in states.items() if state == State.UNCERTAIN}
    return {
        "missing": sum(1 for key in states if not taken[key] and key not in uncertain),
        "not_sent_but_said_so": sum(1 for key, state in states.items() if state == State.SENT and taken[key] != 1),
        "doubled": sum(1 for times in taken.values() if times > 1),
        "unmarked": sum(1 for key in taken if states[key] not in {State.SENT, State.UNCERTAIN}),
        "uncertain": len(uncertain),
        "uncertain_and_taken": sum(1 for key in uncertain if taken[key]),
        "overtaken": sum(1 for one, two in pairs if one in place and two in place and place[two] < place[one]),
        "waiting": sum(1 for state in states.values() if state in {State.DUE, State.SENDING, State.DEAD}),
    }


if __name__ == "__main__":
    print(json.dumps(figures(*map(int, sys.argv[1:] or ("10000", "4", "50")))))
