"""Planned sessions when a guard is set, a decision changes, or an incident turns out to be part of another."""

from __future__ import annotations

import datetime as dt

import pytest

from standdown.care.defusing import diary
from standdown.care.exposures import stages
from standdown.care.exposures.actions_merging import merge
from standdown.care.grouping import actions, guards
from standdown.care.grouping.tests.scene import AT, Scene, set_state
from standdown.care.incidents import guards as incident_guards
from standdown.care.models import Defusing, Exposure
from standdown.care.programme.policy import NextStep
from standdown.foundation import db
from standdown.notifications.models import OutboxMessage
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(days=2)


def planned(at: Scene) -> list[Defusing]:
    """The coordinator plans what the page proposes."""
    return actions.confirm(by=at.coordinator, at=AT, incident=at.incident, fingerprint=at.fingerprint())


def booked(at: Scene, session: Defusing) -> Defusing:
    """The session, booked."""
    return set_state(
        session, "booked", defuser=cast.person(at.force, "Dee"), starts_at=LATER, ends_at=LATER + dt.timedelta(hours=1)
    )


# -- guards -----------------------------------------------------------------------------------------------------------


def test_a_booked_group_is_held_back_while_conferring_is_restricted_and_one_to_one_never_is() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben", closeness=1)
    at.to_defuse("Cat", closeness=3)
    group, one = (booked(at, session) for session in planned(at))
    assert (guards.stops(group), guards.held_back(at.incident, [group, one])) == (None, [])
    at.restrict()
    assert guards.stops(group) == str(incident_guards.WORDS[incident_guards.Block.RESTRICTED])
    assert guards.stops(one) is None
    assert guards.held_back(at.incident, [group, one]) == [group]
    assert (diary.blocked(group), diary.blocked(one)) == (True, False)
    assert [state for _number, state, *_rest in at.sessions()] == ["booked", "booked"]
    at.lift()
    assert (guards.stops(group), diary.blocked(group)) == (None, False)


def test_outstanding_accounts_hold_a_group_back_until_they_are_complete() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben")
    (group,) = planned(at)
    for accounts, stopped in (("", False), ("outstanding", True), ("complete", False), ("not-applicable", False)):
        group.incident.accounts = accounts
        assert (guards.stops(group) is not None) == stopped


# -- decided otherwise, closed ----------------------------------------------------------------------------------------


def test_who_is_no_longer_to_be_defused_leaves_the_planned_group() -> None:
    at = Scene()
    ann, _ben, _cat = at.to_defuse("Ann", "Ben", "Cat")
    planned(at)
    with db.open_for("the test"):
        stages.decide(ann, NextStep.PEER_CALL, at.coordinator, AT)
    assert at.sessions() == [(1, "planned", "group", "", "Ben Cat")]


def test_a_decision_for_another_kind_of_defusing_leaves_them_where_they_are() -> None:
    at = Scene()
    ann, _ben = at.to_defuse("Ann", "Ben")
    planned(at)
    with db.open_for("the test"):
        stages.decide(ann, NextStep.DEFUSE_ONE, at.coordinator, AT)
    assert at.sessions() == [(1, "planned", "group", "", "Ann Ben")]


def test_who_is_closed_leaves_a_booked_group_and_is_told_that_the_time_is_off() -> None:
    at = Scene()
    ann, _ben = at.to_defuse("Ann", "Ben")
    (group,) = planned(at)
    booked(at, group)
    with db.open_for("the test"):
        group.attendees.update(invited_at=AT)
        stages.close(ann, Exposure.CloseCode.PREFERS_NOT, at.coordinator, AT)
    assert at.sessions() == [(1, "booked", "group", "", "Ben")]
    assert [one.recipient for one in OutboxMessage.objects.all()] == [at.people["Ann"]]


# -- merged -----------------------------------------------------------------------------------------------------------


def test_when_an_incident_is_merged_while_groups_are_built_nobody_is_lost() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben", closeness=1)
    at.to_defuse("Cat", "Dan", closeness=3)
    close, further = planned(at)
    booked(at, further)
    part, whole = at.incident, care_cast.incident(at.force)
    at.incident = whole
    at.to_defuse("Eve", "Fay", closeness=1)
    planned(at)
    merge(by=at.coordinator, at=AT, part=part, whole=whole)
    assert at.sessions() == [(1, "planned", "group", "", "Eve Fay"), (2, "booked", "group", "closeness", "Cat Dan")]
    close.refresh_from_db()
    assert (close.state, close.incident_id) == ("stood-down", part.pk)
    planned(at)
    assert at.sessions()[0] == (1, "planned", "group", "", "Ann Ben Eve Fay")
    everybody = {seat for *_rest, seats in at.sessions() for seat in seats.split()}
    assert everybody == {"Ann", "Ben", "Cat", "Dan", "Eve", "Fay"}
