"""Takes the figures of the clocks of care, in a process and a database of its own; prints them as JSON."""

import datetime as dt
import json
import os
import sys
from collections.abc import Callable
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
from standdown.care.clocks import second_look, steps, sweeps  # noqa: E402
from standdown.care.clocks.models import Telling  # noqa: E402
from standdown.care.exposures import jobs  # noqa: E402
from standdown.care.programme.policy import StepKind  # noqa: E402
from standdown.foundation import access, ids  # noqa: E402
from standdown.foundation.access import Can  # noqa: E402
from standdown.people.roles.policy import Role  # noqa: E402
from tests import care_cast, cast  # noqa: E402

BENCH, MANY, OPEN = access.system("bench"), 1000, 10_000
AT, DAY = cast.AT, dt.timedelta(days=1)


def figures() -> dict[str, float]:
    """Every figure by key."""
    call_command("migrate", verbosity=0)
    force = cast.force("bench")
    for role in (Role.ESTIP_COORDINATOR, Role.ESTIP_LEAD):
        cast.holder(role, force)
    incident = care_cast.incident(force)

    def owed(number: int, due: dt.datetime) -> None:
        with act(BENCH, Can.RUN_CARE, on=force, at=AT):
            wanted = [
                steps.Owed(kind=StepKind.BOOK, due_at=due, incident=incident.pk, on=ids.new()) for _one in range(number)
            ]
            steps.open_steps(incident.programme, force.pk, wanted, AT)

    owed(OPEN - MANY - 1, AT + 30 * DAY)
    owed(1, AT + DAY)
    owed(MANY, AT + 2 * DAY)
    found: dict[str, float] = {
        "nothing": _statements(lambda: _minute(AT)),
        "one": _statements(lambda: _minute(AT + DAY)),
    }
    sent: list[int] = []
    found["minute"] = seconds(lambda: sent.append(_statements(lambda: _minute(AT + 2 * DAY))))
    found["a step"] = sent[0] / MANY
    if Telling.objects.count() != MANY + 2:  # the one step went on to its second link
        raise RuntimeError("not every step was told once")
    found["look"] = _statements(lambda: second_look.findings(AT + 2 * DAY))
    found["look seconds"] = seconds(lambda: second_look.findings(AT + 2 * DAY))
    return found


def _minute(at: dt.datetime) -> None:
    jobs.each_minute(at)
    sweeps.each_minute(at)


def _statements(deed: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as sent:
        deed()
    return len([one for one in sent if not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))])


if __name__ == "__main__":
    print(json.dumps(figures()))
