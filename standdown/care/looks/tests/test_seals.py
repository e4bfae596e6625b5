"""Who was looked at is part of the force's chain: each row is sealed in the entry of its look."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection

from standdown.audit.models import Entry
from standdown.care.exercises import actions as exercises
from standdown.care.looks import policy, queries
from standdown.care.looks.actions import look
from standdown.care.looks.queries import Difference
from standdown.care.models import Exposure, Incident, Look
from standdown.foundation import db, ids
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force
from standdown.people.roles.policy import Role
from tests import care_cast, cast
from tests.cast import AT


def sealed(**changed: object) -> str:
    key = uuid.UUID(int=1)
    facts = {"key": key, "keys": (key, None), "codes": ("a", "b"), "at": AT, **changed}
    return policy.seal(**facts)  # type: ignore[arg-type]


def test_a_seal_changes_with_each_fact_and_not_with_the_zone_in_which_the_moment_is_told() -> None:
    other = uuid.UUID(int=2)
    changes: list[dict[str, object]] = [
        {"key": other}, {"keys": (other, None)}, {"keys": (None, uuid.UUID(int=1))}, {"codes": ("ab", "")},
        {"at": AT + dt.timedelta(microseconds=1)},
    ]  # fmt: skip
    seals = {sealed(), *(sealed(**change) for change in changes)}
    assert (len(seals), {len(seal) for seal in seals}) == (1 + len(changes), {32})
    assert sealed(at=AT.astimezone(dt.timezone(dt.timedelta(hours=1)))) == sealed()


def looked(force: Force, by: Actor, names: tuple[str, ...] = ("Erin", "Frank")) -> Incident:
    one = care_cast.incident(force)
    whom = [care_cast.exposure(one, cast.person(force, name)) for name in names]
    look_at(one, whom, by)
    return one


def look_at(on: Incident, whom: list[Exposure], by: Actor) -> None:
    why = Look.Why.COORDINATING
    look(by=by, at=AT, can=Can.RUN_CARE, on=on, at_whom=whom, why=why, role="estip-coordinator")


@pytest.fixture
def force() -> Force:
    return cast.force()


@pytest.fixture
def by(force: Force) -> Actor:
    return cast.holder(Role.ESTIP_COORDINATOR, force)


def unguarded(sql: str) -> None:
    """As somebody who owns the database would: without its guard, which comes back with the test's end."""
    with db.open_for("tampering"), connection.cursor() as cursor:
        if db.is_single_process():
            for event in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS care_look_no_{event}")
        else:
            connection.check_constraints()  # what waits for the end of the transaction would be in the way
            cursor.execute("ALTER TABLE care_look DISABLE TRIGGER USER")
        cursor.execute(sql)


@pytest.mark.django_db
def test_rows_and_entries_agree(force: Force, by: Actor) -> None:
    assert queries.difference() == Difference(0, 0)
    looked(force, by)
    looked(force, by, ())
    assert (Look.objects.count(), queries.difference()) == (2, Difference(0, 0))
    assert Entry.objects.filter(detail__has_key="looks").count() == 2


@pytest.mark.django_db
def test_a_row_that_was_taken_away_changed_or_added_shows(force: Force, by: Actor) -> None:
    looked(force, by)
    unguarded("DELETE FROM care_look WHERE person_id = (SELECT person_id FROM care_look LIMIT 1)")
    assert queries.difference() == Difference(changed=0, missing=1)
    unguarded("UPDATE care_look SET role = 'supervisor'")
    assert queries.difference() == Difference(changed=1, missing=2)
    with db.open_for("tampering"):
        left = Look.objects.get()
        left.pk, left._state.adding = ids.new(), True
        left.save(force_insert=True)
    assert (queries.difference(), queries.difference().any) == (Difference(changed=2, missing=2), True)


@pytest.mark.django_db
def test_looks_of_an_exercise_go_with_it_and_no_other(force: Force, by: Actor) -> None:
    looked(force, by)
    drill = exercises.begin_drill(by=by, at=AT, force=force, people=3)
    made_up = list(Exposure.objects.filter(incident__drill=drill).select_related("incident"))
    look_at(made_up[0].incident, made_up, by)
    exercises.end_drill(by=by, at=AT, drill=drill)
    assert (Look.objects.count(), queries.difference()) == (2, Difference(0, 0))
    unguarded("DELETE FROM care_look")
    assert queries.difference() == Difference(changed=0, missing=2)
