"""Places exchanged: each as one act, with its rules asked again, its messages and its record."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from standdown.audit.models import Entry
from standdown.foundation import db, ids
from standdown.foundation.access import NotAllowed
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Person, Posting
from standdown.people.roles.policy import Role
from standdown.training.exchanges import actions
from standdown.training.exchanges.policy import OrderReason
from standdown.training.exchanges.sentences import NotExchanged
from standdown.training.exchanges.tests.scene import AT, FIRST, SECOND, Scene, fresh, happened, on, stands, told
from standdown.training.models import Interest, Nomination
from standdown.training.nominations import actions as names
from standdown.training.nominations.sentences import NotNow, NotPutForward
from tests import cast

pytestmark = pytest.mark.django_db
HOUR_BEFORE = dt.datetime(2027, 1, 12, 8, 0, tzinfo=dt.UTC)


# -- substitute -------------------------------------------------------------------------------------------------------


def test_a_substitute_takes_the_same_place_and_is_offered_it() -> None:
    scene = Scene()
    session = scene.session()
    ann, ben, cat = (scene.put(name, session, accepted=name == "Ann") for name in ("Ann", "Ben", "Cat"))
    dan = scene.person("Dan")
    made = actions.substitute(
        by=scene.lead, at=AT, nomination=ann, who=scene.known(dan, session), agreed=False, stated=True
    )
    assert on(session) == [("Dan", "offered", 1, None), ("Ben", "offered", 2, None), ("Cat", "waiting", None, 1)]
    first = fresh(ann)
    assert (first.state, first.end_reason, first.late) == ("withdrawn", "substituted", False)
    assert (fresh(made).follows_id, fresh(made).eligibility, fresh(made).release) == (ann.pk, "stated", "by-lead")
    assert happened(ann)[-1] == ("withdrawn", "substituted")
    assert happened(made) == [("substituted", "")]
    assert told(ann.person)[-1] == "PlaceGivenBack"
    assert told(dan) == ["PlaceOffered"]
    assert (told(ben.person), told(cat.person)) == (["PlaceOffered"], ["PutOnWaitingList"])


def test_an_hour_before_somebody_who_said_yes_has_the_joining_pack_at_once() -> None:
    scene = Scene()
    session = scene.session()
    ann, dan = scene.put("Ann", session, accepted=True), scene.person("Dan")
    with db.open_for("the worker"):
        OutboxMessage.objects.update(state="sent", sent_at=AT, attempts=1)
    who = scene.known(dan, session)
    made = actions.substitute(by=scene.lead, at=HOUR_BEFORE, nomination=ann, who=who, agreed=True, stated=True)
    assert (fresh(made).state, fresh(made).consent, fresh(made).place_no) == ("accepted", "told-lead", 1)
    assert told(dan) == ["PlaceConfirmed"]
    entries = OutboxMessage.objects.exclude(calendar="").order_by("created_at", "recipient__given_name")
    assert list(entries.values_list("recipient__given_name", "calendar_method")) == [
        ("Ann", "REQUEST"), ("Ann", "CANCEL"), ("Dan", "REQUEST"),
    ]  # fmt: skip


def test_an_offer_within_the_last_hours_holds_until_the_start() -> None:
    scene = Scene()
    session = scene.session()
    ann, dan = scene.put("Ann", session, accepted=True), scene.person("Dan")
    who = scene.known(dan, session)
    made = actions.substitute(by=scene.lead, at=HOUR_BEFORE, nomination=ann, who=who, agreed=False, stated=True)
    assert (made.state, made.answer_by) == ("offered", session.starts_at)


def test_once_it_has_begun_nobody_comes_instead() -> None:
    scene = Scene()
    session = scene.session()
    ann, dan = scene.put("Ann", session, accepted=True), scene.person("Dan")
    who = scene.known(dan, session)
    with pytest.raises(NotNow):
        actions.substitute(by=scene.lead, at=session.starts_at, nomination=ann, who=who, agreed=True, stated=True)
    assert on(session) == [("Ann", "accepted", 1, None)]
    assert Entry.objects.filter(outcome="refused", detail={"refusal": "not-now"}).count() == 1


def test_every_rule_is_asked_of_a_substitute() -> None:
    scene = Scene(home_office=False)
    session, other = scene.session(), scene.session()
    ann, dan = scene.put("Ann", session, accepted=True), scene.person("Dan", work_email="")
    scene_put = scene.put("Eve", other)
    with pytest.raises(NotPutForward) as refused:
        actions.substitute(by=scene.lead, at=AT, nomination=ann, who=scene.known(dan, session), agreed=True)
    assert set(refused.value.codes) == {"no-address", "not-eligible", "terms"}
    with pytest.raises(NotPutForward) as refused:
        actions.substitute(
            by=scene.lead, at=AT, nomination=ann, who=scene.known(scene_put.person, session), agreed=True, stated=True,
            cost_agreed=True,
        )  # fmt: skip
    assert refused.value.codes == ("same-day",)


def test_the_same_request_again_is_the_same_substitute() -> None:
    scene = Scene()
    session, key = scene.session(), ids.new()
    ann, ben, dan = scene.put("Ann", session), scene.put("Ben", session), scene.person("Dan")
    who = scene.known(dan, session)
    made = [
        actions.substitute(by=scene.lead, at=AT, nomination=ann, who=who, agreed=True, stated=True, key=key).pk
        for _time in range(2)
    ]
    assert made[0] == made[1]
    assert told(dan) == ["PlaceConfirmed"]
    with pytest.raises(NotAllowed):  # a key that was used for another place
        actions.substitute(by=scene.lead, at=AT, nomination=ben, who=who, agreed=True, stated=True, key=key)
    other = cast.holder(Role.WELLBEING_DEPUTY, scene.force, "Dora")
    with pytest.raises(NotAllowed):  # or by somebody else
        actions.substitute(by=other, at=AT, nomination=ann, who=who, agreed=True, stated=True, key=key)


def test_the_place_stays_the_forces() -> None:
    scene = Scene()
    elsewhere = cast.force("bshire")
    session = scene.session(elsewhere)
    ann, dan = scene.put("Ann", session), cast.person(elsewhere, "Dan")
    their_lead = cast.holder(Role.WELLBEING_LEAD, elsewhere)
    who = scene.known(dan, session, by=their_lead)
    with pytest.raises(NotExchanged) as refused:
        actions.substitute(by=scene.lead, at=AT, nomination=ann, who=who, agreed=True, stated=True)
    assert refused.value.code == "other-force"
    with pytest.raises(NotAllowed):
        actions.substitute(by=their_lead, at=AT, nomination=ann, who=who, agreed=True, stated=True)


def test_who_told_their_lead_is_answered_by_coming_instead() -> None:
    scene = Scene()
    session = scene.session()
    ann, dan = scene.put("Ann", session), scene.person("Dan")
    with db.open_for("the cast"):
        told_lead = Interest.objects.create(
            person=dan, force=scene.force, course=scene.course, shift="days", told_at=AT
        )
    actions.substitute(by=scene.lead, at=AT, nomination=ann, who=scene.known(dan, session), agreed=True, stated=True)
    told_lead.refresh_from_db()
    assert told_lead.state == "put-forward"


def test_a_substitute_beyond_the_capacity_stays_beyond_it() -> None:
    scene = Scene()
    session = scene.session(capacity=1)
    scene.put("Ann", session)
    ben, dan = scene.put("Ben", session), scene.person("Dan")
    beyond = actions.place_over_capacity(by=cast.national_coordinator(), at=AT, nomination=ben)
    made = actions.substitute(
        by=scene.lead, at=AT, nomination=beyond, who=scene.known(dan, session), agreed=True, stated=True
    )
    assert (fresh(made).over_capacity, fresh(made).place_no) == (True, 2)


# -- transfer ---------------------------------------------------------------------------------------------------------


def test_a_name_moves_to_another_date_and_its_place_is_filled() -> None:
    scene = Scene()
    session, later = scene.session(capacity=1), scene.session(day=SECOND)
    ann, ben = scene.put("Ann", session, accepted=True), scene.put("Ben", session)
    made = actions.transfer(by=scene.lead, at=AT, nomination=ann, to_session=later.pk)
    assert (on(session), on(later)) == ([("Ben", "offered", 1, 1)], [("Ann", "offered", 1, None)])
    assert (fresh(ann).end_reason, fresh(made).follows_id, fresh(made).eligibility) == ("transferred", ann.pk, "stated")
    assert happened(ann)[-1] == ("withdrawn", "transferred")
    assert happened(made) == [("put-forward", ""), ("transferred", "")]
    assert told(ann.person) == ["PlaceOffered", "PlaceConfirmed", "PlaceGivenBack", "PlaceOffered"]
    assert told(ben.person) == ["PutOnWaitingList", "PlaceOffered"]
    assert actions.transfer(by=scene.lead, at=AT, nomination=ann, to_session=later.pk).pk == made.pk
    assert told(ann.person).count("PlaceOffered") == 2


def test_who_waits_moves_to_the_list_of_a_full_date() -> None:
    scene = Scene()
    session, later = scene.session(capacity=1), scene.session(day=SECOND, capacity=1)
    scene.put("Ann", session)
    ben = scene.put("Ben", session)
    scene.put("Cat", later)
    actions.transfer(by=scene.lead, at=AT, nomination=ben, to_session=later.pk)
    assert on(later) == [("Cat", "offered", 1, None), ("Ben", "waiting", None, 1)]


def test_a_move_against_the_rules_changes_nothing() -> None:
    scene = Scene()
    session, closed = scene.session(), scene.session(day=SECOND, nominations_close_at=AT)
    foreign = cast.session(scene.course, cast.force("bshire"), day=SECOND)
    ann = scene.put("Ann", session, accepted=True)
    for date, code in ((closed, "closed"), (foreign, "not-for-force")):
        with pytest.raises(NotPutForward) as refused:
            actions.transfer(by=scene.lead, at=AT, nomination=ann, to_session=date.pk)
        assert refused.value.codes == (code,)
    draft = cast.session(scene.course, cast.force("cshire"), day=SECOND, status="draft")
    for key in (draft.pk, ids.new()):  # a date in preparation reads like one that is not there
        with pytest.raises(NotPutForward) as refused:
            actions.transfer(by=scene.lead, at=AT, nomination=ann, to_session=key)
        assert refused.value.codes == ("not-published",)
    with pytest.raises(NotExchanged):
        actions.transfer(by=scene.lead, at=AT, nomination=ann, to_session=session.pk)
    assert on(session) == [("Ann", "accepted", 1, None)]
    assert told(ann.person) == ["PlaceOffered", "PlaceConfirmed"]


def test_a_move_within_one_day_is_no_clash_with_itself() -> None:
    scene = Scene()
    session, afternoon = scene.session(), scene.session()
    ann = scene.put("Ann", session)
    actions.transfer(by=scene.lead, at=AT, nomination=ann, to_session=afternoon.pk)
    assert on(afternoon) == [("Ann", "offered", 1, None)]


def test_who_left_the_force_is_not_moved() -> None:
    scene = Scene()
    session, later = scene.session(), scene.session(day=SECOND)
    ann = scene.put("Ann", session)
    with db.open_for("the cast"):
        Person.objects.filter(pk=ann.person_id).update(home_force=cast.force("bshire"))
    with pytest.raises(NotPutForward) as refused:
        actions.transfer(by=scene.lead, at=AT, nomination=ann, to_session=later.pk)
    assert refused.value.codes == ("left",)
    with db.open_for("the cast"):
        Person.objects.filter(pk=ann.person_id).update(home_force=scene.force)
        Posting.objects.filter(person=ann.person).update(until=FIRST - dt.timedelta(days=200))
    with pytest.raises(NotPutForward) as refused:
        actions.transfer(by=scene.lead, at=AT, nomination=ann, to_session=later.pk)
    assert refused.value.codes == ("left",)


# -- swap -------------------------------------------------------------------------------------------------------------


def test_two_change_places_on_two_dates() -> None:
    scene = Scene()
    session, later = scene.session(), scene.session(day=SECOND)
    scene.put("Zoe", later)
    ann, ben = scene.put("Ann", session, accepted=True), scene.put("Ben", later, accepted=True)
    comes, goes = actions.swap(by=scene.lead, at=AT, nomination=ann, other=ben)
    assert stands(comes, goes) == [("Ben", "offered", 1, None), ("Ann", "offered", 2, None)]
    assert (comes.session_id, goes.session_id) == (session.pk, later.pk)
    assert stands(ann, ben) == [("Ann", "withdrawn", None, None), ("Ben", "withdrawn", None, None)]
    assert (comes.follows_id, goes.follows_id) == (ben.pk, ann.pk)
    assert told(ann.person)[-2:] == ["PlaceGivenBack", "PlaceOffered"]


def test_two_who_agreed_have_their_new_places_at_once_though_names_are_closed() -> None:
    scene = Scene()
    session, later = scene.session(), scene.session()  # on one day: the two nominations never clash
    ann, ben = scene.put("Ann", session, accepted=True), scene.put("Ben", later)
    at = session.nominations_close_at + dt.timedelta(hours=1)
    comes, goes = actions.swap(by=scene.lead, at=at, nomination=ann, other=ben, agreed=True)
    assert stands(comes, goes) == [("Ben", "accepted", 1, None), ("Ann", "accepted", 1, None)]


@pytest.mark.parametrize("from_the_list", [False, True])
def test_on_one_date_a_place_is_swapped_for_a_position(*, from_the_list: bool) -> None:
    scene = Scene()
    session = scene.session(capacity=1)
    ann, ben, cat = (scene.put(name, session, accepted=name == "Ann") for name in ("Ann", "Ben", "Cat"))
    pair = (cat, ann) if from_the_list else (ann, cat)
    now_here, now_there = actions.swap(by=scene.lead, at=AT, nomination=pair[0], other=pair[1], agreed=True)
    assert on(session) == [("Cat", "accepted", 1, None), ("Ben", "waiting", None, 1), ("Ann", "waiting", None, 2)]
    assert {now_here.person.given_name, now_there.person.given_name} == {"Ann", "Cat"}
    assert now_here.person_id == pair[1].person_id
    assert told(ann.person)[-1] == "PlacePassedOn"
    assert told(cat.person) == ["PutOnWaitingList", "PlaceConfirmed"]
    assert told(ben.person) == ["PutOnWaitingList"]
    assert fresh(ann).end_reason == "substituted"


def test_a_swap_tells_nobody_without_an_address_and_goes_on() -> None:
    scene = Scene()
    session = scene.session(capacity=1)
    ann, ben = scene.put("Ann", session), scene.put("Ben", session)
    with db.open_for("the cast"):
        Person.objects.filter(pk=ann.person_id).update(work_email="")
    actions.swap(by=scene.lead, at=AT, nomination=ann, other=ben)
    assert on(session) == [("Ben", "offered", 1, None), ("Ann", "waiting", None, 1)]
    assert told(ann.person) == ["PlaceOffered"]


def test_two_places_on_one_date_are_not_swapped() -> None:
    scene = Scene()
    session = scene.session()
    ann, ben = scene.put("Ann", session), scene.put("Ben", session)
    with pytest.raises(NotExchanged) as refused:
        actions.swap(by=scene.lead, at=AT, nomination=ann, other=ben)
    assert refused.value.code == "nothing-to-swap"


# -- the lead's order, and beyond the capacity -------------------------------------------------------------------------


def test_the_lead_orders_the_forces_own_names_and_nobody_elses_turn_changes() -> None:
    scene = Scene()
    elsewhere = cast.force("bshire")
    session = scene.session(elsewhere, capacity=1)
    ann, ben = scene.put("Ann", session), scene.put("Ben", session)
    their_lead = cast.holder(Role.WELLBEING_LEAD, elsewhere)
    fay = scene.put_person(cast.person(elsewhere, "Fay"), session, by=their_lead)
    cat = scene.put("Cat", session)
    facts: dict[str, Any] = {"by": scene.lead, "at": AT, "session": session.pk, "force_id": scene.force.pk}
    changed = actions.reorder(**facts, keys=[cat.pk, ben.pk], reason=OrderReason.COVER)
    assert changed == 2
    assert [(one.queue_no, one.own_order) for one in map(fresh, (ben, fay, cat))] == [(1, 2), (2, None), (3, 1)]
    assert happened(cat)[-1] == ("reordered", "cover")
    assert actions.reorder(**facts, keys=[cat.pk, ben.pk], reason=OrderReason.CHOICE) == 0
    names.decline_place(by=cast.actor(ann.person), at=AT, nomination=ann)
    assert on(session) == [("Cat", "offered", 1, 3), ("Ben", "waiting", None, 1), ("Fay", "waiting", None, 2)]
    for keys in ([ben.pk, fay.pk], [ben.pk, cat.pk], []):
        with pytest.raises(NotNow):
            actions.reorder(**facts, keys=keys, reason=OrderReason.CHOICE)
    with pytest.raises(NotNow):
        actions.reorder(**{**facts, "at": session.starts_at}, keys=[ben.pk], reason=OrderReason.CHOICE)
    with pytest.raises(NotAllowed):
        actions.reorder(**{**facts, "by": their_lead}, keys=[ben.pk], reason=OrderReason.CHOICE)


def test_a_place_beyond_the_capacity_is_marked_so() -> None:
    scene = Scene()
    session = scene.session(capacity=1)
    ann, ben, cat = (scene.put(name, session) for name in ("Ann", "Ben", "Cat"))
    nadia = cast.national_coordinator()
    made = actions.place_over_capacity(by=nadia, at=AT, nomination=cat)
    assert stands(ann, ben, cat) == [
        ("Ann", "offered", 1, None), ("Ben", "waiting", None, 1), ("Cat", "offered", 2, 2),
    ]  # fmt: skip
    assert fresh(made).over_capacity
    assert happened(cat)[-1] == ("over-capacity", "")
    assert told(cat.person) == ["PutOnWaitingList", "PlaceOffered"]
    with pytest.raises(NotNow):
        actions.place_over_capacity(by=nadia, at=AT, nomination=cat)
    with pytest.raises(NotAllowed):
        actions.place_over_capacity(by=scene.lead, at=AT, nomination=ben)
    with db.open_for("the cast"):
        Person.objects.filter(pk=ben.person_id).update(work_email="")
    actions.place_over_capacity(by=nadia, at=AT, nomination=ben)
    assert (stands(ben), told(ben.person)) == ([("Ben", "offered", 3, 1)], ["PutOnWaitingList"])


def test_what_is_exchanged_is_one_act_and_on_record() -> None:
    scene = Scene()
    session, later = scene.session(), scene.session(day=SECOND)
    ann = scene.put("Ann", session)
    before = Entry.objects.count()
    made = actions.transfer(by=scene.lead, at=AT, nomination=ann, to_session=later.pk)
    entry = Entry.objects.order_by("-sequence").first()
    assert entry is not None
    assert (Entry.objects.count() - before, entry.can, entry.detail["to"]) == (1, "put-forward", str(made.pk))
    assert Nomination.objects.live().filter(person=ann.person).count() == 1
