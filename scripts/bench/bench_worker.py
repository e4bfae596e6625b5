"""What the worker sends in a second, and that it loses and doubles nothing although it is killed."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]

import machine  # noqa: E402
from harness import Row  # noqa: E402
from postgres_cluster import throwaway_cluster  # noqa: E402

MESSAGES, WORKERS, KILLS = 10_000, 4, 50
ROWS = (
    ("messages a second, 4 workers, 50 of them killed", "a_second", "messages/s", ""),
    ("workers killed at marked points", "killed", "kills", "== 50"),
    ("missing", "missing", "messages", "== 0"),
    ("sent twice", "doubled", "messages", "== 0"),
    ("said to be sent, and not sent once", "not_sent_but_said_so", "messages", "== 0"),
    ("sent before the message that they follow", "overtaken", "messages", "== 0"),
    ("marked uncertain", "uncertain", "messages", ""),
    ("of those, more than were killed before or just after handing over", "unexplained", "messages", "== 0"),
)


def measure() -> Iterator[Row]:
    """Take the figures on both databases."""
    yield from _rows("SQLite", None)
    if machine.postgresql_programs() is not None:
        with throwaway_cluster() as url:
            yield from _rows("PostgreSQL", url)


def _rows(name: str, url: str | None) -> Iterator[Row]:
    found = figures(url, MESSAGES, WORKERS, KILLS)
    found["unexplained"] = found["uncertain"] - found["gaps"]
    for words, key, unit, target in ROWS:
        yield Row(f"worker, {name}: {words}", found[key], unit, target)


def figures(url: str | None, messages: int, workers: int, kills: int) -> dict[str, float]:
    """Run the proof on that empty database (None: a SQLite file of its own)."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("STANDDOWN_", "DJANGO_"))}
    with tempfile.TemporaryDirectory(prefix="standdown-bench-") as home:
        given = {"STANDDOWN_HOME": home, **({"STANDDOWN_DATABASE_URL": url} if url else {})}
        program = [sys.executable, str(HERE / "worker.py"), str(messages), str(workers), str(kills)]
        done = subprocess.run(program, env=ours | given, stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found
