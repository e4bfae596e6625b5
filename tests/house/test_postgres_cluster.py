"""The throwaway PostgreSQL leaves nothing behind, however its run ends."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WRAPPER = [sys.executable, str(ROOT / "scripts" / "postgres_cluster.py"), "--"]
SAY_URL = "import os; print(os.environ['STANDDOWN_DATABASE_URL'], flush=True)"

pytestmark = pytest.mark.slow


def clusters() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("standdown-postgres-*"))


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give the clusters of this test a folder of their own: another run may have one in the usual place."""
    # A socket's address may not be longer than about 100 characters, and pytest's own folders are.
    folder = Path(tempfile.mkdtemp(prefix="sd-"))
    folder.chmod(0o755)
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    folder.rmdir()  # fails when a cluster is left


@pytest.mark.usefixtures("apart")
def test_the_command_gets_a_database_and_its_status_is_kept() -> None:
    done = subprocess.run(
        [*WRAPPER, sys.executable, "-c", f"{SAY_URL}; raise SystemExit(7)"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("postgresql://standdown:")
    assert done.returncode == 7
    assert clusters() == set()


@pytest.mark.usefixtures("apart")
def test_a_terminated_run_takes_its_cluster_with_it() -> None:
    with started() as run:
        run.send_signal(signal.SIGTERM)
        assert run.wait(30) == 128 + signal.SIGTERM
    assert clusters() == set()


@pytest.mark.usefixtures("apart")
def test_what_a_killed_run_left_goes_with_the_next() -> None:
    with started() as run:
        run.kill()
    assert len(clusters()) == 1
    subprocess.run([*WRAPPER, sys.executable, "-c", ""], check=True)
    assert clusters() == set()


@pytest.mark.usefixtures("apart")
def test_a_server_that_still_writes_while_it_ends_is_waited_for() -> None:
    folder = Path(tempfile.mkdtemp(prefix="standdown-postgres-"))
    (folder / "owner").write_text("0", encoding="ascii")
    # What an ending server does: it goes on making files for a moment after it was told to stop.
    writes = f"""
import pathlib, time
end = time.monotonic() + 1
while time.monotonic() < end:
    try:
        (pathlib.Path({str(folder)!r}) / "data").mkdir(exist_ok=True)
        (pathlib.Path({str(folder)!r}) / "data" / str(time.monotonic_ns())).touch()
    except OSError:
        pass
"""
    with subprocess.Popen([sys.executable, "-c", writes]):
        subprocess.run([*WRAPPER, sys.executable, "-c", ""], check=True)
    assert clusters() == set()


def started() -> subprocess.Popen[str]:
    """Start a run that would last a few seconds, and wait until its database is there."""
    command = [*WRAPPER, sys.executable, "-c", f"{SAY_URL}; import time; time.sleep(5)"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    assert run.stdout.readline() != ""
    return run
