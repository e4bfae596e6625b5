"""The worker sends each message once, in order, again after a fault, and never guesses."""

import datetime as dt
import email
import email.policy
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from standdown.audit.act import act
from standdown.foundation import access, db, ids
from standdown.foundation.access import Can
from standdown.foundation.refusal import Refusal
from standdown.notifications import policy, queries, worker
from standdown.notifications.channels.email import EmailChannel, Receipt, Rejected
from standdown.notifications.models import OutboxMessage, State, WorkerHeartbeat
from standdown.people.models import Force, Person
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT
ABOUT = "019a0000-0000-7000-8000-000000000001"


def message(to: Person, number: int = 1, *, at: dt.datetime = AT, **facts: Any) -> OutboxMessage:
    facts = {"about": ABOUT, "subject": f"Message {number}", "text": "Text.\n", "html": "<p>Text.</p>", **facts}
    with db.open_for("a test"):
        return OutboxMessage.objects.create(
            purpose="Test", version=number, recipient=to, force_id=to.home_force_id, address=to.work_email,
            created_at=at, due_at=at, **facts,
        )  # fmt: skip


@dataclass
class Recorder:
    """A way out that keeps what it is given, and fails as often as it is told to."""

    failures: int = 0
    fault: Callable[[], Exception] = ConnectionError
    taken: list[str] = field(default_factory=list)

    def send(self, message: OutboxMessage) -> Receipt:
        if self.failures:
            self.failures -= 1
            raise self.fault()
        self.taken.append(message.subject)
        return Receipt(reference=str(message.pk))


def send_all(out: Recorder, at: dt.datetime = AT) -> int:
    sent = 0
    while worker.send_one(at, {"email": out}):
        sent += 1
    return sent


def person() -> Person:
    return cast.person(cast.force())


def test_a_message_goes_out_once() -> None:
    one, out = message(person()), Recorder()
    assert (send_all(out), send_all(out, AT + dt.timedelta(days=1))) == (1, 0)
    one.refresh_from_db()
    assert (out.taken, one.state, one.sent_at, one.attempts, one.lease) == (["Message 1"], State.SENT, AT, 1, None)


def test_what_is_not_due_waits() -> None:
    message(person(), at=AT + dt.timedelta(minutes=1))
    assert send_all(Recorder()) == 0


def test_messages_about_one_thing_to_one_person_keep_their_order() -> None:
    who = person()
    message(who, 1)
    message(who, 2)  # written in the same moment
    message(who, 3, at=AT + dt.timedelta(seconds=1))
    later = AT + dt.timedelta(seconds=2)
    out = Recorder(failures=1)
    worker.send_one(later, {"email": out})
    assert send_all(out, later) == 0  # the second and the third wait for the first
    send_all(out, later + dt.timedelta(minutes=1))
    assert out.taken == ["Message 1", "Message 2", "Message 3"]


def test_one_person_does_not_wait_for_another_nor_one_thing_for_another() -> None:
    force = cast.force()
    alice, bob = cast.person(force), cast.person(force, "Bob")
    message(alice, 1)
    message(bob, 2)
    message(alice, 3, about="another")
    out = Recorder(failures=1)
    send_all(out)
    assert len(out.taken) == 2  # whichever failed, the others went


