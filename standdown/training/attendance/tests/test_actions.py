"""What trainers do on the day, and what follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from standdown.audit.models import Entry
from standdown.foundation import access, clock, db, ids
from standdown.foundation.access import Actor, NotAllowed
from standdown.foundation.refusal import Refusal
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, Person
from standdown.people.roles.policy import Role
from standdown.training.attendance import actions, hooks, jobs
from standdown.training.attendance.actions import FileRead
from standdown.training.attendance.models import AttendanceFile, Mark, Register
from standdown.training.attendance.register import Wanted
from standdown.training.attendance.tests import day
from standdown.training.attendance.tests.day import EVENING, MORNING, there
from standdown.training.models import Nomination, NominationEvent, Session
from tests import cast

pytestmark = pytest.mark.django_db
LATER = EVENING + dt.timedelta(days=1)


class Scene:
    """A force with its lead, a date of three people that Tara runs, and the next date of that force."""

    def __init__(self) -> None:
        self.force = cast.force()
        self.lead = cast.person_of(cast.holder(Role.WELLBEING_LEAD, self.force, "Leah"))
        self.course = cast.course()
        self.session = cast.session(self.course, self.force, day=day.DAY)
        self.next = cast.session(self.course, self.force, day=day.NEXT, capacity=1)
        self.tara = day.trainer(self.session)
        self.people = [cast.person(self.force, name) for name in ("Ann", "Ben", "Cat")]
        self.ann, self.ben, self.cat = (
            day.confirmed(self.session, person, place) for place, person in enumerate(self.people, start=1)
        )

    def mark(self, *wishes: Wanted, at: dt.datetime = EVENING) -> int:
        return actions.mark(by=self.tara, at=at, session=self.session, marks=wishes)

    def close(self, at: dt.datetime = EVENING) -> Register:
        return actions.close_register(by=self.tara, at=at, session=self.session)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[Any]]]:
    said: list[tuple[str, list[Any]]] = []
    monkeypatch.setattr(hooks, "CLOSED", [lambda _session, rows, _at, _by: said.append(("closed", rows))])
    monkeypatch.setattr(hooks, "TAKEN_BACK", [lambda row, _at, _by: said.append(("taken back", [row]))])
    return said


def states(*rows: Nomination) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def told(person: Person) -> list[str]:
    mine = ("MissedIt", "CatchUp", "LeadDecides", "PleaseCall", "SomebodyWillCall", "MonthOfAttendance", "RegisterOpen")
    found = OutboxMessage.objects.filter(recipient=person, purpose__in=mine).order_by("pk")
    return list(found.values_list("purpose", flat=True))


def following(row: Nomination) -> list[tuple[str, str, str]]:
    found = Nomination.objects.filter(follows=row).order_by("pk")
    return [(one.state, one.acting_as, one.only_half) for one in found]


def refusal(deed: Any) -> str:
    with pytest.raises(Refusal) as refused:
        deed()
    return refused.value.code


# -- marking ----------------------------------------------------------------------------------------------------------


def test_everybody_was_there_and_then_the_exceptions(scene: Scene) -> None:
    everybody: Any = {"by": scene.tara, "session": scene.session}
    assert actions.mark_everybody(**everybody, at=MORNING, halves=["morning"]) == 3
    assert actions.mark_everybody(**everybody, at=MORNING, halves=["morning"]) == 0
    assert scene.mark(Wanted(scene.ann.pk, "morning", "late", 20), Wanted(scene.ben.pk, "morning", "present")) == 1
    rows = Mark.objects.filter(nomination=scene.ann).order_by("at").values_list("there", "superseded_at", "by_id")
    assert list(rows) == [("present", EVENING, scene.tara.person_id), ("late", None, scene.tara.person_id)]
    entry = Entry.objects.order_by("-at", "-sequence").first()
    assert entry is not None
    assert (entry.kind, entry.record_id, entry.detail) == (
        "training.session", str(scene.session.pk), {"people": 1, "correction": False},
    )  # fmt: skip


def test_nobody_is_marked_before_the_day_or_without_a_place_or_without_minutes(scene: Scene) -> None:
    early = clock.start_of_day(day.DAY) - dt.timedelta(seconds=1)
    assert refusal(lambda: scene.mark(*there(scene.ann), at=early)) == "too-early"
    assert refusal(lambda: scene.mark(Wanted(ids.new(), "morning", "present"))) == "not-on-roster"
    assert refusal(lambda: scene.mark(Wanted(scene.ann.pk, "morning", "left"))) == "minutes"
    assert refusal(lambda: scene.mark(Wanted(scene.ann.pk, "morning", "late", 211))) == "minutes"
    assert Mark.objects.count() == 0


def test_only_the_trainers_of_the_date_and_for_a_national_one_the_coordinator_mark(scene: Scene) -> None:
    other = cast.holder(Role.TRAINER, None, "Tom")
    own = cast.holder(Role.TRAINER, scene.force, "Tim")
    for by in (other, own, cast.actor(scene.lead), access.ANYONE):
        with pytest.raises(NotAllowed):
            actions.mark(by=by, at=EVENING, session=scene.session, marks=there(scene.ann))
    nadia = cast.national_coordinator()
    assert actions.mark(by=nadia, at=EVENING, session=scene.session, marks=there(scene.ann)) == 1
    forces_own = cast.session(scene.course, scene.force, day=day.DAY, owner_force=scene.force)
    with pytest.raises(NotAllowed):
        actions.mark_everybody(by=nadia, at=EVENING, session=forces_own, halves=["morning"])
    assert actions.mark_everybody(
        by=day.held_by(forces_own, own), at=EVENING, session=forces_own, halves=["morning"]
    ) == 0  # fmt: skip


# -- the joining link -------------------------------------------------------------------------------------------------


def test_the_joining_link_is_entered_until_the_date_is_over(scene: Scene) -> None:
    link = "https://teams.example/meet/1"
    enter: Any = {"by": scene.tara, "session": scene.session}
    assert actions.set_joining_link(**enter, at=cast.AT, link=link).joining_link == link
    assert actions.set_joining_link(**enter, at=cast.AT, link="").joining_link == ""
    assert refusal(lambda: actions.set_joining_link(**enter, at=EVENING, link=link)) == "over"


# -- closing ----------------------------------------------------------------------------------------------------------


def test_closing_asks_for_every_mark_and_for_the_end_of_the_date(scene: Scene) -> None:
    scene.mark(*there(scene.ann), *there(scene.ben, afternoon=""))
    with pytest.raises(Refusal) as refused:
        scene.close()
    assert str(refused.value.sentence) == (
        "Nothing is recorded yet for some of the day of: Ben Ashdown, Cat Ashdown. Mark them, then close the register."
    )
    assert refusal(lambda: scene.close(at=MORNING)) == "not-over"


def test_closing_says_what_came_of_the_day_and_offers_the_next_date(scene: Scene, heard: list[Any]) -> None:
    scene.mark(*there(scene.ann), *there(scene.ben, afternoon="absent"), *there(scene.cat, "absent", "absent"))
    register = scene.close()
    scene.session.refresh_from_db()
    assert (scene.session.status, register.closed_by_id) == ("held", scene.tara.person_id)
    assert states(scene.ann, scene.ben, scene.cat) == ["attended", "part-attended", "did-not-attend"]
    assert [(what, [row.pk for row in rows]) for what, rows in heard] == [("closed", [scene.ann.pk])]
    events = NominationEvent.objects.filter(kind="attendance").order_by("pk").values_list("reason", "by_id")
    assert sorted(events) == sorted(
        (state, scene.tara.person_id) for state in ("attended", "part-attended", "did-not-attend")
    )
    assert [following(row) for row in (scene.ann, scene.ben, scene.cat)] == [
        [],
        [("offered", "standdown", "afternoon")],
        [("waiting", "standdown", "")],  # the next date has one place
    ]
    assert [told(person) for person in [*scene.people, scene.lead]] == [[], ["CatchUp"], ["MissedIt"], []]
    text = OutboxMessage.objects.get(purpose="CatchUp").text
    assert "You need only come for this part of the next date: Afternoon, 12:30 to 16:00." in text
    assert refusal(scene.close) == "register-closed"
    assert refusal(
        lambda: actions.mark_everybody(by=scene.tara, at=LATER, session=scene.session, halves=["morning"])
    ) == "register-closed"  # fmt: skip


def test_a_date_that_somebody_recorded_as_held_can_be_closed_with_nobody_on_it(scene: Scene) -> None:
    empty = cast.session(scene.course, scene.force, day=day.DAY, status="held")
    made = actions.close_register(by=day.held_by(empty, scene.tara), at=EVENING, session=empty)
    assert (made.session_id, empty.changes.count()) == (empty.pk, 0)
    cancelled = cast.session(scene.course, scene.force, day=day.DAY, status="cancelled")
    day.held_by(cancelled, scene.tara)
    assert refusal(
        lambda: actions.close_register(by=scene.tara, at=EVENING, session=cancelled)
    ) == "not-held"  # fmt: skip


def test_the_half_that_was_missing_completes_the_day(scene: Scene, heard: list[Any]) -> None:
    scene.mark(*there(scene.ann), *there(scene.ben, afternoon="absent"), *there(scene.cat))
    scene.close()
    made = Nomination.objects.get(follows=scene.ben)
    with db.open_for("the cast"):
        Nomination.objects.filter(pk=made.pk).update(state="accepted", answer_by=None)
    tara, end = day.held_by(scene.next, scene.tara), scene.next.ends_at
    assert refusal(
        lambda: actions.mark(by=tara, at=end, session=scene.next, marks=[Wanted(made.pk, "morning", "present")])
    ) == "not-on-roster"  # fmt: skip
    assert actions.mark_everybody(by=tara, at=end, session=scene.next, halves=["morning", "afternoon"]) == 1
    actions.close_register(by=tara, at=end, session=scene.next)
    assert states(scene.ben, made) == ["part-attended", "attended"]
    assert [row.pk for row in heard[-1][1]] == [made.pk]


def test_without_a_next_date_and_after_a_second_miss_the_lead_decides(scene: Scene) -> None:
    with db.open_for("the cast"):
        Session.objects.filter(pk=scene.next.pk).update(nominations_close_at=EVENING)
    before = cast.session(scene.course, scene.force, day=day.DAY - dt.timedelta(days=60), status="held")
    day.confirmed(before, scene.people[2], 1, state="did-not-attend")
    nowhere = cast.person(scene.force, "Dot", work_email="")
    dot = day.confirmed(scene.session, nowhere, 4)
    absent = [mark for row in (scene.ann, scene.cat, dot) for mark in there(row, "absent", "absent")]
    scene.mark(*absent, *there(scene.ben))
    scene.close()
    assert [following(row) for row in (scene.ann, scene.cat, dot)] == [[], [], []]
    assert [told(person) for person in (*scene.people, nowhere)] == [["MissedIt"], [], [], []]
    words = OutboxMessage.objects.filter(recipient=scene.lead).order_by("pk").values_list("subject", "text")
    assert [subject for subject, _text in words] == ["Training date on 12 January 2027: for you to decide"] * 3
    assert sum("for the second time" in text for _subject, text in words) == 1


def test_who_left_the_force_is_offered_nothing(scene: Scene) -> None:
    other = cast.force("bshire")
    with db.open_for("the cast"):
        Person.objects.filter(pk=scene.people[0].pk).update(home_force=other)
    booked = day.confirmed(scene.next, scene.people[1], 1)
    scene.mark(*there(scene.ann, "absent", "absent"), *there(scene.ben, "absent", "absent"), *there(scene.cat))
    scene.close()
    assert [following(row) for row in (scene.ann, scene.ben)] == [[], []]
    assert states(booked) == ["accepted"]
    assert told(scene.lead) == ["LeadDecides"]  # of Ann: Ben has a place on the next date already
    text = OutboxMessage.objects.get(purpose="MissedIt", recipient=scene.people[1]).text
    assert "You already have a place on the next date for your force:" in text


# -- corrections ------------------------------------------------------------------------------------------------------


def closed(scene: Scene) -> None:
    scene.mark(*there(scene.ann), *there(scene.ben, afternoon="absent"), *there(scene.cat, "absent", "absent"))
    scene.close()


def test_a_correction_finds_what_came_of_the_day_anew(scene: Scene, heard: list[Any]) -> None:
    closed(scene)
    assert scene.mark(*there(scene.cat), at=LATER) == 1
    assert states(scene.cat) == ["attended"]
    assert [(what, [row.pk for row in rows]) for what, rows in heard] == [
        ("closed", [scene.ann.pk]),
        ("closed", [scene.cat.pk]),
    ]
    gone = Nomination.objects.get(follows=scene.cat)
    assert (gone.state, gone.end_reason) == ("withdrawn", "not-needed")
    scene.mark(*there(scene.cat, "absent", "absent"), at=LATER + dt.timedelta(hours=1))
    assert heard[-1] == ("taken back", [scene.cat])
    assert following(scene.cat) == [("withdrawn", "standdown", ""), ("waiting", "standdown", "")]
    assert told(scene.people[2]).count("MissedIt") == 2


def test_a_correction_that_changes_what_is_missing_changes_what_is_made_up_for(scene: Scene) -> None:
    closed(scene)
    scene.mark(*there(scene.ben, "absent", "present"), at=LATER)
    assert following(scene.ben) == [("offered", "standdown", "morning")]
    scene.mark(*there(scene.ben, "absent", "absent"), at=LATER + dt.timedelta(hours=1))
    assert (states(scene.ben), following(scene.ben)) == (["did-not-attend"], [("offered", "standdown", "")])


def test_a_correction_that_changes_nothing_offers_nothing_again(scene: Scene) -> None:
    closed(scene)
    with db.open_for("the cast"):
        Nomination.objects.filter(follows=scene.ben).update(
            state="declined", place_no=None, answer_by=None, clash_day=None
        )
    scene.mark(Wanted(scene.ben.pk, "afternoon", "left", 200), at=LATER)
    assert following(scene.ben) == [("declined", "standdown", "afternoon")]


def test_after_two_weeks_the_register_stays(scene: Scene) -> None:
    closed(scene)
    assert refusal(lambda: scene.mark(*there(scene.cat), at=EVENING + dt.timedelta(days=14))) == "too-late"
    assert refusal(lambda: scene.mark(Wanted(ids.new(), "morning", "present"), at=LATER)) == "not-on-roster"


# -- a file -----------------------------------------------------------------------------------------------------------


def test_a_file_fills_what_is_not_marked_by_hand_and_counts_once(scene: Scene) -> None:
    scene.mark(Wanted(scene.ann.pk, "morning", "present"))
    file = FileRead("a" * 64, 3, 2)
    take: Any = {"by": scene.tara, "session": scene.session}
    marks = [*there(scene.ann, "absent", "absent"), *there(scene.ben)]
    first = actions.take_in_file(**take, at=EVENING, file=file, marks=marks)
    assert (first.rows, first.matched) == (3, 2)
    now = Mark.objects.filter(superseded_at__isnull=True).order_by("nomination__place_no", "-half")
    assert list(now.values_list("there", "source")) == [
        ("present", "hand"), ("absent", "file"), ("present", "file"), ("present", "file"),
    ]  # fmt: skip
    again = actions.take_in_file(**take, at=LATER, file=file, marks=there(scene.cat))
    assert (again.pk, Mark.objects.count(), AttendanceFile.objects.count()) == (first.pk, 4, 1)
    actions.take_in_file(**take, at=LATER, file=FileRead("b" * 64, 1, 1), marks=there(scene.cat))
    scene.close(at=LATER)
    late = FileRead("c" * 64, 1, 1)
    assert refusal(lambda: actions.take_in_file(**take, at=LATER, file=late, marks=[])) == "register-closed"


# -- a call -----------------------------------------------------------------------------------------------------------


def ask(scene: Scene, row: Nomination, key: Any = None) -> str:
    return actions.ask_for_call(
        by=scene.tara, at=MORNING, session=scene.session, nomination=row, key=key or ids.new()
    )  # fmt: skip


def test_a_call_is_asked_for_without_a_word_about_why(scene: Scene) -> None:
    cora = cast.person_of(cast.holder(Role.ESTIP_COORDINATOR, scene.force, "Cora"))
    key = scene.ann.pk  # whatever a browser sends as the page's key, the message is about no record of ours
    assert (ask(scene, scene.ann, key), ask(scene, scene.ann, key)) == ("Cora Ashdown", "Cora Ashdown")
    assert (told(cora), told(scene.people[0])) == (["PleaseCall"], ["SomebodyWillCall"])
    assert not OutboxMessage.objects.filter(about=str(scene.ann.pk)).exists()
    assert list(OutboxMessage.objects.order_by("subject").values_list("subject", flat=True)) == [
        "A request about a training day", "About your training day",
    ]  # fmt: skip
    entry = Entry.objects.order_by("-sequence").first()
    assert entry is not None
    assert (entry.kind, entry.record_id, entry.detail) == ("training.session", str(scene.session.pk), {})


def test_a_call_falls_to_the_next_role_and_says_when_there_is_nobody(scene: Scene) -> None:
    with db.open_for("the cast"):
        Person.objects.filter(pk=scene.people[1].pk).update(work_email="")
    assert ask(scene, Nomination.objects.get(pk=scene.ben.pk)) == "Leah Ashdown"
    other = cast.force("bshire")
    dan = day.confirmed(scene.session, cast.person(other, "Dan"), 4)
    assert refusal(lambda: ask(scene, dan)) == "nobody-to-call"
    elsewhere = day.confirmed(scene.next, scene.people[0], 1)
    assert refusal(lambda: ask(scene, elsewhere)) == "not-on-roster"


def test_nobody_is_asked_to_call_themselves(scene: Scene) -> None:
    own = day.confirmed(scene.session, scene.lead, 5)
    assert refusal(lambda: ask(scene, own)) == "nobody-to-call"


# -- jobs -------------------------------------------------------------------------------------------------------------


def monday(month: int, number: int) -> dt.datetime:
    return dt.datetime(2027, month, number, 7, tzinfo=dt.UTC)


def test_each_lead_gets_last_months_report_once_from_the_first_working_day_on(scene: Scene) -> None:
    cast.force("bshire")
    closed(scene)
    with db.open_for("the cast"):
        OutboxMessage.objects.all().delete()
    assert [jobs.report_last_month(monday(1, 31)), jobs.report_last_month(monday(2, 1))] == [0, 1]
    assert jobs.report_last_month(monday(2, 2)) == 0
    (message,) = OutboxMessage.objects.all()
    assert (message.recipient_id, message.version, message.subject) == (
        scene.lead.pk, 202701, "Training places in January 2027",
    )  # fmt: skip
    assert "- Did not attend: fewer than 10\n- Attended in part: fewer than 10\n" in message.text
    assert not any(person.given_name in message.text for person in scene.people)
    assert jobs.report_last_month(monday(2, 15).replace(year=2028)) == 0  # a year later there is nothing to tell


def test_where_no_lead_has_an_address_the_deputy_is_told(scene: Scene) -> None:
    with db.open_for("the cast"):
        Person.objects.filter(pk=scene.lead.pk).update(work_email="")
    at = monday(2, 1)
    job = access.system("a test")
    report: Any = {"by": job, "at": at, "force": scene.force, "month": dt.date(2027, 1, 1)}
    assert actions.report_month(**report) == 0
    deputy = cast.holder(Role.WELLBEING_DEPUTY, scene.force, "Dee")
    assert actions.report_month(**report) == 1
    assert told(cast.person_of(deputy)) == ["MonthOfAttendance"]


def test_an_open_register_is_brought_to_its_trainers_minds_once(scene: Scene) -> None:
    early, due = EVENING + dt.timedelta(hours=12), EVENING + dt.timedelta(days=2)
    assert [jobs.recall_open_registers(at) for at in (early, due, due)] == [0, 1, 0]
    assert told(cast.person_of(scene.tara)) == ["RegisterOpen"]
    assert isinstance(scene.force, Force)
    assert isinstance(scene.tara, Actor)
