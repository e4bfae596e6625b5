from __future__ import annotations

import datetime as dt

import pytest

from standdown.care.exposures import stages
from standdown.care.follow_up import actions, diary, jobs
from standdown.care.follow_up.refusals import NotNow, TooLate, WrongDay
from standdown.care.models import Contact, ContactTry, Exposure, Incident, Step
from standdown.foundation import clock, db
from standdown.foundation.access import Actor, NotAllowed
from standdown.notifications.models import OutboxMessage
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
More = Contact.WantsMore
NINE = dt.time(9)


class Scene:
    """A force, its coordinator, and one person on the list of an incident with three contacts owed."""

    def __init__(self) -> None:
        self.force = cast.force("ashire")
        self.coordinator = cast.holder(Role.ESTIP_COORDINATOR, self.force, "Cora")
        self.erin = cast.person(self.force, "Erin")
        self.incident = care_cast.incident(self.force)
        self.exposure = self.begun(self.incident)

    def begun(self, incident: Incident) -> Exposure:
        """Erin on that incident's list, through the door that everybody comes by."""
        role = care_cast.role()
        one = Exposure(
            incident=incident, person=self.erin, force=self.force, role=role, closeness=role.closeness,
            added_at=cast.AT, added_as="supervisor", changed_at=cast.AT,
        )  # fmt: skip
        with db.one_transaction(), db.open_for("the cast"):
            stages.begin([one], self.coordinator, cast.AT)
        return one

    @property
    def me(self) -> Actor:
        return cast.actor(self.erin)

    def contact(self, kind: str = "month") -> Contact:
        return Contact.objects.get(exposure=self.exposure, kind=kind)

    def morning(self, contact: Contact, before: int) -> dt.datetime:
        """Nine in the morning, that many days before it is due."""
        return clock.from_wall(contact.due_on - dt.timedelta(days=before), NINE)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def mails(purpose: str = "HowAreYou") -> int:
    return OutboxMessage.objects.filter(purpose=purpose).count()


def test_everybody_exposed_is_owed_three_contacts_and_the_second_lies_inside_a_month(scene: Scene) -> None:
    day = clock.london_day(scene.incident.ended_at)
    due = dict(Contact.objects.values_list("kind", "due_on"))
    assert {kind: (on - day).days for kind, on in due.items()} == {"two-weeks": 14, "month": 28, "three-months": 91}
    assert Step.objects.open().filter(kind__startswith="contact").count() == 3


def test_two_mails_go_out_by_day_and_each_once(scene: Scene) -> None:
    contact = scene.contact("two-weeks")
    jobs.each_minute(scene.morning(contact, 3) - dt.timedelta(minutes=1))
    assert mails() == 0
    for before in (3, 3, 2, 1, 0):
        jobs.each_minute(scene.morning(contact, before))
    assert mails() == 2


def test_when_a_contact_is_due_already_its_two_mails_are_a_day_apart(scene: Scene) -> None:
    morning = scene.morning(scene.contact("two-weeks"), 0)
    for hours in (0, 1, 9):
        jobs.each_minute(morning + dt.timedelta(hours=hours))
    assert mails() == 1
    jobs.each_minute(morning + dt.timedelta(days=1))
    assert mails() == 2


def test_a_mail_says_nothing_of_what_it_is_about(scene: Scene) -> None:
    jobs.each_minute(scene.morning(scene.contact("two-weeks"), 3))
    message = OutboxMessage.objects.get(purpose="HowAreYou")
    words = (message.subject + message.text).casefold()
    assert [word for word in ("incident", "collision", "defus", "support") if word in words] == []


def test_an_answer_ends_a_contact_and_nothing_more_is_asked(scene: Scene) -> None:
    actions.answer(by=scene.me, at=cast.AT, contact=scene.contact(), wants_more=More.NOT_NOW)
    assert (scene.contact().outcome, scene.contact().wants_more) == ("reached", "not-now")
    with pytest.raises(NotNow):
        actions.answer(by=scene.me, at=cast.AT, contact=scene.contact(), wants_more=More.YES)


