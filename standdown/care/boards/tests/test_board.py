from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from standdown.care.boards import actions, policy, queries
from standdown.care.boards.policy import Colour, Standing, Stuck
from standdown.care.defusing import actions_held
from standdown.care.defusing.actions_held import Seen
from standdown.care.defusing.tests.scene import BEGUN, Scene
from standdown.care.models import Attendee, CheckOut, EstimBooking, Exclusion, Look, Step
from standdown.foundation import clock, db
from standdown.notifications.models import OutboxMessage
from standdown.people.roles.policy import Role
from tests import care_cast, cast

SOON, LATER = cast.AT + dt.timedelta(hours=3), cast.AT + dt.timedelta(days=2)


@pytest.mark.parametrize(
    ("standing", "colour"),
    [
        (Standing(), Colour.GREEN),
        (Standing(next_due=LATER), Colour.GREEN),
        (Standing(next_due=SOON), Colour.AMBER),
        (Standing(next_due=LATER, late=1), Colour.RED),
    ],
)
def test_the_colour_is_that_of_the_clock(standing: Standing, colour: Colour) -> None:
    assert policy.colour(standing, cast.AT) == colour


def test_what_holds_an_incident_up_is_said_in_order() -> None:
    nothing_wrong = Standing(list_confirmed=True, restricted=True, accounts_outstanding=True)
    everything = Standing(
        restricted=True, accounts_outstanding=True, undecided=1, to_defuse=1, without_defuser=1, disputed=1
    )
    assert policy.stuck(nothing_wrong) == []
    assert policy.stuck(everything) == [*Stuck]


@pytest.mark.django_db
def test_the_board_asks_as_little_for_many_as_for_one() -> None:
    force = cast.force("ashire")
    coordinator = cast.holder(Role.ESTIP_COORDINATOR, force)
    for count in range(3):
        one = care_cast.incident(force)
        care_cast.exposure(one, cast.person(force, f"Person{count}"))
    with CaptureQueriesContext(connection) as sent:
        found = queries.board(coordinator, cast.AT)
    assert ([row.people for row in found.rows], len(sent)) == ([1, 1, 1], 9)


@pytest.mark.django_db
def test_who_sits_in_a_planned_session_is_placed() -> None:
    force = cast.force("ashire")
    coordinator = cast.holder(Role.ESTIP_COORDINATOR, force)
    one = care_cast.incident(force)
    waiting = [care_cast.exposure(one, cast.person(force, name), stage="to-defuse") for name in ("Erin", "Frank")]
    assert queries.board(coordinator, cast.AT).to_group == 2
    care_cast.defusing(one, waiting[0], state="planned")
    found = queries.board(coordinator, cast.AT)
    assert (found.to_group, queries.placed(coordinator, one)) == (1, {waiting[0].pk})
    care_cast.defusing(one, waiting[1], state="planned")
    found = queries.board(coordinator, cast.AT)
    assert (found.to_group, found.rows[0].stuck) == (0, [Stuck.NOT_CONFIRMED, Stuck.NO_DEFUSER])


@pytest.mark.django_db
def test_late_incidents_come_first() -> None:
    force = cast.force("ashire")
    coordinator = cast.holder(Role.ESTIP_COORDINATOR, force)
    calm, late = care_cast.incident(force), care_cast.incident(force)
    with db.open_for("the cast"):
        Step.objects.create(
            force=force, programme=late.programme, kind="decide", incident=late, on=late.pk, opened_at=cast.AT,
            due_at=cast.AT - dt.timedelta(minutes=1),
        )  # fmt: skip
    rows = queries.board(coordinator, cast.AT).rows
    assert [(row.incident.pk, row.colour) for row in rows] == [(late.pk, Colour.RED), (calm.pk, Colour.GREEN)]


@pytest.mark.django_db
def test_opening_an_incident_is_seen_by_everybody_on_its_list() -> None:
    force = cast.force("ashire")
    coordinator = cast.holder(Role.ESTIP_COORDINATOR, force)
    one = care_cast.incident(force)
    exposed = care_cast.exposure(one, cast.person(force, "Erin"))
    answer = cast.client_for(coordinator).get(f"/care/incidents/{one.pk}/")
    assert (answer.status_code, b"Erin Ashdown" in answer.content) == (200, True)
    looks = list(Look.objects.values_list("person", "by", "role", "why"))
    assert looks == [(exposed.person_id, coordinator.person_id, "estip-coordinator", "coordinating")]


@pytest.mark.django_db
def test_what_is_recorded_of_somebody_can_be_put_right_before_they_say_that_it_is_wrong() -> None:
    """The list's question about the control room says to put a role right: here is the way there."""
    force = cast.force("ashire")
    coordinator = cast.holder(Role.ESTIP_COORDINATOR, force)
    one = care_cast.incident(force)
    exposed = care_cast.exposure(one, cast.person(force, "Erin"))
    page = cast.client_for(coordinator).get(f"/care/incidents/{one.pk}/").content.decode()
    assert f'href="/care/exposures/people/{exposed.pk}/settle/"' in page
    with db.open_for("the cast"):
        type(exposed).objects.filter(pk=exposed.pk).update(disputed="role")
    page = cast.client_for(coordinator).get(f"/care/incidents/{one.pk}/").content.decode()
    assert ("Settle what is wrong" in page, page.count(f"{exposed.pk}/settle/")) == (True, 1)


