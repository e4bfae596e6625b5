"""What `tell` writes, when it goes out, what it makes void, and what it costs."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from standdown.audit.act import act
from standdown.foundation import access, clock, db, ids
from standdown.foundation.access import Can
from standdown.notifications import manner, worker
from standdown.notifications.manner import with_manner
from standdown.notifications.models import ForceWords, OutboxMessage, Preference, State
from standdown.notifications.outbox import EVERYTHING, Message, NobodyToNotify, drop, heard_of, tell, tell_many
from standdown.people.models import Person
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT
NIGHT = clock.from_wall(dt.date(2026, 11, 23), dt.time(22))
MORNING = clock.from_wall(dt.date(2026, 11, 24), dt.time(7))
THING = ids.new()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain(Message):
    template: ClassVar[str] = "notifications/roles/mail/ended"
    role: str = "trainer"
    address: str = "/me/"
    until: dt.datetime | None = None

    def useful_until(self) -> dt.datetime | None:
        return self.until


class Urgent(Plain):
    urgent = True


class Last(Plain):
    replaces = EVERYTHING


class Instead(Plain):
    replaces = ("Plain",)


@pytest.fixture
def alice() -> Person:
    return cast.person(cast.force())


@pytest.fixture(autouse=True)
def _inside() -> Iterator[None]:
    with db.open_for("a test"):
        yield


def plain(version: int = 0, **facts: Any) -> Plain:
    return Plain(about=THING, version=version, **facts)


def stored() -> list[tuple[str, int, str, dt.datetime]]:
    rows = OutboxMessage.objects.order_by("created_at", "id")
    return [(row.purpose, row.version, row.state, row.due_at) for row in rows]


def quiet(of: Person, begins: dt.time | None, ends: dt.time | None) -> None:
    Preference.objects.create(person=of, quiet_from=begins, quiet_until=ends, chosen_at=AT)


# -- when it goes out -----------------------------------------------------------------------------------------------


def test_by_day_a_message_goes_out_at_once_and_by_night_in_the_morning(alice: Person) -> None:
    tell(alice, plain(1), at=AT)
    tell(alice, plain(2), at=NIGHT)
    assert stored() == [("Plain", 1, State.DUE, AT), ("Plain", 2, State.DUE, MORNING)]


def test_an_urgent_one_goes_out_at_night_and_takes_along_what_it_follows(alice: Person) -> None:
    tell(alice, plain(1), at=NIGHT)
    later = NIGHT + dt.timedelta(minutes=5)
    tell(alice, Urgent(about=THING, version=2), at=later)
    assert stored() == [("Plain", 1, State.DUE, later), ("Urgent", 2, State.DUE, later)]


def test_what_would_be_useless_in_the_morning_goes_out_at_night(alice: Person) -> None:
    tell(alice, plain(1, until=MORNING), at=NIGHT)
    tell(alice, plain(2, until=MORNING + dt.timedelta(minutes=1)), at=NIGHT)
    assert [row[3] for row in stored()] == [NIGHT, MORNING]
    assert OutboxMessage.objects.get(version=1).not_after == MORNING


def test_everybody_has_their_own_quiet_hours(alice: Person) -> None:
    ben, cat = cast.person(alice.home_force, "Ben"), cast.person(alice.home_force, "Cat")
    quiet(ben, None, None)
    quiet(cat, dt.time(9), dt.time(17))
    tell_many([(alice, plain()), (ben, plain()), (cat, plain())], at=NIGHT)
    assert [row[3] for row in stored()] == [MORNING, NIGHT, NIGHT]
    OutboxMessage.objects.all().delete()
    tell(cat, plain(), at=AT)
    assert [row[3] for row in stored()] == [clock.from_wall(dt.date(2026, 11, 23), dt.time(17))]


# -- what it costs --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("message", "most"), [(plain(), 1), (Urgent(about=THING), 2), (Last(about=THING), 2)])
def test_one_statement_where_the_person_was_read_with_it(alice: Person, message: Message, most: int) -> None:
    (read,) = with_manner(Person.objects.filter(pk=alice.pk))
    with CaptureQueriesContext(connection) as sent:
        tell(read, message, at=NIGHT)
    assert len(sent) == most
    with CaptureQueriesContext(connection) as sent:
        tell(alice, message, at=NIGHT)
    assert len(sent) == most + 1


@pytest.mark.parametrize("number", [1, 3])
def test_many_cost_as_much_as_one(alice: Person, number: int) -> None:
    people = [cast.person(alice.home_force, f"Person{one}") for one in range(number)]
    with CaptureQueriesContext(connection) as sent:
        tell_many([(one, Last(about=THING)) for one in people], at=AT)
    assert (len(sent), OutboxMessage.objects.count()) == (3, number)


def test_telling_nobody_costs_nothing() -> None:
    with CaptureQueriesContext(connection) as sent:
        assert tell_many([], at=AT) == []
    assert len(sent) == 0


def test_the_same_thing_is_told_once(alice: Person) -> None:
    for _ in range(2):
        tell(alice, plain(), at=AT)
    assert len(stored()) == 1


def test_who_has_no_address_cannot_be_told(alice: Person) -> None:
    nobody = cast.person(alice.home_force, "Ned", work_email="")
    with pytest.raises(NobodyToNotify):
        tell(nobody, plain(), at=AT)
    assert len(tell_many([(nobody, plain()), (alice, plain())], at=AT)) == 1


# -- what is taken back ---------------------------------------------------------------------------------------------


def set_state(version: int, state: State, **facts: Any) -> None:
    if state is State.SENDING:
        facts |= {"lease": uuid.uuid4(), "leased_until": AT + dt.timedelta(minutes=5)}
    OutboxMessage.objects.filter(version=version).update(state=state, **facts)


def test_a_message_makes_void_what_still_waits(alice: Person) -> None:
    tell(alice, plain(1), at=AT)
    tell(alice, plain(2), at=AT)
    set_state(2, State.SENT)
    tell(alice, Urgent(about=THING, version=3), at=AT)
    tell(alice, Instead(about=THING, version=4), at=AT)
    assert [row[2] for row in stored()] == [State.DROPPED, State.SENT, State.DUE, State.DUE]
    tell(alice, Last(about=THING, version=5), at=AT)
    assert [row[2] for row in stored()] == [State.DROPPED, State.SENT, State.DROPPED, State.DROPPED, State.DUE]


def test_it_leaves_other_people_and_other_things_alone(alice: Person) -> None:
    ben, other = cast.person(alice.home_force, "Ben"), ids.new()
    tell(ben, plain(1), at=AT)
    tell(alice, Plain(about=other, version=2), at=AT)
    tell(alice, Last(about=THING, version=3), at=AT)
    assert [row[2] for row in stored()] == [State.DUE] * 3


def test_what_waits_can_be_taken_back(alice: Person) -> None:
    ben = cast.person(alice.home_force, "Ben")
    for version, person in enumerate((alice, alice, alice, alice, ben)):
        tell(person, plain(version), at=AT)
    set_state(1, State.DEAD)
    set_state(2, State.SENT)
    set_state(3, State.SENDING)
    assert drop(about=THING, at=AT, recipient=alice, purposes=["Plain"]) == 3
    assert [row[2] for row in stored()] == [State.DROPPED, State.DROPPED, State.SENT, State.SENDING, State.DUE]
    assert drop(about=THING, at=AT, purposes=["Other"]) == 0
    assert drop(about=THING, at=AT) == 2
    assert drop(about=ids.new(), at=AT) == 0


def test_what_a_worker_holds_when_it_is_taken_back_is_not_tried_again(alice: Person) -> None:
    tell(alice, plain(), at=AT)

    class Down:
        def send(self, message: OutboxMessage) -> Any:
            drop(about=THING, at=AT)
            raise ConnectionError

    worker.send_one(AT, {"email": Down()})
    later = AT + dt.timedelta(minutes=2)
    worker.drop_past(later)
    assert worker.send_one(later, {"email": Down()}) is False
    assert OutboxMessage.objects.get().state == State.DROPPED


def test_who_may_have_heard(alice: Person) -> None:
    for version in range(3):
        tell(alice, plain(version), at=AT)
    assert heard_of([THING]) == {}
    OutboxMessage.objects.filter(version=0).update(attempts=1)
    assert heard_of([THING]) == {(THING, alice.pk): False}
    OutboxMessage.objects.filter(version=1).update(attempts=1, calendar_method="REQUEST", state=State.UNCERTAIN)
    OutboxMessage.objects.filter(version=2).update(attempts=1)
    assert heard_of([THING]) == {(THING, alice.pk): True}


def test_it_is_undone_with_the_deed(alice: Person) -> None:
    force = alice.home_force
    assert force is not None
    with pytest.raises(RuntimeError), act(access.system("test"), Can.KEEP_BASES, on=force, at=AT):
        tell(alice, plain(), at=AT)
        raise RuntimeError
    assert stored() == []


# -- the words ------------------------------------------------------------------------------------------------------


def test_a_forces_own_words_are_read_in_the_readers_language(alice: Person) -> None:
    force = alice.home_force
    assert force is not None
    ben = cast.person(force, "Ben", language="cy")
    charlie = cast.person(cast.force("bshire"), "Charlie")

    def words(language: str, text: str) -> None:
        ForceWords.objects.create(force=force, kind="offer", language=language, words=text, written_at=AT)

    def read() -> list[str]:
        found = manner.of([alice, ben, charlie])
        return [found[one.pk].words["offer"] for one in (alice, ben, charlie)]

    assert read() == ["", "", ""]
    words("en", "See you")
    assert read() == ["See you", "See you", ""]
    words("cy", "Hwyl")
    assert read() == ["See you", "Hwyl", ""]
    assert manner.of([alice])[alice.pk].words["reminder"] == ""
