"""A whole Standdown for the browser: its own folder, its own database, served as it is served for real."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[2]
STANDDOWN = Path(sys.executable).with_name("standdown")
SECONDS_TO_START = 60
SECONDS_TO_STOP = 15


class Standing:
    """A running Standdown; `url` is where, `home` is the folder that holds its data."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self._settings = settings
        self._hand: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._log = (self.home / "server.log").open("wb")
        self._process = subprocess.Popen(
            [STANDDOWN, "run"],
            env=surroundings(self.home, PORT=str(self.port), **self._settings),
            cwd=self.home,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        try:
            self._wait()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def command(self, *arguments: str) -> str:
        """Run `standdown ARGUMENTS` on the same database and return what it printed."""
        return run_standdown(self.home, *arguments, **self._settings)

    def ask(self, do: str, **wish: Any) -> Any:
        """Have something done on the same database, as tests/journeys/hand.py knows it; what came of it."""
        if self._hand is None:
            self._hand = self._reach_out()
        said, told = (self.home / "hand.log"), (self._hand.stdin, self._hand.stdout)
        before = said.stat().st_size
        assert told[0] is not None
        assert told[1] is not None
        told[0].write(json.dumps({"do": do, **wish}) + "\n")
        told[0].flush()
        answer = told[1].readline()
        new = said.read_text(encoding="utf-8")[before:]
        assert answer, f"{do} failed: {new}"
        assert "failed" not in new, new
        return json.loads(answer)

    def _reach_out(self) -> subprocess.Popen[str]:
        with (self.home / "hand.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.journeys.hand"],
                env=surroundings(self.home, PORT=str(self.port), **self._settings),
                cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip

    def log(self) -> str:
        """Return what the server wrote so far."""
        return (self.home / "server.log").read_text(encoding="utf-8", errors="replace")

    def _wait(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError(f"`standdown run` ended at once.\n{self.log()}")
            try:
                urllib.request.urlopen(self.url, timeout=10).close()
            except urllib.error.HTTPError as answer:
                raise RuntimeError(f"The first page answered {answer.code}.\n{self.log()}") from answer
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError(f"`standdown run` served nothing in {SECONDS_TO_START} s.\n{self.log()}")

    def _stop(self) -> None:
        if self._hand is not None:
            self._hand.communicate(timeout=SECONDS_TO_STOP)  # its standard input closes, and it ends
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            raise
        finally:
            self._log.close()


def surroundings(home: Path, **settings: str) -> dict[str, str]:
    """Return an environment in which nothing of ours is set but these settings."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("STANDDOWN_", "DJANGO_"))}
    ours = {"STANDDOWN_HOME": str(home), "STANDDOWN_DEMONSTRATION": "1", "PYTHONWARNINGS": "default"}
    return inherited | ours | settings


def run_standdown(home: Path, *arguments: str, **settings: str) -> str:
    """Run one command to its end on the data in `home` and return what it printed."""
    done = subprocess.run(
        [STANDDOWN, *arguments],
        env=surroundings(home, **settings),
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"standdown {' '.join(arguments)} ended with {done.returncode}.\n{done.stdout}{done.stderr}")
    return done.stdout


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
