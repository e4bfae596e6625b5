from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import pytest

from standdown.audit.models import Entry
from standdown.foundation import access, db
from standdown.foundation.access import Actor
from standdown.people.accounts.actions import end_posting, import_people
from standdown.people.accounts.directory_file import DirectoryReport
from standdown.people.models import Base, Force, LineManagement, Person, Posting, Team
from standdown.people.roles.policy import Role
from tests import cast
from tests.cast import AT, TODAY

pytestmark = pytest.mark.django_db
HEADINGS = "Collar number,First name,Surname,Kind,Email,Force,Unit,Station,Line manager number,Since,Language"
ROWS = (
    "1,Ann,Ash,PC,ann@a.example,ASHIRE,Response A,North,,01/09/2020,English",
    "2,Bo,Birch,police staff,bo@a.example,ashire,Response A,North,1,01/09/2020,Welsh",
    "3,Cy,Cedar,special,,ashire,,,2,,",
)
SYSTEM = access.system("import people")


def bring_in(
    rows: Sequence[str] = ROWS, *, by: Actor = SYSTEM, at: dt.datetime = AT, dry_run: bool = False,
    headings: str = HEADINGS,
) -> DirectoryReport:  # fmt: skip
    source = io.BytesIO("\n".join([headings, *rows]).encode())
    return import_people(by=by, at=at, source=source, dry_run=dry_run, progress=lambda _done, _all: None)


def counts(report: DirectoryReport) -> tuple[int, int, int]:
    assert report.problems == []
    return report.added, report.changed, report.unchanged


@pytest.fixture(autouse=True)
def force() -> Force:
    return cast.force("ashire")


def test_a_file_makes_people_teams_bases_and_lines(force: Force) -> None:
    report = bring_in()
    assert counts(report) == (3, 0, 0)
    assert (report.teams_made, report.bases_made, report.not_in_file) == (1, 1, 0)
    bo = Person.objects.get(given_name="Bo")
    posting = Posting.objects.select_related("team__base").get(person=bo)
    assert (bo.kind, bo.language, bo.home_force) == ("staff", "cy", force)
    assert (posting.number, posting.since, str(posting.until)) == ("2", dt.date(2020, 9, 1), "None")
    assert posting.team is not None
    assert posting.team.base == Base.objects.get()
    lines = LineManagement.objects.order_by("person__given_name").values_list("manager__given_name", "since")
    assert list(lines) == [("Ann", dt.date(2020, 9, 1)), ("Bo", TODAY)]
    assert Entry.objects.get().chain_id == force.pk


def test_the_same_file_twice_changes_nothing() -> None:
    bring_in()
    before = list(Posting.objects.values_list("pk", "since", "until"))
    assert counts(bring_in(at=AT + dt.timedelta(days=9))) == (0, 0, 3)
    assert list(Posting.objects.values_list("pk", "since", "until")) == before


def test_a_dry_run_writes_nothing_but_its_own_record() -> None:
    assert counts(bring_in(dry_run=True)) == (3, 0, 0)
    assert not Person.objects.exists()
    assert Entry.objects.get().detail == {"rows": 3, "added": 3, "changed": 0, "problems": 0, "dry_run": True}


def test_changes_are_dated(force: Force) -> None:
    bring_in()
    later = AT + dt.timedelta(days=30)
    report = bring_in(
        ["1,Ann,Ash,PC,ann@a.example,ashire,Response A,North,,01/09/2020,English",
         "2,Bo,Rowan,police staff,bo@a.example,ashire,Response B,South,,,Welsh",
         "3,Cy,Cedar,special,,ashire,,,1,,"],
        at=later,
    )  # fmt: skip
    assert counts(report) == (0, 2, 1)
    bo = Person.objects.get(given_name="Bo")
    assert bo.family_name == "Rowan"
    spans = list(Posting.objects.filter(person=bo).order_by("since").values_list("team__name", "since", "until"))
    assert spans == [
        ("Response A", dt.date(2020, 9, 1), later.date()),
        ("Response B", later.date(), None),
    ]
    lines = LineManagement.objects.order_by("since", "until")
    assert [(one.person.given_name, one.manager.given_name, one.since, one.until) for one in lines] == [
        ("Bo", "Ann", dt.date(2020, 9, 1), later.date()),
        ("Cy", "Bo", TODAY, later.date()),
        ("Cy", "Ann", later.date(), None),
    ]


