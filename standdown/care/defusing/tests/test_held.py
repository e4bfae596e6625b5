from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from standdown.care.defusing import actions_held, queries, screens
from standdown.care.defusing.actions_held import Seen
from standdown.care.defusing.refusals import CheckedOut, LimitsNotRead, NotNow, Taken
from standdown.care.defusing.tests.scene import BEGUN, Scene
from standdown.care.models import Attendee, CheckOut, Exclusion, Exposure, Step, UrgentHandover
from standdown.care.referrals import queries as referrals
from standdown.foundation import clock, db, ids
from standdown.foundation.access import Can, NotAllowed
from standdown.notifications.force_words.actions import write_words
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Currency, Person
from standdown.people.roles.policy import Role
from tests import care_cast, cast

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


def exclude(scene: Scene, whom: Person, ended_at: dt.datetime | None = None, number: int = 0) -> None:
    with db.open_for("the cast"):
        Exclusion.objects.create(person=scene.exposures[number].person, excluded=whom, since=cast.AT, ended_at=ended_at)


def test_whoever_leads_the_session_hands_somebody_in_it_over_from_the_page_that_says_so(scene: Scene) -> None:
    """The page on which a session is recorded offers it, so that it has to be there for a defuser."""
    dana, cora = cast.client_for(scene.defuser), cast.person_of(scene.coordinator)
    now = clock.now()
    scene.change(scene.session, starts_at=now - dt.timedelta(minutes=5), ends_at=now + dt.timedelta(minutes=55))
    address = reverse("defusing:hand-over", args=[scene.exposures[0].pk])
    assert address in dana.get(reverse("defusing:hold", args=[scene.session.pk])).content.decode()
    assert dana.get(address).status_code == 200
    assert dana.post(address, {"to": str(cora.pk)}).status_code == 303
    made = UrgentHandover.objects.get()
    assert (made.handed_by, made.handed_to) == (scene.defuser_person, cora)


def test_a_defuser_hands_nobody_over_who_is_not_in_their_session(scene: Scene) -> None:
    one, someone = scene.exposures[0], cast.actor(care_cast.qualified(cast.person(scene.force, "Olly")))
    elsewhere = scene.exposed("Hal")
    assert screens.to_hand_over(scene.defuser, one.pk, BEGUN) == (one, Can.LEAD_DEFUSING, scene.fresh())
    assert screens.to_hand_over(scene.defuser, elsewhere.pk, BEGUN) is None
    assert screens.to_hand_over(someone, one.pk, BEGUN) is None
    hold(scene)
    week = dt.timedelta(days=7)
    assert screens.to_hand_over(scene.defuser, scene.exposures[2].pk, BEGUN) is None  # was not there
    assert screens.to_hand_over(scene.defuser, one.pk, BEGUN + week) is not None
    assert screens.to_hand_over(scene.defuser, one.pk, BEGUN + week + dt.timedelta(minutes=1)) is None
    exclude(scene, scene.defuser_person)
    assert screens.to_hand_over(scene.defuser, one.pk, BEGUN) is None


def test_an_excluded_colleague_sees_nothing_of_a_handover_any_more(scene: Scene) -> None:
    cora, other = cast.person_of(scene.coordinator), cast.holder(Role.ESTIP_LEAD, scene.force, "Lena")
    made = actions_held.hand_over(
        by=other, at=cast.AT, exposure=Exposure.objects.get(pk=scene.exposures[0].pk), to=cora, can=Can.RUN_CARE
    )
    address, client = reverse("defusing:urgent", args=[made.pk]), cast.client_for(scene.coordinator)
    assert client.get(address).status_code == 200
    exclude(scene, cora)
    assert client.get(address).status_code == 404
    assert client.post(reverse("defusing:take-over", args=[made.pk])).status_code == 404
    assert cast.client_for(other).get(address).status_code == 200


def test_an_exclusion_that_is_over_keeps_nobody_from_helping(scene: Scene) -> None:
    """Also where somebody else excludes that colleague still."""
    cora, one = cast.person_of(scene.coordinator), scene.exposures[0]
    exclude(scene, cora, ended_at=cast.AT)
    exclude(scene, cora, number=1)
    day = clock.london_day(cast.AT)
    for listed in (queries.colleagues_for(scene.force, day, one.person_id), referrals.owners(one)):
        assert listed == [cora]
    exclude(scene, cora)
    for listed in (queries.colleagues_for(scene.force, day, one.person_id), referrals.owners(one)):
        assert listed == []


def test_a_force_reads_its_own_limits_out_and_the_version_is_kept(scene: Scene) -> None:
    assert screens.limits_text(scene.session)[1] == 0
    lead = cast.holder(Role.WELLBEING_LEAD, scene.force, "Wyn")
    write_words(by=lead, at=cast.AT, force=scene.force, kind="limits", language="en", words="It stays here.", seen=0)
    assert screens.limits_text(scene.session) == ("It stays here.", 1)
