from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from standdown.care.defusing import actions_held, screens
from standdown.care.defusing.actions_held import Seen
from standdown.care.defusing.refusals import CheckedOut, LimitsNotRead, NotNow, Taken
from standdown.care.defusing.tests.scene import BEGUN, Scene
from standdown.care.models import Attendee, CheckOut, Exposure, Step, UrgentHandover
from standdown.foundation import db, ids
from standdown.foundation.access import Can, NotAllowed
from standdown.notifications.force_words.actions import write_words
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Currency
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db
There = Attendee.There


@pytest.fixture
def scene() -> Scene:
    made = Scene()
    made.booked()
    return made


def hold(scene: Scene, *, limits_read: bool = True, at: dt.datetime = BEGUN) -> None:
    seen = {
        str(scene.attendee(0).pk): Seen(There.PRESENT, "nothing-now"),
        str(scene.attendee(1).pk): Seen(There.LEFT_EARLY, "peer-call"),
        str(scene.attendee(2).pk): Seen(There.ABSENT, "gp"),
    }
    actions_held.record_held(
        by=scene.defuser, at=at, defusing=scene.session, seen=seen, limits_read=limits_read, limits_version=0
    )


def test_that_it_was_held_is_recorded_with_who_was_there_and_the_next_step(scene: Scene) -> None:
    hold(scene)
    rows = Attendee.objects.order_by("pk").values_list("there", "next_step")
    assert list(rows) == [("present", "nothing-now"), ("left-early", "peer-call"), ("absent", "")]
    assert scene.stages() == ["followed", "followed", "to-defuse"]
    assert scene.fresh().state == "held"


def test_the_limits_are_read_out_first(scene: Scene) -> None:
    with pytest.raises(LimitsNotRead):
        hold(scene, limits_read=False)
    assert scene.fresh().state == "booked"


def test_nothing_is_recorded_before_it_begins(scene: Scene) -> None:
    with pytest.raises(NotNow):
        hold(scene, at=cast.AT)


def test_nobody_else_records_it(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        actions_held.record_held(
            by=scene.coordinator, at=BEGUN, defusing=scene.session, seen={}, limits_read=True, limits_version=0
        )


def test_leading_keeps_the_qualification_current_and_owes_a_check_out_and_a_call(scene: Scene) -> None:
    hold(scene)
    assert Currency.objects.get().person == scene.defuser_person
    kinds = Step.objects.open().filter(owner=scene.defuser_person).order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["buddy-call", "check-out"]


def test_a_check_out_on_its_page_closes_what_is_owed_for_this_session_only(scene: Scene) -> None:
    hold(scene)
    with db.open_for("the cast"):
        other = Step.objects.get(kind="check-out")
        other.pk, other.on = ids.new(), ids.new()
        other.save(force_insert=True)
    answer = cast.client_for(scene.defuser).post(
        reverse("defusing:check-out", args=[scene.session.pk]), {"wants": "supervision"}
    )
    assert (answer.status_code, CheckOut.objects.get().wants) == (303, "supervision")
    assert list(Step.objects.open().filter(kind="check-out").values_list("on", flat=True)) == [other.on]


def test_a_check_out_is_made_once_and_the_call_stays_owed(scene: Scene) -> None:
    with pytest.raises(NotNow):
        actions_held.check_out(by=scene.defuser, at=BEGUN, defusing=scene.fresh(), wants=CheckOut.Wants.NOTHING)
    hold(scene)
    actions_held.check_out(by=scene.defuser, at=BEGUN, defusing=scene.fresh(), wants=CheckOut.Wants.BUDDY)
    with pytest.raises(CheckedOut):
        actions_held.check_out(by=scene.defuser, at=BEGUN, defusing=scene.fresh(), wants=CheckOut.Wants.NOTHING)
    step = Step.objects.open().get(owner=scene.defuser_person)
    assert step.kind == "buddy-call"
    actions_held.called_buddy(by=scene.coordinator, at=BEGUN, step=step)
    assert not Step.objects.open().filter(owner=scene.defuser_person).exists()


def test_who_left_early_is_checked_on(scene: Scene) -> None:
    hold(scene)
    actions_held.checked_on(by=scene.defuser, at=BEGUN, attendee=scene.attendee(1))
    assert scene.attendee(1).checked_on_at == BEGUN


def test_somebody_who_needs_help_now_goes_to_a_named_colleague_who_is_told_at_night(scene: Scene) -> None:
    at = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
    to = cast.person_of(scene.coordinator)
    one = Exposure.objects.select_related("incident__programme").get(pk=scene.exposures[0].pk)
    made = actions_held.hand_over(by=scene.coordinator, at=at, exposure=one, to=to, can=Can.RUN_CARE)
    message = OutboxMessage.objects.get(purpose="SomebodyNeedsYou")
    assert (message.recipient, message.due_at) == (to, at)
    assert Step.objects.open().get(kind="urgent-handover").owner == to
    actions_held.take_over(by=scene.coordinator, at=at, handover=made)
    with pytest.raises(Taken):
        actions_held.take_over(by=scene.coordinator, at=at, handover=made)
    assert UrgentHandover.objects.get().taken_at == at
    assert not Step.objects.open().filter(kind="urgent-handover").exists()


def test_a_force_reads_its_own_limits_out_and_the_version_is_kept(scene: Scene) -> None:
    assert screens.limits_text(scene.session)[1] == 0
    lead = cast.holder(Role.WELLBEING_LEAD, scene.force, "Wyn")
    write_words(by=lead, at=cast.AT, force=scene.force, kind="limits", language="en", words="It stays here.", seen=0)
    assert screens.limits_text(scene.session) == ("It stays here.", 1)
