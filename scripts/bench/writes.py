"""Takes the figures of writing, in a process and a database of its own; prints them as JSON."""

import io
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standdown.config.settings")

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from harness import seconds  # noqa: E402

from standdown.audit.act import act  # noqa: E402
from standdown.foundation import access  # noqa: E402
from standdown.foundation.access import Can  # noqa: E402
from standdown.people.accounts.actions import import_people  # noqa: E402
from standdown.people.models import Base, Person  # noqa: E402
from tests import cast  # noqa: E402

ROWS = 40_000
HEADINGS = "number,given name,family name,kind,work e-mail,force,team,base,line manager number,since,language"
BENCH = access.system("bench")


def figures() -> dict[str, float]:
    """Every figure by key."""
    call_command("migrate", verbosity=0)
    added = _statements()
    cast.force("directory")
    file = _file()
    first = seconds(lambda: (_bring_in(file, dry_run=True), _bring_in(file, dry_run=False)))
    again = seconds(lambda: _bring_in(file, dry_run=False))
    if Person.objects.count() != ROWS:
        raise RuntimeError("not everybody came in, or somebody twice")
    return {"statements": added, "import": first, "again": again}


def _statements() -> int:
    force = cast.force("bench")
    counted = 0
    for name in ("the first makes the chain", "the second is counted"):
        with CaptureQueriesContext(connection) as sent, act(BENCH, Can.KEEP_BASES, on=force, at=cast.AT):
            Base.objects.create(force=force, name=name)
        counted = len([one for one in sent if not one["sql"].startswith(("BEGIN", "COMMIT"))]) - 1
    return counted


def _bring_in(file: bytes, *, dry_run: bool) -> None:
    source, quiet = io.BytesIO(file), lambda _done, _all: None
    report = import_people(by=BENCH, at=cast.AT, source=source, dry_run=dry_run, progress=quiet)
    if not report.ok:
        raise RuntimeError(report.problems[:3])


def _file() -> bytes:
    lines = [HEADINGS]
    for number in range(1, ROWS + 1):
        manager = "" if number % 10 == 0 else str(min(number - number % 10 + 10, ROWS))
        lines.append(
            f"{number},Given{number},Family{number},officer,p{number}@directory.example,directory,"
            f"Team {number % 400},Base {number % 40},{manager},2024-01-01,en"
        )
    return "\n".join(lines).encode()


if __name__ == "__main__":
    print(json.dumps(figures()))
