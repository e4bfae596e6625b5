"""A year of incidents with a worker that is killed again and again: no step is lost, none is told twice.

STANDDOWN_YEAR is the number of incidents in sixty forces: 20,000 unless it says otherwise, as was promised. On the
database that is under test: SQLite, or PostgreSQL with `scripts/postgres_cluster.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.journeys.standing import surroundings
from tests.prove.test_places import own_database

ROOT = Path(__file__).parents[2]
INCIDENTS = int(os.environ.get("STANDDOWN_YEAR", "20000"))
A_FEW = {"incidents": 20, "forces": 2, "days": 21, "killed": 0.4}  # over one change of the clocks; for the controls
WRONG = (
    "lost", "told twice", "told too early or too late", "late and not noticed", "noticed and not late",
    "health did not see", "health saw what is not", "chains broken",
)  # fmt: skip


def lived_through(home: Path, **facts: Any) -> Counter[str]:
    """What the judge found at the end of the year."""
    asked = {"forces": 60, "incidents": INCIDENTS, "days": 365, "killed": 0.05, "seed": 20261128, **facts}
    with own_database() as settings:
        done = subprocess.run(
            [sys.executable, "-m", "tests.prove.year_world", json.dumps(asked)],
            env=surroundings(home, PYTHONPATH=str(ROOT), **settings), cwd=home, stdout=subprocess.PIPE, check=True,
        )  # fmt: skip
    return Counter(json.loads(done.stdout))


def test_no_step_is_lost_and_none_is_told_twice_all_year(tmp_path: Path) -> None:
    found = lived_through(tmp_path)
    print(dict(sorted(found.items())))  # noqa: T201 - the proof's own figures
    assert {name: found[name] for name in WRONG} == dict.fromkeys(WRONG, 0)
    assert found["steps"] > 4 * INCIDENTS
    assert found["tellings"] > found["steps"] // 2
    assert found["late"] > INCIDENTS
    assert found["killed"] > 100
    assert found["outages with steps waiting"] > 0
    assert found["clocks stopped by hand"] > 0


def test_a_control_told_and_noted_apart_it_is_told_twice(tmp_path: Path) -> None:
    found = lived_through(tmp_path, **A_FEW, broken="halves")
    assert found["told twice"] > 0


def test_a_control_without_a_second_look_a_stopped_clock_is_lost(tmp_path: Path) -> None:
    found = lived_through(tmp_path, **A_FEW, broken="blind")
    assert found["lost"] > 0
    assert found["told twice"] == 0


def test_a_few_incidents_first(tmp_path: Path) -> None:
    """The same on a small scale, so that a mistake shows within a minute."""
    found = lived_through(tmp_path, **A_FEW)
    assert {name: found[name] for name in WRONG} == dict.fromkeys(WRONG, 0)
