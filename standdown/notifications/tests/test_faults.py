"""Faults and kills: nothing is lost, nothing is sent twice, and what is over is not sent late."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError

from standdown.foundation import db
from standdown.notifications import hooks, policy, queries, worker
from standdown.notifications.channels.email import Receipt
from standdown.notifications.models import OutboxMessage, State
from standdown.people.models import Force
from tests import cast

from .test_worker import AT, Recorder, message, person, send_all

pytestmark = pytest.mark.django_db


def test_a_mail_server_that_is_down_for_a_day_loses_nothing_and_tells_nobody_twice() -> None:
    who, out = person(), Recorder(failures=10_000)
    message(who, 1)
    message(who, 2, not_after=AT + dt.timedelta(hours=3))  # a reminder
    message(who, 3)
    message(who, 4, about="another", not_after=AT + dt.timedelta(hours=40))
    for minutes in range(0, 24 * 60, 7):
        at = AT + dt.timedelta(minutes=minutes)
        worker.drop_past(at)
        send_all(out, at)
    out.failures = 0
    for minutes in range(0, 120, 7):
        at = AT + dt.timedelta(days=1, minutes=minutes)
        worker.drop_past(at)
        send_all(out, at)
    assert sorted(out.taken) == ["Message 1", "Message 3", "Message 4"]
    assert out.taken.index("Message 1") < out.taken.index("Message 3")
    states = list(OutboxMessage.objects.order_by("version").values_list("state", flat=True))
    assert states == [State.SENT, State.DROPPED, State.SENT, State.SENT]


def test_what_is_past_is_not_sent_and_keeps_nobody_waiting() -> None:
    who, out = person(), Recorder()
    past = message(who, 1, not_after=AT)
    message(who, 2)
    assert send_all(out) == 1
    assert (worker.drop_past(AT), worker.drop_past(AT)) == (1, 0)
    past.refresh_from_db()
    assert (out.taken, past.state) == (["Message 2"], State.DROPPED)


def test_what_would_be_past_by_its_next_try_is_dropped() -> None:
    one = message(person(), not_after=AT + dt.timedelta(seconds=30))
    send_all(Recorder(failures=1))
    assert worker.drop_past(AT) == 1
    one.refresh_from_db()
    assert (one.state, one.attempts) == (State.DROPPED, 1)


@pytest.mark.parametrize("state", [State.DEAD, State.UNCERTAIN, State.DROPPED])
def test_a_request_that_is_given_up_or_perhaps_sent_does_not_hold_back_its_cancel(state: State) -> None:
    who, out = person(), Recorder()
    first = message(who, 1)
    message(who, 2)
    with db.open_for("a test"):
        OutboxMessage.objects.filter(pk=first.pk).update(state=state)
    assert send_all(out) == 1
    assert out.taken == ["Message 2"]


def test_a_cancel_waits_for_its_request_that_is_tried_again_or_in_somebodys_hands() -> None:
    who, out = person(), Recorder(failures=1)
    message(who, 1)
    message(who, 2)
    worker.send_one(AT, {"email": out})  # fails, and waits for its next try
    assert worker.claim(AT) is None
    later = AT + dt.timedelta(minutes=1)
    assert worker.claim(later) is not None  # the first, in somebody's hands
    assert worker.claim(later) is None
    worker.mark_stale(later + policy.LEASE + dt.timedelta(seconds=1))  # who died with it
    assert send_all(out, later + policy.LEASE) == 1
    assert out.taken == ["Message 2"]


def test_an_outcome_that_cannot_be_noted_at_once_is_noted_later(monkeypatch: pytest.MonkeyPatch) -> None:
    one, out, away = message(person()), Recorder(), [True, True, False]
    claimed, begin = worker.claim(AT), db.one_transaction
    assert claimed is not None

    def sometimes() -> Any:
        if away and away.pop(0):
            raise OperationalError("database is locked")
        return begin()

    monkeypatch.setattr(db, "one_transaction", sometimes)
    worker._note(claimed, state=State.SENT, sent_at=AT)
    one.refresh_from_db()
    assert (one.state, out.taken) == (State.SENT, [])
    away.extend([True] * policy.TRIES_TO_NOTE)
    with pytest.raises(OperationalError):
        worker._note(claimed, state=State.SENT, sent_at=AT)


def test_a_worker_with_much_to_send_still_says_that_it_is_there_and_does_its_jobs() -> None:
    who = person()
    for number in range(6):
        message(who, number, about=str(number))
    clock = [AT]
    beats, minutes, waits = [], [], []

    def now() -> dt.datetime:
        clock[0] += dt.timedelta(seconds=8)
        return clock[0]

    def job(at: dt.datetime) -> None:
        minutes.append(at)

    def wait(seconds: float) -> bool:
        beats.append(queries.last_beat())
        waits.append(seconds)
        return seconds > 0

    hooks.EACH_MINUTE.append(job)
    try:
        worker.run("worker-8", now, wait)
    finally:
        hooks.EACH_MINUTE.remove(job)
    assert (len(mail.outbox), set(waits[:-1]), waits[-1]) == (6, {0.0}, 2.0)
    assert len(set(beats)) == len(waits) > 2
    assert len({one.minute for one in minutes}) == len(minutes) > 1


class Killed(BaseException):
    """The machine went out."""


def test_no_kill_loses_a_message_or_sends_one_twice_and_the_one_gap_is_marked() -> None:
    people = [cast.person(cast.force(), name) for name in ("Ann",)] + [cast.person(Force.objects.get(), "Ben")]
    for number in range(120):
        message(people[number % 2], number, about=f"thing-{number // 4}", at=AT + dt.timedelta(microseconds=number))
    at, lots, taken = AT + dt.timedelta(seconds=1), random.Random(7), []

    class Sink:
        point = ""

        def send(self, message: OutboxMessage) -> Receipt:
            if self.point == "before":
                raise Killed
            taken.append(message.pk)
            if self.point == "after":
                raise Killed
            return Receipt(reference="")

    sink, gaps, left = Sink(), 0, True
    while left:
        sink.point = lots.choice(["before", "after", "noted", *[""] * 9])
        try:
            left = worker.send_one(at, {"email": sink})
        except Killed:
            gaps += 1
            at += policy.LEASE + dt.timedelta(seconds=1)
            worker.mark_stale(at)
    assert len(taken) == len(set(taken))
    uncertain = set(OutboxMessage.objects.filter(state=State.UNCERTAIN).values_list("pk", flat=True))
    sent = set(OutboxMessage.objects.filter(state=State.SENT).values_list("pk", flat=True))
    assert (len(uncertain), len(sent), gaps > 5) == (gaps, 120 - gaps, True)
    assert sent <= set(taken) <= sent | uncertain
