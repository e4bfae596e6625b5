from __future__ import annotations

import datetime as dt

import pytest

from standdown.care.boards import actions as boards
from standdown.care.clocks import sweeps
from standdown.care.clocks.tests import scene as owing
from standdown.care.defusing import actions as sessions
from standdown.care.defusing import actions_held
from standdown.care.defusing.tests import scene as defusing
from standdown.care.demobilising import actions_given
from standdown.care.exercises import actions
from standdown.care.exposures.models import Exposure
from standdown.care.follow_up import actions as contacts
from standdown.care.follow_up import listeners, messages
from standdown.care.models import Contact, Drill
from standdown.care.programme.policy import StepKind
from standdown.care.referrals import actions as referring
from standdown.care.referrals.models import Referral
from standdown.foundation import access, db
from standdown.foundation.access import Can
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
AT, HOUR, DAY = cast.AT, dt.timedelta(hours=1), dt.timedelta(days=1)
JOB = access.system("the tests")
SAYS_SO = "This belongs to an exercise: nothing has really happened."


def exercise(force: Force) -> Drill:
    with db.open_for("the test"):
        return Drill.objects.create(force=force, people=2, begun_at=AT)


def made_up_now(scene: defusing.Scene) -> None:
    """Let the scene's incident be one of an exercise."""
    scene.change(scene.incident, drill=exercise(scene.force))
    scene.incident.refresh_from_db()


def everything_is_told(scene: defusing.Scene) -> None:
    """Whatever care tells anybody of, told of that scene's incident. Real colleagues take part."""
    first, second, third = Exposure.objects.select_related("incident__programme", "person").order_by("added_at", "pk")
    healer = cast.holder(Role.OCCUPATIONAL_HEALTH, scene.force, "Hope")
    other = cast.holder(Role.ESTIP_COORDINATOR, scene.force, "Olga")
    scene.booked()
    sessions.call_off(by=scene.coordinator, at=AT, defusing=scene.fresh(), moved="rest-days")
    to = cast.person_of(other)
    boards.hand_on(by=scene.coordinator, at=AT, incident=scene.incident, to=to)
    actions_held.hand_over(by=scene.coordinator, at=AT, exposure=first, to=to, can=Can.RUN_CARE)
    referral = referring.refer_with_consent(by=scene.coordinator, at=AT, exposure=first, consented=True)
    referring.say(by=healer, at=AT, referral=referral, state=Referral.State.RECEIVED)
    with db.open_for("the test"):
        Exposure.objects.filter(pk=third.pk).update(stage="to-demobilise")
        due = cast.TODAY + 2 * DAY
        contact, asked = (Contact.objects.create(exposure=one, kind="month", due_on=due) for one in (first, second))
    actions_given.give_talk(by=scene.coordinator, at=AT, exposure=third, to=to.pk)
    actions_given.ask_for_another(by=cast.actor(third.person), at=AT, exposure=third)
    contacts.give(by=scene.coordinator, at=AT, contact=contact, to=to)
    contacts.send_how_are_you(by=JOB, at=AT, contact=asked)
    contacts.close(by=scene.coordinator, at=AT, exposure=second, code=Exposure.CloseCode.AGREED)


@pytest.mark.parametrize("made_up", [True, False])
def test_whatever_is_told_of_an_exercise_says_so_and_nothing_else_does(made_up: bool) -> None:
    scene = defusing.Scene()
    if made_up:
        made_up_now(scene)
    everything_is_told(scene)
    told = list(OutboxMessage.objects.all())
    assert {one.purpose for one in told} == {
        "AskedToLead", "AppointmentMade", "AppointmentOff", "Task", "SomebodyNeedsYou", "ReferralArrived",
        "ReferralWentOn", "TalkWaits", "HowAreYou", "ClosedKindly",
    }  # fmt: skip
    for one in told:
        marks = (one.subject.startswith("Exercise: "), one.text.startswith(SAYS_SO), SAYS_SO in one.html)
        assert marks == (made_up,) * 3, one.purpose
        assert bool(one.calendar) == one.purpose.startswith("Appointment")
        assert ("SUMMARY:Exercise: Appointment\r\n" in one.calendar) == (made_up and bool(one.calendar))
        assert ("SUMMARY:Appointment\r\n" in one.calendar) == (not made_up and bool(one.calendar))


def test_the_mark_reveals_nothing_and_is_there_in_welsh() -> None:
    scene = defusing.Scene()
    made_up_now(scene)
    scene.change(scene.defuser_person, language="cy")
    scene.defuser_person.refresh_from_db()
    scene.ask()
    message = OutboxMessage.objects.get()
    assert message.subject.startswith("Ymarfer: ")
    assert message.text.startswith("Mae hyn yn rhan o ymarfer")
    for word in (scene.incident.reference, "Erin", "Gus"):
        assert word not in message.subject + message.text + message.html


def test_what_waits_in_an_exercise_is_told_apart_wakes_nobody_and_goes_with_it() -> None:
    scene = owing.Scene()
    drill = exercise(scene.force)
    drilled = care_cast.incident(scene.force, drill=drill)
    for_show = care_cast.exposure(drilled, cast.person(scene.force, "Zoe"), supervisor=scene.sergeant)
    night = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
    scene.owed(StepKind.DEMOBILISE, night + HOUR, owner=scene.sergeant.pk)
    for kind in (StepKind.DEMOBILISE, StepKind.DECIDE):
        scene.owed(
            kind, night + HOUR, incident=drilled.pk, exposure=for_show.pk, on=for_show.pk, owner=scene.sergeant.pk
        )
    sweeps.each_minute(night)
    due = {one.purpose: one for one in OutboxMessage.objects.filter(recipient=scene.sergeant, state="due")}
    assert {purpose: one.due_at for purpose, one in due.items()} == {
        "StepsWaitNow": night, "ExerciseWaits": dt.datetime(2026, 11, 24, 7, 0, tzinfo=dt.UTC),
    }  # fmt: skip
    assert due["StepsWaitNow"].subject == "Something in Standdown waits for you"
    assert due["ExerciseWaits"].subject == "Exercise: Something in Standdown waits for you"
    assert "1 thing in Standdown waits for you." in due["StepsWaitNow"].text
    actions.end_drill(by=cast.actor(scene.coordinator), at=night + 3 * HOUR, drill=drill)
    assert not OutboxMessage.objects.filter(purpose="ExerciseWaits").exists()
    assert OutboxMessage.objects.filter(purpose="StepsWaitNow").exists()


def test_an_exercise_never_offers_a_talk_for_several_incidents() -> None:
    force = cast.force()
    who = cast.person(force, "Eve")
    for _number in range(3):
        care_cast.exposure(care_cast.incident(force), who)
    real, for_show = care_cast.incident(force), care_cast.incident(force, drill=exercise(force))
    listeners.offer_after_several([care_cast.exposure(for_show, who)], JOB, AT)
    assert not OutboxMessage.objects.exists()
    with db.open_for("the test"):
        listeners.offer_after_several([care_cast.exposure(real, who)], JOB, AT)
    assert OutboxMessage.objects.get().purpose == messages.SeveralLately.__name__
