"""What `act()` costs, and how long a force's directory takes to come in."""

import contextlib
import datetime as dt
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
from harness import Row, seconds

ROWS = 40_000


def measure() -> Iterator[Row]:
    """Build a throwaway database and write to it."""
    with tempfile.TemporaryDirectory(prefix="standdown-bench-") as folder, _database(Path(folder)):
        yield Row("statements that act() adds to a write", _statements(), "", "<= 3")
        first, again = _directory()
        yield Row(f"people import: {ROWS:,} rows, dry run and write", first, "s", "< 60")
        yield Row("people import: the same file again", again, "s", "< 60")


@contextlib.contextmanager
def _database(folder: Path) -> Iterator[None]:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(folder / "bench.sqlite3")
    connection.close()
    call_command("migrate", verbosity=0)
    yield
    connection.close()


def _statements() -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from standdown.audit.act import act
    from standdown.foundation import access
    from standdown.foundation.access import Can
    from standdown.people.models import Base
    from tests import cast

    force = cast.force("bench")
    counted = 0
    for name in ("the first makes the chain", "the second is counted"):
        by = access.system("bench")
        with CaptureQueriesContext(connection) as all_of_it, act(by, Can.KEEP_BASES, on=force, at=cast.AT):
            Base.objects.create(force=force, name=name)
        ours = [q["sql"] for q in all_of_it if not q["sql"].startswith(("BEGIN", "COMMIT"))]
        counted = len(ours) - 1
    return counted


def _directory() -> tuple[float, float]:
    from standdown.foundation import access
    from standdown.people.accounts.actions import import_people
    from tests import cast

    cast.force("directory")
    file = _file()

    def bring_in(*, dry_run: bool) -> None:
        report = import_people(
            by=access.system("bench"), at=cast.AT, source=io.BytesIO(file), dry_run=dry_run,
            progress=lambda _done, _all: None,
        )  # fmt: skip
        if not report.ok:
            raise RuntimeError(report.problems[:3])

    first = seconds(lambda: (bring_in(dry_run=True), bring_in(dry_run=False)))
    return first, seconds(lambda: bring_in(dry_run=False))


def _file() -> bytes:
    since = dt.date(2024, 1, 1).isoformat()
    lines = ["number,given name,family name,kind,work e-mail,force,team,base,line manager number,since,language"]
    lines += [
        f"{n},Given{n},Family{n},officer,p{n}@directory.example,directory,Team {n % 400},Base {n % 40},"
        f"{n - n % 10 or ''},{since},en"
        if n % 10
        else f"{n},Given{n},Family{n},staff,p{n}@directory.example,directory,Team {n % 400},Base {n % 40},,{since},en"
        for n in range(1, ROWS + 1)
    ]
    return "\n".join(lines).encode()
