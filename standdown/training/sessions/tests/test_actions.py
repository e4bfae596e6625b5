import datetime as dt
from dataclasses import replace

import pytest

from standdown.audit.models import Entry
from standdown.foundation import access, clock, db
from standdown.foundation.access import Actor
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, Person
from standdown.people.roles.policy import Role
from standdown.training.models import Course, CourseVersion, Session, SessionChange, SessionForce, SessionTrainer
from standdown.training.sessions import actions, diary, queries, sentences
from standdown.training.sessions.policy import Plan
from tests import cast

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 1, 12)
Reason = SessionChange.Reason


@pytest.fixture
def course() -> Course:
    return cast.course()


@pytest.fixture
def ashire() -> Force:
    return cast.force("ashire")


@pytest.fixture
def bshire() -> Force:
    return cast.force("bshire")


@pytest.fixture
def nadia() -> Actor:
    return cast.national_coordinator()


def plan(*forces: Force, day: dt.date = DAY, **facts: object) -> Plan:
    starts_at = clock.from_wall(day, dt.time(9))
    made = Plan(
        starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=7), delivery="online", place="",
        nominations_close_at=starts_at - dt.timedelta(days=7), platform="Microsoft Teams", capacity=16, language="en",
        forces=tuple(diary.force_plan(force, None) for force in forces),
    )  # fmt: skip
    return replace(made, **facts)  # type: ignore[arg-type]


def kinds(of: Session) -> list[str]:
    return list(SessionChange.objects.filter(session=of).order_by("id").values_list("kind", flat=True))


def mails(purpose: str) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(purpose=purpose).order_by("address"))


def move(by: Actor, session: Session, day: dt.date, **facts: object) -> Session:
    starts_at = clock.from_wall(day, dt.time(9))
    whole = {
        "starts_at": starts_at, "ends_at": starts_at + dt.timedelta(hours=7), "delivery": "online", "place": "",
        "nominations_close_at": starts_at - dt.timedelta(days=7), "platform": "Microsoft Teams",
        "reason": Reason.VENUE, "seen": session.changed_at, **facts,
    }  # fmt: skip
    return actions.move_session(by=by, at=cast.AT, session=session, **whole)  # type: ignore[arg-type]


# -- preparing ----------------------------------------------------------------------------------------------------


def test_a_date_is_prepared_and_recorded(course: Course, ashire: Force, nadia: Actor) -> None:
    made = actions.plan_session(by=nadia, at=cast.AT, course=course, plan=plan(ashire))
    stored = Session.objects.get()
    assert (stored.pk, stored.status, stored.version_id, stored.owner_force_id) == (
        made.pk, "draft", course.current_id, None,
    )  # fmt: skip
    assert diary.plan_of(stored) == plan(ashire)
    assert kinds(made) == ["drafted"]
    entry = Entry.objects.get()
    assert (entry.can, entry.outcome, entry.record_id) == ("plan-session", "done", str(made.pk))


def test_a_plan_that_breaks_rules_is_refused_with_all_of_them(course: Course, ashire: Force, nadia: Actor) -> None:
    wrong = plan(ashire, capacity=17, platform="")
    with pytest.raises(sentences.PlanRefused) as refused:
        actions.plan_session(by=nadia, at=cast.AT, course=course, plan=wrong)
    assert [problem.about for problem in refused.value.problems] == ["platform", "capacity"]
    assert not Session.objects.exists()
    assert Entry.objects.get().detail == {"refusal": "plan-platform-missing"}


def test_a_course_without_words_has_no_dates(ashire: Force, nadia: Actor) -> None:
    with db.open_for("the test"):
        course = Course.objects.create(slug="other")
    with pytest.raises(diary.NoCourse):
        actions.plan_session(by=nadia, at=cast.AT, course=course, plan=plan(ashire))


def test_a_lead_does_not_plan_national_dates(course: Course, ashire: Force) -> None:
    lead = cast.holder(Role.WELLBEING_LEAD, ashire)
    with pytest.raises(access.NotAllowed):
        actions.plan_session(by=lead, at=cast.AT, course=course, plan=plan(ashire))
    assert not Session.objects.exists()


