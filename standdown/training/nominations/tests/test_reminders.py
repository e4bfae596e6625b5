"""Reminders before a date, and the leads' summary of the morning: each once, and only what still helps."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from standdown.audit.models import Entry
from standdown.foundation import access, db
from standdown.foundation.access import Actor
from standdown.notifications.models import OutboxMessage, Preference, State
from standdown.people.models import Force, Person
from standdown.people.roles.policy import Role
from standdown.training.models import Nomination, NominationEvent, Session, SessionChange
from standdown.training.nominations import actions, actions_reminders, ahead, reminders
from standdown.training.nominations.models import EndReason
from standdown.training.sessions import actions as dates
from tests import cast

from .told import AT, accept, fresh, outbox, put, send_all, told, wall

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 1, 12)  # a Tuesday
START = wall(DAY, 9)
HOURS = {"week": dt.timedelta(days=7), "day": dt.timedelta(days=1), "hour": dt.timedelta(hours=1)}
REMINDERS = ("ReminderWeek", "ReminderDay", "ReminderHour")
MINUTE = dt.timedelta(minutes=1)


class Scene:
    def __init__(self) -> None:
        self.force = cast.force()
        self.lead: Actor = cast.holder(Role.WELLBEING_LEAD, self.force, "Lena")
        self.session = cast.session(cast.course(), self.force, day=DAY)
        self.alice = self.place("Alice")

    def place(self, name: str, *, at: dt.datetime = AT) -> Nomination:
        return accept(put(self.lead, self.session, cast.person(self.force, name), at=at), at=at)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def reminded(at: dt.datetime) -> list[str]:
    """Whom the job reminds at that moment, and of what."""
    before = len(outbox(*REMINDERS))
    reminders.each_minute(at)
    return [f"{purpose.removeprefix('Reminder')} {name}" for purpose, name, _state in told(*REMINDERS)[before:]]


def test_each_of_the_three_comes_once_at_its_time(scene: Scene) -> None:
    put(scene.lead, scene.session, cast.person(scene.force, "Ben"))  # has not answered yet
    found = []
    for which, before in HOURS.items():
        assert reminded(START - before - MINUTE) == []
        found += [which, *reminded(START - before), *reminded(START - before + MINUTE)]
    assert found == ["week", "Week Alice", "day", "Day Alice", "hour", "Hour Alice"]
    assert reminded(START) == []
    week, day, hour = outbox(*REMINDERS)
    assert [one.subject for one in (week, day, hour)] == [
        "Training date on 12 January 2027: a reminder", "Training date on 12 January 2027: a reminder",
        "Training today at 09:00",
    ]  # fmt: skip
    assert [one.not_after for one in (week, day, hour)] == [
        START - dt.timedelta(days=4), START - dt.timedelta(hours=3), START,
    ]  # fmt: skip
    assert "/training/nominations/place/" in hour.text
    assert hour.calendar == ""


def test_a_quiet_minute_leaves_no_trace(scene: Scene) -> None:
    entries = Entry.objects.count()
    reminders.each_minute(AT)
    reminded(START - HOURS["week"])
    reminded(START - HOURS["week"] + MINUTE)
    assert Entry.objects.count() == entries + 1


def test_who_accepts_later_gets_only_those_still_ahead(scene: Scene) -> None:
    close = START - dt.timedelta(days=2)
    with db.open_for("a test"):
        Session.objects.filter(pk=scene.session.pk).update(nominations_close_at=START)
        Nomination.objects.filter(pk=scene.alice.pk).update(accepted_at=close)
    assert reminded(close) == []
    assert reminded(START - HOURS["day"]) == ["Day Alice"]


@pytest.mark.parametrize("how", ["withdrawn", "cancelled", "no address"])
def test_nothing_comes_after_the_end(scene: Scene, how: str) -> None:
    assert reminded(START - HOURS["week"]) == ["Week Alice"]
    at = START - dt.timedelta(days=5)
    if how == "withdrawn":
        actions.withdraw(by=scene.lead, at=at, nomination=scene.alice, reason=EndReason.ROSTER)
    elif how == "cancelled":
        now = fresh(scene.session)
        why = SessionChange.Reason.TRAINER
        dates.cancel_session(by=access.system("test"), at=at, session=now, reason=why, seen=now.changed_at)
    else:
        with db.open_for("a test"):
            Person.objects.filter(pk=scene.alice.person_id).update(work_email="")
    assert reminded(START - HOURS["day"]) == []
    assert [subject for subject in send_all(at) if "reminder" in subject] == (
        ["Training date on 12 January 2027: a reminder"] if how == "no address" else []
    )


def test_a_date_that_moved_reminds_anew_and_not_of_what_the_notice_has_just_said(scene: Scene) -> None:
    assert reminded(START - HOURS["week"]) == ["Week Alice"]

    def move(starts: dt.datetime, at: dt.datetime, platform: str = "Microsoft Teams") -> None:
        now = fresh(scene.session)
        dates.move_session(
            by=access.system("test"), at=at, session=now, starts_at=starts, ends_at=starts + dt.timedelta(hours=7),
            nominations_close_at=starts - dt.timedelta(days=3), delivery="online", platform=platform, place="",
            reason=SessionChange.Reason.VENUE, seen=now.changed_at,
        )  # fmt: skip

    at = START - dt.timedelta(days=6)
    move(START, at, platform="Zoom")
    assert reminded(at + MINUTE) == []  # the change has just told them everything
    assert told("ReminderWeek") == [("ReminderWeek", "Alice", State.DROPPED)]
    later = START + dt.timedelta(days=21)
    move(later, at + MINUTE)
    assert reminded(START - HOURS["day"]) == []
    assert reminded(later - HOURS["week"]) == ["Week Alice"]
    assert reminded(later - HOURS["day"]) == ["Day Alice"]


def test_a_worker_that_was_away_does_not_remind_twice_in_one_minute(scene: Scene) -> None:
    assert reminded(START - dt.timedelta(days=4, minutes=1)) == ["Week Alice"]
    scene_two = START - dt.timedelta(hours=2)
    assert reminded(scene_two) == []  # too late for the day before, too early for the hour
    assert reminded(START - MINUTE) == ["Hour Alice"]


def test_the_hour_comes_in_the_night_and_the_others_wait_for_the_morning(scene: Scene) -> None:
    early = wall(DAY, 6)
    with db.open_for("a test"):
        Session.objects.filter(pk=scene.session.pk).update(starts_at=early, nominations_close_at=early)
    for before in HOURS.values():
        reminded(early - before)
    week, day, hour = (one.due_at for one in outbox(*REMINDERS))
    assert (week, day, hour) == (wall(dt.date(2027, 1, 5), 7), wall(dt.date(2027, 1, 11), 7), wall(DAY, 5))


def test_one_date_that_fails_does_not_keep_the_others_waiting(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    other = cast.session(scene.session.course, scene.force, day=DAY, starts_at=START + MINUTE)
    accept(put(scene.lead, other, cast.person(scene.force, "Ben")))
    remind = actions_reminders.remind

    def fails_for_one(*, by: Actor, at: dt.datetime, session: Session) -> int:
        if session.pk == scene.session.pk:
            raise RuntimeError
        return remind(by=by, at=at, session=session)

    monkeypatch.setattr(actions_reminders, "remind", fails_for_one)
    assert reminded(START - HOURS["day"] + MINUTE) == ["Day Ben"]


@pytest.mark.parametrize(("starts", "known", "at", "due"), [
    (0, -200, -168, {"week"}), (0, -168, -168, {"week"}), (0, -167, -160, set()), (0, -200, -96, set()),
    (0, -200, -24, {"day"}), (0, -200, -3, set()), (0, -200, -1, {"hour"}), (0, -200, 0, set()),
])  # fmt: skip
def test_which_is_due(starts: int, known: int, at: int, due: set[str]) -> None:
    begins, known_since, now = (START + dt.timedelta(hours=hours) for hours in (starts, known, at))
    assert {which for which in ahead.REMINDERS if ahead.is_due(which, begins, known_since, now)} == due


# -- the summary ----------------------------------------------------------------------------------------------------

TUESDAY = dt.date(2026, 11, 24)


def summed_up(day: dt.date, hour: int = 7, minute: int = 31) -> list[tuple[str, str]]:
    """Who gets a summary then, and what it says of the names."""
    before = len(outbox("LeadSummary"))
    reminders.each_minute(wall(day, hour, minute))
    found = outbox("LeadSummary")[before:]
    return [(one.recipient.given_name, one.text) for one in found]


def names(found: list[tuple[str, str]]) -> list[str]:
    return sorted(name for name, _text in found)


def event(one: Nomination, kind: str, at: dt.datetime, by: Person | None = None) -> None:
    with db.open_for("a test"):
        NominationEvent.objects.create(nomination=one, kind=kind, at=at, by=by)


def test_each_lead_gets_one_mail_on_a_working_morning_with_something_to_tell(scene: Scene) -> None:
    cast.grant(cast.person(scene.force, "Dora"), Role.WELLBEING_DEPUTY, scene.force)
    cast.holder(Role.WELLBEING_LEAD, cast.force("bshire"), "Bob")
    assert summed_up(TUESDAY, 7, 30) == []
    found = summed_up(TUESDAY)
    assert names(found) == ["Dora", "Lena"]
    assert {"- Alice Ashdown has accepted the place." in text for _name, text in found} == {True}
    assert {"Tuesday 12 January 2027, Online, Microsoft Teams" in text for _name, text in found} == {True}
    assert summed_up(TUESDAY, 7, 32) == []
    assert summed_up(TUESDAY + dt.timedelta(days=1)) == []  # nothing has happened since
    event(scene.alice, "lapsed", wall(TUESDAY, 12))
    assert summed_up(TUESDAY, 12) == []
    assert names(summed_up(TUESDAY + dt.timedelta(days=2))) == ["Dora", "Lena"]


def test_nothing_comes_at_weekends_and_on_bank_holidays_and_nothing_is_lost_by_them(scene: Scene) -> None:
    for day in (dt.date(2026, 11, 28), dt.date(2026, 11, 29)):
        assert summed_up(day) == []
    assert names(summed_up(dt.date(2026, 11, 30))) == ["Lena"]
    with db.open_for("a test"):
        Force.objects.filter(pk=scene.force.pk).update(jurisdiction="scotland")
        OutboxMessage.objects.filter(purpose="LeadSummary").delete()
    assert summed_up(dt.date(2026, 11, 30)) == []  # Saint Andrew's day
    assert names(summed_up(dt.date(2026, 12, 1))) == []  # a week is the furthest back


def test_what_one_did_oneself_is_no_news_and_who_declined_is_not_named(scene: Scene) -> None:
    lead = cast.person_of(scene.lead)
    send_all()
    ben = put(scene.lead, scene.session, cast.person(scene.force, "Ben", family_name="Bolt"))
    actions.decline_place(by=cast.actor(ben.person), at=AT, nomination=ben)
    event(scene.alice, "withdrawn", AT, by=lead)
    event(scene.alice, "reordered", AT)
    (text,) = [text for _name, text in summed_up(TUESDAY)]
    assert "- A place is free again." in text
    assert ("Bolt" in text, "off the date" in text) == (False, False)


def test_who_wants_none_or_has_no_address_gets_none(scene: Scene) -> None:
    for name, facts in (("Dora", {}), ("Ned", {"work_email": ""})):
        given: dict[str, Any] = facts
        cast.grant(cast.person(scene.force, name, **given), Role.WELLBEING_DEPUTY, scene.force)
    with db.open_for("a test"):
        for person in Person.objects.filter(given_name__in=["Lena", "Dora"]):
            Preference.objects.create(person=person, digest=person.given_name == "Lena", chosen_at=AT)
    assert names(summed_up(TUESDAY)) == ["Lena"]


def test_a_summary_that_never_went_out_is_told_again_the_next_morning(scene: Scene) -> None:
    assert names(summed_up(TUESDAY)) == ["Lena"]
    (one,) = outbox("LeadSummary")
    assert one.not_after == wall(TUESDAY + dt.timedelta(days=1), 7, 30)
    send_at = one.not_after
    from_now_on = outbox("LeadSummary")
    assert from_now_on[0].state == State.DUE
    assert [subject for subject in send_all(send_at) if "what happened" in subject] == []
    assert names(summed_up(TUESDAY + dt.timedelta(days=1))) == ["Lena"]


def test_a_force_whose_lead_is_gone_is_nobodys_fault(scene: Scene) -> None:
    with db.open_for("a test"):
        Person.objects.filter(given_name="Lena").update(work_email="")
    assert summed_up(TUESDAY) == []
    job = access.system("test")
    assert actions_reminders.sum_up(by=job, at=wall(TUESDAY, 3), force=scene.force) == 0


@pytest.mark.parametrize(("day", "hour", "minute", "expected"), [
    (TUESDAY, 7, 30, None), (TUESDAY, 7, 31, TUESDAY), (TUESDAY, 11, 59, TUESDAY), (TUESDAY, 12, 0, None),
    (dt.date(2026, 7, 1), 7, 31, dt.date(2026, 7, 1)), (dt.date(2026, 11, 28), 8, 0, None),
])  # fmt: skip
def test_when_a_summary_is_written(day: dt.date, hour: int, minute: int, expected: dt.date | None) -> None:
    assert ahead.summary_day(wall(day, hour, minute), lambda one: one.weekday() < 5) == expected


def test_from_when_a_summary_tells() -> None:
    day = dt.date(2026, 11, 30)
    number = ahead.day_number(dt.date(2026, 11, 27))
    assert (number, ahead.day_of(number)) == (20261127, dt.date(2026, 11, 27))
    assert ahead.summary_since(number, day) == wall(dt.date(2026, 11, 27), 7, 30)
    assert ahead.summary_since(None, day) == wall(dt.date(2026, 11, 23), 7, 30)
    assert ahead.summary_since(ahead.day_number(dt.date(2026, 11, 1)), day) == wall(dt.date(2026, 11, 23), 7, 30)
