"""Takes the figures of the coordinator's board on PostgreSQL, with years of exposures behind it; prints them as JSON.

Sixty forces, 500 open incidents of eight people in one of them, and closed incidents of ten people in all of them:
first ten thousand past exposures, then a million. The rows are made by the database itself; the board is asked as it is
for real.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standdown.config.settings")

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from harness import seconds  # noqa: E402

from standdown.care.boards import queries, screens  # noqa: E402
from standdown.foundation import clock, db  # noqa: E402
from standdown.foundation.access import Actor  # noqa: E402
from standdown.people.models import Force  # noqa: E402
from standdown.people.roles.policy import Role  # noqa: E402
from tests import care_cast, cast  # noqa: E402

FORCES, OPEN, IN_EACH, FEW, MANY, PEOPLE = 60, 500, 8, 10_000, 1_000_000, 2_000
_PAST = """
WITH made AS (
  INSERT INTO care_incident (id, force_id, reference, own_reference, kind, programme_id, category_id, ended_at, state,
    major, raised_at, raised_as, control_room, staff_and_specials, other_forces, accounts, closed_at, request_key,
    changed_at)
  SELECT gen_random_uuid(), f.id, 'INC-' || upper(substr(md5(n::text || %(salt)s), 1, 6)) , '', 'event', %(programme)s,
    %(category)s, now() - (n %% 1500 + 40) * interval '1 day', %(state)s, false, now(), 'supervisor', '', '', '', '',
    CASE WHEN %(state)s = 'closed' THEN now() END, gen_random_uuid(), now()
  FROM generate_series(1, %(incidents)s) n
  JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS no FROM people_force WHERE id = ANY(%(forces)s)) f
    ON f.no = n %% %(count)s
  ON CONFLICT DO NOTHING
  RETURNING id, force_id
)
INSERT INTO care_exposure (id, incident_id, person_id, force_id, role_id, closeness, core, stage, added_at, added_as,
  proposed_step, decided_step, disputed, close_code, closed_at, changed_at)
SELECT gen_random_uuid(), made.id, p.id, made.force_id, %(role)s, 2, false, %(stage)s, now(), 'supervisor', '', '', '',
  CASE WHEN %(stage)s = 'closed' THEN 'agreed' ELSE '' END, CASE WHEN %(stage)s = 'closed' THEN now() END, now()
FROM made JOIN LATERAL (
  SELECT id FROM people_person WHERE home_force_id = made.force_id ORDER BY id OFFSET abs(hashtext(made.id::text)) %% 20
  LIMIT %(people)s
) p ON true
"""


def figures() -> dict[str, float]:
    """Every figure by key."""
    call_command("migrate", verbosity=0)
    forces = [cast.force(f"force-{number}") for number in range(FORCES)]
    for force in forces:
        _people(force)
    coordinator = cast.holder(Role.ESTIP_COORDINATOR, forces[0], "Cora")
    _incidents(forces[:1], OPEN, IN_EACH, state="open", stage="to-decide", salt="open")
    _incidents(forces, FEW // 10, 10, state="closed", stage="closed", salt="few")
    few, _statements, _longest = _asked(coordinator)
    for part in range(10):
        _incidents(forces, MANY // 100, 10, state="closed", stage="closed", salt=f"many-{part}")
    many, statements, longest = _asked(coordinator)
    return {"statements": statements, "longest": longest, "few": few, "many": many, "growth": many / few}


def _people(force: Force) -> None:
    with db.open_for("the bench"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_person (id, given_name, family_name, kind, work_email, language, home_force_id) "
            "SELECT gen_random_uuid(), 'P' || n, 'Bench', 'officer', '', 'en', %s FROM generate_series(1, 40) n",
            [force.pk],
        )


def _incidents(forces: list[Force], incidents: int, people: int, *, state: str, stage: str, salt: str) -> None:
    facts = {
        "forces": [force.pk for force in forces], "count": len(forces), "incidents": incidents, "people": people,
        "state": state, "stage": stage, "salt": salt, "programme": care_cast.programme().pk,
        "category": care_cast.category().pk, "role": care_cast.role().pk,
    }  # fmt: skip
    with db.open_for("the bench"), connection.cursor() as cursor:
        cursor.execute(_PAST, facts)
        cursor.execute("ANALYZE care_incident")
        cursor.execute("ANALYZE care_exposure")


def _asked(by: Actor) -> tuple[float, int, float]:
    """How long the board takes (median of nine, in ms), in how many statements, and how long the longest takes."""
    times: list[float] = []

    def watch(execute, sql, params, many, context):  # noqa: ANN001, ANN202 - the driver's own shape
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            times.append((time.perf_counter() - started) * 1000)

    def ask() -> None:
        at = clock.now()
        screens.board(queries.board(by, at), at)

    ask()
    taken = statistics.median(seconds(ask) for _ in range(9)) * 1000
    longest = []
    for _ in range(5):
        times.clear()
        with connection.execute_wrapper(watch):
            ask()
        longest.append(max(times))
    return taken, len(times), statistics.median(longest)


if __name__ == "__main__":
    print(json.dumps(figures()))
