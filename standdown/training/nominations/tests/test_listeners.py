"""Bad luck: dates move, shrink and fall through, people and forces leave. Nothing is lost, and nobody is told twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from standdown.foundation import clock, db
from standdown.foundation.access import Actor
from standdown.notifications.models import OutboxMessage
from standdown.people.accounts.actions import end_posting, post_person
from standdown.people.adoption.actions import record_step
from standdown.people.adoption.models import ChecklistItem
from standdown.people.models import LineManagement, Person, RoleGrant
from standdown.people.roles.policy import Role
from standdown.training.models import Interest, Nomination, NominationEvent, Session, SessionChange
from standdown.training.nominations import actions, candidates, queries
from standdown.training.nominations.models import EndReason
from standdown.training.nominations.sentences import TooFewPlaces
from standdown.training.sessions import actions as dates
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT
DAY, OTHER_DAY = dt.date(2027, 1, 12), dt.date(2027, 1, 19)
SOON = dt.date(2026, 11, 27)  # Friday of the week in which it is AT
VENUE = SessionChange.Reason.VENUE


class Scene:
    """A force, its lead, the coordinator, and people put forward for dates of two places."""

    def __init__(self) -> None:
        self.force = cast.force()
        self.lead = cast.holder(Role.WELLBEING_LEAD, self.force, "Leonie")
        self.nadia = cast.national_coordinator()
        self.keeper = cast.holder(Role.SYSTEM_ADMINISTRATOR, None, "Sid")
        self.course = cast.course()

    def session(self, *others: Any, day: dt.date = DAY, capacity: int = 2, **facts: Any) -> Session:
        return cast.session(self.course, self.force, *others, day=day, capacity=capacity, **facts)

    def put(
        self, who: str | Person, session: Session, *, accepted: bool = False, released: bool = True,
        by: Actor | None = None,
    ) -> Nomination:  # fmt: skip
        lead = by or self.lead
        person = cast.person(self.force, who) if isinstance(who, str) else who
        if not released:  # somebody has to be there who can be asked
            with db.open_for("the cast"):
                manager = cast.person(self.force, "Max")
                LineManagement.objects.create(person=person, manager=manager, since=dt.date(2020, 1, 1))
        known = candidates.known(lead, person.pk, queries.skill_of(session.pk), AT)
        assert known is not None
        made = actions.put_forward(
            by=lead, at=AT, session=session.pk, who=known, released=released, stated=True, cost_agreed=True
        )
        if accepted:
            link = Nomination.Consent.LINK
            actions.accept_place(by=cast.actor(person), at=AT, nomination=made, consent=link)
        return made

    def move(self, session: Session, day: dt.date, hour: int = 9) -> Session:
        starts_at = clock.from_wall(day, dt.time(hour))
        session.refresh_from_db()
        return dates.move_session(
            by=self.nadia, at=AT, session=session, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=7),
            nominations_close_at=min(session.nominations_close_at, starts_at - dt.timedelta(hours=4)),
            delivery="online", platform="Microsoft Teams", place="", reason=VENUE, seen=session.changed_at,
        )  # fmt: skip

    def allot(self, session: Session, capacity: int, **kept: Any) -> Session:
        session.refresh_from_db()
        return dates.allot_places(
            by=self.nadia, at=AT, session=session, capacity=capacity, allotments=kept.get("allotments", {}),
            seen=session.changed_at, until=kept.get("until"),
        )  # fmt: skip


def now(name: Nomination) -> Nomination:
    return Nomination.objects.select_related("person").get(pk=name.pk)


def on(session: Session) -> list[tuple[str, str, int | None]]:
    rows = Nomination.objects.live().filter(session=session).select_related("person")
    found = [(row.person.given_name, row.state, row.place_no) for row in rows]
    return sorted(found, key=lambda row: (row[2] is None, row[2], row[0]))


def told(*purposes: str) -> Counter[tuple[str, str]]:
    rows = OutboxMessage.objects.filter(purpose__in=purposes)
    return Counter(rows.values_list("recipient__given_name", "purpose"))


def nobody_was_told_twice() -> bool:
    rows = OutboxMessage.objects.values_list("purpose", "about", "recipient_id", "version")
    return set(Counter(rows).values()) <= {1}


# -- the date moves ---------------------------------------------------------------------------------------------------


def test_names_stay_on_a_date_that_moves_and_deadlines_keep_to_its_new_time() -> None:
    scene = Scene()
    session = scene.session()
    ann, ben = scene.put("Ann", session, accepted=True), scene.put("Ben", session)
    cat, dan = scene.put("Cat", session), scene.put("Dan", session, released=False)
    before = now(ben).answer_by
    scene.move(session, OTHER_DAY)
    assert [(one.state, one.clash_day) for one in map(now, (ann, ben, cat, dan))] == [
        ("accepted", OTHER_DAY), ("offered", OTHER_DAY), ("waiting", OTHER_DAY), ("nominated", OTHER_DAY),
    ]  # fmt: skip
    assert now(ben).answer_by == before
    assert NominationEvent.objects.filter(kind="moved", by_id=scene.nadia.person_id).count() == 4
    near = scene.move(session, SOON)
    assert now(ben).answer_by == min(before or AT, near.starts_at - dt.timedelta(days=2))
    assert now(dan).answer_by == near.nominations_close_at
    assert now(ann).answer_by is None
    assert nobody_was_told_twice()


def test_moved_to_within_hours_an_offer_holds_until_the_start_at_most() -> None:
    scene = Scene()
    session = scene.session()
    ben = scene.put("Ben", session)
    moved = scene.move(session, AT.date(), hour=13)
    assert now(ben).answer_by == moved.starts_at


def test_who_has_two_dates_on_the_new_day_is_told_plainly_and_so_is_the_lead() -> None:
    scene = Scene()
    session, there = scene.session(), scene.session(day=OTHER_DAY)
    ann = scene.put("Ann", session, accepted=True)
    other = scene.put(ann.person, there, accepted=True)
    ben = scene.put("Ben", session)
    scene.move(session, OTHER_DAY)
    assert (now(ann).clash_day, now(other).clash_day, now(ben).clash_day) == (None, OTHER_DAY, OTHER_DAY)
    assert told("OwnTwoDates", "TwoDatesOneDay") == {("Ann", "OwnTwoDates"): 1, ("Leonie", "TwoDatesOneDay"): 1}
    assert on(session)[0] == ("Ann", "accepted", 1)
    actions.give_back(by=cast.actor(ann.person), at=AT, nomination=ann)
    scene.move(session, OTHER_DAY, hour=10)  # within the day nobody meets anybody anew
    assert sum(told("OwnTwoDates", "TwoDatesOneDay").values()) == 2
    scene.move(session, DAY)
    assert now(ben).clash_day == DAY


def test_somebody_without_an_address_is_no_reason_for_a_date_not_to_move() -> None:
    scene = Scene()
    session, there = scene.session(), scene.session(day=OTHER_DAY)
    ann = scene.put("Ann", session)
    scene.put(ann.person, there)
    with db.open_for("the cast"):
        Person.objects.filter(pk=ann.person_id).update(work_email="")
    scene.move(session, OTHER_DAY)
    assert told("OwnTwoDates", "TwoDatesOneDay") == {("Leonie", "TwoDatesOneDay"): 1}


def test_a_lead_who_is_the_person_hears_it_once() -> None:
    scene = Scene()
    session, there = scene.session(), scene.session(day=OTHER_DAY)
    leonie, deputy = cast.person_of(scene.lead), cast.holder(Role.WELLBEING_DEPUTY, scene.force, "Dee")
    for date in (session, there):
        scene.put(leonie, date, by=deputy)
    scene.move(session, OTHER_DAY)
    assert told("OwnTwoDates", "TwoDatesOneDay") == {("Leonie", "OwnTwoDates"): 1}


# -- the date falls through, or has another number of places ----------------------------------------------------------


def test_every_name_ends_with_a_cancelled_date_and_none_of_them_is_late() -> None:
    scene = Scene()
    session = scene.session(day=SOON, nominations_close_at=AT + dt.timedelta(hours=5))
    names = [scene.put("Ann", session, accepted=True), scene.put("Ben", session), scene.put("Cat", session)]
    names.append(scene.put("Dan", session, released=False))
    session.refresh_from_db()
    dates.cancel_session(by=scene.nadia, at=AT, session=session, reason=VENUE, seen=session.changed_at)
    assert {(one.state, one.end_reason, one.late, one.place_no) for one in map(now, names)} == {
        ("withdrawn", "cancelled", False, None)
    }
    assert (on(session), told("PlaceGivenBack")) == ([], {})
    assert nobody_was_told_twice()


def test_a_capacity_below_the_taken_places_is_refused_and_nothing_changes() -> None:
    scene = Scene()
    session = scene.session(capacity=3)
    for name in ("Ann", "Ben", "Cat"):
        scene.put(name, session)
    with pytest.raises(TooFewPlaces) as refused:
        scene.allot(session, 2)
    assert str(refused.value.sentence).startswith("3 ")
    assert Session.objects.get(pk=session.pk).capacity == 3


def test_numbers_fit_a_smaller_capacity() -> None:
    scene = Scene()
    session = scene.session(capacity=4)
    ann, _ben, _cat, _dan = (scene.put(name, session) for name in ("Ann", "Ben", "Cat", "Dan"))
    actions.decline_place(by=cast.actor(ann.person), at=AT, nomination=ann)
    scene.allot(session, 3)
    assert on(session) == [("Dan", "offered", 1), ("Ben", "offered", 2), ("Cat", "offered", 3)]


def test_more_places_are_offered_to_who_waits_those_beyond_the_capacity_first() -> None:
    scene = Scene()
    session = scene.session(capacity=1)
    _ann, _ben, cat = (scene.put(name, session) for name in ("Ann", "Ben", "Cat"))
    with db.open_for("the cast"):  # as exchanges give it
        Nomination.objects.filter(pk=cat.pk).update(
            state="offered", place_no=2, over_capacity=True, answer_by=AT + dt.timedelta(days=1)
        )
    scene.allot(session, 2)
    assert on(session) == [("Ann", "offered", 1), ("Cat", "offered", 2), ("Ben", "waiting", None)]
    assert not now(cat).over_capacity
    scene.allot(session, 3)
    assert on(session)[-1] == ("Ben", "offered", 3)
    assert nobody_was_told_twice()


def test_places_that_are_kept_no_longer_are_offered() -> None:
    scene = Scene()
    elsewhere = cast.force("bshire")
    session = scene.session(elsewhere)
    scene.allot(session, 2, allotments={elsewhere.pk: 2})
    scene.put("Ann", session)
    assert on(session) == [("Ann", "waiting", None)]
    scene.allot(session, 2, allotments={elsewhere.pk: 1})
    assert on(session) == [("Ann", "offered", 1)]


# -- the person leaves ------------------------------------------------------------------------------------------------


def test_who_leaves_policing_leaves_the_dates_to_come_and_the_next_is_offered_the_place() -> None:
    scene = Scene()
    session, later = scene.session(capacity=1), scene.session(day=OTHER_DAY)
    ann = scene.put("Ann", session, accepted=True)
    ben = scene.put("Ben", session)
    again = scene.put(ann.person, later)
    with db.open_for("the cast"):
        told_lead = Interest.objects.create(
            person=ann.person, force=scene.force, course=scene.course, shift="days", told_at=AT
        )
    end_posting(by=scene.keeper, at=AT, person=ann.person, until=AT.date())
    assert [(one.state, one.end_reason, one.late) for one in map(now, (ann, again))] == [
        ("withdrawn", "left-force", False)
    ] * 2
    assert (on(session), on(later)) == ([("Ben", "offered", 1)], [])
    told_lead.refresh_from_db()
    assert told_lead.state == "withdrawn"
    assert told("PersonLeft", "PlaceOffered")["Leonie", "PersonLeft"] == 2
    assert told("PlaceOffered")["Ben", "PlaceOffered"] == 1
    assert now(ben).place_no == 1
    assert nobody_was_told_twice()


def test_who_moves_leaves_what_the_old_force_put_forward() -> None:
    scene = Scene()
    session = scene.session()
    ann = scene.put("Ann", session)
    begun = scene.put("Ben", scene.session(day=OTHER_DAY))
    with db.open_for("the cast"):
        Session.objects.filter(pk=begun.session_id).update(
            nominations_close_at=AT - dt.timedelta(days=8), starts_at=AT - dt.timedelta(hours=1)
        )
    new = cast.force("bshire")
    for person in (ann.person, begun.person):
        post_person(
            by=scene.keeper, at=AT, person=person, force=new, team=None, number=person.given_name, since=AT.date()
        )
    assert (now(ann).end_reason, now(begun).state) == ("left-force", "offered")  # a day that has begun is left as it is


def test_who_comes_from_the_national_body_leaves_nothing_behind() -> None:
    scene = Scene()
    nat = cast.person(None, "Nat")
    post_person(by=scene.keeper, at=AT, person=nat, force=scene.force, team=None, number="77", since=AT.date())
    assert Nomination.objects.count() == 0


# -- the force stops --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["paused", "withdrawn"])
def test_a_force_that_stops_keeps_its_accepted_places_and_every_other_name_ends(state: str) -> None:
    scene = Scene()
    elsewhere = cast.force("bshire")
    their_lead = cast.holder(Role.WELLBEING_LEAD, elsewhere, "Thea")
    session = scene.session(elsewhere)
    ann, ben = scene.put("Ann", session, accepted=True), scene.put("Ben", session)
    cat, dan = scene.put("Cat", session), scene.put("Dan", session, released=False)
    fay = scene.put(cast.person(elsewhere, "Fay"), session, by=their_lead)
    with db.open_for("the worker"):
        OutboxMessage.objects.update(state="sent", sent_at=AT, attempts=1)
    record_step(by=scene.nadia, at=AT, force=scene.force, state=state, since=AT.date())
    assert on(session) == [("Ann", "accepted", 1), ("Fay", "offered", 2)]
    assert {(one.state, one.end_reason) for one in map(now, (ben, cat, dan))} == {("withdrawn", "force-left")}
    assert told("PlaceGivenBack") == {("Ben", "PlaceGivenBack"): 1, ("Cat", "PlaceGivenBack"): 1}
    assert told("PlacesThatStay") == {("Nadia", "PlacesThatStay"): 1}
    assert "1 place" in OutboxMessage.objects.get(purpose="PlacesThatStay").text
    assert (now(ann).state, now(fay).place_no) == ("accepted", 2)
    assert nobody_was_told_twice()


def test_a_force_without_names_that_stops_is_nothing_to_tell_of() -> None:
    scene = Scene()
    record_step(by=scene.nadia, at=AT, force=scene.force, state="paused", since=AT.date())
    assert told("PlacesThatStay") == {}


def test_a_force_that_begins_again_ends_nobodys_name() -> None:
    scene = Scene()
    session = scene.session()
    ann = scene.put("Ann", session)
    with db.open_for("the cast"):
        scene.force.adoption_steps.create(state="paused", since=dt.date(2026, 1, 1), recorded_at=AT)
        for item in ChecklistItem.values:
            scene.force.adoption_checks.create(item=item, ticked_at=AT)
    record_step(by=scene.nadia, at=AT, force=scene.force, state="adopted", since=AT.date())
    assert now(ann).state == "offered"


def test_nothing_is_lost_when_a_leads_appointment_ends() -> None:
    scene = Scene()
    session = scene.session()
    ann, ben = scene.put("Ann", session, accepted=True), scene.put("Ben", session)
    with db.open_for("the cast"):
        RoleGrant.objects.filter(person=cast.person_of(scene.lead)).update(ended_on=AT.date(), end_reason="stood-down")
    lara = cast.holder(Role.WELLBEING_LEAD, scene.force, "Lara")
    assert on(session) == [("Ann", "accepted", 1), ("Ben", "offered", 2)]
    assert set(Nomination.objects.visible_to(lara)) == {ann, ben}
    actions.withdraw(by=lara, at=AT, nomination=ben, reason=EndReason.OPERATIONS)
    assert on(session) == [("Ann", "accepted", 1)]
