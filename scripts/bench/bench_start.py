"""How long a stranger waits for the first page, and how much memory a worker holds."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness import Row, children, resident_megabytes

from tests.journeys.standing import free_port

ROOT = Path(__file__).resolve().parents[2]
MINUTES_AT_MOST = 6
LIST_FILES = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")


def measure() -> Iterator[Row]:
    """Start a fresh copy of this tree twice."""
    with tempfile.TemporaryDirectory(prefix="standdown-bench-") as folder:
        tree = Path(folder) / "standdown"
        _copy_tree(tree)
        with _started(tree) as (first, _):
            yield Row("make run: first start to first page", first, "s", "< 180")
        with _started(tree) as (second, pid):
            yield Row("make run: second start to first page", second, "s", "< 5")
            # The newest pages' code is loaded by the first page, which has been answered.
            processes = _descendants(pid)
            memory = {process: resident_megabytes(process) for process in processes if _is_ours(process)}
            yield Row("processes of a running Standdown", len(memory), "")
            yield Row("memory of the largest of them", max(memory.values()), "MB", "< 150")


def _copy_tree(tree: Path) -> None:
    listed = subprocess.run(LIST_FILES, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)


@contextmanager
def _started(tree: Path) -> Iterator[tuple[float, int]]:
    """Give the seconds until the first page and make's process, and end it after."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STANDDOWN_")}
    environment |= {"PORT": str(port), "STANDDOWN_ENV_FILE": os.devnull}
    started = time.perf_counter()
    with (tree.parent / "log").open("wb") as log:
        process = subprocess.Popen(
            ["make", "run"], cwd=tree, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait_for_page(f"http://localhost:{port}/", process, tree.parent / "log")
        yield time.perf_counter() - started, process.pid
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)


def _wait_for_page(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60 * MINUTES_AT_MOST
    while True:
        try:
            urllib.request.urlopen(url, timeout=30).close()  # noqa: S310 -- our own address
        except (urllib.error.URLError, ConnectionError) as error:
            failed = isinstance(error, urllib.error.HTTPError) or process.poll() is not None
            if failed or time.monotonic() > deadline:
                raise RuntimeError(log.read_text(encoding="utf-8", errors="replace")) from error
            time.sleep(0.05)
        else:
            return


def _descendants(pid: int) -> list[int]:
    return [found for child in children(pid) for found in (child, *_descendants(child))]


def _is_ours(pid: int) -> bool:
    return b"python" in Path(f"/proc/{pid}/cmdline").read_bytes()
