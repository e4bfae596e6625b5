from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from standdown.care.boards import actions, policy, queries
from standdown.care.boards.policy import Colour, Standing, Stuck
from standdown.care.models import Exclusion, Look, Step
from standdown.foundation import db
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
    assert (found.to_group, queries.placed(one)) == (1, {waiting[0].pk})
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
def test_who_is_excluded_does_not_see_that_somebody_is_there() -> None:
    force = cast.force("ashire")
    coordinator = cast.holder(Role.ESTIP_COORDINATOR, force)
    one = care_cast.incident(force)
    exposed = care_cast.exposure(one, cast.person(force, "Erin"))
    with db.open_for("the cast"):
        Exclusion.objects.create(person=exposed.person, excluded=cast.person_of(coordinator), since=cast.AT)
    answer = cast.client_for(coordinator).get(f"/care/incidents/{one.pk}/")
    assert (b"Erin" in answer.content, Look.objects.count()) == (False, 0)


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
