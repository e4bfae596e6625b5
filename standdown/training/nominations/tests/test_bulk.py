"""A file of names: checked, put forward whole or not at all, and the same file twice is once."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from standdown.audit.models import Entry
from standdown.foundation import clock, db
from standdown.foundation.access import Actor, NotAllowed
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, LineManagement, Person, Posting, Qualification
from standdown.people.roles.policy import Role
from standdown.training.models import Interest, Nomination, NominationEvent, Session, SessionTrainer
from standdown.training.nominations import actions, bulk_rows, invariants
from standdown.training.nominations.bulk import NamesReport
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT
DAY = dt.date(2027, 1, 12)
HEADINGS = "number,date,released,stated,needs,cost agreed"


class Scene:
    """A force with its lead, a date of two places, and four people whom nobody knows as line managers."""

    def __init__(self, slug: str = "ashire", **facts: Any) -> None:
        self.force = cast.force(slug, **facts)
        self.lead = cast.holder(Role.WELLBEING_LEAD, self.force, "Lee")
        self.course = cast.course()
        self.date = cast.session(self.course, self.force, capacity=2)
        self.people = [self.person(name) for name in ("Ann", "Ben", "Cat", "Dan")]

    def person(self, name: str, **facts: Any) -> Person:
        return cast.person(self.force, name, **facts)

    def rows(self, *people: Person, date: str = "", rest: str = "yes,yes") -> list[str]:
        return [f"{number(one)},{date or self.date.reference},{rest}" for one in people]

    def bring_in(self, rows: Sequence[str], *, dry_run: bool = False, **facts: Any) -> NamesReport:
        """As the lead, a file of these rows."""
        return bring_in(rows, **{"by": self.lead, "force": self.force, "dry_run": dry_run, **facts})


def number(of: Person) -> str:
    return Posting.objects.get(person=of).number


def bring_in(
    rows: Sequence[str], *, by: Actor, force: Force, dry_run: bool, headings: str = HEADINGS, coding: str = "utf-8",
    at: dt.datetime = AT,
) -> NamesReport:  # fmt: skip
    source = io.BytesIO("\n".join([headings, *rows]).encode(coding))
    return actions.put_forward_many(by=by, at=at, force=force, source=source, dry_run=dry_run)


def counts(report: NamesReport) -> tuple[int, int, int, int]:
    assert report.problems == []
    return report.offered, report.waiting, report.asked, report.unchanged


def places(session: Session) -> list[tuple[str, str, int | None, int | None]]:
    rows = Nomination.objects.filter(session=session).order_by("pk")
    return [(one.person.given_name, one.state, one.place_no, one.queue_no) for one in rows.select_related("person")]


@pytest.fixture
def scene() -> Scene:
    return Scene()


# -- what it does -----------------------------------------------------------------------------------------------------


def test_a_file_is_put_forward_in_its_order_and_everybody_is_told(scene: Scene) -> None:
    assert counts(scene.bring_in(scene.rows(*reversed(scene.people)))) == (2, 2, 0, 0)
    assert places(scene.date) == [
        ("Dan", "offered", 1, None),
        ("Cat", "offered", 2, None),
        ("Ben", "waiting", None, 1),
        ("Ann", "waiting", None, 2),
    ]
    told = OutboxMessage.objects.order_by("pk").values_list("purpose", "recipient__given_name")
    assert [*told] == [
        ("PlaceOffered", "Dan"), ("PlaceOffered", "Cat"), ("PutOnWaitingList", "Ben"), ("PutOnWaitingList", "Ann"),
    ]  # fmt: skip
    one = Nomination.objects.get(person=scene.people[0])
    assert (one.put_forward_by_id, one.acting_as, one.eligibility, one.release, one.terms, one.clash_day) == (
        scene.lead.person_id, "lead", "stated", "by-lead", "free", DAY,
    )  # fmt: skip
    assert [*NominationEvent.objects.values_list("kind", flat=True)] == ["put-forward"] * 4
    (entry,) = Entry.objects.filter(can="put-forward")
    assert (entry.chain_id, entry.detail) == (
        scene.force.pk, {"rows": 4, "added": 4, "problems": 0, "dry_run": False},
    )  # fmt: skip
    assert invariants.all_wrong(AT) == []


def test_the_same_file_twice_changes_nothing(scene: Scene) -> None:
    rows = scene.rows(*scene.people)
    scene.bring_in(rows)
    before, told = places(scene.date), OutboxMessage.objects.count()
    later = scene.date.starts_at + dt.timedelta(days=1)  # even when no name would be taken any more
    for at in (AT, AT + dt.timedelta(days=3), later):
        assert counts(scene.bring_in(rows, at=at)) == (0, 0, 0, 4)
    assert (places(scene.date), OutboxMessage.objects.count()) == (before, told)


def test_a_dry_run_says_what_would_happen_and_leaves_only_its_own_record(scene: Scene) -> None:
    assert counts(scene.bring_in(scene.rows(*scene.people[:3]), dry_run=True)) == (2, 1, 0, 0)
    assert not Nomination.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert Entry.objects.filter(can="put-forward").count() == 1


def test_who_came_off_the_date_is_not_put_back_by_the_file(scene: Scene) -> None:
    rows = scene.rows(*scene.people[:2])
    scene.bring_in(rows)
    one = Nomination.objects.get(person=scene.people[0])
    actions.decline_place(by=cast.actor(scene.people[0]), at=AT, nomination=one)
    report = scene.bring_in(rows)
    assert (counts(report), report.ended_before) == ((0, 0, 0, 2), 1)
    (note,) = report.notes
    assert note.startswith("1 were on the date before and came off it.")
    assert report.as_dict()["ended_before"] == 1


def test_headings_and_words_are_forgiven(scene: Scene) -> None:
    ann, ben, cat, dan = scene.people
    rows = [
        f"{number(ann)};12/01/2027; Y ;x;Captions | quiet room",
        f" {number(ben)} ;{scene.date.reference.lower()};TRUE;Ydy;",
        f"{number(cat)};2027-01-12;1;Yes;BREAKS",
        f"{number(dan)};{scene.date.reference.replace('-', ' ')};yes;yes;",
    ]
    headings = "\ufeffCOLLAR  Number;Training Date;Released by line-manager;Confirmed;Access needs"
    assert counts(scene.bring_in(rows, headings=headings)) == (2, 2, 0, 0)
    assert [*Nomination.objects.order_by("pk").values_list("needs", flat=True)] == [
        ["captions", "quiet-room"], [], ["breaks"], [],
    ]  # fmt: skip


def test_windows_1252_is_read_and_capitals_of_numbers_do_not_matter(scene: Scene) -> None:
    with db.open_for("the cast"):
        Posting.objects.filter(person=scene.people[0]).update(number="pc£12")
    assert counts(scene.bring_in(["PC£12," + scene.date.reference + ",yes,yes"], coding="cp1252")) == (1, 0, 0, 0)


def test_an_unreleased_name_waits_for_its_line_manager_and_answers_interest(scene: Scene) -> None:
    ann, ben = scene.people[:2]
    with db.open_for("the cast"):
        LineManagement.objects.create(person=ann, manager=ben, since=dt.date(2020, 1, 1))
        Interest.objects.create(person=ann, force=scene.force, course=scene.course, shift="days", told_at=AT)
    assert counts(scene.bring_in([*scene.rows(ann, rest="no,yes"), *scene.rows(ben, rest="yes,")])) == (1, 0, 1, 0)
    assert places(scene.date) == [("Ann", "nominated", None, None), ("Ben", "offered", 1, None)]
    assert Nomination.objects.get(person=ben).eligibility == "line-manager"
    assert Interest.objects.get().state == "put-forward"
    assert OutboxMessage.objects.get(purpose="ReleaseAsked").recipient == ben


def test_a_deputy_acts_for_the_lead(scene: Scene) -> None:
    deputy = cast.holder(Role.WELLBEING_DEPUTY, scene.force, "Dee")
    scene.bring_in(scene.rows(scene.people[0]), by=deputy)
    one = Nomination.objects.get()
    assert (one.acting_as, one.acting_for_id) == ("deputy", scene.lead.person_id)


def test_places_that_came_free_by_the_hour_go_to_those_who_wait_first(scene: Scene) -> None:
    scene.bring_in(scene.rows(*scene.people[:3]))
    with db.open_for("a sabotage"):
        Session.objects.update(capacity=3)
    assert counts(scene.bring_in(scene.rows(scene.people[3]))) == (0, 1, 0, 0)
    assert places(scene.date)[2:] == [("Cat", "offered", 3, 1), ("Dan", "waiting", None, 2)]


# -- what is wrong --------------------------------------------------------------------------------------------------


def wrong_rows(scene: Scene) -> tuple[list[str], Session]:
    """Every way to be wrong, a row each, and a second date on the day of the scene's."""
    ann, ben, cat, dan = scene.people
    second = cast.session(scene.course, scene.force, day=DAY)
    closed = cast.session(scene.course, scene.force, day=dt.date(2026, 11, 26))
    cancelled = cast.session(scene.course, scene.force, day=dt.date(2027, 2, 2), status="cancelled")
    draft = cast.session(scene.course, scene.force, day=dt.date(2027, 2, 3), status="draft")
    others = cast.session(scene.course, cast.force("bshire"), day=dt.date(2027, 3, 3))
    nobody = scene.person("Eve", work_email="")
    volunteer = scene.person("Fay", kind="volunteer")
    with db.open_for("the cast"):
        SessionTrainer.objects.create(session=scene.date, person=dan)
        Qualification.objects.create(
            person=cat, force=scene.force, skill="defuse", valid_from=dt.date(2026, 1, 1),
            valid_until=dt.date(2028, 1, 1), latest_until=dt.date(2029, 1, 1), source="imported", granted_at=AT,
        )  # fmt: skip
    here = scene.date.reference
    return [
        f"{number(ann)},{here},perhaps,yes",  # 2
        ",soon,,,wings,maybe",  # 3
        f"77777,{here},yes,yes",  # 4
        f"{number(ann)},12/01/2027,yes,yes",  # 5
        f"{number(ann)},02/03/2027,yes,yes",  # 6
        f"{number(ann)},{others.reference},yes,yes",  # 7
        f"{number(ann)},{draft.reference},yes,yes",  # 8
        f"{number(ann)},{closed.reference},yes,yes",  # 9
        f"{number(ann)},{cancelled.reference},yes,yes",  # 10
        f"{number(ben)},{here},yes,",  # 11
        f"{number(ben)},{here},yes,yes",  # 12
        f"{number(ben)},{second.reference},yes,yes",  # 13
        f"{number(cat)},{here},yes,yes",  # 14
        f"{number(dan)},{here},yes,yes",  # 15
        f"{number(nobody)},{here},yes,yes",  # 16
        f"{number(volunteer)},{here},yes,yes",  # 17
        f"{number(ann)},{here},no,yes",  # 18
        f"{'1' * 21},{here},yes,yes",  # 19
        "77777,02/03/2027,perhaps,yes",  # 20: nobody, nowhere, and neither yes nor no
    ], second


