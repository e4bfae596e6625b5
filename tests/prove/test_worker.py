"""Workers are killed fifty times while ten thousand messages go out: none is lost, none is sent twice unmarked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
MESSAGES, WORKERS, KILLS = 10_000, 4, 50


@pytest.fixture
def place(tmp_path: Path, django_db_blocker: Any) -> dict[str, str]:
    """The environment of an empty database of the kind that the tests run on."""
    given = {name: value for name, value in os.environ.items() if not name.startswith(("STANDDOWN_", "DJANGO_"))}
    given["STANDDOWN_HOME"] = str(tmp_path)
    url = os.environ.get("STANDDOWN_DATABASE_URL", "")
    if url.startswith("postgres"):
        with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
            cursor.execute("DROP DATABASE IF EXISTS worker_proof")
            cursor.execute("CREATE DATABASE worker_proof")
        given["STANDDOWN_DATABASE_URL"] = url.rpartition("/")[0] + "/worker_proof"
    return given


def test_no_kill_loses_or_doubles_a_message(place: dict[str, str]) -> None:
    program = [sys.executable, "scripts/bench/worker.py", str(MESSAGES), str(WORKERS), str(KILLS)]
    done = subprocess.run(program, cwd=ROOT, env=place, stdout=subprocess.PIPE, check=True)
    found = json.loads(done.stdout)
    found.pop("a_second")
    # The one honest gap: killed before the mail server had the message, or after, but before that was noted.
    assert found.pop("uncertain") == found.pop("gaps") > KILLS // 3
    assert found.pop("uncertain_and_taken") == found.pop("taken_gaps") > 0
    assert found == {
        "killed": KILLS, "missing": 0, "doubled": 0, "not_sent_but_said_so": 0, "unmarked": 0, "overtaken": 0,
        "waiting": 0,
    }  # fmt: skip