def test_a_force_s_own_date_goes_on_the_force_s_record(course: Course, ashire: Force, nadia: Actor) -> None:
    made = actions.plan_session(by=nadia, at=cast.AT, course=course, plan=plan(ashire), owner=ashire)
    assert (made.owner_force_id, Entry.objects.get().chain_id) == (ashire.pk, ashire.pk)


def test_many_dates_are_prepared_all_or_none(course: Course, ashire: Force, nadia: Actor) -> None:
    days = [DAY, DAY + dt.timedelta(weeks=1)]
    actions.plan_many(by=nadia, at=cast.AT, course=course, plans=[plan(ashire, day=day) for day in days])
    assert [clock.london_day(one.starts_at) for one in Session.objects.all()] == days
    with pytest.raises(sentences.PlanRefused):
        actions.plan_many(by=nadia, at=cast.AT, course=course, plans=[plan(ashire), plan(ashire, capacity=0)])
    assert Session.objects.count() == 2


def test_another_date_like_one_keeps_its_times_on_the_clock_of_london(
    course: Course, ashire: Force, nadia: Actor
) -> None:
    winter = plan(ashire, forces=(diary.force_plan(ashire, 5),))
    made = actions.plan_session(by=nadia, at=cast.AT, course=course, plan=winter)
    twin = actions.clone_session(by=nadia, at=cast.AT, session=made, day=dt.date(2027, 7, 6))
    summer = plan(ashire, day=dt.date(2027, 7, 6), forces=(diary.force_plan(ashire, 5),))
    assert diary.plan_of(Session.objects.get(pk=twin.pk)) == summer
    assert twin.reference != made.reference
    assert kinds(twin) == ["drafted"]


def test_a_time_that_the_clocks_skip_or_show_twice_is_refused(course: Course, ashire: Force, nadia: Actor) -> None:
    for night, hour, words in ((dt.date(2027, 3, 28), 1, "does not exist"), (dt.date(2027, 10, 31), 1, "comes twice")):
        starts_at = clock.from_wall(DAY, dt.time(hour, 30))
        early = plan(ashire, starts_at=starts_at, nominations_close_at=starts_at - dt.timedelta(days=3))
        made = actions.plan_session(by=nadia, at=cast.AT, course=course, plan=early)
        with pytest.raises(sentences.PlanRefused, match=words):
            actions.clone_session(by=nadia, at=cast.AT, session=made, day=night)


def test_a_draft_is_changed_with_its_forces(course: Course, ashire: Force, bshire: Force, nadia: Actor) -> None:
    made = actions.plan_session(by=nadia, at=cast.AT, course=course, plan=plan(ashire))
    wanted = plan(bshire, capacity=12, delivery="in-person", platform="", place="Harbour House")
    actions.edit_draft(by=nadia, at=cast.AT, session=made, plan=wanted, seen=made.changed_at)
    assert diary.plan_of(Session.objects.get()) == wanted
    assert kinds(made) == ["drafted", "edited"]


def test_a_second_coordinator_does_not_overwrite_the_first(course: Course, ashire: Force, nadia: Actor) -> None:
    made = actions.plan_session(by=nadia, at=cast.AT, course=course, plan=plan(ashire))
    seen, later = made.changed_at, cast.AT + dt.timedelta(minutes=1)
    actions.edit_draft(by=nadia, at=later, session=made, plan=plan(ashire, capacity=12), seen=seen)
    with pytest.raises(sentences.ChangedMeanwhile):
        actions.edit_draft(by=nadia, at=later, session=made, plan=plan(ashire, capacity=10), seen=seen)
    assert Session.objects.get().capacity == 12


# -- publishing ---------------------------------------------------------------------------------------------------


