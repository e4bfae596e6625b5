"""Everything that must hold before a change is taken, quickest to tell first.

pytest runs twice: first on PostgreSQL, then on SQLite together with the house's own tests, the wheel and the
browser. The last closing line is the second run's.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import machine

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
WORKERS = "2"
# A file's tests stay together, so that a journey's server is started once.
PYTEST = (BIN / "pytest", "--quiet", "-n", WORKERS, "--dist=loadfile", "--ignore=tests/prove")
LINT: dict[str, tuple[str | Path, ...]] = {
    "lint": (BIN / "ruff", "check", "."),
    "format": (BIN / "ruff", "format", "--check", "."),
    "types": (BIN / "mypy",),
    "import contracts": (BIN / "lint-imports",),
}
NO_TESTS_COLLECTED = 5


@dataclass
class Ledger:
    """What ran, how long it took, and what did not hold."""

    failed: list[str]

    def run(self, name: str, *command: str | Path, also_fine: int = 0) -> bool:
        """Run a command in the tree's root and tell whether it held."""
        print(f"\n── {name} ──", flush=True)
        started = time.monotonic()
        status = subprocess.run(command, cwd=ROOT, env=_surroundings(), check=False).returncode
        if status not in {0, also_fine}:
            self.failed.append(name)
        print(f"── {name}: {time.monotonic() - started:.0f} s ──", flush=True, file=sys.stderr)
        return status in {0, also_fine}

    def close(self) -> None:
        """End the program: quietly when all held, else with what did not."""
        if self.failed:
            sys.exit(f"Did not hold: {', '.join(self.failed)}.")


def main() -> None:
    """Run the checks that were asked for."""
    parser = argparse.ArgumentParser(description="Check this tree.")
    parser.add_argument("what", choices=["lint", "everything", "prove"])
    what = parser.parse_args().what
    try:
        {"lint": lint, "everything": everything, "prove": prove}[what]()
    except machine.MachineLacksError as lack:
        sys.exit(f"The tests can't run yet. {lack}")
    except KeyboardInterrupt:
        sys.exit(130)


def lint() -> None:
    """Lint, format, types and import contracts."""
    ledger = Ledger([])
    for name, command in LINT.items():
        ledger.run(name, *command)
    ledger.close()


def everything() -> None:
    """Lint, then both databases, then the browser."""
    complete_machine()
    lint()
    ledger = Ledger([])
    shutil.rmtree(ROOT / "build" / "pages", ignore_errors=True)
    ledger.run("tests on PostgreSQL", *_beside_postgresql(), *PYTEST, *_on_postgresql())
    ledger.run("branches of policy and actions", *_coverage_of(_fully_covered()))
    ledger.run("tests on SQLite, and in the browser", *PYTEST, "--with-a-database-only")
    ledger.close()


def prove() -> None:
    """Run the long proofs, on each database."""
    complete_machine()
    ledger = Ledger([])
    if not (ROOT / "tests" / "prove").is_dir():
        print("There are no long proofs yet: tests/prove is not there.")
        return
    proofs = (BIN / "pytest", "tests/prove")
    ledger.run("proofs on PostgreSQL", *_beside_postgresql(), *proofs, also_fine=NO_TESTS_COLLECTED)
    ledger.run("proofs on SQLite", *proofs, also_fine=NO_TESTS_COLLECTED)
    ledger.close()


def complete_machine() -> None:
    """Install the browser and the database server where they are missing and may be installed."""
    if machine.chromium() is None:
        machine.add_system_package("chromium", because="The browser journeys need Chromium.")
    if machine.postgresql_programs() is None:
        machine.add_system_package("postgresql", because="The tests run on PostgreSQL too, and need its server.")
    if machine.java() is None:
        try:
            machine.add_system_package("default-jre-headless", because="Checking every page's HTML needs Java.")
        except machine.MachineLacksError as lack:
            print(f"{lack} Until then the pages' HTML is not checked.", file=sys.stderr)


def _surroundings() -> dict[str, str]:
    """Keep this machine's own Standdown out: its settings, its database, its folder.

    And let Python keep what it compiled: some hundred processes start here, and each would compile everything again.
    """
    ours = ("STANDDOWN_", "PYTHONDONTWRITEBYTECODE")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)])
    home = str(ROOT / "build" / "home")
    return inherited | {"PATH": path, "STANDDOWN_ENV_FILE": os.devnull, "STANDDOWN_HOME": home}


def _beside_postgresql() -> tuple[str | Path, ...]:
    return (BIN / "python", "scripts/postgres_cluster.py", "--")


def _on_postgresql() -> tuple[str, ...]:
    """Leave out what is the same on both databases; the second run has it."""
    only = ("-m", "not journey and not slow", "--ignore=tests/house", "--ignore=tests/journeys")
    return (*only, "--cov", "--cov-report=")


def _fully_covered() -> list[str]:
    """Return the files in which every branch must be tried: the rules, and what people can do."""
    files = [file for name in ("policy.py", "actions.py") for file in ROOT.glob(f"standdown/**/{name}")]
    return sorted(str(file.relative_to(ROOT)) for file in files)


def _coverage_of(files: list[str]) -> tuple[str | Path, ...]:
    wanted = ("--show-missing", "--skip-covered", "--fail-under=100")
    # Named one by one, a file that no test imports counts as not covered at all.
    return (BIN / "coverage", "report", *wanted, *files)


if __name__ == "__main__":
    main()
