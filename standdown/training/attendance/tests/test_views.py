"""The trainer's screens, as they are asked for and sent. Views ask the real clock, so dates are made around it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from standdown.foundation import clock, db, ids
from standdown.foundation.clock import london
from standdown.people.models import Force
from standdown.people.roles.policy import Role
from standdown.training.attendance.models import AttendanceFile, Mark, Register
from standdown.training.attendance.tests import day
from standdown.training.models import Nomination, Session
from tests import cast

pytestmark = pytest.mark.django_db
LENGTH = dt.timedelta(hours=6)


class Day:
    """A date that ended an hour ago, with two people on it, and its trainer's browser."""

    def __init__(self) -> None:
        self.force = cast.force()
        self.course = cast.course()
        ends = clock.now().replace(second=0, microsecond=0) - dt.timedelta(hours=1)
        self.session = self.at(ends - LENGTH)
        self.tara = day.trainer(self.session)
        self.ann = day.confirmed(
            self.session,
            cast.person(self.force, "Ann", family_name="Anderson"),
            1,
            needs=["captions"],
            needs_shared=True,
        )
        self.ben = day.confirmed(
            self.session, cast.person(self.force, "Ben", family_name="Baker"), 2, needs=["quiet-room"]
        )
        self.browser = cast.client_for(self.tara)

    def at(self, starts: dt.datetime, *forces: Force, **facts: Any) -> Session:
        facts = {"ends_at": starts + LENGTH, "nominations_close_at": starts - dt.timedelta(days=7), **facts}
        return cast.session(self.course, *(forces or (self.force,)), starts_at=starts, **facts)

    def get(self, name: str, session: Session | None = None, by: Client | None = None) -> Any:
        return (by or self.browser).get(self.path(name, session))

    def post(self, name: str, facts: dict[str, Any], *more: str) -> Any:
        return self.browser.post(self.path(name, None, *more), facts)

    def path(self, name: str, session: Session | None = None, *more: str) -> str:
        return reverse(f"attendance:{name}", args=[(session or self.session).pk, *more])

    def marks(self) -> list[tuple[str, str, int, str]]:
        found = Mark.objects.filter(superseded_at__isnull=True).order_by("nomination__place_no", "-half")
        return list(found.values_list("half", "there", "minutes_missed", "source"))


@pytest.fixture
def today() -> Day:
    return Day()


def test_a_trainer_sees_their_own_dates_and_needs_only_where_they_are_shared(today: Day) -> None:
    now, later, others = (today.at(clock.now() + dt.timedelta(hours=hours)) for hours in (-1, 24 * 30, 24 * 3))
    tom = day.held_by(later, day.trainer(now, today.force, "Tom"))
    needs: Any = {"needs": ["captions"], "needs_shared": True}
    day.confirmed(now, cast.person(today.force, "Cat", family_name="Cole"), 1, **needs)
    day.confirmed(now, cast.person(today.force, "Dan", family_name="Drew"), 2, needs=["quiet-room"])
    page = cast.client_for(tom).get(reverse("attendance:next")).content.decode()
    assert [words in page for words in ("Cat Cole", "Dan Drew", "Live captions", "A quiet room")] == [
        True, True, True, False,
    ]  # fmt: skip
    shown = [reverse("attendance:roster", args=[one.pk]) in page for one in (now, later, today.session, others)]
    assert shown == [True, True, False, False]


def test_a_date_of_somebody_else_reads_as_not_there(today: Day) -> None:
    other = cast.client_for(cast.holder(Role.TRAINER, today.force, "Tom"))
    for name in ("roster", "mark", "import", "walk-in", "support", "call", "joining-link"):
        assert (today.get(name).status_code, today.get(name, by=other).status_code) == (200, 404)
    nadia = cast.client_for(cast.national_coordinator())
    own = today.at(clock.now(), owner_force=today.force)
    assert [today.get("roster", one, nadia).status_code for one in (today.session, own)] == [200, 404]


def test_without_a_date_the_first_screen_says_so(today: Day) -> None:
    other = cast.client_for(cast.holder(Role.TRAINER, None, "Tom"))
    assert "No date ahead of you" in other.get(reverse("attendance:next")).content.decode()


def test_the_roster_asks_few_questions_however_long_it_is(today: Day, django_assert_max_num_queries: Any) -> None:
    for place in range(3, 9):
        day.confirmed(today.session, cast.person(today.force, f"P{place}"), place)
    with django_assert_max_num_queries(16):
        today.get("roster")