def test_publishing_tells_the_leads_of_adopted_forces_only(course: Course, nadia: Actor) -> None:
    ashire, bshire = cast.force("ashire"), cast.force("bshire", adopted=False)
    for role, name in ((Role.WELLBEING_LEAD, "Ann"), (Role.ESTIP_COORDINATOR, "Ben"), (Role.DEFUSER, "Cat")):
        cast.holder(role, ashire, name, work_email=f"{name.lower()}@ashire.example")
    cast.holder(Role.WELLBEING_LEAD, bshire, "Dan")
    made = actions.plan_session(by=nadia, at=cast.AT, course=course, plan=plan(ashire, bshire))
    actions.publish_session(by=nadia, at=cast.AT, session=made, seen=made.changed_at)
    told = mails("DatesPublished")
    assert [one.address for one in told] == ["ann@ashire.example", "ben@ashire.example"]
    assert told[0].subject == "Training date on 12 January 2027"
    assert "Tuesday 12 January 2027, 09:00 to 16:00 (7 hours)" in told[0].text
    assert "Bshire" not in told[0].text + told[0].html
    assert "&#39;" not in told[0].text
    assert (Session.objects.get().status, kinds(made)) == ("published", ["drafted", "published"])
    assert Entry.objects.filter(can="publish-session").get().detail == {"told": 2}


def test_who_answers_for_two_forces_is_told_once_of_both(course: Course, ashire: Force, nadia: Actor) -> None:
    bshire = cast.force("bshire")
    lead = cast.person(ashire, "Ann")
    for force in (ashire, bshire):
        cast.grant(lead, Role.WELLBEING_LEAD, force)
    made = actions.plan_session(by=nadia, at=cast.AT, course=course, plan=plan(ashire, bshire))
    actions.publish_session(by=nadia, at=cast.AT, session=made, seen=made.changed_at)
    (told,) = mails("DatesPublished")
    assert [name in told.text for name in ("Ashire Police", "Bshire Police")] == [True, True]


def test_a_published_date_keeps_the_version_that_was_current_then(course: Course, ashire: Force, nadia: Actor) -> None:
    made = actions.plan_session(by=nadia, at=cast.AT, course=course, plan=plan(ashire))
    assert course.current is not None
    with db.open_for("the test"):
        second = CourseVersion.objects.create(
            course=course, programme=course.current.programme, number=2, title="2nd", minutes=420, published_at=cast.AT
        )
        Course.objects.filter(pk=course.pk).update(current=second)
    published = actions.publish_session(by=nadia, at=cast.AT, session=made, seen=made.changed_at)
    assert Session.objects.get().version_id == published.version_id == second.pk
    with db.open_for("the test"):
        Course.objects.filter(pk=course.pk).update(current=course.current)
    assert Session.objects.get().version_id == second.pk


def test_what_is_published_cannot_be_published_again_or_edited(course: Course, ashire: Force, nadia: Actor) -> None:
    made = cast.session(course, ashire)
    with pytest.raises(sentences.NotNow, match="already published on 23 November 2026, 10:00") as refused:
        actions.publish_session(by=nadia, at=cast.AT, session=made, seen=made.changed_at)
    assert refused.value.code == "already-published"
    with pytest.raises(sentences.NotNow):
        actions.edit_draft(by=nadia, at=cast.AT, session=made, plan=plan(ashire), seen=made.changed_at)


def test_a_date_in_the_past_is_not_published(course: Course, ashire: Force, nadia: Actor) -> None:
    made = cast.session(course, ashire, day=dt.date(2026, 1, 12), status="draft")
    with pytest.raises(sentences.NotNow, match="has begun, or is past"):
        actions.publish_session(by=nadia, at=cast.AT, session=made, seen=made.changed_at)


# -- after publishing ---------------------------------------------------------------------------------------------


def test_places_are_allotted_anew(course: Course, ashire: Force, bshire: Force, nadia: Actor) -> None:
    made = cast.session(course, ashire, bshire)
    actions.allot_places(
        by=nadia, at=cast.AT, session=made, capacity=14, allotments={ashire.pk: 8}, seen=made.changed_at
    )
    kept = SessionForce.objects.order_by("force__slug").values_list("force__slug", "allotment")
    assert (Session.objects.get().capacity, list(kept)) == (14, [("ashire", 8), ("bshire", None)])
    assert (kinds(made), Session.objects.get().calendar_sequence) == (["allotted"], 0)
    with pytest.raises(sentences.PlanRefused):
        actions.allot_places(by=nadia, at=cast.AT, session=made, capacity=14, allotments={ashire.pk: 15}, seen=cast.AT)