def test_every_problem_is_told_at_once_with_its_row_and_nothing_is_written(scene: Scene) -> None:
    rows, second = wrong_rows(scene)
    report = scene.bring_in(rows)
    assert [(one.row, one.column) for one in report.problems] == [
        (2, "released"), (3, "number"), (3, "date"), (3, "released"), (3, "cost agreed"), (3, "needs"), (4, "number"),
        (5, "date"), (6, "date"), (7, "date"), (8, "date"), (9, "date"), (10, "date"), (11, "stated"), (12, "number"),
        (13, "date"), (14, "number"), (15, "number"), (16, "number"), (17, "number"), (18, "released"), (19, "number"),
        (20, "released"), (20, "date"), (20, "number"),
    ]  # fmt: skip
    words = {one.row: one.sentence for one in report.problems}
    assert words[5] == (
        f"Your force has several dates on this day: {scene.date.reference}, {second.reference}. "
        "Write the reference of one."
    )
    assert words[11].endswith("In a file, write yes in the column “stated”.")
    assert words[12] == "Row 11 is the same. Take one of the two away."
    assert words[13] == "Row 11 puts the same person forward for another date on that day. Take one away."
    assert words[6] == words[7] == words[8]  # another force's date reads as one that is not there
    assert not Nomination.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_a_name_on_another_date_of_that_day_is_refused(scene: Scene) -> None:
    scene.bring_in(scene.rows(scene.people[0]))
    second = cast.session(scene.course, scene.force, day=DAY)
    (problem,) = scene.bring_in(scene.rows(scene.people[0], date=second.reference)).problems
    assert (problem.row, problem.column) == (2, "date")
    assert problem.sentence.endswith("is put forward for another date on that day. Withdraw one of the two first.")