def test_nobody_answers_for_another(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        actions.answer(by=scene.coordinator, at=cast.AT, contact=scene.contact(), wants_more=More.YES)


def test_who_would_like_more_help_is_owed_an_answer_within_a_day(scene: Scene) -> None:
    actions.answer(by=scene.me, at=cast.AT, contact=scene.contact(), wants_more=More.YES)
    step = Step.objects.open().get(kind="self-referral")
    assert step.due_at == cast.AT + dt.timedelta(hours=24)


def test_later_is_later_and_at_most_two_weeks(scene: Scene) -> None:
    contact = scene.contact("two-weeks")
    with pytest.raises(WrongDay):
        actions.snooze(by=scene.me, at=cast.AT, contact=contact, until=cast.TODAY)
    until = cast.TODAY + dt.timedelta(days=14)
    actions.snooze(by=scene.me, at=cast.AT, contact=contact, until=until)
    step = Step.objects.open().get(on=contact.pk)
    assert step.due_at == clock.from_wall(max(contact.due_on, until), dt.time(17))


def test_rather_not_this_time_leaves_the_others(scene: Scene) -> None:
    actions.rather_not(by=scene.me, at=cast.AT, contact=scene.contact("two-weeks"), ever=False)
    assert Contact.objects.filter(outcome="").count() == 2


def test_rather_not_any_more_closes_without_a_mark(scene: Scene) -> None:
    actions.rather_not(by=scene.me, at=cast.AT, contact=scene.contact("two-weeks"), ever=True)
    one = Exposure.objects.get()
    assert (one.close_code, Contact.objects.filter(outcome="").count()) == ("prefers-not", 0)


def test_three_tries_without_an_answer_end_a_contact_kindly(scene: Scene) -> None:
    contact = scene.contact("two-weeks")
    for before in (3, 1):
        jobs.each_minute(scene.morning(contact, before))
    actions.record_try(
        by=scene.coordinator, at=scene.morning(contact, 0), contact=contact, channel=ContactTry.Channel.PHONE,
        reached=False,
    )  # fmt: skip
    assert scene.contact("two-weeks").outcome == "no-reply"
    assert Step.objects.get(on=contact.pk).outcome == "no-reply"


def test_one_try_is_not_enough_to_end_it(scene: Scene) -> None:
    actions.record_try(
        by=scene.coordinator, at=cast.AT, contact=scene.contact(), channel=ContactTry.Channel.PHONE, reached=False
    )
    assert scene.contact().outcome == ""


def test_a_talk_is_recorded_with_what_they_would_like(scene: Scene) -> None:
    facts = {"by": scene.coordinator, "at": cast.AT, "channel": ContactTry.Channel.IN_PERSON, "reached": True}
    actions.record_try(contact=scene.contact(), wants_more=More.UNSURE, **facts)  # type: ignore[arg-type]
    actions.record_try(contact=scene.contact("two-weeks"), **facts)  # type: ignore[arg-type]
    assert (scene.contact().wants_more, scene.contact("two-weeks").wants_more) == ("unsure", "not-now")


def test_whoever_is_given_a_contact_may_make_it_and_nobody_else(scene: Scene) -> None:
    peer = cast.person(scene.force, "Pat")
    facts = {"at": cast.AT, "channel": ContactTry.Channel.PHONE, "reached": False}
    with pytest.raises(NotAllowed):
        actions.record_try(by=cast.actor(peer), contact=scene.contact(), **facts)  # type: ignore[arg-type]
    actions.give(by=scene.coordinator, at=cast.AT, contact=scene.contact(), to=peer)
    actions.record_try(by=cast.actor(peer), contact=scene.contact(), **facts)  # type: ignore[arg-type]
    assert (ContactTry.objects.get().by, mails("Task")) == (peer, 1)


def test_after_the_last_contact_their_part_is_closed_as_agreed(scene: Scene) -> None:
    for kind in ("two-weeks", "month", "three-months"):
        actions.answer(by=scene.me, at=cast.AT, contact=scene.contact(kind), wants_more=More.NOT_NOW)
    one = Exposure.objects.get()
    assert (one.stage, one.close_code, mails("ClosedKindly")) == ("closed", "agreed", 1)


def test_who_never_answered_is_closed_as_offered_and_nothing_else(scene: Scene) -> None:
    for kind in ("two-weeks", "month", "three-months"):
        for _try in range(3):
            actions.record_try(
                by=scene.coordinator, at=cast.AT, contact=scene.contact(kind), channel=ContactTry.Channel.PHONE,
                reached=False,
            )  # fmt: skip
    assert Exposure.objects.get().close_code == "no-reply"


def test_declining_the_last_one_closes_as_they_prefer(scene: Scene) -> None:
    for kind in ("two-weeks", "month", "three-months"):
        actions.rather_not(by=scene.me, at=cast.AT, contact=scene.contact(kind), ever=False)
    assert Exposure.objects.get().close_code == "prefers-not"


def test_a_coordinator_closes_with_a_code_and_the_person_may_object(scene: Scene) -> None:
    actions.close(by=scene.coordinator, at=cast.AT, exposure=scene.exposure, code=Exposure.CloseCode.ELSEWHERE)
    with pytest.raises(NotNow):
        actions.close(by=scene.coordinator, at=cast.AT, exposure=scene.exposure, code=Exposure.CloseCode.ELSEWHERE)
    actions.open_again(by=scene.me, at=cast.AT, exposure=scene.exposure)
    one = Exposure.objects.get()
    assert (one.stage, one.objected_at, one.close_code) == ("to-decide", cast.AT, "")
    assert Contact.objects.filter(outcome="").count() == 3
    with pytest.raises(NotNow):
        actions.open_again(by=scene.me, at=cast.AT, exposure=scene.exposure)


def test_after_a_year_it_stays_closed(scene: Scene) -> None:
    actions.close(by=scene.coordinator, at=cast.AT, exposure=scene.exposure, code=Exposure.CloseCode.AGREED)
    with pytest.raises(TooLate):
        actions.open_again(by=scene.me, at=cast.AT + dt.timedelta(days=366), exposure=scene.exposure)


def test_a_mail_that_is_not_owed_is_not_sent(scene: Scene) -> None:
    with pytest.raises(NotNow):
        actions.send_how_are_you(by=jobs.JOB, at=cast.AT, contact=scene.contact())


def test_three_incidents_in_a_month_bring_an_offer_to_the_person_alone(scene: Scene) -> None:
    scene.begun(care_cast.incident(scene.force))
    assert mails("SeveralLately") == 0
    scene.begun(care_cast.incident(scene.force))
    message = OutboxMessage.objects.get(purpose="SeveralLately")
    assert message.recipient == scene.erin


def test_when_the_end_of_the_incident_is_put_right_the_contacts_move_but_for_a_day_that_somebody_chose(
    scene: Scene,
) -> None:
    later = scene.contact("two-weeks").due_on
    actions.snooze(by=scene.me, at=cast.AT, contact=scene.contact("two-weeks"), until=later)
    with db.one_transaction(), db.open_for("the cast"):
        Incident.objects.filter(pk=scene.incident.pk).update(ended_at=care_cast.T0 - dt.timedelta(days=2))
        scene.incident.refresh_from_db()
        before = scene.contact().due_on
        diary.move_contacts(scene.incident, dt.timedelta(days=-2), scene.coordinator, cast.AT)
    month = scene.contact()
    assert (before - month.due_on).days == 2
    assert Step.objects.get(on=month.pk).due_at == clock.from_wall(month.due_on, dt.time(17))
    assert scene.contact("two-weeks").due_on == later


def test_opening_contacts_again_adds_nothing(scene: Scene) -> None:
    with db.one_transaction(), db.open_for("the cast"):
        diary.open_contacts([scene.exposure], scene.coordinator, cast.AT)
    assert Contact.objects.count() == 3
    owed = set(Step.objects.open().filter(kind__startswith="contact").values_list("on", flat=True))
    assert owed == set(Contact.objects.values_list("pk", flat=True))