def test_a_move_keeps_where_it_was_and_tells_everybody(course: Course, ashire: Force, nadia: Actor) -> None:
    cast.holder(Role.WELLBEING_LEAD, ashire, "Ann", work_email="ann@ashire.example")
    trainer = cast.person(None, "Tom", work_email="tom@national.example")
    cast.grant(trainer, Role.TRAINER, None, starts_on=dt.date(2026, 6, 1))
    made = cast.session(course, ashire)
    with db.open_for("the test"):
        SessionTrainer.objects.create(session=made, person=trainer)
    moved = move(nadia, made, dt.date(2027, 1, 19))
    change = SessionChange.objects.get()
    assert (change.kind, change.reason, change.previous_starts_at) == ("moved", "venue", made.starts_at)
    assert (clock.london_day(moved.starts_at), moved.calendar_sequence) == (dt.date(2027, 1, 19), 1)
    first, second = mails("DateMoved")
    assert [first.address, second.address] == ["ann@ashire.example", "tom@national.example"]
    assert first.subject == "Training date changed: now on 19 January 2027"
    assert "It was to be on Tuesday 12 January 2027, 09:00 to 16:00" in first.text
    assert "Why: The place or the platform cannot be used." in first.text
    assert ["Names are now wanted" in one.text for one in (first, second)] == [True, False]


def test_two_moves_are_told_twice(course: Course, ashire: Force, nadia: Actor) -> None:
    cast.holder(Role.WELLBEING_LEAD, ashire)
    moved = move(nadia, cast.session(course, ashire), dt.date(2027, 1, 19))
    move(nadia, moved, dt.date(2027, 1, 26))
    assert [one.version for one in OutboxMessage.objects.order_by("version")] == [1, 2]


def test_of_two_coordinators_who_move_at_once_the_second_is_told(course: Course, ashire: Force, nadia: Actor) -> None:
    made = cast.session(course, ashire, changed_at=cast.AT - dt.timedelta(days=1))
    move(nadia, made, dt.date(2027, 1, 19))
    with pytest.raises(sentences.ChangedMeanwhile, match="Look at it again first"):
        move(nadia, made, dt.date(2027, 1, 26))
    assert clock.london_day(Session.objects.get().starts_at) == dt.date(2027, 1, 19)


def test_a_date_is_not_moved_into_the_past(course: Course, ashire: Force, nadia: Actor) -> None:
    with pytest.raises(sentences.NotNow):
        move(nadia, cast.session(course, ashire), dt.date(2026, 1, 19))


def test_a_move_must_move_something_and_a_new_place_is_enough(course: Course, ashire: Force, nadia: Actor) -> None:
    made = cast.session(course, ashire)
    with pytest.raises(sentences.NotNow, match="Change one of them"):
        move(nadia, made, DAY)
    moved = move(nadia, made, DAY, platform="Webex")
    line = queries.session_line(moved.pk)
    assert line is not None
    assert (line.how, line.is_moved, line.sequence) == ("Online, Webex", False, 1)


def test_a_date_is_not_moved_to_where_its_trainer_is_busy(course: Course, ashire: Force, nadia: Actor) -> None:
    trainer = cast.person(None, "Tom")
    cast.grant(trainer, Role.TRAINER, None, starts_on=dt.date(2026, 6, 1))
    first, second = cast.session(course, ashire), cast.session(course, ashire, day=dt.date(2027, 1, 19))
    for one in (first, second):
        actions.assign_trainer(by=nadia, at=cast.AT, session=one, trainer=trainer)
    with pytest.raises(sentences.TrainerRefused, match="trains on another date"):
        move(nadia, first, dt.date(2027, 1, 19))


