"""A year of incidents, in a process and on a database of its own: `python -m tests.prove.year_world FACTS`.

The worker works each quarter of an hour, and is killed at a random statement again and again, for a while or for more
than a day; both changes of the clocks fall into such a time. Now and then a step's clock is stopped by hand. FACTS is
JSON: forces, incidents, days, killed (in what share of its turns), seed, and for controls `broken`: "halves" tells in
one transaction and notes it in another, without the tables' own guard; "blind" never takes a second look. Prints what
the judge found as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import sys
from collections import Counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standdown.config.settings")

import django
from django.core.management import call_command

django.setup()

from django.db import connection  # noqa: E402 -- Django has to be set up first
from django.db.models import Min, Q  # noqa: E402

from standdown.audit.queries import verify_all  # noqa: E402
from standdown.care.clocks import actions, recipients, second_look, sweeps  # noqa: E402
from standdown.care.clocks.models import Step, Telling  # noqa: E402
from standdown.care.clocks.queries import due as due_steps  # noqa: E402
from standdown.care.exposures import jobs  # noqa: E402
from standdown.foundation import db  # noqa: E402
from standdown.people.models import Force  # noqa: E402
from tests import cast  # noqa: E402
from tests.prove import year_judge  # noqa: E402
from tests.prove.year_people import People  # noqa: E402

BEGIN = dt.datetime(2026, 3, 15, tzinfo=dt.UTC)
TAIL = dt.timedelta(days=110)  # until the last contact's chain is through
TICK, LOOK, HOUR = dt.timedelta(minutes=15), dt.timedelta(hours=6), dt.timedelta(hours=1)
CHANGES = (dt.datetime(2026, 3, 29, 0, 30, tzinfo=dt.UTC), dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC))
LOST_IN_A_TURN = 0.02


class Killed(BaseException):
    """No time to finish anything: what is not committed is gone."""


class Year:
    """The forces, their people, and a worker that does not live long."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.lots = random.Random(facts["seed"])
        self.broken, self.end = facts.get("broken", ""), BEGIN + dt.timedelta(days=facts["days"])
        with db.open_for("the year"):
            forces = [cast.force(f"force-{number}") for number in range(facts["forces"])]
            self.people = People(forces, self.lots)
        for _number in range(facts["incidents"]):
            self.people.incident(BEGIN + self.lots.random() * (self.end - BEGIN))
        self.killed = facts["killed"]  # in how many of its turns
        self.diary, self.counts = year_judge.Diary(), Counter[str]()
        self.dead_until, self.asked = BEGIN, True

    def run(self) -> None:
        """Tick by tick; a tick in which nothing is to happen is passed over."""
        at = BEGIN
        while at < self.end + TAIL:
            self.people.happen(at)
            self._worker(at)
            self._second_look(at)
            at = self._next(at)

    def _next(self, at: dt.datetime) -> dt.datetime:
        """The next tick at which somebody does something, a step is due or to be told, or the worker is back."""
        unnoticed = Q(late_noticed_at=None)
        found = Step.objects.open().aggregate(a=Min("next_at"), b=Min("due_at", filter=unnoticed))
        moments: list[dt.datetime | None] = [
            found["a"],
            found["b"],
            *(self.people.queue[0][:1] if self.people.queue else ()),
        ]
        moments.append(at + LOOK - (at - BEGIN) % LOOK)
        if at < self.dead_until:
            moments = [self.dead_until]
            moments += self.people.queue[0][:1] if self.people.queue else ()
        wait = min(one for one in moments if one is not None) - BEGIN
        return max(at + TICK, BEGIN + -(-wait // TICK) * TICK)

    def _worker(self, at: dt.datetime) -> None:
        if at < self.dead_until:
            return
        if self.dead_until > BEGIN and not self.asked:
            self.asked = True
            self._ask_health(at)
        change = next((one for one in CHANGES if one <= at < one + TICK), None)
        killed = change is not None or self.lots.random() < self.killed
        if self._turn(at, self.lots.randint(1, 16) if killed else None):
            self.diary.whole.append(at)
        else:
            self.counts["killed"] += 1
            self.diary.killed.append(at)
            length = 3 * HOUR if change else self.lots.choice([*[TICK] * 8, 2 * HOUR, 7 * HOUR, 30 * HOUR])
            self.dead_until, self.asked = at + TICK + length, False

    def _turn(self, at: dt.datetime, dies_at: int | None) -> bool:
        """One turn of the worker; False when it was killed before it was through."""
        left = [dies_at]

        def statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if left[0] is not None:
                left[0] -= 1
                if left[0] <= 0:
                    raise Killed
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(statement):
                jobs.each_minute(at)
                sweeps.each_minute(at)
        except Killed:
            return False
        return True

    def _ask_health(self, at: dt.datetime) -> None:
        """What a monitor is told at the end of an outage, beside what the table says itself."""
        with connection.cursor() as cursor:
            moment = connection.ops.adapt_datetimefield_value(at - dt.timedelta(minutes=5))
            stopped = len(self.diary.lost.keys() - self.diary.found.keys())
            cursor.execute("SELECT count(*) FROM care_step WHERE closed_at IS NULL AND next_at < %s", [moment])
            waiting = cursor.fetchone()[0]
        self.counts["outages"] += 1
        self.counts["outages with steps waiting"] += bool(waiting)
        self.counts["health did not see"] += bool(waiting) and not second_look.behind(at)
        self.counts["health saw what is not"] += second_look.behind(at) and not (waiting or stopped)

    def _second_look(self, at: dt.datetime) -> None:
        if at < self.dead_until:
            return
        if (at - BEGIN) % LOOK == dt.timedelta(0) and self.broken != "blind":
            second_look.look(at, mend=True)
            for step in self.diary.lost.keys() - self.diary.found.keys():
                self.diary.found[step] = at
        elif self.lots.random() < LOST_IN_A_TURN:
            self._stop_a_clock(at)

    def _stop_a_clock(self, at: dt.datetime) -> None:
        running = list(Step.objects.open().filter(next_at__gt=at).order_by("pk").values_list("pk", flat=True))
        fresh = [key for key in running if key not in self.diary.lost]
        if fresh:
            step = self.lots.choice(fresh)
            with db.one_transaction(), db.open_for("a hand in the tables"):
                Step.objects.filter(pk=step).update(next_at=None)
            self.diary.lost[step] = at
            self.counts["clocks stopped by hand"] += 1


def in_halves(*, by: Any, at: dt.datetime, force: Force, only: object = None) -> int:
    """What the real one would be, had nobody thought of it: told and noted apart from each other."""
    found = list(due_steps(force.pk, at)[:200])
    book = recipients.read(found, force.pk, at)
    with db.one_transaction(), db.open_for("a control"):
        Telling.objects.bulk_create(
            row for one in found for row in actions._tellings(one, actions._go_on(one, book, at), at)
        )
    with db.one_transaction(), db.open_for("a control"):
        Step.objects.bulk_update(found, ["level", "next_at"])
    return len(found)


def unguarded() -> None:
    """Take the uniqueness of a telling away."""
    guards, Telling._meta.constraints = Telling._meta.constraints, []
    with connection.schema_editor() as editor:
        # SQLite makes the table anew for the first, and with none of them.
        for constraint in guards[:1] if db.is_single_process() else guards:
            editor.remove_constraint(Telling, constraint)


def main() -> None:
    """Live through the year and print what came of it."""
    facts = json.loads(sys.argv[1])
    call_command("migrate", verbosity=0)
    if facts.get("broken") == "halves":
        connection.disable_constraint_checking()
        unguarded()
        actions.tell_due = in_halves
    with db.in_a_hurry():
        year = Year(facts)
        year.run()
        found = year_judge.verdict(year.diary) + year.counts
        chains = sum(bool(one.broken) for one in verify_all())
    sys.stdout.write(json.dumps({**found, "chains broken": chains}) + "\n")


if __name__ == "__main__":
    main()