def test_on_the_same_day_entries_are_put_right() -> None:
    bring_in(["3,Cy,Cedar,special,,ashire,One,,,,", "1,Ann,Ash,PC,,ashire,,,3,,", "2,Bo,Ash,PC,,ashire,,,,,"])
    report = bring_in(["3,Cy,Cedar,special,,ashire,Two,,,,", "1,Ann,Ash,PC,,ashire,,,2,,", "2,Bo,Ash,PC,,ashire,,,,,"])
    assert counts(report) == (0, 2, 1)
    assert Posting.objects.get(number="3").team == Team.objects.get(name="Two")
    assert LineManagement.objects.get().manager.given_name == "Bo"


def test_a_column_that_is_not_there_changes_nothing() -> None:
    bring_in()
    short = "number,given name,family name,kind,force"
    assert counts(bring_in(["2,Bo,Birch,staff,ashire"], headings=short)) == (0, 0, 1)
    assert LineManagement.objects.filter(until__isnull=True).count() == 2


def test_who_is_not_in_the_file_stays_and_is_counted() -> None:
    bring_in()
    report = bring_in(ROWS[:1])
    assert (counts(report), report.not_in_file) == ((0, 0, 1), 2)
    assert report.notes == ["Serving but not in the file, so left as they are: 2."]
    assert Posting.objects.filter(until__isnull=True).count() == 3


def test_every_problem_is_told_at_once_and_nothing_is_written() -> None:
    cast.force("gone", stood_down=dt.date(2021, 1, 1))
    report = bring_in([
        "1,Ann,Ash,PC,ann@a.example,ashire,A,North,,,",
        "1,Bo,Birch,PC,Ann@a.example,ashire,A,South,,,",  # number, address and base
        ",Cy,Cedar,dog,not-an-address,nowhere,,North,,,French",  # number, kind, address, force, base, language
        "4,Di,Dale,PC,,gone,,,,,",
        "5,Ed,Elm,PC,,,,,5,,",  # no force, own manager
        "6,Fi,Fir,PC,,ashire,,,99,,",
        "7,Gil,Gorse,PC,,ashire,,,8,,",
        "8,Hal,Holly,PC,,ashire,,,7,,",
        "9,Ivy,Ivy,PC,,ashire,,,,31/12/2026,",
        "10,Jo,Juniper,PC,,ashire,,,,soon,",
        "11," + "x" * 81 + ",Kay,PC,,ashire,,,,,",
    ])  # fmt: skip
    assert [(one.row, one.column) for one in report.problems] == [
        (4, "number"), (4, "kind"), (4, "work e-mail"), (4, "force"), (4, "base"), (4, "language"),
        (5, "force"), (6, "force"), (6, "line manager number"), (10, "since"), (11, "since"), (12, "given name"),
        (3, "number"), (3, "work e-mail"), (3, "base"), (7, "line manager number"),
        (8, "line manager number"), (9, "line manager number"),
    ]  # fmt: skip
    assert not Person.objects.exists()
    assert not Team.objects.exists()


def test_a_number_handed_on_is_not_taken_for_the_same_person() -> None:
    bring_in()
    report = bring_in(["1,Zoe,Yew,PC,zoe@a.example,ashire,Response A,North,,,"])
    assert [(one.row, one.column) for one in report.problems] == [(2, "number")]


def test_an_address_of_somebody_else_is_refused_and_a_swap_is_not() -> None:
    bring_in()
    report = bring_in(["3,Cy,Cedar,special,ann@a.example,ashire,,,,,"])
    assert [(one.row, one.column) for one in report.problems] == [(2, "work e-mail")]
    swapped = bring_in([
        "1,Ann,Ash,PC,bo@a.example,ashire,Response A,North,,,",
        "2,Bo,Birch,police staff,ann@a.example,ashire,Response A,North,1,,Welsh",
    ])  # fmt: skip
    assert counts(swapped) == (0, 2, 0)
    assert Person.objects.get(given_name="Ann").work_email == "bo@a.example"