@pytest.mark.django_db
def test_a_call_to_whoever_led_stands_on_the_incident_until_it_was_made() -> None:
    """With what they said at their check-out, for whoever calls them."""
    scene = Scene()
    scene.booked()
    client = cast.client_for(scene.coordinator)
    address = f"/care/incidents/{scene.incident.pk}/"
    assert "Calls to those who led" not in client.get(address).content.decode()
    seen = {str(scene.attendee(number).pk): Seen(Attendee.There.PRESENT, "nothing-now") for number in range(3)}
    actions_held.record_held(
        by=scene.defuser, at=BEGUN, defusing=scene.session, seen=seen, limits_read=True, limits_version=0
    )
    page = client.get(address).content.decode()
    assert "Call 1 colleague who led a session" in page
    assert "I would like supervision sooner" not in page
    wants = CheckOut.Wants.SUPERVISION
    actions_held.check_out(by=scene.defuser, at=BEGUN, defusing=scene.fresh(), wants=wants)
    page = client.get(address).content.decode()
    owed = Step.objects.open().get(kind="buddy-call")
    assert ("I would like supervision sooner" in page, f"/care/defusing/calls/{owed.pk}/made/" in page) == (True, True)
    answer = client.post(f"/care/defusing/calls/{owed.pk}/made/")
    assert (answer.status_code, answer["Location"]) == (303, address)
    assert "Calls to those who led" not in client.get(address).content.decode()


@pytest.mark.django_db
def test_a_structured_meeting_is_booked_and_recorded_from_the_incident_and_seen_by_the_person() -> None:
    force = cast.force("ashire")
    coordinator = cast.holder(Role.ESTIP_COORDINATOR, force)
    one = care_cast.incident(force)
    exposed = care_cast.exposure(one, cast.person(force, "Erin"))
    client, erin = cast.client_for(coordinator), cast.client_for(cast.actor(exposed.person))
    address, book = f"/care/incidents/{one.pk}/", f"/care/referrals/exposures/{exposed.pk}/meeting/"
    assert f'href="{book}"' in client.get(address).content.decode()
    day = clock.london_day(clock.now())
    sent = {"on_day": day.day, "on_month": day.month, "on_year": day.year, "owner": str(coordinator.person_id)}
    assert client.post(book, sent).status_code == 303
    page, meeting = client.get(address).content.decode(), EstimBooking.objects.get()
    over = f"/care/referrals/meetings/{meeting.pk}/"
    for form in (book, over):  # each says whose it is, and that is a look
        seen = Look.objects.count()
        assert f"{exposed.person.full_name}, {one.reference}" in client.get(form).content.decode()
        assert Look.objects.count() == seen + 1
    assert ("structured meeting on" in page, f'href="{over}"' in page, f'href="{book}"' in page) == (True, True, False)
    assert "Structured meeting: Not yet" in erin.get("/care/mine/").content.decode()
    assert client.post(over, {"there": "present"}).status_code == 303
    assert f'href="{over}"' not in client.get(address).content.decode()
    assert "Structured meeting: Was there" in erin.get("/care/mine/").content.decode()
    assert "Structured meeting" in erin.get("/care/mine/my-support.csv").content.decode()


@pytest.mark.django_db
def test_who_is_excluded_does_not_see_that_somebody_is_there() -> None:
    force = cast.force("ashire")
    coordinator = cast.holder(Role.ESTIP_COORDINATOR, force)
    one = care_cast.incident(force)
    exposed = care_cast.exposure(one, cast.person(force, "Erin"))
    with db.open_for("the cast"):
        Exclusion.objects.create(person=exposed.person, excluded=cast.person_of(coordinator), since=cast.AT)
    answer = cast.client_for(coordinator).get(f"/care/incidents/{one.pk}/")
    assert (b"Erin" in answer.content, Look.objects.count()) == (False, 0)
    (row,) = queries.board(coordinator, cast.AT).rows
    assert (row.people, row.standing.undecided) == (0, 0)
    other = cast.holder(Role.ESTIP_COORDINATOR, force, "Cyril")
    assert queries.board(other, cast.AT).rows[0].people == 1


@pytest.mark.django_db
def test_an_incident_is_taken_on_and_handed_on_with_what_is_owed() -> None:
    force = cast.force("ashire")
    first = cast.holder(Role.ESTIP_COORDINATOR, force, "Cora")
    second = cast.holder(Role.ESTIP_COORDINATOR, force, "Cyril")
    one = care_cast.incident(force)
    actions.hand_on(by=first, at=cast.AT, incident=one, to=cast.person_of(first))
    assert OutboxMessage.objects.count() == 0
    with pytest.raises(actions.TheirsAlready):
        actions.hand_on(by=second, at=cast.AT, incident=one, to=cast.person_of(first))
    actions.hand_on(by=first, at=cast.AT, incident=one, to=cast.person_of(second))
    message = OutboxMessage.objects.get()
    assert (message.recipient_id, message.subject) == (second.person_id, "Something waits for you")
    assert queries.coordinators(one, cast.AT) == sorted(
        [cast.person_of(first), cast.person_of(second)], key=lambda who: who.given_name
    )
