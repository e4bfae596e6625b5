import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from standdown.audit.models import Entry
from standdown.foundation import access, clock, db
from standdown.foundation.access import Actor
from standdown.foundation.csv_files import Report
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, ForceAlias
from standdown.people.roles.policy import Role
from standdown.training.models import Course, Session, SessionChange
from standdown.training.sessions import actions, diary
from tests import cast

pytestmark = pytest.mark.django_db
HEADINGS = "date,start,end,forces,delivery,platform,place,capacity,allotments,deadline,language,course,status"
GOOD = "12/01/2027,09:00,16:00,ashire,online,,,16,,,,,"


@pytest.fixture
def course() -> Course:
    return cast.course()


@pytest.fixture(autouse=True)
def ashire(course: Course) -> Force:
    made = cast.force("ashire")
    with db.open_for("the test"):
        ForceAlias.objects.create(force=made, alias="MET")
    return made


@pytest.fixture(autouse=True)
def bshire(course: Course) -> Force:
    return cast.force("bshire", welsh_name="Heddlu B")


@pytest.fixture
def nadia() -> Actor:
    return cast.national_coordinator()


def bring_in(by: Actor, *rows: str, dry_run: bool = False, at: dt.datetime = cast.AT) -> Report:
    source = io.BytesIO("\n".join([HEADINGS, *rows]).encode())
    return actions.import_sessions(by=by, at=at, source=source, dry_run=dry_run, progress=lambda _done, _all: None)


def counts(report: Report) -> tuple[int, int, int]:
    return report.added, report.changed, report.unchanged


def test_dates_come_in_and_the_same_file_changes_nothing(nadia: Actor, ashire: Force, bshire: Force) -> None:
    rows = (
        GOOD,
        "2027-01-19,9.30am,4:30pm,MET|Heddlu B,in person,,Harbour House,12,8;,05/01/2027,cy,demobilising-and-defusing,",
    )
    assert counts(bring_in(nadia, *rows)) == (2, 0, 0)
    assert counts(bring_in(nadia, *rows)) == (0, 0, 2)
    first, second = Session.objects.order_by("starts_at")
    assert (first.platform, first.capacity, first.status, first.language) == ("Microsoft Teams", 16, "draft", "en")
    assert clock.london(first.nominations_close_at).isoformat() == "2027-01-05T17:00:00+00:00"
    assert (second.delivery, second.place, second.platform, second.language) == ("in-person", "Harbour House", "", "cy")
    plan = diary.plan_of(second)
    assert [(force.name, force.allotment) for force in plan.forces] == [("Ashire Police", 8), ("Bshire Police", None)]
    assert clock.london(plan.starts_at).isoformat() == "2027-01-19T09:30:00+00:00"
    assert SessionChange.objects.filter(kind="drafted").count() == SessionChange.objects.count() == 2
    assert Entry.objects.filter(can="publish-session").count() == 2


def test_a_dry_run_writes_nothing(nadia: Actor) -> None:
    report = bring_in(nadia, GOOD, dry_run=True)
    assert (counts(report), report.ok, Session.objects.count()) == ((1, 0, 0), True, 0)


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_written(nadia: Actor) -> None:
    report = bring_in(
        nadia,
        GOOD,
        "32/01/2027,9,16:00,Nowhere,by post,,,many,,soon,fr,other,cancelled",
        "12/01/2027,16:00,09:00,ashire,in-person,,,13,,,,,",
        "28/03/2027,01:30,16:00,ashire,online,,,16,,,,,",
        "31/10/2027,01:30,16:00,ashire,online,,,16,,,,,",
        "13/01/2027,09:00,16:00,ashire;bshire,online,,,16,10;7,,,,",
        "14/01/2027,09:00,16:00,ashire;bshire,online,,,16,10,,,,",
        "15/01/2027,09:00,16:00,ashire;ashire,online,,,16,,,,,held",
        "16/01/2027,09:00,16:00,,online,,,16,,,,,",
        GOOD,
    )
    found = [(problem.row, problem.column) for problem in report.problems]
    assert sorted(found) == sorted([
        (3, "course"), (3, "date"), (3, "start"), (3, "delivery"), (3, "language"), (3, "capacity"), (3, "forces"),
        (3, "deadline"), (3, "status"),
        (4, "end"), (4, "place"), (4, "capacity"),
        (5, "start"), (6, "start"), (7, "forces"), (8, "allotments"), (9, "forces"), (9, "status"), (10, "forces"),
        (11, ""),
    ])  # fmt: skip
    assert "same date as in row 2" in report.problems[-1].sentence


