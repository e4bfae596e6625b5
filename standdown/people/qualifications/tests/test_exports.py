import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from standdown.audit.models import Entry
from standdown.foundation import clock
from standdown.foundation.access import Actor
from standdown.people.models import Force
from standdown.people.qualifications import queries
from standdown.people.qualifications.tests.qualified import away, member, qualify, team
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db


def ahead(days: int) -> dt.date:
    """So many days from the day on which the views look."""
    return clock.london_day(clock.now()) + dt.timedelta(days=days)


def words(of: dt.date) -> str:
    return f"{of.day} {of:%B %Y}"


def lines(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def force() -> Force:
    return cast.force()


@pytest.fixture
def lead(force: Force) -> Actor:
    return cast.holder(Role.WELLBEING_LEAD, force, "Lea")


@pytest.fixture
def client(lead: Actor) -> Client:
    return cast.client_for(lead)


REGISTER = "/people/qualifications/file/"
COVER = "/people/qualifications/cover/file/"


def test_the_register_on_screen_is_taken_away_and_that_is_on_record(client: Client, lead: Actor, force: Force) -> None:
    shift = team(force)
    for name, until in (("=Ada", 700), ("Ben", 30), ("Cat", 700)):
        qualify(member(shift, name), valid_until=ahead(until))
    qualify(cast.person(cast.force("bshire"), "Stranger"))
    heading, *rows = lines(client.post(REGISTER, {"kind": "csv"}))
    assert heading == ["Name", "Number", "Force", "Base", "Team", "Qualified to", "Until", "Where it stands"]
    assert [row[0] for row in rows] == ["'=Ada Ashdown", "Ben Ashdown", "Cat Ashdown"]
    assert rows[1][2:] == ["Ashire", "North", "Response A", "Defuse", words(ahead(30)), "Ends within 90 days"]
    entry = Entry.objects.get(can="export-qualifications")
    assert (entry.actor_id, entry.record_id) == (lead.person_id, str(force.pk))
    assert entry.detail == {"people": 3, "kind": "csv"}
    asked = {"kind": "csv", "state": "lapsing", "words": "north", "skill": "defuse"}
    assert [row[0] for row in lines(client.post(REGISTER, asked))[1:]] == ["Ben Ashdown"]
    sheet = client.post(REGISTER, {"kind": "xlsx"})
    assert sheet["Content-Disposition"] == f'attachment; filename="qualifications-{ahead(0)}.xlsx"'
    assert sheet.content.startswith(b"PK")


def test_the_file_has_all_pages_and_says_of_nobody_why_they_are_away(client: Client, force: Force) -> None:
    for number in range(51):
        qualify(cast.person(force, f"N{number:02}", family_name="Same"), valid_until=ahead(700))
    gone = cast.person(force, "Zed", family_name="Zulu")
    qualify(gone, valid_until=ahead(700))
    away(gone, ahead(-3))
    rows = lines(client.post(REGISTER))
    assert (len(rows), rows[-1][0], rows[-1][-1]) == (53, "Zed Zulu", "Not available")


@pytest.mark.parametrize("number", [1, 60])
def test_the_file_takes_the_same_statements_however_many_people(lead: Actor, force: Force, number: int) -> None:
    for _index in range(number):
        qualify(cast.person(force))
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.register_of(lead, force, cast.TODAY)) == number
    assert len(asked) == 3


def test_the_register_is_taken_away_by_the_lead_alone(client: Client, force: Force) -> None:
    qualify(cast.person(force, "Dee"))
    assert "Take this list away as CSV" in client.get(reverse("qualifications:list")).content.decode()
    for role in (Role.WELLBEING_DEPUTY, Role.ESTIP_LEAD, Role.ESTIP_COORDINATOR):
        other = cast.client_for(cast.holder(role, force))
        assert "away as CSV" not in other.get(reverse("qualifications:list")).content.decode()
        assert other.post(REGISTER).status_code == 404
    assert client.get(REGISTER).status_code == 405
    elsewhere = cast.client_for(cast.holder(Role.WELLBEING_LEAD, cast.force("bshire")))
    assert lines(elsewhere.post(REGISTER))[1:] == []


def test_the_map_on_screen_is_taken_away_with_what_was_supposed(client: Client, force: Force) -> None:
    north, south = team(force, "=Early", "North", wanted=2), team(force, "Late", "South")
    for of, until in ((north, 700), (north, 45), (south, 700)):
        qualify(member(of), valid_until=ahead(until))
    heading, *rows = lines(client.get(f"{COVER}csv/"))
    days = [words(ahead(days)) for days in (30, 60, 90)]
    assert heading == ["Base", "Team", "Wanted", "Today", *days, "Lapsing within 90 days"]
    assert rows == [["North", "'=Early", "2", "2", "2", "1", "1", "1"], ["South", "Late", "0", "1", "1", "1", "1", "0"]]
    asked = {"base": str(north.base_id), "fewer": "1"}
    assert lines(client.get(f"{COVER}csv/", asked))[1:] == [["North", "'=Early", "2", "1", "1", "0", "0", "1"]]
    page = client.get(reverse("qualifications:cover"), asked).content.decode()
    assert f'href="{COVER}csv/?base={north.base_id}&amp;fewer=1"' in page
    assert client.get(f"{COVER}xlsx/").content.startswith(b"PK")
    assert client.get(f"{COVER}exe/").status_code == 404


def test_the_map_is_for_those_who_see_the_register(force: Force) -> None:
    team(force, "Early")
    assert len(lines(cast.client_for(cast.holder(Role.ESTIP_COORDINATOR, force)).get(f"{COVER}csv/"))) == 2
    assert cast.client_for(cast.holder(Role.SUPERVISOR, force)).get(f"{COVER}csv/").status_code == 404
