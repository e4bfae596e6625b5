"""A PostgreSQL server that lasts as long as the command it is started for.

As a program, `postgres_cluster.py -- COMMAND ...` runs COMMAND with STANDDOWN_DATABASE_URL set.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import machine

PREFIX = "standdown-postgres-"
NAME = "standdown"
SECONDS_TO_START = 30
SECONDS_TO_END = 10
# The cluster is thrown away, so nothing need outlive a power cut. C.UTF-8 sorts as SQLite does.
INITDB = ("--username", NAME, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
FAST = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=60",
    "log_min_messages=error",
)


class ClusterError(Exception):
    """PostgreSQL did not start; the text is what it wrote."""


@dataclass(frozen=True)
class _Cluster:
    """Where one cluster lives and who runs it."""

    folder: Path
    programs: Path
    port: int
    password: str

    def call(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs to its end, as the cluster's user."""
        return subprocess.run(
            [self.programs / program, *arguments],
            capture_output=True,
            text=True,
            check=False,
            **self._as_user(),
        )

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server."""
        settings = [
            *FAST,
            "listen_addresses=127.0.0.1",
            f"port={self.port}",
            f"unix_socket_directories={self.folder}",
        ]
        options = [part for setting in settings for part in ("-c", setting)]
        # Where setpriv exists the kernel itself stops the server when this process is killed.
        setpriv = shutil.which("setpriv")
        guard = [setpriv, "--pdeathsig", "QUIT"] if setpriv else []
        with (self.folder / "log").open("wb") as log:
            return subprocess.Popen(
                [*guard, self.programs / "postgres", "-D", self.folder / "data", *options],
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the command; the server is stopped after it
                **self._as_user(),
            )

    def _as_user(self) -> dict[str, Any]:
        environment = os.environ | {"PGPASSWORD": self.password, "LC_ALL": "C.UTF-8"}
        return {"env": environment, "cwd": self.folder, **_unprivileged()}


@contextlib.contextmanager
def throwaway_cluster() -> Iterator[str]:
    """Start a server with one empty database, give its URL, and leave nothing behind."""
    programs = machine.postgresql_programs()
    if programs is None:
        raise machine.MachineLacksError("PostgreSQL's server is missing. Install it with: apt-get install postgresql")
    remove_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        (folder / "owner").write_text(str(os.getpid()), encoding="ascii")
        cluster = _Cluster(folder, programs, _free_port(), secrets.token_urlsafe(16))
        _initialise(cluster)
        server = cluster.start()
        try:
            _wait_until_ready(cluster, server)
            yield f"postgresql://{NAME}:{cluster.password}@127.0.0.1:{cluster.port}/{NAME}"
        finally:
            _stop(server)
    finally:
        _remove(folder)


def remove_abandoned() -> None:
    """Remove the clusters of runs that were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError, ValueError):
            if folder.stat().st_uid not in {os.geteuid(), _unprivileged().get("user")}:
                continue
            if _is_running(int((folder / "owner").read_text(encoding="ascii")), "python"):
                continue
            _stop_abandoned(folder)
            _remove(folder)


def main() -> NoReturn:
    """Run a command beside a fresh cluster, and end with its status."""
    command = sys.argv[1:]
    if command[:1] == ["--"]:
        command = command[1:]
    if not command:
        sys.exit("usage: python scripts/postgres_cluster.py -- COMMAND ...")
    # By default SIGTERM ends Python on the spot, and the cluster would be left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with throwaway_cluster() as url:
            sys.exit(subprocess.run(command, env=os.environ | {"STANDDOWN_DATABASE_URL": url}, check=False).returncode)
    except (machine.MachineLacksError, ClusterError) as error:
        sys.exit(str(error))


def _initialise(cluster: _Cluster) -> None:
    password_file = cluster.folder / "password"
    password_file.write_text(cluster.password, encoding="ascii")
    user = _unprivileged()
    if user:
        for path in (cluster.folder, password_file):
            os.chown(path, user["user"], user["group"])
    done = cluster.call("initdb", *INITDB, "--pwfile", password_file, "-D", cluster.folder / "data")
    if done.returncode:
        raise ClusterError(f"initdb failed.\n{done.stderr}")


def _wait_until_ready(cluster: _Cluster, server: subprocess.Popen[bytes]) -> None:
    where = ("-h", str(cluster.folder), "-p", str(cluster.port), "-U", NAME)
    deadline = time.monotonic() + SECONDS_TO_START
    while cluster.call("pg_isready", "--quiet", *where).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            log = (cluster.folder / "log").read_text(encoding="utf-8", errors="replace")
            raise ClusterError(f"PostgreSQL did not start.\n{log}")
        time.sleep(0.05)
    made = cluster.call("createdb", *where, NAME)
    if made.returncode:
        raise ClusterError(f"createdb failed.\n{made.stderr}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    # SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one.
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def _stop_abandoned(folder: Path) -> None:
    try:
        pid = int((folder / "data" / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
    except (OSError, IndexError):
        return
    if _is_running(pid, str(folder)):
        os.kill(pid, signal.SIGQUIT)


def _remove(folder: Path) -> None:
    """Remove a cluster's folder, although a server that is just ending may still write and remove in it."""
    deadline = time.monotonic() + SECONDS_TO_END
    while folder.exists() and time.monotonic() < deadline:
        shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():
            time.sleep(0.05)


def _is_running(pid: int, named: str) -> bool:
    """Whether the process is there and its command line still says what it did: numbers are used again."""
    try:
        return named.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _unprivileged() -> dict[str, Any]:
    """Return whom to run the server as: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise ClusterError("This is root, PostgreSQL refuses to run as root, and there is no other user to run it as.")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
