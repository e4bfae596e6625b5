"""Several at once: what the date's lock keeps in order, and what the database refuses were the lock forgotten."""

from __future__ import annotations

import datetime as dt
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.db import connection

from standdown.audit.act import Clash
from standdown.foundation import db, ids
from standdown.foundation.access import Actor
from standdown.foundation.kept_query import KeptQuery
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Person
from standdown.people.roles.policy import Role
from standdown.training.models import Nomination, NominationEvent, Session, SessionForce
from standdown.training.nominations import actions, candidates, invariants, places
from standdown.training.nominations.board import Board
from standdown.training.nominations.candidates import Known
from standdown.training.nominations.tests.unguarded import unguarded
from tests import cast

AT = cast.AT
FORCES, PEOPLE, CAPACITY, KEPT = 4, 32, 6, 2
ROUNDS, AT_ONCE = 3, 8
FIRST = dt.date(2027, 1, 12)


class Scene:
    """A date of six places for four forces, two of them kept for the first, and eight people of each."""

    def __init__(self, people: int = PEOPLE) -> None:
        self.forces = [cast.force(f"force-{number}") for number in range(FORCES)]
        self.leads = [cast.holder(Role.WELLBEING_LEAD, force) for force in self.forces]
        self.date = cast.session(cast.course(), *self.forces, capacity=CAPACITY)
        with db.open_for("the cast"):
            SessionForce.objects.filter(force=self.forces[0]).update(allotment=KEPT)
        self.names = [self._name(number % FORCES) for number in range(people)]

    def _name(self, number: int) -> tuple[Actor, Known, uuid.UUID]:
        lead = self.leads[number]
        return lead, _known(lead, cast.person(self.forces[number])), ids.new()

    def put_forward(self, number: int) -> Nomination:
        lead, who, key = self.names[number]
        return actions.put_forward(
            by=lead, at=AT, session=self.date.pk, who=who, released=True, stated=True, key=key
        )  # fmt: skip


def _known(lead: Actor, person: Person) -> Known:
    found = candidates.known(lead, person.pk, "defuse", AT)
    assert found is not None
    return found


def at_once(deeds: Sequence[Callable[[], object]]) -> list[BaseException]:
    """Do all of it in a few threads, each with its own connection; what they raised."""
    left, raised, lock = list(deeds), list[BaseException](), threading.Lock()

    def work() -> None:
        try:
            while True:
                with lock:
                    if not left:
                        return
                    deed = left.pop()
                try:
                    deed()
                except Exception as error:  # noqa: BLE001 -- the test says which may come
                    raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@contextmanager
def without_lock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody holds the date, and between counting and taking a place is a pause."""
    count = places._count

    def slowly(found: Any) -> None:
        count(found)
        time.sleep(0.02)

    with monkeypatch.context() as patch:
        unlocked = KeptQuery(lambda session: places._dates().filter(pk=session), session=uuid.UUID)
        patch.setattr(places, "_DATE", unlocked)
        patch.setattr(places, "_count", slowly)
        yield


# -- with several connections -------------------------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.usefixtures("for_real")
def test_of_many_at_once_as_many_have_a_place_as_there_are() -> None:
    scene = Scene()
    for number in range(ROUNDS):
        if number:
            scene.date = cast.session(
                scene.date.course, *scene.forces, capacity=CAPACITY, day=FIRST + dt.timedelta(days=number)
            )
            with db.open_for("the cast"):
                SessionForce.objects.filter(session=scene.date, force=scene.forces[0]).update(allotment=KEPT)
            scene.names = [(lead, who, ids.new()) for lead, who, _key in scene.names]
        twice = [partial(scene.put_forward, one) for one in range(PEOPLE) for _ in range(2)]
        assert at_once(twice) == []
        rows = Nomination.objects.filter(session=scene.date)
        numbers = rows.placed().order_by("place_no").values_list("place_no", flat=True)
        assert [*numbers] == [*range(1, CAPACITY + 1)]
        assert rows.placed().filter(force=scene.forces[0]).count() >= KEPT
        line = [*rows.waiting().values_list("pk", "queue_no")]
        assert [turn for _key, turn in line] == [*range(1, PEOPLE - CAPACITY + 1)]
        events = NominationEvent.objects.filter(nomination__in=rows, kind="put-forward").order_by("id")
        committed = [key for key in events.values_list("nomination_id", flat=True) if key in dict(line)]
        assert committed == [key for key, _turn in line]
        told = OutboxMessage.objects.filter(about__in=[str(key) for key in rows.values_list("pk", flat=True)])
        assert told.count() == PEOPLE
        assert invariants.all_wrong(AT) == []


@pytest.mark.postgres
@pytest.mark.usefixtures("for_real")
def test_without_the_lock_the_database_refuses_and_nothing_is_oversold(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene()
    with without_lock(monkeypatch):
        raised = at_once([partial(scene.put_forward, one) for one in range(PEOPLE)])
    assert raised
    assert {type(error) for error in raised} == {Clash}
    assert Nomination.objects.placed().count() <= CAPACITY
    assert Nomination.objects.count() == PEOPLE - len(raised)
    assert invariants.all_wrong(AT) == []


@pytest.mark.postgres
@pytest.mark.usefixtures("for_real")
def test_two_dates_on_one_day_are_refused_whoever_is_first() -> None:
    scene = Scene(people=1)
    second = cast.session(scene.date.course, *scene.forces)
    lead, who, _key = scene.names[0]

    def put(date: Session) -> None:
        actions.put_forward(by=lead, at=AT, session=date.pk, who=who, released=True, stated=True)

    raised = at_once([partial(put, date) for date in (scene.date, second)])
    assert len(raised) == 1
    assert Nomination.objects.count() == 1


# -- one after the other, but both from what they saw before: the same on every database ----------------------------


@pytest.fixture
def stale(monkeypatch: pytest.MonkeyPatch) -> Callable[[Session], None]:
    """Let every act see a date's places as they stand now, whatever is taken meanwhile: a lock that nobody holds."""

    def see(date: Session) -> None:
        def as_before(_key: uuid.UUID, _at: object) -> Board:
            return before.pop()

        before = [places.laid_out(Session.objects.get(pk=date.pk), AT) for _ in range(2)]
        monkeypatch.setattr(places, "counted_board", as_before)

    return see


@pytest.mark.django_db
def test_two_who_saw_the_same_free_place_cannot_both_have_it(stale: Callable[[Session], None]) -> None:
    scene = Scene(people=2)
    stale(scene.date)
    scene.put_forward(0)
    with pytest.raises(Clash):
        scene.put_forward(1)
    assert Nomination.objects.placed().count() == 1


@pytest.mark.django_db
def test_without_the_constraints_they_both_would(stale: Callable[[Session], None]) -> None:
    """The control: it is the constraint that refused, and the invariants would tell."""
    scene = Scene(people=2)
    unguarded()
    stale(scene.date)
    numbers = [scene.put_forward(number).place_no for number in range(2)]
    assert numbers == [1, 1]
    assert [wrong.name for wrong in invariants.all_wrong(AT)] == ["place-once"]


@pytest.mark.django_db
def test_two_who_saw_the_same_list_cannot_have_the_same_turn(stale: Callable[[Session], None]) -> None:
    scene = Scene(people=CAPACITY + 4)
    for number in range(CAPACITY + 2):
        scene.put_forward(number)
    stale(scene.date)
    scene.put_forward(CAPACITY + 2)
    with pytest.raises(Clash):
        scene.put_forward(CAPACITY + 3)
