"""`tell()`, and what the people who keep a force's outbox see and may do."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from standdown.audit.models import Entry
from standdown.foundation import db
from standdown.foundation.access import NotAllowed
from standdown.notifications import actions, worker
from standdown.notifications.models import OutboxMessage, State
from standdown.people.models import Person
from standdown.people.roles.policy import Role
from tests import cast

from .test_worker import message

pytestmark = pytest.mark.django_db
AT = cast.AT


def stuck(to: Person, state: State, **facts: Any) -> OutboxMessage:
    one = message(to, **facts)
    with db.open_for("a test"):
        OutboxMessage.objects.filter(pk=one.pk).update(state=state, attempts=8, last_error="ConnectionError")
    one.refresh_from_db()
    return one


def keeper(of: Person) -> Client:
    return cast.client_for(cast.holder(Role.SYSTEM_ADMINISTRATOR, of.home_force, "Sid"))


@pytest.mark.parametrize("state", [State.DEAD, State.UNCERTAIN])
def test_a_stuck_message_can_be_sent_again(state: State) -> None:
    who = cast.person(cast.force())
    one = stuck(who, state)
    by = cast.holder(Role.SYSTEM_ADMINISTRATOR, who.home_force)
    actions.try_again(by=by, message=one, at=AT + dt.timedelta(days=1))
    one.refresh_from_db()
    assert (one.state, one.attempts, one.due_at, one.last_error) == (State.DUE, 0, AT + dt.timedelta(days=1), "")
    entry = Entry.objects.get()
    assert (entry.can, entry.record_id, entry.detail) == ("resend-message", str(one.pk), {"was": state.value})
    assert worker.claim(AT + dt.timedelta(days=1)) is not None


@pytest.mark.parametrize("state", [State.DUE, State.SENT])
def test_what_is_not_stuck_is_left_alone(state: State) -> None:
    who = cast.person(cast.force())
    one = stuck(who, state)
    by = cast.holder(Role.SYSTEM_ADMINISTRATOR, who.home_force)
    for action in (actions.try_again, actions.mark_as_sent):
        with pytest.raises(actions.NotStuck):
            action(by=by, message=one, at=AT)
    assert {entry.detail["refusal"] for entry in Entry.objects.all()} == {"not-stuck"}


def test_an_old_message_is_not_sent_after_a_newer_one() -> None:
    who = cast.person(cast.force())
    one = stuck(who, State.DEAD)
    newer = message(who, 2, at=AT + dt.timedelta(hours=1))
    with db.open_for("a test"):
        OutboxMessage.objects.filter(pk=newer.pk).update(state=State.SENT)
    with pytest.raises(actions.NewerWentOut):
        actions.try_again(by=cast.holder(Role.SYSTEM_ADMINISTRATOR, who.home_force), message=one, at=AT)


@pytest.mark.parametrize("newer_is", [State.SENDING, State.UNCERTAIN])
def test_nor_while_a_newer_one_may_be_on_its_way(newer_is: State) -> None:
    who = cast.person(cast.force())
    one = stuck(who, State.UNCERTAIN)
    newer = message(who, 2, at=AT + dt.timedelta(hours=1))
    lease = {"lease": newer.pk, "leased_until": AT} if newer_is is State.SENDING else {}
    with db.open_for("a test"):
        OutboxMessage.objects.filter(pk=newer.pk).update(state=newer_is, **lease)
    with pytest.raises(actions.NewerWentOut):
        actions.try_again(by=cast.holder(Role.SYSTEM_ADMINISTRATOR, who.home_force), message=one, at=AT)


def test_what_is_over_is_not_sent_again() -> None:
    who = cast.person(cast.force())
    one = stuck(who, State.DEAD, not_after=AT + dt.timedelta(hours=1))
    by = cast.holder(Role.SYSTEM_ADMINISTRATOR, who.home_force)
    with pytest.raises(actions.NoLongerNeeded):
        actions.try_again(by=by, message=one, at=AT + dt.timedelta(hours=1))
    actions.try_again(by=by, message=one, at=AT)


def test_what_waits_for_the_morning_and_what_was_taken_back_say_so() -> None:
    who = cast.person(cast.force())
    client = keeper(who)
    night = message(who, 1, not_after=AT + dt.timedelta(days=9))
    with db.open_for("a test"):
        OutboxMessage.objects.filter(pk=night.pk).update(due_at=AT + dt.timedelta(hours=9))
    page = client.get(reverse("notifications:one", args=[night.pk])).content.decode()
    assert ("After the quiet hours of the person" in page, "Of use until" in page) == (True, True)
    gone = stuck(who, State.DROPPED, number=2, subject="Taken back")
    page = client.get(reverse("notifications:one", args=[gone.pk])).content.decode()
    assert ("No longer needed" in page, "Given up" in page, "Nothing need be done." in page) == (True, False, True)


def test_what_perhaps_arrived_can_be_noted_as_sent() -> None:
    who = cast.person(cast.force())
    one = stuck(who, State.UNCERTAIN)
    actions.mark_as_sent(by=cast.holder(Role.SYSTEM_ADMINISTRATOR, who.home_force), message=one, at=AT)
    one.refresh_from_db()
    assert (one.state, one.sent_at) == (State.SENT, AT)


def test_nobody_resends_another_forces_messages() -> None:
    one = stuck(cast.person(cast.force("ashire")), State.DEAD)
    by = cast.holder(Role.SYSTEM_ADMINISTRATOR, cast.force("bshire"), "Charlie")
    with pytest.raises(NotAllowed):
        actions.try_again(by=by, message=one, at=AT)


def test_the_outbox_lists_ones_own_force_by_state() -> None:
    who, other = cast.person(cast.force("ashire")), cast.person(cast.force("bshire"), "Bob")
    message(who, 1, subject="Ours & waiting")
    stuck(who, State.DEAD, number=2, subject="Ours and dead")
    message(other, 3, subject="Theirs")
    client = keeper(who)
    page = client.get(reverse("notifications:outbox")).content.decode()
    assert ("Ours &amp; waiting" in page, "Ours and dead" in page, "Theirs" in page) == (True, True, False)
    assert "No worker was ever started." in page
    dead = client.get(reverse("notifications:outbox"), {"state": "dead"}).content.decode()
    assert ("Ours &amp; waiting" in dead, "Ours and dead" in dead) == (False, True)


@pytest.mark.parametrize(("demonstration", "shown"), [(True, True), (False, False)])
def test_the_words_of_a_message_are_shown_in_the_demonstration_only(
    settings: Settings, demonstration: bool, shown: bool
) -> None:
    settings.DEMONSTRATION = demonstration
    one = message(cast.person(cast.force()), text="Dear Alice & all\nhttps://standdown.example/a/?b=1&c=2\n")
    page = keeper(one.recipient).get(reverse("notifications:one", args=[one.pk])).content.decode()
    assert ("Dear Alice &amp; all" in page) is shown
    assert ('<a class="govuk-link" href="https://standdown.example/a/?b=1&amp;c=2"' in page) is shown


def test_the_screen_sends_again_and_says_so() -> None:
    one = stuck(cast.person(cast.force()), State.DEAD)
    client = keeper(one.recipient)
    page = client.get(reverse("notifications:one", args=[one.pk])).content.decode()
    assert reverse("notifications:try-again", args=[one.pk]) in page
    done = client.post(reverse("notifications:try-again", args=[one.pk]), follow=True)
    assert "The message waits to be sent again." in done.content.decode()
    assert client.post(reverse("notifications:try-again", args=[one.pk])).status_code == 409


@pytest.mark.parametrize("name", ["one", "try-again", "mark-as-sent"])
def test_another_forces_message_reads_as_not_there(name: str) -> None:
    one = stuck(cast.person(cast.force("ashire")), State.UNCERTAIN)
    client = cast.client_for(cast.holder(Role.SYSTEM_ADMINISTRATOR, cast.force("bshire"), "Charlie"))
    ask = client.get if name == "one" else client.post
    theirs = ask(reverse(f"notifications:{name}", args=[one.pk]))
    nothing = ask(reverse(f"notifications:{name}", args=["00000000-0000-7000-8000-000000000000"]))
    assert (theirs.status_code, theirs.content) == (404, nothing.content)


@pytest.mark.parametrize("role", [Role.WELLBEING_LEAD, Role.PRIVACY_OFFICER])
def test_for_other_roles_there_is_no_outbox(role: Role) -> None:
    client = cast.client_for(cast.holder(role, cast.force()))
    assert client.get(reverse("notifications:outbox")).status_code == 404