def test_terms_by_agreement_are_confirmed_in_the_file() -> None:
    scene = Scene("island", home_office=False)
    (problem,) = scene.bring_in(scene.rows(scene.people[0])).problems
    assert (problem.column, problem.sentence.endswith("in the column “cost agreed”.")) == ("cost agreed", True)
    assert counts(scene.bring_in(scene.rows(scene.people[0], rest="yes,yes,,yes"))) == (1, 0, 0, 0)
    assert Nomination.objects.get().terms == "by-agreement"


def test_a_force_that_has_not_adopted_is_told_so_once() -> None:
    scene = Scene(adopted=False)
    (problem,) = scene.bring_in(scene.rows(*scene.people)).problems
    assert (problem.row, problem.sentence.partition(",")[0]) == (0, "Your force has not adopted the training")


def test_a_lead_names_only_the_people_of_the_own_force(scene: Scene) -> None:
    other = cast.force("bshire")
    stranger = cast.person(other, "Zoe")
    (problem,) = scene.bring_in(scene.rows(stranger)).problems
    assert problem.sentence.startswith("Nobody serves in your force under this number.")
    with pytest.raises(NotAllowed):
        scene.bring_in(scene.rows(stranger), force=other)
    assert not Nomination.objects.exists()


def test_a_file_that_is_too_long_is_refused_whole(scene: Scene) -> None:
    (problem,) = scene.bring_in(scene.rows(scene.people[0]) * (bulk_rows.MOST_ROWS + 1)).problems
    assert (problem.row, problem.sentence) == (
        0, "The file has 2001 rows, and 2000 is the most that is taken at once. Split it."
    )  # fmt: skip


