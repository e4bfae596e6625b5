"""What time does: at its moment, once, each record by itself, over bank holidays and through clock changes."""

from __future__ import annotations

import datetime as dt

import pytest

from standdown.audit.models import Entry
from standdown.foundation import clock, db
from standdown.notifications import hooks
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Person
from standdown.people.roles.policy import Role
from standdown.training.models import Nomination, Session, SessionForce
from standdown.training.nominations import actions, policy, sweeps
from standdown.training.nominations.sentences import NotNow
from standdown.training.nominations.tests.test_listeners import Scene, now, on, told
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT
MINUTE = dt.timedelta(minutes=1)


def answer_by(name: Nomination) -> dt.datetime:
    until = now(name).answer_by
    assert until is not None
    return until


def test_the_worker_calls_it() -> None:
    assert sweeps.each_minute in hooks.EACH_MINUTE


def test_an_offer_lapses_at_its_moment_and_goes_to_the_next() -> None:
    scene = Scene()
    session = scene.session(capacity=1)
    ann, ben = scene.put("Ann", session), scene.put("Ben", session)
    until = answer_by(ann)
    sweeps.each_minute(until - MINUTE)
    assert on(session) == [("Ann", "offered", 1), ("Ben", "waiting", None)]
    for _time in range(2):
        sweeps.each_minute(until)
    assert on(session) == [("Ben", "offered", 1), ("Ann", "waiting", None)]
    assert (now(ann).queue_no, now(ben).queue_no) == (2, 1)
    assert told("OfferLapsed", "PlaceOffered") == {
        ("Ann", "PlaceOffered"): 1, ("Ann", "OfferLapsed"): 1, ("Ben", "PlaceOffered"): 1,
    }  # fmt: skip
    assert Entry.objects.filter(actor_job="places sweep").count() == 1


def test_who_let_an_offer_lapse_is_asked_again_after_a_rest_when_nobody_else_waits() -> None:
    scene = Scene()
    session = scene.session(capacity=1)
    ann = scene.put("Ann", session)
    until = answer_by(ann)
    sweeps.each_minute(until)
    sweeps.each_minute(until + policy.REST_AFTER_LAPSE - MINUTE)
    assert on(session) == [("Ann", "waiting", None)]
    sweeps.each_minute(until + policy.REST_AFTER_LAPSE)
    assert on(session) == [("Ann", "offered", 1)]
    sweeps.each_minute(answer_by(ann))
    assert (now(ann).state, now(ann).end_reason, on(session)) == ("expired", "no-answer", [])


def test_who_rests_is_not_offered_a_place_by_the_job_that_offers_it_to_others() -> None:
    scene = Scene()
    session = scene.session(capacity=2)
    ann = scene.put("Ann", session)
    with db.open_for("the cast"):
        SessionForce.objects.filter(session=session).update(allotment=None)
    sweeps.each_minute(answer_by(ann))
    with db.open_for("the cast"):
        Session.objects.filter(pk=session.pk).update(capacity=1)
    ben = scene.put("Ben", session)
    with db.open_for("the cast"):
        Nomination.objects.filter(pk=ben.pk).update(state="waiting", place_no=None, queue_no=9, answer_by=None)
        Session.objects.filter(pk=session.pk).update(capacity=2)
    sweeps.each_minute(now(ann).changed_at + MINUTE)
    assert on(session) == [("Ben", "offered", 1), ("Ann", "waiting", None)]


def test_an_offer_that_was_still_open_when_the_day_began_is_over_for_good() -> None:
    scene = Scene()
    session = scene.session()
    ann = scene.put("Ann", session)
    for _time in range(2):  # the worker was down until then
        sweeps.each_minute(session.starts_at + MINUTE)
    assert (now(ann).state, now(ann).end_reason) == ("expired", "no-answer")
    assert Entry.objects.filter(actor_job="places sweep").values_list("outcome", flat=True).count() == 1


def test_a_request_that_nobody_answered_expires_and_the_lead_is_told() -> None:
    scene = Scene()
    session = scene.session()
    ann = scene.put("Ann", session, released=False)
    until = answer_by(ann)
    sweeps.each_minute(until - MINUTE)
    assert now(ann).state == "nominated"
    for _time in range(2):
        sweeps.each_minute(until)
    assert (now(ann).state, now(ann).end_reason) == ("expired", "no-answer")
    assert told("ReleaseNotAnswered", "PlaceGivenBack") == {("Leonie", "ReleaseNotAnswered"): 1}


def test_where_no_lead_can_be_told_the_deputy_is_and_else_nobody() -> None:
    scene = Scene()
    session, later = scene.session(), scene.session(day=dt.date(2027, 1, 19))
    ann = scene.put("Ann", session, released=False)
    with db.open_for("the cast"):
        Person.objects.filter(pk=cast.person_of(scene.lead).pk).update(work_email="")
    sweeps.each_minute(answer_by(ann))
    assert (now(ann).state, told("ReleaseNotAnswered")) == ("expired", {})
    cast.holder(Role.WELLBEING_DEPUTY, scene.force, "Dora")
    ben = scene.put("Ben", later, released=False)
    sweeps.each_minute(answer_by(ben))
    assert told("ReleaseNotAnswered") == {("Dora", "ReleaseNotAnswered"): 1}