def test_a_fault_is_tried_again_after_longer_and_longer_waits_and_given_up_after_three_days() -> None:
    one, out, at = message(person()), Recorder(failures=999), AT
    waits = []
    while one.state == State.DUE:
        assert worker.send_one(at, {"email": out})
        one.refresh_from_db()
        waits.append(int((one.due_at - at).total_seconds() // 60))
        assert worker.send_one(one.due_at - dt.timedelta(seconds=1), {"email": out}) is False
        at = one.due_at
    assert waits[:-1] == [1, 5, 15, 30] + [60] * (policy.MOST_ATTEMPTS - 5)
    assert sum(waits) > 70 * 60
    assert (one.state, one.attempts, one.last_error, out.taken) == (State.DEAD, 75, "ConnectionError", [])
    assert send_all(out, at + dt.timedelta(days=30)) == 0


def test_what_will_never_be_taken_is_given_up_at_once() -> None:
    one = message(person())
    send_all(Recorder(failures=1, fault=lambda: Rejected("no")))
    one.refresh_from_db()
    assert (one.state, one.attempts, one.last_error) == (State.DEAD, 1, "Rejected")


def test_a_claimed_message_is_not_claimed_again() -> None:
    message(person())
    assert worker.claim(AT) is not None
    assert worker.claim(AT) is None


def test_a_worker_that_died_leaves_its_message_uncertain_and_nobody_sends_it() -> None:
    one = message(person())
    worker.claim(AT)
    assert worker.mark_stale(AT + policy.LEASE) == 0
    assert worker.mark_stale(AT + policy.LEASE + dt.timedelta(seconds=1)) == 1
    one.refresh_from_db()
    assert (one.state, one.lease, one.leased_until) == (State.UNCERTAIN, None, None)
    assert send_all(Recorder(), AT + dt.timedelta(days=1)) == 0


def test_a_worker_taken_for_dead_does_not_overwrite() -> None:
    message(person())
    slow = worker.claim(AT)
    assert slow is not None
    worker.mark_stale(AT + dt.timedelta(hours=1))
    worker._note(slow, state=State.SENT, sent_at=AT, last_error="")
    slow.refresh_from_db()
    assert slow.state == State.UNCERTAIN


@pytest.mark.parametrize(
    "end", ["\r", "\n", "\r\n", "\v", "\f", "\x00", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
)
def test_nothing_can_add_a_header(end: str) -> None:
    bent = message(person())
    bent.subject = f"Dates{end}Bcc: a@b.example"
    with pytest.raises(Rejected):
        EmailChannel().send(bent)
    bent.subject = "Dates"
    bent.address = f"a@b.example{end}Bcc: c@d.example"
    with pytest.raises(Rejected):
        EmailChannel().send(bent)
    assert mail.outbox == []


def test_a_mail_holds_text_html_and_the_calendar_file_with_its_method() -> None:
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n"
    one = message(person(), calendar=calendar, calendar_method="CANCEL", subject="Dyddiad hyfforddi: ŵ ŷ")
    EmailChannel().send(one)
    read = email.message_from_bytes(mail.outbox[0].message().as_bytes(), policy=email.policy.default)
    assert (read["Subject"], read["To"]) == ("Dyddiad hyfforddi: ŵ ŷ", one.address)
    assert (read["Message-ID"].startswith(f"<{one.pk}@"), read["Auto-Submitted"]) == (True, "auto-generated")
    parts = {part.get_content_type(): part for part in read.walk() if not part.is_multipart()}
    assert list(parts) == ["text/plain", "text/html", "text/calendar"]
    assert parts["text/calendar"].get_param("method") == "CANCEL"
    assert parts["text/calendar"].get_content_charset() == "utf-8"
    assert "METHOD:CANCEL" in parts["text/calendar"].get_content()


def test_a_second_try_carries_the_same_message_id() -> None:
    one = message(person())
    receipts = {EmailChannel().send(one).reference for _ in range(2)}
    assert len(receipts) == 1


def test_a_message_is_undone_with_the_deed_that_it_tells_of() -> None:
    who = person()
    force = Force.objects.get()
    with pytest.raises(Refusal), act(access.system("test"), Can.KEEP_BASES, on=force, at=AT):
        OutboxMessage.objects.create(
            purpose="Test", about=str(ids.new()), recipient=who, force=force, address=who.work_email,
            subject="Never", text="", html="", created_at=AT, due_at=AT,
        )  # fmt: skip
        raise Refusal("No.")
    assert not OutboxMessage.objects.exists()


def test_a_worker_says_that_it_is_there_and_old_names_are_dropped() -> None:
    worker.beat("worker-1", AT - dt.timedelta(days=2))
    worker.beat("worker-2", AT)
    worker.beat("worker-2", AT + dt.timedelta(seconds=2))
    worker.forget_the_gone(AT)
    assert list(WorkerHeartbeat.objects.values_list("name", flat=True)) == ["worker-2"]
    beat = queries.last_beat()
    assert beat == AT + dt.timedelta(seconds=2)
    assert policy.worker_is_there(beat, AT + dt.timedelta(seconds=62))
    assert not policy.worker_is_there(beat, AT + dt.timedelta(seconds=63))
    assert not policy.worker_is_there(None, AT)


def test_what_waits_is_counted_in_one_statement(django_assert_num_queries: Callable[..., object]) -> None:
    who = person()
    for number in (1, 2, 3):
        message(who, number)
    send_all(Recorder(failures=1, fault=lambda: Rejected("no")))
    message(who, 4, at=AT + dt.timedelta(days=1))
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert worker.waiting() == {State.DEAD: 1, State.DUE: 1}


def test_the_worker_works_until_it_is_told_to_stop() -> None:
    mailbox = person()
    message(mailbox)
    rounds = []

    def wait(seconds: float) -> bool:
        rounds.append(seconds)
        return len(rounds) == 2

    worker.run("worker-9", lambda: AT, wait)
    assert (rounds, len(mail.outbox)) == ([2.0, 2.0], 1)


@pytest.mark.postgres
@pytest.mark.usefixtures("for_real")
def test_two_workers_at_once_send_nothing_twice() -> None:
    who = person()
    for number in range(40):
        message(who, number, about=str(number % 7))
    taken, lock = [], threading.Lock()

    class Shared:
        def send(self, message: OutboxMessage) -> Receipt:
            with lock:
                taken.append(message.subject)
            return Receipt(reference="")

    def work() -> None:
        try:
            while worker.send_one(AT, {"email": Shared()}):
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    send_all(Recorder())
    assert len(taken) == len(set(taken))
    assert OutboxMessage.objects.filter(state=State.SENT).count() == 40
