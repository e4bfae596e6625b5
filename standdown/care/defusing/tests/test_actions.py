from __future__ import annotations

import datetime as dt

import pytest

from standdown.care.defusing import actions, jobs
from standdown.care.defusing.policy import No
from standdown.care.defusing.refusals import AskOver, NotBooked, NotNow
from standdown.care.defusing.tests.scene import BEGUN, START, Scene
from standdown.care.models import Ask, Attendee, Defusing, Step
from standdown.foundation import db
from standdown.foundation.access import NotAllowed
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Base, Qualification
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
Answer = Attendee.Answer


@pytest.fixture
def scene() -> Scene:
    return Scene()


def told() -> list[tuple[str, str, str]]:
    """Every message: what, to whom, and with which METHOD."""
    rows = OutboxMessage.objects.order_by("created_at", "id").values_list(
        "purpose", "recipient__given_name", "calendar_method"
    )
    return sorted(rows)


def test_who_is_asked_is_told_and_nothing_is_said_of_the_incident(scene: Scene) -> None:
    scene.ask()
    message = OutboxMessage.objects.get()
    assert (message.purpose, message.recipient) == ("AskedToLead", scene.defuser_person)
    assert scene.incident.reference not in message.subject + message.text
    assert scene.fresh().state == "asked"


def test_a_yes_at_the_proposed_time_books_it_and_everybody_is_told_once(scene: Scene) -> None:
    scene.booked()
    one = scene.fresh()
    assert (one.state, one.starts_at, one.defuser) == ("booked", START, scene.defuser_person)
    assert scene.stages() == ["booked"] * 3
    assert [row for row in told() if row[0] == "AppointmentMade"] == [
        ("AppointmentMade", name, "REQUEST") for name in ("Dana", "Erin", "Fay", "Gus")
    ]


def test_nobody_who_is_invited_sees_another(scene: Scene) -> None:
    scene.booked()
    for message in OutboxMessage.objects.filter(purpose="AppointmentMade"):
        others = {"Dana", "Erin", "Fay", "Gus"} - {message.recipient.given_name}
        text = message.subject + message.text + message.html + message.calendar
        assert [name for name in others if name in text] == []
        assert "efus" not in text.replace("/care/defusing/", "")


def test_a_yes_for_another_time_waits_for_one(scene: Scene) -> None:
    actions.say_yes(by=scene.defuser, at=cast.AT, ask=scene.ask(), that_time=False)
    assert (scene.fresh().state, scene.stages()) == ("accepted", ["to-defuse"] * 3)


def test_passing_needs_no_reason_and_leaves_it_to_the_coordinator(scene: Scene) -> None:
    ask = scene.ask()
    actions.pass_on(by=scene.defuser, at=cast.AT, ask=ask)
    assert (scene.fresh().state, Ask.objects.get().answer) == ("planned", "passed")
    with pytest.raises(NotAllowed):  # what one passed is not there any more
        actions.say_yes(by=scene.defuser, at=cast.AT, ask=ask)


def test_nobody_else_answers_for_a_defuser(scene: Scene) -> None:
    other = cast.actor(care_cast.qualified(cast.person(scene.force, "Olly")))
    with pytest.raises(NotAllowed):
        actions.say_yes(by=other, at=cast.AT, ask=scene.ask())


def test_a_yes_after_its_time_is_too_late(scene: Scene) -> None:
    ask = scene.ask()
    with pytest.raises(AskOver):
        actions.say_yes(by=scene.defuser, at=ask.lapses_at, ask=ask)


def test_a_second_joins_without_taking_the_lead(scene: Scene) -> None:
    scene.booked()
    second = care_cast.qualified(cast.person(scene.force, "Sid"))
    ask = Ask(
        defusing=scene.session, person=second, as_second=True, asked_at=cast.AT,
        lapses_at=cast.AT + dt.timedelta(hours=1),
    )  # fmt: skip
    actions.ask_to_lead(by=scene.coordinator, at=cast.AT, ask=ask)
    actions.say_yes(by=cast.actor(second), at=cast.AT, ask=ask)
    one = scene.fresh()
    assert (one.state, one.defuser, one.second) == ("booked", scene.defuser_person, second)
    actions.drop_out(by=cast.actor(second), at=cast.AT, defusing=one)
    one = scene.fresh()
    assert (one.state, one.defuser, one.second) == ("booked", scene.defuser_person, None)


def test_a_question_that_nobody_answers_lapses(scene: Scene) -> None:
    ask = scene.ask()
    jobs.each_minute(ask.lapses_at - dt.timedelta(minutes=1))
    assert Ask.objects.get().answer == ""
    jobs.each_minute(ask.lapses_at)
    assert (Ask.objects.get().answer, scene.fresh().state) == ("lapsed", "planned")