def test_places_that_were_kept_are_offered_once_they_are_kept_no_longer() -> None:
    scene = Scene()
    elsewhere = cast.force("bshire")
    until = clock.from_wall(dt.date(2026, 12, 14), dt.time(12))
    session = scene.session(elsewhere, allotments_until=until)
    with db.open_for("the cast"):
        SessionForce.objects.filter(session=session, force=elsewhere).update(allotment=2)
    scene.put("Ann", session)
    sweeps.each_minute(until - MINUTE)
    assert on(session) == [("Ann", "waiting", None)]
    assert sweeps.to_fill(until - MINUTE) == []
    for _time in range(2):
        sweeps.each_minute(until)
    assert on(session) == [("Ann", "offered", 1)]
    assert told("PlaceOffered") == {("Ann", "PlaceOffered"): 1}


def test_nobody_is_offered_a_place_when_it_is_too_late_to_prepare() -> None:
    scene = Scene()
    session = scene.session(capacity=1)
    ann, ben = scene.put("Ann", session, accepted=True), scene.put("Ben", session)
    late = session.starts_at - dt.timedelta(hours=3)
    actions.give_back(by=cast.actor(ann.person), at=late, nomination=ann)
    sweeps.each_minute(late + MINUTE)
    assert (on(session), now(ann).late) == ([("Ben", "waiting", None)], True)
    assert now(ben).state == "waiting"


def test_a_lapse_without_an_address_tells_nobody_and_goes_on() -> None:
    scene = Scene()
    session = scene.session(capacity=1)
    ann, ben = scene.put("Ann", session), scene.put("Ben", session)
    with db.open_for("the cast"):
        Person.objects.filter(pk__in=[ann.person_id, ben.person_id]).update(work_email="")
    sweeps.each_minute(answer_by(ann))
    assert on(session) == [("Ben", "offered", 1), ("Ann", "waiting", None)]
    assert not OutboxMessage.objects.filter(purpose="OfferLapsed").exists()


@pytest.mark.parametrize(
    ("offered", "until", "jurisdiction"),
    [
        # From noon to noon. Christmas Eve, then holidays and a weekend until Tuesday 29 December 2026.
        (dt.date(2026, 12, 24), dt.date(2026, 12, 30), "england-and-wales"),
        # New Year in Scotland keeps 2 January too, which is a Saturday in 2027 and moves to Monday.
        (dt.date(2026, 12, 31), dt.date(2027, 1, 6), "scotland"),
        (dt.date(2026, 12, 31), dt.date(2027, 1, 5), "england-and-wales"),
        # The night in which the clocks go forward, 28 March 2027, over Easter: Good Friday and Easter Monday.
        (dt.date(2027, 3, 25), dt.date(2027, 3, 31), "england-and-wales"),
        # The night in which they go back, 31 October 2027: counted on London's clock.
        (dt.date(2027, 10, 29), dt.date(2027, 11, 2), "england-and-wales"),
    ],
)
def test_a_deadline_over_holidays_and_through_the_nights_in_which_clocks_change(
    offered: dt.date, until: dt.date, jurisdiction: str
) -> None:
    at, ends = (clock.from_wall(one, dt.time(12)) for one in (offered, until))
    scene = Scene()
    with db.open_for("the cast"):
        type(scene.force).objects.filter(pk=scene.force.pk).update(jurisdiction=jurisdiction)
    session = scene.session(day=offered + dt.timedelta(days=40), capacity=1)
    ann, ben = scene.put("Ann", session), scene.put("Ben", session)
    actions.decline_place(by=cast.actor(ann.person), at=at, nomination=ann)
    assert answer_by(ben) == ends
    sweeps.each_minute(ends - MINUTE)
    assert now(ben).state == "offered"
    sweeps.each_minute(ends)
    assert now(ben).state == "waiting"


def test_who_still_waits_when_the_date_begins_waits_no_longer_and_hears_it_once() -> None:
    scene = Scene()
    session = scene.session(capacity=1)
    scene.put("Ann", session)
    ben = scene.put("Ben", session)
    with pytest.raises(NotNow):
        actions.end_wait(by=sweeps.JOB, at=session.starts_at - MINUTE, nomination=ben)
    with db.open_for("the cast"):
        OutboxMessage.objects.update(state="sent", attempts=1)
    for _time in range(2):
        sweeps.each_minute(session.starts_at)
    assert (now(ben).state, now(ben).end_reason) == ("withdrawn", "no-place")
    assert told("PlaceGivenBack") == {("Ben", "PlaceGivenBack"): 1}
