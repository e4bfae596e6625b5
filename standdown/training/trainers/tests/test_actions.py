import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from standdown.audit.models import Entry
from standdown.foundation import access, clock, db
from standdown.foundation.access import Actor, NotAllowed
from standdown.people.models import Force, Person, Qualification
from standdown.people.roles.policy import Role
from standdown.training.models import Session, SessionTrainer, TrainerStep
from standdown.training.sessions import actions as dates
from standdown.training.sessions import diary
from standdown.training.trainers import actions, jobs
from standdown.training.trainers.policy import No, Stage
from standdown.training.trainers.sentences import StepRefused
from tests import cast

pytestmark = pytest.mark.django_db
AT, TODAY = cast.AT, cast.TODAY


@pytest.fixture
def force() -> Force:
    return cast.force()


@pytest.fixture
def lead(force: Force) -> Actor:
    return cast.holder(Role.WELLBEING_LEAD, force)


@pytest.fixture
def tara(force: Force) -> Person:
    return cast.person(force, "Tara")


def trained(person: Person) -> None:
    with db.open_for("the cast"):
        Qualification.objects.create(
            person=person, force=person.home_force, skill="train", valid_from=TODAY, source="imported", granted_at=AT,
            valid_until=TODAY + dt.timedelta(days=700), latest_until=TODAY + dt.timedelta(days=1000),
        )  # fmt: skip


def held(force: Force, person: Person) -> Session:
    session = cast.session(cast.course(), force, day=dt.date(2026, 11, 2), status="held")
    with db.open_for("the cast"):
        SessionTrainer.objects.create(session=session, person=person, part="co-delivers")
    return session


def approved(person: Person, force: Force, on: dt.date = TODAY) -> TrainerStep:
    with db.open_for("the cast"):
        return TrainerStep.objects.create(
            person=person, force=force, place=str(force.pk), stage="approved", on=on, recorded_at=AT
        )


def test_the_way_of_a_trainer_from_candidate_to_approved(force: Force, lead: Actor, tara: Person) -> None:
    session, nadia = held(force, tara), cast.national_coordinator()
    facts: dict[str, Any] = {"at": AT, "person": tara, "force": force}
    actions.record_step(by=lead, stage=Stage.CANDIDATE, on=dt.date(2026, 10, 1), **facts)
    for stage in (Stage.CO_DELIVERED, Stage.OBSERVED):
        actions.record_step(by=lead, stage=stage, on=dt.date(2026, 11, 2), session=session, **facts)
    with pytest.raises(StepRefused) as refused:
        actions.record_step(by=nadia, stage=Stage.APPROVED, on=TODAY, **facts)
    assert refused.value.no is No.NOT_TRAINED
    trained(tara)
    with pytest.raises(StepRefused):
        actions.record_step(by=lead, stage=Stage.APPROVED, on=TODAY, **facts)
    actions.record_step(by=nadia, stage=Stage.APPROVED, on=TODAY, **facts)
    steps = TrainerStep.objects.filter(person=tara).order_by("on", "id")
    assert [one.stage for one in steps] == ["candidate", "co-delivered", "observed", "approved"]
    entries = Entry.objects.filter(can="record-trainer-step").order_by("at", "sequence")
    assert [one.outcome for one in entries] == ["done", "done", "done", "refused", "refused", "done"]


def test_a_lead_of_another_force_records_nothing_here(force: Force, tara: Person) -> None:
    other = cast.holder(Role.WELLBEING_LEAD, cast.force("bshire"))
    with pytest.raises(NotAllowed):
        actions.record_step(by=other, at=AT, person=tara, force=force, stage=Stage.CANDIDATE, on=TODAY)


def test_a_national_trainer_has_a_way_of_their_own(tara: Person, lead: Actor) -> None:
    nadia = cast.national_coordinator()
    made = actions.record_step(by=nadia, at=AT, person=tara, force=None, stage=Stage.CANDIDATE, on=TODAY)
    assert (made.place, made.force_id) == ("national", None)
    with pytest.raises(NotAllowed):
        actions.record_step(by=lead, at=AT, person=tara, force=None, stage=Stage.CANDIDATE, on=TODAY)


