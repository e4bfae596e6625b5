"""Takes the figures of groups, in a process and a database of its own; prints them as JSON."""

import datetime as dt
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

from standdown.care.duty.queries import known  # noqa: E402
from standdown.care.grouping import actions, scene  # noqa: E402
from standdown.care.grouping.splitting import plan  # noqa: E402
from standdown.care.models import Attendee, DutyPeriod, Exclusion, Exposure, Incident  # noqa: E402
from standdown.foundation import db, ids  # noqa: E402
from standdown.foundation.access import Actor  # noqa: E402
from standdown.people.models import LineManagement, Person, Posting  # noqa: E402
from standdown.people.roles.policy import Role  # noqa: E402
from tests import care_cast, cast  # noqa: E402

PEOPLE = 3000
NINE, NINETY = 9, 90  # a sergeant with eight, an inspector over ten sergeants
SINCE = dt.date(2020, 1, 1)
WEEK = dt.timedelta(days=7)


def figures() -> dict[str, float]:
    """Every figure by key."""
    call_command("migrate", verbosity=0)
    of = cast.force("bench")
    coordinator, incident = cast.holder(Role.ESTIP_COORDINATOR, of, "Cora"), care_cast.incident(of)
    with db.open_for("the bench"):
        people = _exposed(incident)
        _on_duty(people)
    with CaptureQueriesContext(connection) as sent:
        now = scene.read(coordinator, incident)
    rules = seconds(lambda: plan(now.to_place, now.sizes, now.apart))
    proposed = seconds(lambda: scene.read(coordinator, incident).plan)
    keys = [one.pk for one in people]
    duty = seconds(lambda: known(keys, cast.AT, cast.AT + WEEK))
    confirmed = seconds(lambda: _confirm(coordinator, incident, now.plan.fingerprint))
    if Attendee.objects.count() != PEOPLE:
        raise RuntimeError("not everybody was placed, or somebody twice")
    return {
        "rules": rules, "proposed": proposed, "confirmed": confirmed, "statements": len(sent), "duty": duty,
    }  # fmt: skip


def _confirm(coordinator: Actor, incident: Incident, fingerprint: str) -> None:
    actions.confirm(by=coordinator, at=cast.AT, incident=incident, fingerprint=fingerprint)


def _exposed(incident: Incident) -> list[Person]:
    """People with their chain of command, a few exclusions and four kinds of closeness."""
    force, role = incident.force, care_cast.role()
    people = [
        Person(given_name=f"Given{number}", family_name=f"Family{number}", home_force=force, kind="officer")
        for number in range(PEOPLE)
    ]
    Person.objects.bulk_create(people, batch_size=500)
    Posting.objects.bulk_create(
        [Posting(person=one, force=force, number=f"B{number}", since=SINCE) for number, one in enumerate(people)],
        batch_size=500,
    )
    above = {number: number - number % (NINE if number % NINE else NINETY) for number in range(PEOPLE)}
    managed = [(people[number], people[boss]) for number, boss in above.items() if number != boss]
    LineManagement.objects.bulk_create(
        [LineManagement(person=one, manager=boss, since=SINCE) for one, boss in managed], batch_size=500
    )
    Exclusion.objects.bulk_create(
        [Exclusion(person=people[n], excluded=people[n + 7], since=cast.AT) for n in range(0, PEOPLE - 7, 29)]
    )
    Exposure.objects.bulk_create(
        [
            Exposure(
                incident=incident, person=one, force=force, role=role, closeness=1 + number // NINE % 4,
                stage="to-defuse", decided_step="defuse-group", decided_at=cast.AT, core=True, added_at=cast.AT,
                added_as="coordinator", changed_at=cast.AT,
            )
            for number, one in enumerate(people)
        ],
        batch_size=300,
    )  # fmt: skip
    return people


def _on_duty(people: list[Person]) -> None:
    """A week of duties for each, of one file."""
    day, key = dt.timedelta(days=1), ids.new()
    DutyPeriod.objects.bulk_create(
        [
            DutyPeriod(
                person=one, force=one.home_force, kind="duty", starts_at=cast.AT + day * number,
                ends_at=cast.AT + day * number + day / 3, file_key=key,
            )
            for one in people
            for number in range(7)
        ],
        batch_size=500,
    )  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(figures()))