def test_the_number_of_statements_does_not_grow_with_the_rows(scene: Scene) -> None:
    def sent(rows: Sequence[str], *, dry_run: bool) -> int:
        with CaptureQueriesContext(connection) as found:
            assert scene.bring_in(rows, dry_run=dry_run).ok
        return len(found)

    dates = [cast.session(scene.course, scene.force, day=DAY + dt.timedelta(days=n)).reference for n in range(1, 21)]
    scene.bring_in([], dry_run=True)  # the force's first act, which makes its chain
    few = sent(scene.rows(*scene.people[:1]), dry_run=True)
    many = [row for date in dates for row in scene.rows(*scene.people, date=date)]
    assert sent(many, dry_run=True) == few


# -- the page -------------------------------------------------------------------------------------------------------


@pytest.fixture
def today() -> Scene:
    """The page asks the clock, so that its scene stands on a day to come."""
    scene = Scene()
    scene.date = cast.session(scene.course, scene.force, day=clock.london_day(clock.now()) + dt.timedelta(days=60))
    return scene


def upload(client: Client, rows: Sequence[str], what: str, **more: Any) -> Any:
    file = io.BytesIO("\n".join([HEADINGS, *rows]).encode())
    file.name = "names.csv"
    return client.post(reverse("nominations:bulk"), {"file": file, "what": what, **more})


def test_the_page_checks_and_puts_forward(today: Scene) -> None:
    client = cast.client_for(today.lead)
    assert "Force</label>" not in client.get(reverse("nominations:bulk")).content.decode()
    rows = today.rows(*today.people[:2])
    checked = upload(client, rows, "check").content.decode()
    assert "Only checked: nothing was written" in checked
    assert not Nomination.objects.exists()
    assert "These people were put forward" in upload(client, rows, "write").content.decode()
    assert Nomination.objects.count() == 2
    wrong = upload(client, ["77777,soon,yes"], "write").content.decode()
    assert "Nothing was written" in wrong
    assert "77777" not in wrong
    assert "There is a problem" in client.post(reverse("nominations:bulk"), {"what": "check"}).content.decode()


def test_who_leads_in_two_forces_says_whose_people(today: Scene) -> None:
    other = cast.force("bshire")
    cast.grant(cast.person_of(today.lead), Role.WELLBEING_LEAD, other)
    client = cast.client_for(today.lead)
    rows = today.rows(today.people[0])
    assert "Choose a force" in upload(client, rows, "write").content.decode()
    assert "Nothing was written" in upload(client, rows, "write", force=str(other.pk)).content.decode()
    assert "These people were put forward" in upload(client, rows, "write", force=str(today.force.pk)).content.decode()


def test_the_example_would_be_read(today: Scene) -> None:
    answer = cast.client_for(today.lead).get(reverse("nominations:bulk-template"))
    assert answer["Content-Disposition"] == 'attachment; filename="names.csv"'
    rows = [*csv.reader(io.StringIO(answer.content.decode()))]
    assert [len(row) for row in rows] == [6, 6, 6]
    report = NamesReport()
    wishes = bulk_rows.read_names(io.BytesIO(answer.content), report)
    assert report.problems == []
    assert [(one.number, one.released, one.stated, one.needs) for one in wishes] == [
        ("1234", True, False, ("captions", "breaks")), ("5678", False, True, ()),
    ]  # fmt: skip