def test_an_empty_cell_is_called_empty(nadia: Actor) -> None:
    report = bring_in(nadia, ",,,ashire,,,,,,,,,")
    wrong = {problem.column: problem.sentence for problem in report.problems}
    assert wrong["date"] == "This must not be empty. Write a day like 31/08/2022 or 2022-08-31."
    assert wrong["start"] == wrong["end"] == "This must not be empty. Write a time like 09:00 or 9am."
    assert wrong["delivery"] == "This must not be empty. Write one of online, in-person, blended."
    assert wrong["capacity"] == "This must not be empty. Write a whole number."
    assert not Session.objects.exists()


def test_what_is_in_preparation_is_brought_up_to_date_and_can_be_published(nadia: Actor, ashire: Force) -> None:
    cast.holder(Role.WELLBEING_LEAD, ashire, work_email="ann@ashire.example")
    bring_in(nadia, GOOD)
    assert counts(bring_in(nadia, GOOD.replace(",16,,", ",14,,"))) == (0, 1, 0)
    assert Session.objects.get().capacity == 14
    assert OutboxMessage.objects.count() == 0
    published = GOOD.replace(",16,,", ",14,,") + "published"
    assert counts(bring_in(nadia, published)) == (0, 1, 0)
    assert counts(bring_in(nadia, published)) == (0, 0, 1)
    assert [one.address for one in OutboxMessage.objects.all()] == ["ann@ashire.example"]
    kinds = SessionChange.objects.order_by("at", "id").values_list("kind", flat=True)
    assert list(kinds) == ["drafted", "edited", "published"]


def test_what_is_published_stays_as_it_is_but_for_having_been_held(nadia: Actor) -> None:
    published = GOOD + "published"
    bring_in(nadia, published)
    assert counts(bring_in(nadia, published.replace(",16,,", ",14,,"))) == (0, 0, 1)
    assert Session.objects.get().capacity == 16
    after = dt.datetime(2027, 2, 1, tzinfo=dt.UTC)
    assert counts(bring_in(nadia, GOOD + "held", at=after)) == (0, 1, 0)
    assert Session.objects.get().status == "held"


def test_a_date_that_was_moved_does_not_come_back(nadia: Actor) -> None:
    bring_in(nadia, GOOD + "published")
    made = Session.objects.get()
    later = made.starts_at + dt.timedelta(days=7)
    actions.move_session(
        by=nadia, at=cast.AT, session=made, starts_at=later, ends_at=later + dt.timedelta(hours=7),
        nominations_close_at=made.nominations_close_at, delivery="online", platform="Microsoft Teams", place="",
        reason=SessionChange.Reason.VENUE, seen=made.changed_at,
    )  # fmt: skip
    assert counts(bring_in(nadia, GOOD + "published")) == (0, 0, 1)
    assert Session.objects.count() == 1


def test_past_dates_come_in_as_an_archive_and_nobody_is_told(nadia: Actor, ashire: Force) -> None:
    cast.holder(Role.WELLBEING_LEAD, ashire)
    past = GOOD.replace("12/01/2027", "8 August 2022") + "held"
    assert counts(bring_in(nadia, past)) == (1, 0, 0)
    made = Session.objects.get()
    assert (made.status, clock.london(made.starts_at).isoformat()) == ("held", "2022-08-08T09:00:00+01:00")
    assert OutboxMessage.objects.count() == 0
    kinds = SessionChange.objects.order_by("at", "id").values_list("kind", flat=True)
    assert list(kinds) == ["drafted", "published", "held"]


def test_a_force_that_stands_no_more_on_the_day_is_not_taken(nadia: Actor, ashire: Force) -> None:
    with db.open_for("the test"):
        Force.objects.filter(pk=ashire.pk).update(stood_down=dt.date(2027, 1, 1))
    report = bring_in(nadia, GOOD)
    assert [problem.column for problem in report.problems] == ["forces"]
    assert counts(bring_in(nadia, GOOD.replace("12/01/2027", "12/12/2026"))) == (1, 0, 0)


def test_an_empty_file_is_said_to_be_empty(nadia: Actor) -> None:
    report = actions.import_sessions(
        by=nadia, at=cast.AT, source=io.BytesIO(b""), dry_run=False, progress=lambda _done, _all: None
    )
    assert [problem.row for problem in report.problems] == [0]
    assert counts(bring_in(nadia)) == (0, 0, 0)


def test_a_file_costs_the_same_statements_for_one_row_and_for_three(nadia: Actor) -> None:
    taken = []
    for days in (("12",), ("13", "14", "15")):
        with CaptureQueriesContext(connection) as asked:
            bring_in(nadia, *(GOOD.replace("12/", f"{day}/") for day in days))
        taken.append(len(asked))
    assert taken[1] <= taken[0]  # the first act of a chain also makes the chain


def test_a_lead_brings_in_nothing(ashire: Force) -> None:
    with pytest.raises(access.NotAllowed):
        bring_in(cast.holder(Role.WELLBEING_LEAD, ashire), GOOD)
