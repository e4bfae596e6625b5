import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from standdown.audit.models import Entry
from standdown.foundation import access
from standdown.foundation.access import NotAllowed
from standdown.foundation.csv_files import Report
from standdown.people.forces import actions, force_file, queries
from standdown.people.models import Force, ForceName
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db
BY = access.system("import forces")
HEAD = "slug,name,short_name,welsh_name,ons_code,home_office_force,welsh_language_standards,region,jurisdiction\n"
ASHIRE = "ashire,Ashire Police,Ashire,,E23000901,yes,no,Middle,england-and-wales\n"


def bring_in(content: str | bytes, *, dry_run: bool = False, at: dt.datetime = cast.AT) -> Report:
    raw = content.encode() if isinstance(content, str) else content
    return actions.import_forces(
        by=BY, at=at, source=io.BytesIO(raw), dry_run=dry_run, progress=lambda _done, _all: None
    )


def problems(report: Report) -> list[tuple[int, str]]:
    return [(one.row, one.column) for one in report.problems]


def test_the_shipped_list_comes_in_whole_and_a_second_time_changes_nothing() -> None:
    shipped = force_file.SHIPPED.read_bytes()
    first = bring_in(shipped)
    assert (first.rows, first.added, first.changed, first.unchanged, first.problems) == (52, 52, 0, 0, [])
    assert Force.objects.filter(home_office=True).count() == 43
    assert ForceName.objects.count() == 52
    second = bring_in(shipped)
    assert (second.added, second.changed, second.unchanged) == (0, 0, 52)
    assert ForceName.objects.count() == 52


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("MET", "metropolitan"), ("metropolitan police service", "metropolitan"), ("heddlu gwent", "gwent"),
        ("E23000026", "bedfordshire"), ("Devon & Cornwall", "devon-and-cornwall"), ("psni", "northern-ireland"),
        ("btp", "btp"), (" Bedfordshire  Police ", "bedfordshire"),
    ],
)  # fmt: skip
def test_a_force_is_found_by_every_word_for_it(word: str, slug: str) -> None:
    bring_in(force_file.SHIPPED.read_bytes())
    found = queries.find_force(word, cast.TODAY)
    assert found is not None
    assert found.slug == slug


def test_what_is_no_force_is_not_found() -> None:
    bring_in(HEAD + ASHIRE)
    assert queries.find_force("Elsewhere", cast.TODAY) is None
    assert queries.find_force("", cast.TODAY) is None


def test_a_dry_run_says_what_would_be_and_writes_nothing() -> None:
    report = bring_in(HEAD + ASHIRE, dry_run=True)
    assert (report.added, report.ok, Force.objects.count()) == (1, True, 0)


def test_a_changed_name_holds_from_the_day_of_the_import() -> None:
    bring_in(HEAD + ASHIRE)
    later = cast.AT + dt.timedelta(days=10)
    report = bring_in(HEAD + ASHIRE.replace("Ashire Police", "Ashire Constabulary"), at=later)
    assert (report.changed, report.unchanged) == (1, 0)
    force = Force.objects.get()
    assert force.name == "Ashire Constabulary"
    assert queries.name_on(force, cast.TODAY).name == "Ashire Police"
    assert queries.name_on(force, later.date()).name == "Ashire Constabulary"


def test_a_second_change_on_one_day_puts_the_first_right() -> None:
    bring_in(HEAD + ASHIRE)
    bring_in(HEAD + ASHIRE.replace("Ashire Police", "Ashire Constabulry"))
    bring_in(HEAD + ASHIRE.replace("Ashire Police", "Ashire Constabulary"))
    assert sorted(ForceName.objects.values_list("name", flat=True)) == ["Ashire Constabulary", "Ashire Police"]


def test_a_changed_fact_changes_no_name() -> None:
    bring_in(HEAD + ASHIRE)
    report = bring_in(HEAD + ASHIRE.replace("Middle", "North"))
    assert (report.changed, Force.objects.get().region, ForceName.objects.count()) == (1, "North", 1)


def test_every_bad_row_is_reported_at_once_and_nothing_is_written() -> None:
    rows = [
        "Ashire!,Ashire Police,Ashire,,E23000901,yes,no,,england-and-wales\n",
        "bshire,,Bshire,,E23000902,yes,no,,england-and-wales\n",
        "cshire,Cshire Police,,,E23000903,maybe,perhaps,,england-and-wales\n",
        "dshire,Dshire Police,Dshire,,D1,yes,no,,atlantis\n",
        f"eshire,{'E' * 121},Eshire,,E23000905,yes,no,,scotland\n",
        "fshire,Fshire Police,Fshire,,E23000906,yes,no,,scotland\n",
        "fshire,Other Police,Other,,E23000906,yes,no,,scotland\n",
        "gshire,=SUM(A1),Gshire,,E23000907,yes,no,,scotland\n",
    ]
    report = bring_in(HEAD + "".join(rows))
    assert sorted(problems(report)) == [
        (2, "slug"), (3, "name"), (4, "home_office_force"), (4, "short_name"), (4, "welsh_language_standards"),
        (5, "jurisdiction"), (5, "ons_code"), (6, "name"), (8, "ons_code"), (8, "slug"), (9, "name"),
    ]  # fmt: skip
    assert not Force.objects.exists()


def test_a_word_of_a_force_that_is_there_is_not_taken_by_another() -> None:
    bring_in(HEAD + ASHIRE)
    report = bring_in(HEAD + "bshire,Bshire Police,Ashire,,E23000901,yes,no,,scotland\n")
    assert problems(report) == [(2, "short_name"), (2, "ons_code")]
    assert Force.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ((HEAD + ASHIRE).encode("utf-16"), 0),
        ((HEAD + ASHIRE).encode() + b"\x00", 0),
        (b"", 0),
        (b"slug,name\nashire,Ashire\n", 0),
        (b"PK\x03\x04", 0),
        ((HEAD + 'ashire,"Ashire').encode(), 0),
    ],
)
def test_what_is_no_such_file_is_one_problem(content: bytes, row: int) -> None:
    report = bring_in(content)
    assert [one.row for one in report.problems] == [row]
    assert not Force.objects.exists()


def test_only_who_keeps_the_list_brings_it_in() -> None:
    lead = cast.holder(Role.WELLBEING_LEAD, cast.force())
    with pytest.raises(NotAllowed):
        actions.import_forces(
            by=lead,
            at=cast.AT,
            source=io.BytesIO((HEAD + ASHIRE).encode()),
            dry_run=False,
            progress=lambda _a, _b: None,
        )
    assert Entry.objects.get().outcome == "refused"


def test_statements_do_not_grow_with_the_rows() -> None:
    few = force_file.SHIPPED.read_text().splitlines(keepends=True)
    with CaptureQueriesContext(connection) as three:
        bring_in("".join(few[:4]))
    with CaptureQueriesContext(connection) as fifty:
        bring_in("".join(few))
    assert len(fifty) <= len(three) + 2  # what was there is read with its names
