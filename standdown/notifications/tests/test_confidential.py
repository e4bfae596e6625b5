"""Whoever keeps the outbox finds a message by its person, and never learns that somebody asked for a call."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from standdown.foundation import db
from standdown.notifications import queries
from standdown.notifications.models import OutboxMessage, State
from standdown.notifications.qualification_messages import CameBack, StoodDown
from standdown.people.models import Force, Person, Posting
from standdown.people.roles.policy import Role
from standdown.training.attendance.messages import PleaseCall, SomebodyWillCall
from tests import cast

from .test_worker import message

pytestmark = pytest.mark.django_db
OUTBOX = "/notifications/"


@pytest.fixture
def force() -> Force:
    return cast.force()


@pytest.fixture
def keeper(force: Force) -> Client:
    return cast.client_for(cast.holder(Role.SYSTEM_ADMINISTRATOR, force, "Sid"))


def between_two(to: Person, state: State = State.SENT, **facts: Any) -> OutboxMessage:
    facts = {"subject": "A request about a training day", "text": "Please call Ann.\n", "confidential": True, **facts}
    one = message(to, **facts)
    with db.open_for("a test"):
        OutboxMessage.objects.filter(pk=one.pk).update(state=state, attempts=1)
    return one


def page(client: Client, address: str = OUTBOX, **asked: str) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_calls_and_standing_down_are_between_two_people() -> None:
    kinds = (PleaseCall, SomebodyWillCall, StoodDown, CameBack)
    assert [kind.confidential for kind in kinds] == [True] * 4


@pytest.mark.parametrize("demonstration", [True, False])
def test_the_outbox_says_that_a_message_went_and_not_which(
    keeper: Client, force: Force, settings: Settings, demonstration: bool
) -> None:
    settings.DEMONSTRATION = demonstration
    one = between_two(cast.person(force, "Cora", family_name="Caller"))
    for shown in (page(keeper), page(keeper, f"{OUTBOX}{one.pk}/")):
        assert ("A message" in shown, "Sent" in shown) == (True, True)
        for secret in ("A request about", "Cora", "Caller", one.address, "call Ann", "PleaseCall"):
            assert secret not in shown


@pytest.mark.parametrize("state", [State.DEAD, State.UNCERTAIN])
def test_where_somebody_must_see_to_it_its_recipient_is_shown_and_nothing_else(
    keeper: Client, force: Force, state: State
) -> None:
    one = between_two(cast.person(force, "Cora"), state)
    for shown in (page(keeper, words="cora"), page(keeper, f"{OUTBOX}{one.pk}/")):
        assert ("A message" in shown, "Cora" in shown, "A request about" in shown) == (True, True, False)


def test_a_message_is_found_by_its_person(keeper: Client, force: Force) -> None:
    ann, ben = cast.person(force, "Ann", family_name="Archer"), cast.person(force, "Ben", family_name="Archer")
    with db.open_for("the cast"):
        Posting.objects.filter(person=ben).update(number="PC77")
    message(ann, 1, subject="For Ann")
    message(ben, 2, subject="For Ben")
    between_two(ben)
    message(cast.person(cast.force("bshire"), "Ann", family_name="Archer"), 3, subject="Elsewhere")
    by_words = {
        words: [subject for subject in ("For Ann", "For Ben", "A message", "Elsewhere") if subject in text]
        for words in ("archer", "ann ARCHER", "PC77", "nobody", "")
        for text in [page(keeper, words=words)]
    }
    assert by_words == {
        "archer": ["For Ann", "For Ben"],
        "ann ARCHER": ["For Ann"],
        "PC77": ["For Ben"],
        "nobody": [],
        "": ["For Ann", "For Ben", "A message"],
    }
    assert "No message fits" in page(keeper, words="nobody")
    assert "For Ann" not in page(keeper, words="ann", state="dead")


def test_older_messages_of_one_person_keep_the_search(keeper: Client, force: Force) -> None:
    ann = cast.person(force, "Ann")
    for number in range(queries.PAGE + 1):
        message(ann, number, at=cast.AT + dt.timedelta(minutes=number))
    assert "?words=ann&amp;state=due&amp;page=2" in page(keeper, words="ann", state="due")
    assert "?words=ann&amp;state=due&amp;page=1" in page(keeper, words="ann", state="due", page="2")