def test_a_yes_without_a_booked_time_lapses_too(scene: Scene) -> None:
    ask = scene.ask()
    actions.say_yes(by=scene.defuser, at=cast.AT, ask=ask, that_time=False)
    jobs.each_minute(ask.lapses_at)
    assert (Ask.objects.get().answer, scene.fresh().state, scene.fresh().defuser) == ("lapsed", "planned", None)


def test_a_booked_yes_does_not_lapse(scene: Scene) -> None:
    scene.booked()
    ask = Ask.objects.get()
    jobs.each_minute(ask.lapses_at)
    with pytest.raises(NotNow):
        actions.let_ask_lapse(by=jobs.JOB, at=ask.lapses_at, ask=ask)
    assert scene.fresh().state == "booked"


def book(scene: Scene, starts_at: dt.datetime, moved: str = "", base: Base | None = None) -> Defusing:
    return actions.book(
        by=scene.coordinator, at=cast.AT, defusing=scene.session, starts_at=starts_at, base=base, remote=base is None,
        moved=moved,
    )  # fmt: skip


def test_moving_a_time_tells_everybody_with_one_entry_for_life(scene: Scene) -> None:
    scene.booked()
    book(scene, START + dt.timedelta(hours=3))
    book(scene, START + dt.timedelta(hours=3))  # the same again changes nothing
    assert scene.fresh().calendar_sequence == 1
    erins = OutboxMessage.objects.filter(purpose="AppointmentMade", recipient__given_name="Erin")
    assert sorted(erins.values_list("version", "state")) == [(0, "dropped"), (1, "due")]
    uids = {line for one in erins for line in one.calendar.splitlines() if line.startswith("UID")}
    assert len(uids) == 1


def test_another_room_is_told_as_well(scene: Scene) -> None:
    scene.booked()
    with db.open_for("the cast"):
        north = Base.objects.create(force=scene.force, name="North")
    book(scene, START, base=north)
    assert scene.fresh().calendar_sequence == 1


def test_outside_the_window_a_reason_is_asked_for(scene: Scene) -> None:
    scene.booked()
    late = care_cast.T0 + dt.timedelta(hours=120)
    with pytest.raises(NotBooked) as refused:
        book(scene, late)
    assert refused.value.bars == (No.REASON,)
    assert book(scene, late, moved="rest-days").moved == "rest-days"


def test_a_defuser_who_was_exposed_leads_nothing(scene: Scene) -> None:
    care_cast.exposure(scene.incident, scene.defuser_person)
    with pytest.raises(NotBooked) as refused:
        scene.booked()
    assert refused.value.bars == (No.EXPOSED,)


def test_a_defuser_is_in_one_place_at_a_time(scene: Scene) -> None:
    scene.booked()
    other = care_cast.defusing(scene.incident, scene.exposed("Hal"), state="accepted", defuser=scene.defuser_person)
    with pytest.raises(NotBooked) as refused:
        actions.book(
            by=scene.coordinator, at=cast.AT, defusing=other, starts_at=START + dt.timedelta(minutes=30), base=None,
            remote=True,
        )  # fmt: skip
    assert refused.value.bars == (No.ELSEWHERE,)


def test_a_defuser_books_their_own_session_and_no_other(scene: Scene) -> None:
    scene.booked()
    later = START + dt.timedelta(hours=2)
    facts = {"at": cast.AT, "defusing": scene.session, "starts_at": later, "base": None, "remote": True}
    actions.book(by=scene.defuser, leading=True, **facts)  # type: ignore[arg-type]
    stranger = cast.actor(care_cast.qualified(cast.person(scene.force, "Olly")))
    with pytest.raises(NotAllowed):
        actions.book(by=stranger, leading=True, **facts)  # type: ignore[arg-type]


def test_a_defuser_who_drops_out_disturbs_nobody_while_another_is_found(scene: Scene) -> None:
    scene.booked()
    actions.drop_out(by=scene.defuser, at=cast.AT, defusing=scene.session)
    one = scene.fresh()
    assert (one.state, one.defuser, one.starts_at) == ("planned", None, START)
    assert Ask.objects.get().answer == "passed"
    assert [row for row in told() if row[0] == "AppointmentOff"] == [("AppointmentOff", "Dana", "CANCEL")]
    owed = Step.objects.open().filter(kind="book").count()
    other = care_cast.qualified(cast.person(scene.force, "Olly"))
    actions.say_yes(by=cast.actor(other), at=cast.AT, ask=scene.ask(other))
    erins = OutboxMessage.objects.filter(recipient__given_name="Erin")
    assert (owed, scene.fresh().defuser, erins.count()) == (3, other, 1)


def test_where_nobody_is_found_in_time_those_invited_are_told(scene: Scene) -> None:
    scene.booked()
    actions.drop_out(by=scene.defuser, at=cast.AT, defusing=scene.session)
    jobs.each_minute(START - dt.timedelta(hours=13))
    assert scene.fresh().starts_at == START
    jobs.each_minute(START - dt.timedelta(hours=12))
    one = scene.fresh()
    assert (one.starts_at, one.moved, scene.stages()) == (None, "no-defuser", ["to-defuse"] * 3)
    off = [row for row in told() if row[0] == "AppointmentOff" and row[1] != "Dana"]
    assert off == [("AppointmentOff", name, "CANCEL") for name in ("Erin", "Fay", "Gus")]


