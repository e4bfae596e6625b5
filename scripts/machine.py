"""What the machine under this tree has, and what may be added to it. Needs no package."""

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEBIAN_POSTGRESQL = Path("/usr/lib/postgresql")


class MachineLacksError(Exception):
    """Something is missing that this tree may not add by itself; the sentence says what to do."""


def chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def postgresql_programs() -> Path | None:
    """Return the folder of the newest PostgreSQL server's programs, or None.

    Debian keeps them off the path, one folder for each version.
    """
    versions = [folder for folder in DEBIAN_POSTGRESQL.glob("*/bin") if (folder / "initdb").exists()]
    if versions:
        return max(versions, key=lambda folder: float(folder.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def java() -> str | None:
    """Return the path of a Java, or None."""
    return shutil.which("java")


def add_system_package(package: str, *, because: str) -> None:
    """Install a Debian package, or say in one sentence that somebody has to."""
    prefix = _as_administrator()
    if prefix is None:
        raise MachineLacksError(f"{because} Install it with: apt-get install {package}")
    print(f"{because} Installing {package} from the system's packages.", flush=True)
    _refresh_package_lists()
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = [*prefix, "apt-get", "install", "--yes", "--quiet", "--no-install-recommends", package]
    if subprocess.run(command, env=environment, stdout=sys.stderr, check=False).returncode:
        raise MachineLacksError(f"{because} apt-get could not install {package}; its reason stands above.")


@functools.cache
def _refresh_package_lists() -> None:
    prefix = _as_administrator() or []
    subprocess.run([*prefix, "apt-get", "update", "--quiet"], stdout=sys.stderr, check=False)


@functools.cache
def _as_administrator() -> list[str] | None:
    """Return what a command needs in front to install packages, or None where that is not allowed."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n", "-E"]
    return None
