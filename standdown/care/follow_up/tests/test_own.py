from __future__ import annotations

import datetime as dt

import pytest

from standdown.care.follow_up import actions_own, jobs
from standdown.care.follow_up.refusals import AskedAlready, NotNow, PastDay
from standdown.care.models import DayToMark, OwnEntry, SelfReferral, Step
from standdown.foundation import clock
from standdown.foundation.access import Actor, NotAllowed
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, Person
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db
To = SelfReferral.To


@pytest.fixture
def force() -> Force:
    return cast.force("ashire")


@pytest.fixture
def erin(force: Force) -> Person:
    return cast.person(force, "Erin")


@pytest.fixture
def me(erin: Person) -> Actor:
    return cast.actor(erin)


def test_anybody_may_ask_to_talk_and_an_answer_is_owed_within_a_day(me: Actor, erin: Person, force: Force) -> None:
    asked = actions_own.ask_to_talk(by=me, at=cast.AT, person=erin, to=To.PEER)
    assert Step.objects.open().get(on=asked.pk).due_at == cast.AT + dt.timedelta(hours=24)
    with pytest.raises(AskedAlready):
        actions_own.ask_to_talk(by=me, at=cast.AT, person=erin, to=To.PEER)
    coordinator = cast.holder(Role.ESTIP_COORDINATOR, force, "Cora")
    actions_own.take_on(by=coordinator, at=cast.AT, asked=asked)
    assert not Step.objects.open().filter(on=asked.pk).exists()
    with pytest.raises(NotNow):
        actions_own.take_on(by=coordinator, at=cast.AT, asked=asked)


def test_nobody_asks_for_another(me: Actor, force: Force) -> None:
    with pytest.raises(NotAllowed):
        actions_own.ask_to_talk(by=me, at=cast.AT, person=cast.person(force, "Fay"), to=To.PEER)


def test_who_asked_may_let_it_go(me: Actor, erin: Person) -> None:
    asked = actions_own.ask_to_talk(by=me, at=cast.AT, person=erin, to=To.COORDINATOR)
    actions_own.talked(by=me, at=cast.AT, asked=asked)
    with pytest.raises(NotNow):
        actions_own.talked(by=me, at=cast.AT, asked=asked)
    assert Step.objects.get(on=asked.pk).outcome == "not-needed"


def test_a_day_that_one_marks_brings_a_message_the_day_before(me: Actor, erin: Person) -> None:
    on = cast.TODAY + dt.timedelta(days=10)
    with pytest.raises(PastDay):
        actions_own.mark_day(by=me, at=cast.AT, person=erin, kind=DayToMark.Kind.TRIAL, on=cast.TODAY)
    day = actions_own.mark_day(by=me, at=cast.AT, person=erin, kind=DayToMark.Kind.TRIAL, on=on)
    with pytest.raises(NotNow):
        actions_own.tell_of_day(by=jobs.JOB, at=cast.AT, day=day)
    for _twice in range(2):
        jobs.each_minute(clock.from_wall(on - dt.timedelta(days=1), dt.time(9)))
    assert OutboxMessage.objects.get().purpose == "DayOfYours"


def test_a_day_taken_back_brings_nothing(me: Actor, erin: Person) -> None:
    on = cast.TODAY + dt.timedelta(days=10)
    day = actions_own.mark_day(by=me, at=cast.AT, person=erin, kind=DayToMark.Kind.NEWS, on=on)
    actions_own.unmark_day(by=me, at=cast.AT, day=day)
    jobs.each_minute(clock.from_wall(on, dt.time(9)))
    assert OutboxMessage.objects.count() == 0


def test_ones_own_history_is_ones_own(me: Actor, erin: Person) -> None:
    with pytest.raises(PastDay):
        actions_own.note_entry(by=me, at=cast.AT, person=erin, category="other", on=cast.TODAY + dt.timedelta(days=1))
    entry = actions_own.note_entry(by=me, at=cast.AT, person=erin, category="other", on=cast.TODAY)
    actions_own.remove_entry(by=me, at=cast.AT, entry=entry)
    assert OwnEntry.objects.count() == 0