def test_the_register_is_saved_and_closed_without_scripts(today: Day) -> None:
    assert today.post("everybody", {}, "day").status_code == 303
    page = today.get("mark")
    seen = hidden(page, "seen")
    facts = {f"{one.pk}-{half}": "present" for one in (today.ann, today.ben) for half in ("morning", "afternoon")}
    late = {**facts, "seen": seen, f"{today.ben.pk}-morning": "late"}
    assert "Ben Baker: enter how many minutes they missed" in today.post("mark", late).content.decode()
    assert today.post("mark", {**late, f"{today.ben.pk}-morning-minutes": "40"}).status_code == 303
    assert today.marks() == [
        ("morning", "present", 0, "hand"), ("afternoon", "present", 0, "hand"),
        ("morning", "late", 40, "hand"), ("afternoon", "present", 0, "hand"),
    ]  # fmt: skip
    assert Mark.objects.count() == 5
    assert today.post("close", {}).headers["Location"] == today.path("roster")
    assert Register.objects.get().session_id == today.session.pk
    assert "Attended in part" in today.get("roster").content.decode()


def test_closing_saves_what_the_screen_shows(today: Day) -> None:
    facts = {f"{one.pk}-{half}": "present" for one in (today.ann, today.ben) for half in ("morning", "afternoon")}
    shown = {**facts, "seen": hidden(today.get("mark"), "seen"), f"{today.ben.pk}-morning": "absent", "close": "yes"}
    assert today.post("mark", shown).headers["Location"] == today.path("roster")
    assert [there for _half, there, _minutes, _source in today.marks()] == ["present", "present", "absent", "present"]
    assert Register.objects.get().session_id == today.session.pk


def test_closing_with_gaps_saves_and_says_whose(today: Day) -> None:
    shown = {"seen": hidden(today.get("mark"), "seen"), f"{today.ann.pk}-morning": "present", "close": "yes"}
    sent = today.browser.post(today.path("mark"), shown, follow=True).content.decode()
    assert "Nothing is recorded yet for some of the day of: Ann Anderson, Ben Baker." in sent
    assert (len(today.marks()), Register.objects.count()) == (1, 0)


def test_a_closed_register_makes_room_for_the_next_date(today: Day) -> None:
    later = today.at(clock.now() + dt.timedelta(days=3))
    day.held_by(later, today.tara)
    first = reverse("attendance:next")
    if london(today.session.ends_at).date() == london(clock.now()).date():
        assert "Today: " in today.browser.get(first).content.decode()
    today.post("everybody", {}, "day")
    today.post("close", {})
    page = today.browser.get(first).content.decode()
    assert "Your next date: " in page
    assert page.index("Dates that you have run") < page.index(today.path("roster"))


def test_two_who_mark_at_once_do_not_undo_each_other(today: Day) -> None:
    seen = clock.now()
    today.post("everybody", {}, "day")
    stale = {"seen": seen.isoformat(), f"{today.ann.pk}-morning": "absent"}
    assert today.post("mark", stale).status_code == 303
    assert [there for _half, there, _minutes, _source in today.marks()] == ["absent", "present", "present", "present"]


def test_a_register_with_gaps_stays_open_and_says_whose(today: Day) -> None:
    today.post("everybody", {}, "morning")
    sent = today.browser.post(today.path("close"), follow=True)
    assert "Nothing is recorded yet for some of the day of: Ann Anderson, Ben Baker." in sent.content.decode()
    assert today.post("everybody", {}, "evening").status_code == 404


def test_before_the_day_nothing_can_be_marked(today: Day) -> None:
    later = today.at(clock.now() + dt.timedelta(days=3))
    day.held_by(later, today.tara)
    assert "from the start of that day" in today.get("mark", later).content.decode()


def test_a_joining_link_is_https(today: Day) -> None:
    later = today.at(clock.now() + dt.timedelta(days=3))
    day.held_by(later, today.tara)
    path = today.path("joining-link", later)
    for bad in ("http://teams.example/1", "javascript:alert(1)", "https://", "https://a b"):
        assert today.browser.post(path, {"link": bad}).status_code == 200
    assert today.browser.post(path, {"link": "https://teams.example/1"}).status_code == 303
    later.refresh_from_db()
    assert later.joining_link == "https://teams.example/1"
    assert today.browser.post(path, {"link": ""}).status_code == 303