def test_a_defuser_whose_qualification_ends_is_taken_off(scene: Scene) -> None:
    scene.booked()
    scene.change(Qualification.objects.get(), valid_until=dt.date(2026, 11, 24))
    jobs.each_minute(cast.AT)
    assert (scene.fresh().state, scene.fresh().defuser) == ("planned", None)


def test_calling_a_time_off_keeps_the_group_and_owes_it_anew(scene: Scene) -> None:
    scene.booked()
    actions.call_off(by=scene.coordinator, at=cast.AT, defusing=scene.session, moved="operations")
    one = scene.fresh()
    assert (one.state, one.starts_at, one.defuser, scene.stages()) == (
        "accepted", None, scene.defuser_person, ["to-defuse"] * 3,
    )  # fmt: skip
    with pytest.raises(NotNow):
        actions.call_off(by=scene.coordinator, at=cast.AT, defusing=scene.session, moved="operations")
    book(scene, START)
    assert scene.stages() == ["booked"] * 3


def answer(scene: Scene, said: Answer, number: int = 0, at: dt.datetime = cast.AT) -> Attendee:
    return actions.answer(by=scene.actor_of(number), at=at, attendee=scene.attendee(number), answer=said)


def test_accepting_changes_nothing_but_the_answer(scene: Scene) -> None:
    scene.booked()
    answer(scene, Answer.ACCEPTED)
    assert (scene.attendee().answer, scene.attendee().left_at, scene.stages()) == ("accepted", None, ["booked"] * 3)


def test_declining_is_a_normal_end_and_can_be_changed_until_it_begins(scene: Scene) -> None:
    scene.booked()
    answer(scene, Answer.DECLINED)
    assert (scene.attendee().left_at, scene.stages()) == (cast.AT, ["followed", "booked", "booked"])
    answer(scene, Answer.DECLINED)
    answer(scene, Answer.ACCEPTED)
    assert (scene.attendee().left_at, scene.stages()) == (None, ["booked"] * 3)
    erins = [row[2] for row in told() if row[1] == "Erin"]
    assert (sorted(erins), scene.fresh().calendar_sequence) == (["CANCEL", "REQUEST", "REQUEST"], 2)
    with pytest.raises(NotNow):
        answer(scene, Answer.DECLINED, at=START)


@pytest.mark.parametrize("said", [Answer.NOT_NOW, Answer.ONE_TO_ONE, Answer.SOMEBODY_ELSE])
def test_whoever_would_rather_talk_otherwise_is_owed_a_session_still(scene: Scene, said: Answer) -> None:
    scene.booked()
    answer(scene, said)
    assert scene.stages() == ["to-defuse", "booked", "booked"]
    assert ("AppointmentOff", "Erin", "CANCEL") in told()


def test_nobody_answers_for_another(scene: Scene) -> None:
    scene.booked()
    with pytest.raises(NotAllowed):
        actions.answer(by=scene.actor_of(1), at=cast.AT, attendee=scene.attendee(0), answer=Answer.DECLINED)


def test_a_question_about_a_session_that_is_over_is_no_longer_asked(scene: Scene) -> None:
    ask = scene.ask()
    scene.change(scene.session, state="held", starts_at=START, ends_at=BEGUN, defuser=scene.defuser_person)
    with pytest.raises(NotNow):
        actions.say_yes(by=scene.defuser, at=cast.AT, ask=ask)


def test_a_time_that_stands_is_not_called_off_by_the_job(scene: Scene) -> None:
    scene.booked()
    with pytest.raises(NotNow):
        actions.tell_that_time_is_off(by=jobs.JOB, at=cast.AT, defusing=scene.session)


def test_while_another_is_asked_still_a_pass_changes_nothing_else(scene: Scene) -> None:
    other = care_cast.qualified(cast.person(scene.force, "Olly"))
    ask = scene.ask()
    scene.ask(other)
    actions.pass_on(by=scene.defuser, at=cast.AT, ask=ask)
    assert scene.fresh().state == "asked"


def test_dropping_out_before_a_time_is_booked_takes_no_entry_away(scene: Scene) -> None:
    actions.say_yes(by=scene.defuser, at=cast.AT, ask=scene.ask(), that_time=False)
    actions.drop_out(by=scene.defuser, at=cast.AT, defusing=scene.session)
    assert (scene.fresh().state, [row for row in told() if row[0] == "AppointmentOff"]) == ("planned", [])


def test_where_nobody_leads_nobody_is_taken_off(scene: Scene) -> None:
    with pytest.raises(NotNow):
        actions.take_defuser_off(by=scene.coordinator, at=cast.AT, defusing=scene.session)
