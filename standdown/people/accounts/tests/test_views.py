from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from standdown.foundation import db
from standdown.foundation.access import Actor
from standdown.people.models import Force, LineManagement, Person, Posting, Team
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db

OF_A_PERSON = ("details", "posting", "left", "line-manager", "invite", "suspend", "restore")


@pytest.fixture
def force() -> Force:
    return cast.force("ashire")


@pytest.fixture
def keeper(force: Force) -> Actor:
    return cast.holder(Role.SYSTEM_ADMINISTRATOR, force, "Keir", family_name="Keeper")


def page(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def sent(client: Client, name: str, *args: object, **facts: str) -> int:
    return client.post(reverse(name, args=args), facts).status_code


def day(name: str, year: int = 2024) -> dict[str, str]:
    return {f"{name}_day": "1", f"{name}_month": "2", f"{name}_year": str(year)}


@pytest.mark.parametrize(
    ("role", "listed", "kept"),
    [
        (Role.SYSTEM_ADMINISTRATOR, 200, 200),
        (Role.WELLBEING_LEAD, 200, 404),
        (Role.ESTIP_LEAD, 200, 404),
        (Role.PRIVACY_OFFICER, 200, 404),
        (Role.SUPERVISOR, 404, 404),
        (Role.DEFUSER, 404, 404),
    ],
)
def test_who_lists_and_who_keeps_the_directory(force: Force, role: Role, listed: int, kept: int) -> None:
    sam = cast.person(force, "Sam")
    client = cast.client_for(cast.holder(role, force))
    assert client.get(reverse("accounts:list")).status_code == listed
    assert client.get(reverse("accounts:person", args=[sam.pk])).status_code == listed
    for name in ("add", "import", "template"):
        assert client.get(reverse(f"accounts:{name}")).status_code == kept
    assert client.get(reverse("accounts:details", args=[sam.pk])).status_code == kept


def test_a_national_coordinator_sees_no_directory() -> None:
    client = cast.client_for(cast.national_coordinator())
    assert client.get(reverse("accounts:list")).status_code == 404


def test_the_wrong_force_reads_like_an_unknown_key(force: Force, keeper: Actor) -> None:
    other = cast.person(cast.force("bshire"), "Ot")
    cast.account(other)
    client = cast.client_for(keeper)
    for name in ("person", *OF_A_PERSON):
        there = client.get(reverse(f"accounts:{name}", args=[other.pk]))
        nowhere = client.get(reverse(f"accounts:{name}", args=[uuid.uuid4()]))
        assert (there.status_code, there.content) == (404, nowhere.content), name
        assert client.post(reverse(f"accounts:{name}", args=[other.pk])).status_code in {404, 405}


def test_signed_out_one_is_asked_to_sign_in(force: Force) -> None:
    response = Client().get(reverse("accounts:list"))
    assert (response.status_code, response["Location"].partition("?")[0]) == (302, reverse("account_login"))


def test_the_directory_is_searched_by_name_number_and_team(force: Force, keeper: Actor) -> None:
    with db.open_for("the cast"):
        team = Team.objects.create(force=force, name="Roads")
        sam = cast.person(force, "Sam", family_name="Hill")
        Posting.objects.filter(person=sam).update(team=team, number="7788")
    cast.person(force, "Ann", family_name="Wood")
    cast.person(cast.force("bshire"), "Otto", family_name="Hill")
    client = cast.client_for(keeper)
    for words in ("hill", "sam hi", "7788", "77", "roads sam"):
        text = page(client, "accounts:list", words=words)
        assert ("Sam Hill" in text, "Ann Wood" in text, "Otto" in text) == (True, False, False), words
    assert "Nobody fits" in page(client, "accounts:list", words="88")
    assert "1 person" not in page(client, "accounts:list", page="99999999")
    assert "Nobody fits" in page(client, "accounts:list", show="left")


def test_a_page_of_the_directory_asks_the_same_few_questions(force: Force, keeper: Actor) -> None:
    client = cast.client_for(keeper)
    asked = []
    for some in (1, 60):
        for number in range(some):
            cast.person(force, f"P{number}")
        with CaptureQueriesContext(connection) as queries:
            page(client, "accounts:list")
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert "Page 2 of 2" in page(client, "accounts:list", page="2")


def test_a_lead_sees_where_somebody_serves_and_no_more(force: Force, keeper: Actor) -> None:
    sam = cast.person(force, "Sam", work_email="sam.secret@a.example")
    cast.account(sam)
    lead = page(cast.client_for(cast.holder(Role.WELLBEING_LEAD, force, "Wyn")), "accounts:person", sam.pk)
    assert ("Roles" in lead, "sam.secret" in lead, "Postings" in lead, "Signs in as" in lead) == (
        True,
        False,
        False,
        False,
    )
    kept = page(cast.client_for(keeper), "accounts:person", sam.pk)
    assert ("sam.secret" in kept, "Postings" in kept, "Signs in as" in kept) == (True, True, True)


def test_the_forms_do_what_they_say(force: Force, keeper: Actor) -> None:
    client = cast.client_for(keeper)
    facts = {"given_name": "Sam", "family_name": "Hill", "kind": "officer", "language": "en"}
    new = {**facts, "work_email": "sam@a.example", "force": str(force.pk), "number": "77", **day("since")}
    assert sent(client, "accounts:add", **new) == 303
    sam = Person.objects.get(family_name="Hill")
    assert sent(client, "accounts:add", **new) == 200  # the address is taken, and the page says so
    assert (
        sent(client, "accounts:details", sam.pk, **{**facts, "family_name": "Dale", "work_email": "s@a.example"}) == 303
    )
    assert sent(client, "accounts:posting", sam.pk, force=str(force.pk), number="78", **day("since", 2025)) == 303
    boss = cast.person(force, "Bo")
    number = Posting.objects.get(person=boss).number
    assert sent(client, "accounts:line-manager", sam.pk, force=str(force.pk), number="nobody", **day("since")) == 200
    assert sent(client, "accounts:line-manager", sam.pk, force=str(force.pk), number=number, **day("since")) == 303
    assert sent(client, "accounts:line-manager", sam.pk, force=str(force.pk), number="", **day("since", 2025)) == 303
    for name in ("invite", "suspend", "restore"):
        assert "govuk-button" in page(client, f"accounts:{name}", sam.pk)
        assert sent(client, f"accounts:{name}", sam.pk) == 303
    assert sent(client, "accounts:left", sam.pk, **day("until", 2026)) == 303
    text = page(client, "accounts:person", sam.pk)
    assert all(words in text for words in ("Sam Dale", "Does not serve now", "1 February 2025", "Bo Ashdown"))


def test_access_that_is_not_there_cannot_be_suspended(force: Force, keeper: Actor) -> None:
    client = cast.client_for(keeper)
    assert client.get(reverse("accounts:suspend", args=[cast.person(force, "Sam").pk])).status_code == 404


def upload(client: Client, text: str, what: str) -> str:
    file = SimpleUploadedFile("people.csv", text.encode(), "text/csv")
    response = client.post(reverse("accounts:import"), {"file": file, "what": what})
    assert response.status_code == 200
    return response.content.decode()


def test_a_file_is_checked_and_then_brought_in(force: Force, keeper: Actor) -> None:
    client = cast.client_for(keeper)
    example = client.get(reverse("accounts:template"))
    text = example.content.decode()
    assert "Only checked" in upload(client, text, "check")
    assert not Person.objects.filter(given_name="Sam").exists()
    assert "The people were brought in" in upload(client, text, "write")
    assert Person.objects.get(given_name="Sam").home_force == force
    assert "Nothing was written" in upload(client, text.replace("officer", "dog"), "write")


def test_a_suspended_account_is_out_at_the_next_click(force: Force, keeper: Actor) -> None:
    sam = cast.actor(cast.person(force, "Sam"))
    client = cast.client_for(sam)
    assert client.get(reverse("me:page")).status_code == 200
    admin = cast.client_for(keeper)
    assert sent(admin, "accounts:suspend", sam.person_id) == 303
    assert client.get(reverse("me:page")).status_code == 302
    assert cast.account_of(sam).state == "suspended"


def test_line_management_is_listed_for_who_keeps_the_directory(force: Force, keeper: Actor) -> None:
    sam, bo = cast.person(force, "Sam"), cast.person(force, "Bo")
    with db.open_for("the cast"):
        LineManagement.objects.create(person=sam, manager=bo, since=cast.TODAY)
    assert "Bo Ashdown, since 23 November 2026" in page(cast.client_for(keeper), "accounts:person", sam.pk)


@pytest.mark.parametrize("asked", [{"words": "\0"}, {"words": "a" * 81}, {"show": "all"}, {"page": "9" * 5000}])
def test_a_list_asked_for_with_nonsense_is_the_whole_list(keeper: Actor, asked: dict[str, str]) -> None:
    assert "Keeper" in page(cast.client_for(keeper), "accounts:list", **asked)
