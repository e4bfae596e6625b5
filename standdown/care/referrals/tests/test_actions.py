from __future__ import annotations

import datetime as dt

import pytest

from standdown.care.models import EstimBooking, Exclusion, Exposure, Referral, Step
from standdown.care.referrals import actions, policy
from standdown.care.referrals.refusals import DayPast, NoConsent, NotNow, ReferredAlready
from standdown.foundation import db, working_time
from standdown.foundation.access import Actor, NotAllowed
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, Person
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
State, There = Referral.State, EstimBooking.There


@pytest.fixture
def force() -> Force:
    return cast.force("ashire")


@pytest.fixture
def erin(force: Force) -> Person:
    return cast.person(force, "Erin")


@pytest.fixture
def exposure(force: Force, erin: Person) -> Exposure:
    return care_cast.exposure(care_cast.incident(force), erin)


@pytest.fixture
def coordinator(force: Force) -> Actor:
    return cast.holder(Role.ESTIP_COORDINATOR, force, "Cora")


@pytest.fixture
def nurse(force: Force) -> Actor:
    return cast.holder(Role.OCCUPATIONAL_HEALTH, force, "Olwen")


@pytest.mark.parametrize(
    ("state", "wanted", "may"),
    [
        ("sent", "received", True), ("sent", "closed", True), ("received", "received", False),
        ("received", "offered", True), ("offered", "closed", True), ("offered", "received", False),
        ("closed", "received", False), ("withdrawn", "closed", False),
    ],
)  # fmt: skip
def test_states_go_forwards_only(state: str, wanted: str, may: bool) -> None:
    assert policy.may_become(state, wanted) == may


def test_nobody_is_referred_without_consent(coordinator: Actor, exposure: Exposure) -> None:
    with pytest.raises(NoConsent):
        actions.refer_with_consent(by=coordinator, at=cast.AT, exposure=exposure, consented=False)
    assert Referral.objects.count() == 0


def test_a_referral_is_told_to_occupational_health_without_a_word_about_it(
    coordinator: Actor, nurse: Actor, exposure: Exposure
) -> None:
    made = actions.refer_with_consent(by=coordinator, at=cast.AT, exposure=exposure, consented=True)
    message = OutboxMessage.objects.get()
    assert (message.recipient_id, message.subject) == (nurse.person_id, "Something waits for you")
    step = Step.objects.open().get(on=made.pk)
    assert step.due_at == working_time.after(cast.AT, 16, "england-and-wales")
    with pytest.raises(ReferredAlready):
        actions.refer_with_consent(by=coordinator, at=cast.AT, exposure=exposure, consented=True)


def test_who_the_person_excluded_hears_nothing(coordinator: Actor, nurse: Actor, exposure: Exposure) -> None:
    with db.open_for("the cast"):
        Exclusion.objects.create(person=exposure.person, excluded=cast.person_of(nurse), since=cast.AT)
    made = actions.refer_with_consent(by=coordinator, at=cast.AT, exposure=exposure, consented=True)
    assert OutboxMessage.objects.count() == 0
    with pytest.raises(NotAllowed):
        actions.say(by=nurse, at=cast.AT, referral=made, state=State.RECEIVED)


def test_anybody_goes_by_themselves_and_takes_it_back(erin: Person, nurse: Actor) -> None:
    me = cast.actor(erin)
    made = actions.refer_myself(by=me, at=cast.AT, person=erin)
    actions.take_back(by=me, at=cast.AT, referral=made)
    assert (Referral.objects.get().state, Step.objects.get().outcome) == ("withdrawn", "not-needed")
    with pytest.raises(NotNow):
        actions.take_back(by=me, at=cast.AT, referral=made)


def test_with_an_incident_it_keeps_that_incidents_programme(erin: Person, exposure: Exposure) -> None:
    made = actions.refer_myself(by=cast.actor(erin), at=cast.AT, person=erin, exposure=exposure)
    assert Step.objects.get(on=made.pk).incident == exposure.incident


def test_only_states_come_back(coordinator: Actor, nurse: Actor, exposure: Exposure) -> None:
    made = actions.refer_with_consent(by=coordinator, at=cast.AT, exposure=exposure, consented=True)
    for state in (State.RECEIVED, State.OFFERED, State.CLOSED):
        actions.say(by=nurse, at=cast.AT, referral=made, state=state)
    stored = Referral.objects.get()
    assert (stored.state, stored.ended_at, stored.handled_by_id) == ("closed", cast.AT, nurse.person_id)
    with pytest.raises(NotNow):
        actions.say(by=nurse, at=cast.AT, referral=made, state=State.RECEIVED)
    with pytest.raises(NotAllowed):
        actions.say(by=coordinator, at=cast.AT, referral=made, state=State.CLOSED)


def test_a_meeting_has_a_day_an_owner_and_who_was_there(coordinator: Actor, exposure: Exposure, nurse: Actor) -> None:
    owner = cast.person_of(nurse)
    with pytest.raises(DayPast):
        actions.book_meeting(
            by=coordinator, at=cast.AT, exposure=exposure, on=cast.TODAY - dt.timedelta(days=1), owner=owner
        )
    on = cast.TODAY + dt.timedelta(days=1)
    made = actions.book_meeting(by=coordinator, at=cast.AT, exposure=exposure, on=on, owner=owner)
    with pytest.raises(NotNow):
        actions.meeting_over(by=coordinator, at=cast.AT, meeting=made, there=There.PRESENT)
    later = cast.AT + dt.timedelta(days=1)
    actions.meeting_over(by=coordinator, at=later, meeting=made, there=There.PRESENT)
    with pytest.raises(NotNow):
        actions.meeting_over(by=coordinator, at=later, meeting=made, there=There.ABSENT)


def test_the_page_on_which_a_state_is_said_says_whose_referral_it_is(
    coordinator: Actor, nurse: Actor, exposure: Exposure
) -> None:
    made = actions.refer_with_consent(by=coordinator, at=cast.AT, exposure=exposure, consented=True)
    page = cast.client_for(nurse).get(f"/care/referrals/{made.pk}/").content.decode()
    assert f"{exposure.person.full_name}. Whoever sent it sees only this state." in page