def test_an_approval_lapses_by_itself_and_once(force: Force, tara: Person) -> None:
    step = approved(tara, force, dt.date(2024, 11, 1))
    assert jobs.each_day(AT) == 1
    assert jobs.each_day(AT) == 0
    assert [one.stage for one in TrainerStep.objects.filter(person=tara)] == ["approved", "lapsed"]
    assert actions.lapse_approval(by=access.system("test"), at=AT, step=step) is None


@pytest.mark.parametrize(("status", "lapsed"), [("held", 0), ("cancelled", 1)])
def test_a_date_that_was_held_keeps_an_approval_and_a_cancelled_one_does_not(
    force: Force, tara: Person, status: str, lapsed: int
) -> None:
    approved(tara, force, dt.date(2024, 11, 1))
    session = cast.session(cast.course(), force, day=dt.date(2026, 11, 2), status=status)
    with db.open_for("the cast"):
        SessionTrainer.objects.create(session=session, person=tara)
    assert jobs.each_day(AT) == lapsed


def test_only_an_approved_trainer_plans_and_publishes_and_only_for_their_own_force(force: Force, tara: Person) -> None:
    cast.grant(tara, Role.TRAINER, force)
    trainer, course = cast.actor(tara), cast.course()
    plan = diary.plan_of(cast.session(course, force))
    with pytest.raises(NotAllowed):
        dates.plan_session(by=trainer, at=AT, course=course, plan=plan, owner=force)
    approved(tara, force)
    made = dates.plan_session(by=trainer, at=AT, course=course, plan=plan, owner=force)
    made = dates.publish_session(by=trainer, at=AT, session=made, seen=made.changed_at)
    assert (made.status, made.owner_force_id) == ("published", force.pk)
    for owner in (None, cast.force("bshire")):
        with pytest.raises(NotAllowed):
            dates.plan_session(by=trainer, at=AT, course=course, plan=plan, owner=owner)
    approved(tara, force, TODAY + dt.timedelta(days=0) - dt.timedelta(days=1))  # an older step changes nothing
    assert clock.london_day(AT) == TODAY


def test_the_pages(force: Force, lead: Actor, tara: Person) -> None:
    client = cast.client_for(lead)
    page = client.get(reverse("trainers:list"), {"words": "Tar"}).content.decode()
    assert "Tara Ashdown" in page
    address = reverse("trainers:record", args=[tara.pk, force.slug])
    facts = {"stage": "candidate", "on_day": "1", "on_month": "11", "on_year": "2026"}
    assert client.post(address, facts).status_code == 303
    assert "Candidate" in client.get(reverse("trainers:list")).content.decode()
    assert client.get(reverse("trainers:record", args=[tara.pk, "national"])).status_code == 404
    other = cast.client_for(cast.holder(Role.WELLBEING_LEAD, cast.force("bshire")))
    assert other.get(address).status_code == 404


def test_an_approved_trainer_plans_on_the_screen_for_their_force_only(force: Force, tara: Person) -> None:
    cast.grant(tara, Role.TRAINER, force)
    cast.course()
    cast.force("bshire")
    client = cast.client_for(cast.actor(tara))
    assert client.get(reverse("sessions:plan")).status_code == 404
    approved(tara, force)
    page = client.get(reverse("sessions:plan")).content.decode()
    assert ("Ashire Police" in page, "Bshire Police" in page) == (True, False)
    assert client.get(reverse("sessions:import")).status_code == 404


def test_nobody_records_a_step_of_their_own(lead: Actor, force: Force) -> None:
    own = cast.person_of(lead)
    with pytest.raises(StepRefused) as refused:
        actions.record_step(by=lead, at=AT, person=own, force=force, stage=Stage.CANDIDATE, on=TODAY)
    assert refused.value.no is No.OWN
    nadia = cast.national_coordinator()
    with pytest.raises(StepRefused):
        actions.record_step(by=nadia, at=AT, person=cast.person_of(nadia), force=None, stage=Stage.CANDIDATE, on=TODAY)
    assert TrainerStep.objects.count() == 0


def test_nationally_only_a_whole_name_finds_somebody(force: Force, tara: Person) -> None:
    nadia = cast.client_for(cast.national_coordinator())
    address = reverse("trainers:record", args=[tara.pk, force.slug])
    found = [
        address in nadia.get(reverse("trainers:list"), {"words": words}).content.decode() for words in ("T", "Tara")
    ]
    assert found == [False, False]
    assert address in nadia.get(reverse("trainers:list"), {"words": "tara ashdown"}).content.decode()
