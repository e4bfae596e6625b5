"""The way of a place: put forward, offered, accepted, freed, filled."""

from __future__ import annotations

from typing import Any

import pytest

from standdown.foundation.access import Actor
from standdown.people.models import Person
from standdown.people.roles.policy import Role
from standdown.training.models import Nomination, Session
from standdown.training.nominations import actions, candidates
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT


def put(lead: Actor, session: Session, person: Person) -> Nomination:
    who = candidates.known(lead, person.pk, "defuse", AT)
    assert who is not None
    return actions.put_forward(by=lead, at=AT, session=session.pk, who=who, released=True, stated=True)


def test_a_full_date_queues_and_a_freed_place_goes_to_who_is_next(django_assert_max_num_queries: Any) -> None:
    force = cast.force()
    lead = cast.holder(Role.WELLBEING_LEAD, force)
    session = cast.session(cast.course(), force, capacity=2)
    people = [cast.person(force, name) for name in ("Ann", "Ben", "Cat", "Dan")]
    made = [put(lead, session, person) for person in people]
    assert [(one.state, one.place_no, one.queue_no) for one in made] == [
        ("offered", 1, None),
        ("offered", 2, None),
        ("waiting", None, 1),
        ("waiting", None, 2),
    ]
    ann = cast.actor(people[0])
    actions.decline_place(by=ann, at=AT, nomination=made[0])
    made[2].refresh_from_db()
    assert (made[2].state, made[2].place_no) == ("offered", 1)
    eve = cast.person(force, "Eve")
    with django_assert_max_num_queries(14):  # opening and closing the transaction are counted here
        put(lead, session, eve)