def test_who_comes_back_under_their_number_is_the_same_person() -> None:
    bring_in()
    ann = Person.objects.get(given_name="Ann")
    end_posting(by=SYSTEM, at=AT, person=ann, until=TODAY)
    assert counts(bring_in(["1,Ann,Ash,PC,ann@a.example,ashire,,,,01/09/2020,"])) == (0, 1, 0)
    assert list(Posting.objects.filter(person=ann).order_by("since").values_list("since", "until")) == [
        (dt.date(2020, 9, 1), TODAY), (TODAY, None),
    ]  # fmt: skip
    end_posting(by=SYSTEM, at=AT + dt.timedelta(days=2), person=ann, until=TODAY + dt.timedelta(days=2))
    assert counts(bring_in(["1,Zoe,Yew,PC,zoe@a.example,ashire,,,,,"], at=AT + dt.timedelta(days=3))) == (1, 0, 0)


def test_a_number_that_somebody_gave_up_for_another_is_free(force: Force) -> None:
    bring_in()
    ann = Person.objects.get(given_name="Ann")
    with db.open_for("the cast"):
        Posting.objects.filter(person=ann).update(until=TODAY)
        Posting.objects.create(person=ann, force=force, number="100", since=TODAY)
    assert counts(bring_in(["1,Ann,Ash,PC,,ashire,,,,,"])) == (1, 0, 0)


def test_teams_keep_their_base_and_closed_ones_stay_closed(force: Force) -> None:
    with db.open_for("the cast"):
        Team.objects.create(force=force, name="Loose")
        Team.objects.create(force=force, name="Shut", closed_on=dt.date(2021, 1, 1))
    assert counts(bring_in(["1,Ann,Ash,PC,,ashire,loose,North,,,"])) == (1, 0, 0)
    assert Team.objects.get(name="Loose").base == Base.objects.get(name="North")
    report = bring_in(["1,Ann,Ash,PC,,ashire,Loose,South,,,", "2,Bo,Ash,PC,,ashire,Shut,,,,"])
    assert [(one.row, one.column) for one in report.problems] == [(2, "base"), (3, "team")]


def test_a_force_brings_in_its_own_people_only(force: Force) -> None:
    other = cast.force("bshire")
    keeper = cast.holder(Role.SYSTEM_ADMINISTRATOR, force, "Keir")
    both = ["11,Ann,Ash,PC,,ashire,,,,,", "12,Bo,Birch,PC,,bshire,,,,,"]
    report = bring_in(both, by=keeper)
    assert [(one.row, one.column) for one in report.problems] == [(3, "force")]
    assert counts(bring_in(both[:1], by=keeper)) == (1, 0, 0)
    assert not Person.objects.filter(home_force=other).exists()
    assert counts(bring_in(both)) == (1, 0, 1)
    assert bring_in([], by=keeper).rows == 0


def test_without_the_permission_not_even_a_check_is_made(force: Force) -> None:
    with pytest.raises(access.NotAllowed):
        bring_in(by=cast.holder(Role.WELLBEING_LEAD, force), dry_run=True)


def test_the_report_says_what_else_there_is_to_say() -> None:
    report = bring_in(["1,Ann,Ash,PC,,,,,,,"])
    assert [(one.row, one.column) for one in report.problems] == [(2, "force")]
    assert report.as_dict()["teams_made"] == 0
    assert [one for one in report.notes if "Named" in one] == []
    assert bring_in().notes == ["Named for the first time: teams 1, bases 1."]


def test_a_name_stands_in_one_line() -> None:
    (problem,) = bring_in(['1,"Ann\nBcc: b@c.example",Ash,PC,,ashire,,,,,']).problems
    assert (problem.row, problem.column) == (2, "given name")
