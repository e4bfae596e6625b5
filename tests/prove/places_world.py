"""A world for the race for places, in a process and on a database of its own; spoken to in lines of JSON.

{"do": "date"} makes a date of sixteen places and two hundred people, and answers with what their leads would send.
{"do": "facts", "date": KEY} says what came of it. {"do": "unguard"} takes the constraints of nominations away.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import sys
import uuid
from collections import Counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standdown.config.settings")

import django
from django.core.management import call_command

django.setup()

from standdown.audit.models import Entry  # noqa: E402 -- Django has to be set up first
from standdown.audit.queries import verify_all  # noqa: E402
from standdown.foundation import clock, db, ids  # noqa: E402
from standdown.notifications.models import OutboxMessage  # noqa: E402
from standdown.people.models import Force, Person, Posting  # noqa: E402
from standdown.people.roles.policy import Role  # noqa: E402
from standdown.training.models import Nomination, NominationEvent, SessionForce  # noqa: E402
from standdown.training.nominations import invariants  # noqa: E402
from standdown.training.nominations.tests.unguarded import unguarded  # noqa: E402
from tests import cast  # noqa: E402

FORCES, PEOPLE, CAPACITY = 12, 200, 16
KEPT = (3, 2, 2, 1)  # places kept for the first forces; the other eight are anybody's


class World:
    """Twelve forces, the cookie of each one's lead, and a course."""

    def __init__(self) -> None:
        self.forces = [cast.force(f"force-{number}") for number in range(FORCES)]
        leads = (cast.client_for(cast.holder(Role.WELLBEING_LEAD, force)) for force in self.forces)
        self.cookies = [client.cookies["session"].value for client in leads]
        self.course = cast.course()
        self.days = itertools.count(60)

    def date(self) -> dict[str, Any]:
        """A date with places kept for a few forces, and somebody new to be put forward in each request."""
        day = clock.london_day(clock.now()) + dt.timedelta(days=next(self.days))
        made = cast.session(self.course, *self.forces, day=day, capacity=CAPACITY)
        with db.open_for("a race"):
            for force, kept in zip(self.forces, KEPT, strict=False):
                SessionForce.objects.filter(session=made, force=force).update(allotment=kept)
        sent = []
        for number in range(PEOPLE):
            person = _person(self.forces[number % FORCES])
            sent.append({"cookie": self.cookies[number % FORCES], "person": str(person.pk), "key": str(ids.new())})
        return {"date": str(made.pk), "requests": sent}


def _person(force: Force) -> Person:
    key = ids.new()
    with db.open_for("a race"):
        made = Person.objects.create(
            given_name="Some", family_name="Body", home_force=force, work_email=f"{key}@race.example", kind="officer"
        )
        Posting.objects.create(person=made, force=force, number=key.hex[-20:], since=dt.date(2020, 1, 1))
    return made


def facts(date: uuid.UUID) -> dict[str, Any]:
    """What came of the race for a date."""
    rows = list(Nomination.objects.filter(session=date).select_related("force").order_by("queue_no"))
    waiting = [row for row in rows if row.state == "waiting"]
    events = NominationEvent.objects.filter(nomination__session=date, kind="put-forward").order_by("id")
    line = [key for key in events.values_list("nomination_id", flat=True) if key in {row.pk for row in waiting}]
    told = OutboxMessage.objects.filter(about__in=[str(row.pk) for row in rows]).values_list("about", flat=True)
    return {
        "states": Counter(str(row.state) for row in rows),
        "people": len({row.person_id for row in rows}),
        "numbers": sorted(row.place_no for row in rows if row.place_no is not None),
        "taken": Counter(row.force.slug for row in rows if row.place_no is not None),
        "line": [row.queue_no for row in waiting],
        "in order of commit": line == [row.pk for row in waiting] and _in_order_of_chains(waiting),
        "messages": Counter(told).most_common(1)[0][1] if len(set(told)) == len(rows) else 0,
        "wrong": [one.as_dict() for one in invariants.all_wrong(clock.now())],
        "chains broken": [one.chain for one in verify_all() if one.broken],
    }


def _in_order_of_chains(waiting: list[Nomination]) -> bool:
    """True when each force's chain, which is locked until its act commits, names them in the order of the list."""
    entries = Entry.objects.filter(record_id__in=[str(row.pk) for row in waiting], outcome="done", can="put-forward")
    found: dict[uuid.UUID, list[str]] = {}
    for chain, record, again in entries.order_by("sequence").values_list("chain_id", "record_id", "detail__again"):
        if not again:
            found.setdefault(chain, []).append(record)
    listed: dict[uuid.UUID, list[str]] = {}
    for row in waiting:
        listed.setdefault(row.force_id, []).append(str(row.pk))
    return found == listed


def main() -> None:
    """Answer one line for each line that is asked."""
    call_command("migrate", verbosity=0)
    world = World()
    answers = {
        "date": lambda _asked: world.date(),
        "facts": lambda asked: facts(uuid.UUID(asked["date"])),
        "unguard": _unguard,
    }
    _say({"ready": True})
    for line in sys.stdin:
        asked = json.loads(line)
        _say(answers[asked["do"]](asked))


def _say(found: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def _unguard(_asked: dict[str, str]) -> dict[str, Any]:
    with db.open_for("a race"):
        unguarded()
    return {"unguarded": True}


if __name__ == "__main__":
    main()
