from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from typer.testing import CliRunner

from standdown.config.cli.imports import app
from standdown.foundation import clock, db
from standdown.foundation.access import Actor, NotAllowed
from standdown.people.models import Force, ForceAlias, Person, Posting, Qualification
from standdown.people.qualifications import actions
from standdown.people.qualifications.import_rows import TrainingReport
from standdown.people.qualifications.tests.qualified import ahead, qualify, rows
from standdown.people.roles.policy import Role
from tests import cast
from tests.cast import AT

pytestmark = pytest.mark.django_db
HEADINGS = "number,skill,trained on,evidence\n"


@pytest.fixture
def force() -> Force:
    return cast.force()


@pytest.fixture
def lead(force: Force) -> Actor:
    return cast.holder(Role.WELLBEING_LEAD, force, "Lea")


@pytest.fixture
def dee(force: Force) -> Person:
    return numbered(force, "D1", "Dee")


def numbered(force: Force, number: str, name: str = "Nick") -> Person:
    person = cast.person(force, name)
    with db.open_for("the cast"):
        Posting.objects.filter(person=person).update(number=number)
    return person


def bring_in(lead: Actor, text: str | bytes, force: Force, *, dry_run: bool = False) -> TrainingReport:
    raw = text if isinstance(text, bytes) else text.encode()
    return actions.import_qualifications(
        by=lead, at=AT, force=force, source=io.BytesIO(raw), dry_run=dry_run, progress=lambda _done, _all: None
    )


def problems(report: TrainingReport) -> list[tuple[int, str]]:
    return [(one.row, one.column) for one in report.problems]


def test_training_comes_onto_the_register_with_its_evidence(lead: Actor, force: Force, dee: Person) -> None:
    report = bring_in(lead, HEADINGS + "d1,Demobilising and defusing,31/08/2025,HR list\n", force)
    assert (report.added, report.unchanged, report.lapsed, report.notes) == (1, 0, 0, [])
    (made, other) = Qualification.objects.filter(person=dee)
    assert (made.skill, other.skill, made.evidence, made.source) == ("defuse", "demobilise", "HR list", "imported")
    assert (made.valid_until, made.latest_until) == (dt.date(2027, 8, 31), dt.date(2028, 8, 31))
    assert (made.force, made.granted_by_id) == (force, lead.person_id)


def test_only_checking_writes_nothing_and_the_same_file_twice_changes_nothing(
    lead: Actor, force: Force, dee: Person
) -> None:
    text = HEADINGS + "D1,defuse,2025-08-31,HR list\nD1,demobilise,2025-08-31,HR list\n"
    assert bring_in(lead, text, force, dry_run=True).added == 2
    assert rows(dee) == []
    bring_in(lead, text, force)
    again = bring_in(lead, text, force)
    assert (again.added, again.unchanged, len(rows(dee))) == (0, 2, 2)


def test_every_bad_row_is_told_at_once_and_nothing_is_written(lead: Actor, force: Force, dee: Person) -> None:
    long_ago = "D1,defuse,31/08/1999,x\n"
    bad = "D1,first aid,31/08/2025,x\nD1,defuse,soon,x\n,defuse,31/08/2025,x\nD1,defuse,24/11/2026,x\n"
    text = (
        HEADINGS + bad + long_ago + "D1,defuse,1/1/2025,\nD1,defuse,1/1/2025," + "y" * 81 + "\nX9,defuse,1/1/2025,x\n"
    )
    report = bring_in(lead, text + "D1,defuse,2/1/2025,x\nd1,Defusing,2/1/2025,z\n", force)
    assert problems(report) == [
        (2, "skill"), (3, "trained on"), (4, "number"), (5, "trained on"), (6, "trained on"), (7, "evidence"),
        (8, "evidence"), (9, "number"), (11, ""),
    ]  # fmt: skip
    assert "Ashire" in report.problems[7].sentence
    assert rows(dee) == []


def test_headings_and_letters_are_forgiven(lead: Actor, force: Force, dee: Person) -> None:
    text = "Collar Number;Course;Date Trained;What was seen\nD1;Peer support;31.8.2025;Café, list\n"
    assert bring_in(lead, text.encode("cp1252"), force).ok
    assert Qualification.objects.get(person=dee).evidence == "Café, list"


def test_what_has_lapsed_is_history_and_said_so(lead: Actor, force: Force, dee: Person) -> None:
    report = bring_in(lead, HEADINGS + "D1,defuse,1/1/2020,HR list\n", force)
    assert (report.lapsed, report.as_dict()["lapsed"], len(report.notes)) == (1, 1, 1)
    assert rows(dee) == [("defuse", dt.date(2022, 1, 1), "")]
    assert not Qualification.objects.able_on(AT.date()).exists()


def test_the_newest_stands_whatever_the_order_of_the_rows(lead: Actor, force: Force, dee: Person) -> None:
    qualify(dee, "estim", valid_until=ahead(900))
    qualify(dee, "peer-support", valid_until=ahead(5))
    text = "D1,defuse,1/5/2026,b\nD1,defuse,1/5/2020,a\nD1,estim,1/5/2026,c\nD1,peer support,1/5/2026,d\n"
    bring_in(lead, HEADINGS + text, force)
    assert sorted(rows(dee)) == [
        ("defuse", dt.date(2022, 5, 1), "replaced"), ("defuse", dt.date(2028, 5, 1), ""),
        ("estim", dt.date(2028, 5, 1), "replaced"), ("estim", ahead(900), ""),
        ("peer-support", ahead(5), "replaced"), ("peer-support", dt.date(2028, 5, 1), ""),
    ]  # fmt: skip


def test_only_the_lead_of_the_force_brings_in(force: Force) -> None:
    for role, of in ((Role.ESTIP_LEAD, force), (Role.WELLBEING_LEAD, cast.force("bshire"))):
        with pytest.raises(NotAllowed):
            bring_in(cast.holder(role, of), HEADINGS, force)


def test_two_thousand_rows_take_as_many_statements_as_one(lead: Actor, force: Force) -> None:
    people = [Person(given_name="P", family_name=str(n), kind="officer", home_force=force) for n in range(2000)]
    with db.open_for("the cast"):
        Person.objects.bulk_create(people)
        Posting.objects.bulk_create(
            Posting(person=one, force=force, number=f"P{n}", since=dt.date(2020, 1, 1)) for n, one in enumerate(people)
        )
    text = HEADINGS + "".join(f"P{n},demobilising and defusing,31/08/2025,HR\n" for n in range(2000))
    with CaptureQueriesContext(connection) as asked:
        assert bring_in(lead, text, force, dry_run=True).added == 2000
    assert len(asked) <= 10
    assert bring_in(lead, text, force).added == 2000
    assert Qualification.objects.count() == 4000


def test_the_command_brings_in_for_one_force(force: Force, tmp_path: Path) -> None:
    numbered(force, "D1")
    day = clock.london_day(clock.now()) - dt.timedelta(days=30)
    file = tmp_path / "past.csv"
    file.write_text(HEADINGS + f"D1,defuse,{day},HR\n")
    runner = CliRunner()
    done = runner.invoke(app, ["qualifications", str(file), "--force", "ashire", "--format", "json"])
    assert (done.exit_code, json.loads(done.stdout)["added"]) == (0, 1)
    assert runner.invoke(app, ["qualifications", str(file), "--force", "nowhere"]).exit_code == 1
    other = cast.force("bshire")
    with db.open_for("the cast"):
        ForceAlias.objects.create(force=other, alias="both")
    assert runner.invoke(app, ["qualifications", str(file), "--force", "both"]).exit_code == 1
