"""Groups confirmed, changed by hand and taken back, each as one act."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from standdown.audit.models import Entry
from standdown.care.grouping import actions
from standdown.care.grouping.policy import Rule
from standdown.care.grouping.refusals import NotOpen, NotTogether, PlanChanged
from standdown.care.grouping.tests.scene import AT, Scene, set_state
from standdown.care.models import Attendee, Defusing, Exposure, IncidentEvent
from standdown.foundation import db
from standdown.foundation.access import NotAllowed
from standdown.foundation.refusal import Refusal
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db


def confirm(at: Scene, **facts: Any) -> list[Defusing]:
    """The coordinator plans what the page proposes."""
    asked = {"by": at.coordinator, "at": AT, "incident": at.incident, "fingerprint": at.fingerprint(), **facts}
    return actions.confirm(**asked)


# -- confirm ----------------------------------------------------------------------------------------------------------


def test_what_was_shown_is_planned_in_one_act() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben", "Cat")
    at.to_defuse("Dan", closeness=4)
    at.to_defuse("Eve", step="defuse-one")
    assert at.proposed() == [("Ann Ben Cat", "closeness"), ("Dan", "odd-one"), ("Eve", "asked")]
    confirm(at)
    assert at.sessions() == [
        (1, "planned", "group", "closeness", "Ann Ben Cat"),
        (2, "planned", "one", "odd-one", "Dan"),
        (3, "planned", "one", "asked", "Eve"),
    ]
    entry = Entry.objects.latest("sequence")
    assert (entry.can, entry.outcome, entry.detail) == ("run-care", "done", {"sessions": 3, "joined": 0})
    assert [(one.kind, one.number) for one in IncidentEvent.objects.all()] == [("groups", 3)]
    assert at.proposed() == []


def test_only_who_is_to_be_defused_is_placed() -> None:
    at = Scene()
    ann, ben, cat, dan = at.to_defuse("Ann", "Ben", "Cat", "Dan")
    with db.open_for("the cast"):
        Exposure.objects.filter(pk=ann.pk).update(decided_step="nothing-now", stage="followed")
        Exposure.objects.filter(pk=ben.pk).update(removed_at=AT)
        Exposure.objects.filter(pk=cat.pk).update(stage="followed")
    assert at.proposed() == [("Dan", "odd-one")]
    assert dan.stage == "to-defuse"


def test_a_wish_for_one_to_one_is_met() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben", "Cat")
    at.wishes_one_to_one("Ben")
    assert at.proposed() == [("Ann Cat", ""), ("Ben", "asked")]


def test_a_manager_two_levels_up_is_kept_apart() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben", "Cat", "Ivy", "Sid")
    at.manages("Sid", "Ann", "Ben", "Cat")
    at.manages("Ivy", "Sid")
    assert at.proposed() == [("Ann Ben Cat", "command"), ("Ivy", "command"), ("Sid", "command")]


def test_an_exclusion_keeps_two_apart_whoever_said_so() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben", "Cat", "Dan")
    at.exclude("Ben", "Ann")
    names = {name for name, _why in at.proposed()}
    assert [("Ann" in one) + ("Ben" in one) for one in names] == [1, 1]
    assert {why for _name, why in at.proposed()} == {"conflict"}


def test_two_coordinators_at_once_one_wins_and_the_other_is_told() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben")
    seen = at.fingerprint()
    confirm(at, fingerprint=seen)
    with pytest.raises(PlanChanged):
        confirm(at, fingerprint=seen)
    assert len(at.sessions()) == 1


def test_what_changed_since_the_page_was_opened_is_not_planned_unseen() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben")
    seen = at.fingerprint()
    at.to_defuse("Cat")
    with pytest.raises(PlanChanged):
        confirm(at, fingerprint=seen)
    assert at.sessions() == []
    assert Entry.objects.latest("sequence").detail == {"refusal": "plan-changed"}


def test_nothing_is_planned_for_an_incident_that_is_closed_or_merged() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben")
    seen = at.fingerprint()
    with db.open_for("the cast"):
        at.incident.state, at.incident.closed_at = "closed", AT
        at.incident.save()
    with pytest.raises(Refusal):
        confirm(at, fingerprint=seen)


def test_somebody_without_the_care_of_the_force_plans_nothing() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben")
    seen = at.fingerprint()
    for who in (cast.holder(Role.SUPERVISOR, at.force), cast.holder(Role.ESTIP_COORDINATOR, cast.force("bshire"))):
        with pytest.raises(NotAllowed):
            confirm(at, by=who, fingerprint=seen)


def test_whoever_excluded_the_coordinator_is_planned_by_another() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben", "Cat")
    at.people["Cora"] = cast.person_of(at.coordinator)
    at.exclude("Cat", "Cora")
    assert at.proposed() == [("Ann Ben", "")]
    confirm(at)
    at.coordinator = cast.holder(Role.ESTIP_LEAD, at.force, "Lea")
    confirm(at)
    assert [one[4] for one in at.sessions()] == ["Ann Ben Cat"]


# -- guards -----------------------------------------------------------------------------------------------------------


def test_while_conferring_is_restricted_everybody_is_proposed_one_to_one_and_groups_after() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben")
    at.restrict()
    assert at.proposed() == [("Ann", "guard"), ("Ben", "guard")]
    at.lift()
    assert at.proposed() == [("Ann Ben", "")]


# -- late additions ---------------------------------------------------------------------------------------------------


def test_who_is_added_late_joins_a_planned_group_and_a_booked_one_is_left_alone() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben")
    confirm(at)
    at.to_defuse("Cat")
    confirm(at)
    assert at.sessions() == [(1, "planned", "group", "", "Ann Ben Cat")]
    (session,) = Defusing.objects.all()
    set_state(
        session, "booked", defuser=cast.person(at.force, "Dee"), starts_at=AT + dt.timedelta(days=2),
        ends_at=AT + dt.timedelta(days=2, hours=1),
    )  # fmt: skip
    at.to_defuse("Eve")
    assert at.proposed() == [("Eve", "odd-one")]
    confirm(at)
    assert [one[4] for one in at.sessions()] == ["Ann Ben Cat", "Eve"]


def test_who_left_a_planned_session_comes_back_to_the_same_place() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben", "Cat")
    confirm(at)
    with db.open_for("the cast"):
        Attendee.objects.filter(exposure__person=at.people["Cat"]).update(left_at=AT, answer="not-now", answered_at=AT)
    confirm(at)
    assert at.sessions() == [(1, "planned", "group", "", "Ann Ben Cat")]
    assert at.seat("Cat").answer == ""


def test_who_asks_for_one_to_one_gets_a_session_and_a_group_of_one_is_placed_anew() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben")
    confirm(at)
    with db.open_for("the cast"):
        seat = at.seat("Ben")
        seat.left_at, seat.answer, seat.answered_at = AT, "one-to-one", AT
        seat.save()
    assert at.proposed() == [("Ann", "odd-one"), ("Ben", "asked")]
    confirm(at)
    assert at.sessions() == [
        (1, "stood-down", "group", "", ""),
        (2, "planned", "one", "odd-one", "Ann"),
        (3, "planned", "one", "asked", "Ben"),
    ]  # fmt: skip


def test_somebody_who_is_taken_off_the_list_leaves_the_group_and_an_empty_one_is_over() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben")
    confirm(at)
    at.take_off("Ann")
    assert at.sessions() == [(1, "planned", "group", "", "Ben")]
    at.take_off("Ben")
    assert at.sessions() == [(1, "stood-down", "group", "", "")]


# -- by hand ----------------------------------------------------------------------------------------------------------


def move(at: Scene, name: str, to: Defusing | None) -> Defusing:
    """The coordinator moves one of them."""
    return actions.move(by=at.coordinator, at=AT, attendee=at.seat(name), to=to.pk if to else None)


def test_somebody_is_moved_to_another_group_or_to_one_to_one() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben", "Cat", closeness=1)
    at.to_defuse("Dan", "Eve", closeness=2)
    _close, further = confirm(at)
    move(at, "Cat", further)
    assert [one[3:] for one in at.sessions()] == [("closeness", "Ann Ben"), ("closeness", "Cat Dan Eve")]
    assert [one.closeness for one in Defusing.objects.order_by("number")] == [1, 1]
    move(at, "Cat", None)
    assert at.sessions()[2] == (3, "planned", "one", "asked", "Cat")
    assert [one.closeness for one in Defusing.objects.order_by("number")] == [1, 2, 1]
    assert Entry.objects.latest("sequence").detail == {"alone": True}


def test_the_last_but_one_who_leaves_makes_it_one_to_one_and_the_last_ends_it() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben", closeness=1)
    at.to_defuse("Dan", "Eve", closeness=2)
    _close, further = confirm(at)
    move(at, "Ann", further)
    assert at.sessions()[0] == (1, "planned", "one", "odd-one", "Ben")
    move(at, "Ben", further)
    assert at.sessions()[0] == (1, "stood-down", "one", "odd-one", "")
    assert at.sessions()[1][4] == "Ann Ben Dan Eve"


def test_two_who_sit_alone_become_a_group() -> None:
    at = Scene()
    at.to_defuse("Ann", closeness=1)
    at.to_defuse("Ben", closeness=3)
    ann, _ben = confirm(at)
    with pytest.raises(NotTogether) as no:
        move(at, "Ben", ann)
    assert no.value.rule is Rule.CLOSENESS
    at.to_defuse("Cat", closeness=2)
    (cat,) = confirm(at)
    move(at, "Ben", cat)
    assert at.sessions()[2] == (3, "planned", "group", "", "Ben Cat")


@pytest.mark.parametrize("who", ["Ben", "Cat"])
def test_no_exclusion_is_set_aside_by_hand_and_it_does_not_say_whose_it_is(who: str) -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben", closeness=1)
    at.to_defuse("Cat", "Dan", closeness=2)
    close, further = confirm(at)
    at.exclude(who, "Cat" if who == "Ben" else "Ben")
    target = further if who == "Ben" else close
    with pytest.raises(NotTogether) as no:
        move(at, who, target)
    assert no.value.rule is Rule.APART
    assert str(no.value.sentence) == (
        "They are kept apart from somebody in that group. Choose another group, or one to one."
    )


def test_a_session_that_somebody_is_asked_to_lead_is_not_changed_by_hand() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben", closeness=1)
    at.to_defuse("Cat", "Dan", closeness=2)
    close, further = confirm(at)
    set_state(close, "asked")
    with pytest.raises(NotOpen):
        move(at, "Ann", further)
    with pytest.raises(NotOpen):
        move(at, "Cat", close)
    with pytest.raises(NotOpen):
        move(at, "Cat", further)


def test_somebody_who_is_somewhere_else_by_now_is_not_moved() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben", closeness=1)
    at.to_defuse("Cat", "Dan", closeness=2)
    _close, further = confirm(at)
    seat = at.seat("Ann")
    move(at, "Ann", None)
    with pytest.raises(PlanChanged):
        actions.move(by=at.coordinator, at=AT, attendee=seat, to=further.pk)


# -- take back --------------------------------------------------------------------------------------------------------


def test_what_is_only_planned_is_taken_back_and_its_people_are_placed_anew() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben")
    sessions = confirm(at)
    assert actions.take_back(by=at.coordinator, at=AT, incident=at.incident, sessions={sessions[0].pk}) == 1
    assert at.sessions() == [(1, "stood-down", "group", "", "")]
    assert at.proposed() == [("Ann Ben", "")]
    with pytest.raises(PlanChanged):
        actions.take_back(by=at.coordinator, at=AT, incident=at.incident, sessions={sessions[0].pk})


def test_what_somebody_is_asked_to_lead_is_not_taken_back() -> None:
    at = Scene()
    at.to_defuse("Ann", "Ben")
    (session,) = confirm(at)
    set_state(session, "asked")
    with pytest.raises(NotOpen):
        actions.take_back(by=at.coordinator, at=AT, incident=at.incident, sessions={session.pk})