def test_cancelling_says_why_and_what_comes_next(course: Course, ashire: Force, nadia: Actor) -> None:
    cast.holder(Role.WELLBEING_LEAD, ashire, "Ann", work_email="ann@ashire.example")
    trainer = cast.person(None, "Tom", work_email="tom@national.example")
    made = cast.session(course, ashire)
    with db.open_for("the test"):
        SessionTrainer.objects.create(session=made, person=trainer)
    cast.session(course, ashire, day=dt.date(2027, 2, 9))
    gone = actions.cancel_session(by=nadia, at=cast.AT, session=made, reason=Reason.NUMBERS, seen=made.changed_at)
    first, second = mails("DateCancelled")
    assert (gone.status, gone.calendar_sequence, kinds(made)) == ("cancelled", 1, ["cancelled"])
    assert first.subject == "Training date on 12 January 2027 cancelled"
    assert "- Tuesday 9 February 2027, 09:00 to 16:00, Online, Microsoft Teams" in first.text
    assert "9 February" not in second.text
    with pytest.raises(sentences.NotNow, match="already cancelled"):
        actions.cancel_session(by=nadia, at=cast.AT, session=made, reason=Reason.NUMBERS, seen=made.changed_at)
    with pytest.raises(sentences.NotNow, match="already cancelled"):
        move(nadia, made, dt.date(2027, 1, 19))


def test_a_date_that_is_over_is_recorded_as_held(course: Course, ashire: Force, nadia: Actor) -> None:
    over = cast.session(course, ashire, day=dt.date(2026, 1, 12))
    actions.mark_held(by=nadia, at=cast.AT, session=over)
    assert (Session.objects.get().status, kinds(over)) == ("held", ["held"])
    with pytest.raises(sentences.NotNow, match="not over yet"):
        actions.mark_held(by=nadia, at=cast.AT, session=cast.session(course, ashire))


# -- trainers -----------------------------------------------------------------------------------------------------


def trainer_of(force: Force | None, **facts: str) -> Person:
    who = cast.person(force, "Tom", **facts)
    cast.grant(who, Role.TRAINER, force, starts_on=dt.date(2026, 6, 1))
    return who


def test_a_trainer_is_named_once_and_told(course: Course, ashire: Force, nadia: Actor) -> None:
    made, trainer = cast.session(course, ashire), trainer_of(None)
    for _again in range(2):
        actions.assign_trainer(by=nadia, at=cast.AT, session=made, trainer=trainer)
    assert [one.person_id for one in SessionTrainer.objects.all()] == [trainer.pk]
    assert [one.subject for one in mails("AskedToTrain")] == ["Training date on 12 January 2027"]
    actions.remove_trainer(by=nadia, at=cast.AT, session=made, trainer=trainer)
    assert not SessionTrainer.objects.exists()


def test_a_trainer_without_an_address_is_named_all_the_same(course: Course, ashire: Force, nadia: Actor) -> None:
    made, trainer = cast.session(course, ashire), trainer_of(ashire, work_email="")
    actions.assign_trainer(by=nadia, at=cast.AT, session=made, trainer=trainer)
    assert (SessionTrainer.objects.count(), OutboxMessage.objects.count()) == (1, 0)


def test_who_is_no_trainer_there_or_then_is_not_named(
    course: Course, ashire: Force, bshire: Force, nadia: Actor
) -> None:
    made, late = cast.session(course, ashire), cast.session(course, ashire, day=dt.date(2029, 1, 12))
    national = trainer_of(None)
    for session, who in ((made, trainer_of(bshire)), (made, cast.person(ashire)), (late, national)):
        with pytest.raises(sentences.TrainerRefused, match="does not hold the role"):
            actions.assign_trainer(by=nadia, at=cast.AT, session=session, trainer=who)


def test_nobody_trains_in_two_places_at_once(course: Course, ashire: Force, nadia: Actor) -> None:
    one, other, trainer = cast.session(course, ashire), cast.session(course, ashire), trainer_of(None)
    actions.assign_trainer(by=nadia, at=cast.AT, session=one, trainer=trainer)
    with pytest.raises(sentences.TrainerRefused, match="trains on another date"):
        actions.assign_trainer(by=nadia, at=cast.AT, session=other, trainer=trainer)