def hidden(page: Any, name: str) -> str:
    """What the page carries along unseen under that name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found is not None
    return found[1]


def report_file(today: Day, minutes_later: int = 0) -> SimpleUploadedFile:
    """The newer layout, in UTF-16 with tabs."""
    start = london(today.session.starts_at + dt.timedelta(minutes=minutes_later))

    def at(minutes: int) -> str:
        return (start + dt.timedelta(minutes=minutes)).strftime("%d/%m/%Y, %H:%M:%S")

    rows = [
        ("Name", "First Join", "Last Leave", "In-Meeting Duration", "Email"),
        ("ANDERSON Ann", at(-5), at(360), "6h 5m", "ann@elsewhere.example"),
        ("iPhone", at(40), at(360), "5h 20m", ""),
    ]
    text = "2. Participants\r\n" + "\r\n".join("\t".join(row) for row in rows)
    return SimpleUploadedFile("report.csv", text.encode("utf-16"))


def test_a_file_is_looked_at_before_anything_is_written(today: Day) -> None:
    page = today.post("import", {"file": report_file(today)})
    chosen = re.findall(r'<option value="([^"]*)" selected', page.content.decode())
    assert chosen == [str(today.ann.pk), ""]
    assert (Mark.objects.count(), AttendanceFile.objects.count()) == (0, 0)
    facts = {"proposal": hidden(page, "proposal"), "row-0": str(today.ann.pk)}
    wrong = today.post("review", {**facts, "row-1": str(ids.new())})
    assert (wrong.status_code, Mark.objects.count()) == (200, 0)
    assert today.post("review", {**facts, "row-1": str(today.ben.pk)}).headers["Location"] == today.path("mark")
    assert today.marks() == [
        ("morning", "present", 0, "file"), ("afternoon", "present", 0, "file"),
        ("morning", "late", 40, "file"), ("afternoon", "present", 0, "file"),
    ]  # fmt: skip
    again = today.browser.post(today.path("import"), {"file": report_file(today)}, follow=True)
    assert "This file was taken in before. Nothing was changed." in again.content.decode()
    assert AttendanceFile.objects.values_list("rows", "matched").get() == (2, 2)


def test_who_is_not_in_the_file_is_absent_only_where_somebody_says_so(today: Day) -> None:
    page = today.post("import", {"file": report_file(today)})
    assert "<li>Ben Baker</li>" in page.content.decode()
    proposal = hidden(page, "proposal")
    today.post("review", {"proposal": proposal, "row-0": str(today.ann.pk), "row-1": "", "absent": "on"})
    assert [there for _half, there, *_rest in today.marks()] == ["present", "present", "absent", "absent"]


def test_a_file_of_another_date_and_a_review_of_another_page_are_refused(today: Day) -> None:
    other = today.post("import", {"file": report_file(today, 3 * 24 * 60)}).content.decode()
    assert "This file is of a meeting on" in other
    assert today.post("review", {"proposal": "made-up"}).headers["Location"] == today.path("import")
    assert Mark.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "state", "words"),
    [
        ("ann anderson", "accepted", "They have a place"),
        ("Ann Anderson", "waiting", "Ann Anderson is on the waiting list"),
        ("Somebody Else", "accepted", "Somebody Else is not put forward for this date"),
    ],
)
def test_somebody_at_the_door_hears_the_reason(today: Day, who: str, state: str, words: str) -> None:
    facts = {"place_no": None, "queue_no": 1} if state == "waiting" else {}
    with db.open_for("the cast"):
        Nomination.objects.filter(pk=today.ann.pk).update(state=state, **facts)
    before = Nomination.objects.count()
    page = today.post("walk-in", {"who": who, "force": str(today.force.pk)}).content.decode()
    assert words in page
    assert ("The date has begun." in page) is (state == "waiting" or who == "Somebody Else")
    assert (Mark.objects.count(), Nomination.objects.count()) == (0, before)


def test_a_date_is_not_for_every_force_and_says_so_before_it_begins(today: Day) -> None:
    other = cast.force("bshire")
    later = today.at(clock.now() + dt.timedelta(hours=3))
    day.held_by(later, today.tara)
    path = today.path("walk-in", later)
    sent = [today.browser.post(path, {"who": "Cat Cole", "force": str(one.pk)}) for one in (other, today.force)]
    assert "This date is not for that force." in sent[0].content.decode()
    assert "Until the start, their wellbeing lead can put them" in sent[1].content.decode()


def test_a_call_is_asked_for_once_they_agreed(today: Day) -> None:
    cora = cast.person_of(cast.holder(Role.ESTIP_COORDINATOR, today.force, "Cora"))
    facts = {"key": str(ids.new()), "delegate": str(today.ann.pk)}
    assert "Ask them first" in today.post("call", facts).content.decode()
    assert cora.messages.count() == 0
    assert today.post("call", {**facts, "agreed": "on"}).headers["Location"] == today.path("support")
    assert cora.messages.values_list("purpose", flat=True).get() == "PleaseCall"


def test_a_lead_sees_the_report_of_their_own_force_and_nobody_sees_two_side_by_side(today: Day) -> None:
    other = cast.force("bshire")
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, today.force, "Leah"))
    path = reverse("attendance:report")
    assert [lead.get(path, {"force": slug}).status_code for slug in ("", today.force.slug, other.slug)] == [
        200,
        200,
        404,
    ]
    assert cast.client_for(cast.national_coordinator()).get(path).status_code == 404


def test_the_roster_goes_along_as_a_file_with_the_needs_that_are_shared_and_no_others(today: Day) -> None:
    answer = today.post("roster-file", {"kind": "csv"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert (answer.status_code, len(lines)) == (200, 3)
    assert ("Ann Anderson" in lines[1], "Live captions" in lines[1], "Quiet" in lines[2]) == (True, True, False)
    stranger = cast.client_for(cast.holder(Role.TRAINER, today.force, "Tess"))
    assert stranger.post(today.path("roster-file"), {"kind": "csv"}).status_code == 404
