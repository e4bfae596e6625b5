"""A date moves or is cancelled: everybody on it is told once, and every calendar follows."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from standdown.foundation import clock, db
from standdown.foundation.access import Actor
from standdown.notifications.models import State
from standdown.people.models import LineManagement, Person
from standdown.people.roles.policy import Role
from standdown.training.models import Nomination, Session, SessionChange
from standdown.training.nominations import actions, examples, links, listeners, notices
from standdown.training.nominations.models import EndReason
from standdown.training.sessions import actions as dates
from standdown.training.sessions import hooks, lines, preview, recipients
from tests import cast

from .told import AT, accept, fresh, outbox, put, send_all, told, wall

pytestmark = pytest.mark.django_db
WHY = SessionChange.Reason.TRAINER
NEW_DAY = dt.date(2027, 1, 19)
NOTICES = ("DelegateDateMoved", "DelegateDateCancelled")


class Scene:
    """A date of two places: Ann has one, Ben is offered one, Cat waits, Dan waits for his release, Eve is off it."""

    def __init__(self) -> None:
        self.force, self.course = cast.force(), cast.course()
        self.lead = cast.holder(Role.WELLBEING_LEAD, self.force, "Lena")
        self.by: Actor = cast.national_coordinator()
        self.session = cast.session(self.course, self.force, capacity=2)
        eve = put(self.lead, self.session, self.person("Eve"))
        send_all()
        actions.withdraw(by=self.lead, at=AT, nomination=eve, reason=EndReason.ROSTER)
        self.ann, self.ben, self.cat = (
            put(self.lead, self.session, self.person(name)) for name in ("Ann", "Ben", "Cat")
        )
        dan = self.person("Dan")
        with db.open_for("a test"):
            LineManagement.objects.create(person=dan, manager=self.person("Max"), since=dt.date(2020, 1, 1))
        self.dan = put(self.lead, self.session, dan, released=False)
        send_all()
        accept(self.ann)

    def person(self, name: str) -> Person:
        return cast.person(self.force, name, family_name=name)

    def move(self, *, at: dt.datetime = AT, starts: dt.datetime | None = None, delivery: str = "online") -> Session:
        begins = starts or wall(NEW_DAY, 9)
        now = fresh(self.session)
        return dates.move_session(
            by=self.by, at=at, session=now, starts_at=begins, ends_at=begins + dt.timedelta(hours=7),
            nominations_close_at=begins - dt.timedelta(days=7), delivery=delivery, platform="Microsoft Teams",
            place="" if delivery == "online" else "Hall", reason=WHY, seen=now.changed_at,
        )  # fmt: skip

    def cancel(self, at: dt.datetime = AT) -> Session:
        now = fresh(self.session)
        return dates.cancel_session(by=self.by, at=at, session=now, reason=WHY, seen=now.changed_at)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_a_move_is_told_to_each_once_with_old_and_new_time(scene: Scene) -> None:
    send_all()
    scene.move()
    assert told(*NOTICES) == [("DelegateDateMoved", name, State.DUE) for name in ("Ann", "Ben", "Cat")]
    ann, ben, cat = outbox(*NOTICES)
    assert ann.subject == "Training date changed: now on 19 January 2027"
    assert "It was to be on Tuesday 12 January 2027, 09:00 to 16:00, Online, Microsoft Teams." in ann.text
    assert "When: Tuesday 19 January 2027, 09:00 to 16:00" in ann.text
    assert "Your place stays yours." in ann.text
    assert (ann.calendar_method, "SEQUENCE:1\r\n" in ann.calendar) == ("REQUEST", True)
    assert "DTSTART;TZID=Europe/London:20270119T090000" in ann.calendar
    assert f"UID:{scene.ann.pk}@localhost" in ann.calendar
    assert ("The place stays kept for you." in ben.text, ben.calendar) == (True, "")
    assert ("You stay on the waiting list" in cat.text, cat.calendar) == (True, "")


def test_a_second_move_is_told_again_and_only_what_a_calendar_must_know_raises_its_number(scene: Scene) -> None:
    now = scene.move()
    dates.allot_places(by=scene.by, at=AT, session=now, capacity=3, allotments={}, seen=now.changed_at)
    scene.move(delivery="blended")
    anns = [one for one in outbox("PlaceConfirmed", "DelegateDateMoved") if one.recipient_id == scene.ann.person_id]
    assert [one.calendar.partition("SEQUENCE:")[2][:1] for one in anns] == ["0", "1", "2"]


def test_the_first_invitation_and_the_changes_arrive_in_their_order(scene: Scene) -> None:
    scene.move()
    scene.cancel()
    sent = [one.purpose for one in outbox() if one.recipient_id == scene.ann.person_id and one.state == State.DUE]
    assert sent == ["DelegateDateCancelled"]  # nothing of it had gone out: what is void is not sent first
    assert "calendar" not in outbox("DelegateDateCancelled")[0].text


def test_a_cancelled_date_is_told_with_the_next_ones_and_taken_out_of_calendars(scene: Scene) -> None:
    send_all()
    for day in (3, 10, 17, 24):
        cast.session(scene.course, scene.force, day=dt.date(2027, 2, day))
    cast.session(scene.course, cast.force("bshire"), day=dt.date(2027, 2, 1))
    cast.session(scene.course, scene.force, day=dt.date(2027, 2, 2), status="draft")
    scene.cancel()
    assert told(*NOTICES) == [("DelegateDateCancelled", name, State.DUE) for name in ("Ann", "Ben", "Cat")]
    ann, ben, _cat = outbox(*NOTICES)
    assert (ann.calendar_method, ben.calendar_method) == ("CANCEL", "")
    assert ("STATUS:CANCELLED" in ann.calendar, "SEQUENCE:1\r\n" in ann.calendar) == (True, True)
    assert [f"Wednesday {day} February 2027" in ann.text for day in (3, 10, 17, 24)] == [True, True, True, False]
    assert "Monday 1 February" not in ann.text
    assert "Why: No trainer is available." in ben.text
    assert "Lena Ashdown looks after training" in ben.text


@pytest.mark.parametrize("mine_first", [True, False])
def test_it_makes_no_difference_whether_the_names_end_before_or_after(scene: Scene, mine_first: bool) -> None:
    send_all()
    ours, theirs = notices.tell_cancelled, listeners.date_cancelled
    order = [ours, theirs] if mine_first else [theirs, ours]
    before = list(hooks.CANCELLED)
    hooks.CANCELLED[:] = order
    try:
        scene.cancel()
    finally:
        hooks.CANCELLED[:] = before
    assert told(*NOTICES) == [("DelegateDateCancelled", name, State.DUE) for name in ("Ann", "Ben", "Cat")]


def test_by_night_it_waits_for_the_morning_unless_that_is_too_late(scene: Scene) -> None:
    send_all()
    night = wall(dt.date(2026, 11, 23), 22)
    scene.move(at=night)
    assert {one.due_at for one in outbox("DelegateDateMoved")} == {wall(dt.date(2026, 11, 24), 7)}
    eve = wall(NEW_DAY - dt.timedelta(days=1), 23)
    early = wall(NEW_DAY, 6)
    with db.open_for("a test"):
        Session.objects.filter(pk=scene.session.pk).update(starts_at=early, ends_at=early + dt.timedelta(hours=7))
    scene.cancel(at=eve)
    assert {one.due_at for one in outbox("DelegateDateCancelled")} == {eve}


def test_who_has_no_address_is_named_on_the_page_and_holds_nobody_up(scene: Scene) -> None:
    with db.open_for("a test"):
        Person.objects.filter(pk=scene.ben.person_id).update(work_email="")
    shown = recipients.with_delegates(scene.session, clock.london_day(AT))
    assert [one.given_name for one in shown.delegates] == ["Ann", "Cat"]
    assert [one.given_name for one in shown.unreachable] == ["Ben"]
    scene.move()
    assert [name for _purpose, name, _state in told("DelegateDateMoved")] == ["Ann", "Cat"]


@pytest.mark.parametrize("number", [1, 3])
def test_telling_many_costs_as_much_as_telling_one(number: int) -> None:
    force, course = cast.force(), cast.course()
    lead, session = cast.holder(Role.WELLBEING_LEAD, force, "Lena"), cast.session(course, force)
    for one in range(number):
        accept(put(lead, session, cast.person(force, f"Person{one}")))
    now, by = fresh(session), cast.national_coordinator()
    with db.open_for("a test"), CaptureQueriesContext(connection) as sent:
        notices.tell_moved(now, lines.of_session(now), WHY, AT, by)
    assert len(sent) == 4
    with db.open_for("a test"), CaptureQueriesContext(connection) as sent:
        notices.tell_cancelled(now, WHY, AT, by)
    assert len(sent) == 7


def test_the_messages_are_read_before_anything_is_done(scene: Scene) -> None:
    begins = wall(NEW_DAY, 10)
    facts = {
        "starts_at": begins, "ends_at": begins + dt.timedelta(hours=7), "reason": WHY, "delivery": "online",
        "nominations_close_at": begins - dt.timedelta(days=7), "platform": "Zoom", "place": "",
    }  # fmt: skip
    before = len(outbox())
    now = fresh(scene.session)
    looked = preview.of_move(now, facts, AT)
    assert looked.delegates is not None
    assert looked.leads is not None
    assert "When: Tuesday 19 January 2027, 10:00 to 17:00" in looked.delegates.text
    assert "How: Online, Zoom" in looked.leads.text
    assert "Dear Ann," in looked.delegates.text
    assert f"{examples.NOBODYS}/" in looked.delegates.text  # no link that would let the reader act as Ann
    assert links.place_token(scene.ann) not in looked.delegates.text + looked.delegates.html
    looked = preview.of_cancelling(now, {"reason": WHY}, AT)
    assert looked.delegates is not None
    assert looked.leads is not None
    assert "will not take place" in looked.delegates.text
    assert "No other date is published for your force yet." in looked.leads.text
    assert len(outbox()) == before
    assert fresh(scene.session).starts_at == now.starts_at
    empty = fresh(cast.session(scene.course, cast.force("bshire")))
    looked = preview.of_cancelling(empty, {"reason": WHY}, AT)
    assert (looked.delegates, looked.leads) == (None, None)
    looked = preview.of_move(empty, facts, AT)
    assert (looked.delegates, looked.leads) == (None, None)


def test_the_page_shows_them(scene: Scene) -> None:
    coming = clock.london_day(clock.now()) + dt.timedelta(days=60)
    with db.open_for("a test"):
        begins = wall(coming, 9)
        Session.objects.filter(pk=scene.session.pk).update(
            starts_at=begins, ends_at=begins + dt.timedelta(hours=7), nominations_close_at=begins
        )
    client, address = cast.client_for(scene.by), f"/training/sessions/{scene.session.pk}/cancel/"
    page = client.get(address).content.decode()
    assert "3 people are told, and the entries in their calendars follow: Ann Ann, Ben Ben, Cat Cat." in page
    assert "What would be sent" not in page
    seen = fresh(scene.session).changed_at.isoformat()
    page = client.post(address, {"reason": "trainer", "seen": seen, "look": "1"}).content.decode()
    assert ("What would be sent" in page, "Dear Ann," in page, "Dear Lena," in page) == (True, True, True)
    assert fresh(scene.session).status == "published"
    assert Nomination.objects.filter(state="accepted").exists()
    page = client.post(address, {"seen": seen, "look": "1"}).content.decode()
    assert "What would be sent" not in page
    client.post(address, {"reason": "trainer", "seen": seen})
    assert fresh(scene.session).status == "cancelled"
