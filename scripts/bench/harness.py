"""What a bench is made of: rows with a promise beside each figure, and ways to measure.

A bench is a file `bench_*.py` in this folder with a function `measure()` that yields rows.
"""

import importlib.metadata
import json
import operator
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

COMPARISONS = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt, "==": operator.eq}
JIFFIES = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Row:
    """One figure; `target` is what was promised, such as `<= 6`, or empty where nothing was."""

    name: str
    figure: float
    unit: str
    target: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the promise is kept; None where there is none."""
        if not self.target:
            return None
        comparison, _, bound = self.target.partition(" ")
        return COMPARISONS[comparison](self.figure, float(bound))

    def as_json(self) -> dict[str, object]:
        """Return the row as it stands in build/bench.json."""
        return asdict(self) | {"met": self.met}


def rows_of(script: str, rows: Iterable[tuple[str, str, str, str]], *, on_postgres: bool = False) -> Iterator[Row]:
    """Run a script of this folder in a process and a database of its own; it prints its figures by key as JSON.

    Each row is (name, key, unit, target). The database is SQLite, or a PostgreSQL server started for this.
    """
    here = Path(__file__).resolve().parent
    cluster = [here.parent / "postgres_cluster.py", "--", sys.executable] if on_postgres else []
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("STANDDOWN_", "DJANGO_"))}
    with tempfile.TemporaryDirectory(prefix="standdown-bench-") as home:
        done = subprocess.run(
            [sys.executable, *cluster, here / script],
            env=ours | {"STANDDOWN_HOME": home},
            stdout=subprocess.PIPE,
            check=True,
        )
    found = json.loads(done.stdout)
    for name, key, unit, target in rows:
        yield Row(name, found[key], unit, target)


def per_second(call: Callable[[], object], *, seconds: float = 1.0, rounds: int = 3) -> float:
    """Return how often `call` is done in a second, the best of some rounds: other work only ever slows it."""
    call()
    return max(_one_round(call, seconds) for _ in range(rounds))


def ratio(call: Callable[[], object], against: Callable[[], object], *, rounds: int = 5) -> float:
    """Return how often `call` is done in the time of one `against`: 0.5 is half as many a second.

    The two take turns, so that a slow minute of the machine slows both; the median of the turns counts.
    """
    call()
    against()
    return statistics.median(_one_round(call, 0.5) / _one_round(against, 0.5) for _ in range(rounds))


def seconds(call: Callable[[], object]) -> float:
    """Return how long one call takes on the wall's clock."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def resident_megabytes(pid: int) -> float:
    """Return the memory that one process holds now, shared pages included."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    resident = next(line for line in lines if line.startswith("VmRSS"))
    return int(resident.split()[1]) / 1024


def children(pid: int) -> list[int]:
    """Return the processes that this one started and that still run."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text(encoding="ascii").split()]


def machine() -> dict[str, object]:
    """Describe where the figures were taken; no figure means anything without it."""
    return {
        "processor": _first_value("/proc/cpuinfo", "model name"),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "django": importlib.metadata.version("django"),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _one_round(call: Callable[[], object], seconds: float) -> float:
    done, started = 0, time.perf_counter()
    while (passed := time.perf_counter() - started) < seconds:
        call()
        done += 1
    return done / passed


def _first_value(file: str, name: str) -> str:
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return platform.machine()
