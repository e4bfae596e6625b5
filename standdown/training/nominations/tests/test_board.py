"""Who waits may be counted instead of read: what is known of the date is the same."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from standdown.foundation import db
from standdown.people.models import Force
from standdown.people.roles.policy import Role
from standdown.training.models import Nomination, Session, SessionForce
from standdown.training.nominations import actions, candidates, places
from standdown.training.nominations.models import EndReason
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT


def put(force: Force, session: Session, given_name: str) -> Nomination:
    lead, person = cast.holder(Role.WELLBEING_LEAD, force, f"Lead of {given_name}"), cast.person(force, given_name)
    who = candidates.known(lead, person.pk, "defuse", AT)
    assert who is not None
    return actions.put_forward(by=lead, at=AT, session=session.pk, who=who, released=True, stated=True)


@pytest.fixture
def session() -> Session:
    """Two of three places held, one kept for a force; three wait, of whom one gave up."""
    ashire, bshire = cast.force("ashire"), cast.force("bshire")
    made = cast.session(cast.course(), ashire, bshire, capacity=3)
    with db.open_for("the cast"):
        SessionForce.objects.filter(session=made, force=bshire).update(allotment=1)
    for name in ("Ann", "Ben", "Cat", "Dan"):
        put(ashire, made, name)
    last = put(ashire, made, "Eve")
    actions.withdraw(
        by=cast.holder(Role.WELLBEING_LEAD, ashire, "Lee"), at=AT, nomination=last, reason=EndReason.ROSTER
    )
    return made


def test_counted_or_read_it_is_the_same(session: Session, django_assert_num_queries: Any) -> None:
    read = places.laid_out(session, AT)
    with django_assert_num_queries(3):
        counted = places.counted_board(session.pk, AT)
        assert counted.ahead == 2
    assert (counted.pools, counted.trainers, counted.last_queue_no) == (read.pools, read.trainers, 3)
    assert sorted(counted.places.held, key=lambda one: one.number) == read.places.held
    assert counted.places.kept == read.places.kept
    assert counted.queued == Counter(one.pool for one in read.waiting)
    assert counted.pools_that_wait() == read.pools_that_wait()
    assert (read.last_queue_no, read.ahead) == (3, 2)
    with django_assert_num_queries(1):
        assert counted.waiting == read.waiting


def test_who_waits_is_asked_when_a_place_came_free(session: Session) -> None:
    """A place that nobody filled, as when it was kept until today: the next name does not pass by who waits."""
    with db.open_for("the cast"):
        SessionForce.objects.filter(session=session).update(allotment=None)
    made = put(Force.objects.get(slug="ashire"), session, "Fay")
    assert (made.state, made.ahead) == ("waiting", 1)
    placed = Nomination.objects.placed().filter(session=session).order_by("place_no")
    assert [one.person.given_name for one in placed.select_related("person")] == ["Ann", "Ben", "Cat"]


def test_a_date_that_is_not_there_is_not_found() -> None:
    with pytest.raises(Session.DoesNotExist):
        places.counted_board(cast.force().pk, AT)
