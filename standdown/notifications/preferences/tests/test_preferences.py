"""Everybody chooses for themselves when messages wait; a lead also whether the summary comes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from standdown.foundation.access import ANYONE, NotAllowed
from standdown.notifications.models import Preference
from standdown.notifications.policy import QUIET_HOURS
from standdown.notifications.preferences import actions, queries
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT
PAGE = "/notifications/preferences/"


def stored() -> list[tuple[Any, ...]]:
    return list(Preference.objects.values_list("quiet_from", "quiet_until", "digest"))


@pytest.fixture
def alice() -> Client:
    return cast.client_for(cast.actor(cast.person(cast.force())))


@pytest.fixture
def lead() -> Client:
    return cast.client_for(cast.holder(Role.WELLBEING_LEAD, cast.force()))


def test_one_chooses_and_chooses_again() -> None:
    by = cast.actor(cast.person(cast.force()))
    own = queries.own(by)
    assert (own.quiet_from, own.quiet_until, own.digest) == (*QUIET_HOURS, True)
    actions.choose(by=by, at=AT, preference=own, quiet=None, digest=False)
    actions.choose(by=by, at=AT, preference=queries.own(by), quiet=(dt.time(9), dt.time(17)), digest=True)
    assert stored() == [(dt.time(9), dt.time(17), True)]


def test_nobody_chooses_for_somebody_else() -> None:
    force = cast.force()
    bob = queries.own(cast.actor(cast.person(force, "Bob")))
    with pytest.raises(NotAllowed):
        actions.choose(by=cast.actor(cast.person(force)), at=AT, preference=bob, quiet=None, digest=True)
    with pytest.raises(NotAllowed):
        queries.own(ANYONE)


@pytest.mark.parametrize(
    ("facts", "hours"),
    [
        ({"when": "usual"}, QUIET_HOURS),
        ({"when": "none"}, (None, None)),
        ({"when": "own", "begins": "9am", "ends": "17:30"}, (dt.time(9), dt.time(17, 30))),
    ],
)
def test_the_page_keeps_what_was_chosen(alice: Client, facts: dict[str, str], hours: tuple[Any, Any]) -> None:
    assert "summary on working mornings" not in alice.get(PAGE).content.decode()
    assert "Your choice is saved." in alice.post(PAGE, facts, follow=True).content.decode()
    assert stored() == [(*hours, True)]
    again = alice.get(PAGE).content.decode()
    assert again.count(" checked") == 1
    assert ('value="17:30"' in again) is (facts["when"] == "own")


def test_a_lead_chooses_about_the_summary(lead: Client) -> None:
    assert "summary on working mornings" in lead.get(PAGE).content.decode()
    lead.post(PAGE, {"when": "usual", "digest": "no"})
    assert stored() == [(*QUIET_HOURS, False)]


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"begins": ""}, "Choose when messages should wait"),
        ({"when": "own"}, "Enter a time, like 22:00"),
        ({"when": "own", "begins": "22:00", "ends": "later"}, "There is a problem"),
        ({"when": "own", "begins": "22:00", "ends": "22:00"}, "another time than they begin"),
    ],
)
def test_what_is_missing_is_said(alice: Client, facts: dict[str, str], complaint: str) -> None:
    answer = alice.post(PAGE, facts)
    assert (answer.status_code, complaint in answer.content.decode()) == (200, True)
    assert stored() == []
