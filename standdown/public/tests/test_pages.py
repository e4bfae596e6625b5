from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from standdown.audit.models import Entry
from standdown.foundation import db
from standdown.people.models import Account, Demand, Force, Succession, Team
from standdown.people.roles.policy import Role
from standdown.public.cache import shelf
from standdown.public.tests import world
from standdown.training.models import Session, SessionForce, SessionTrainer
from tests import cast

pytestmark = pytest.mark.django_db
FORCES = world.COURSE + "forces/"


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    shelf.clear()


def pages(*sessions: Session) -> list[str]:
    """Every public page that the world has."""
    return [
        "/", "/service/", "/training/", world.COURSE, world.AUGUST, "/certificates/", "/accessibility/", "/privacy/",
        "/what-we-hold/", *map(world.page_of, sessions),
        *(f"{FORCES}{slug}/{end}" for slug in ("bedfordshire", "cumbria") for end in ("", "thanks/")),
        f"{FORCES}cumbria/ask/",
    ]  # fmt: skip


def files(*sessions: Session) -> list[str]:
    """Every public address that is not a page."""
    return [
        "/robots.txt", "/sitemap.xml", "/.well-known/security.txt", "/health/live", "/health/ready", "/favicon.ico",
        world.COURSE + "dates.ics", world.COURSE + "dates.atom",
        world.AUGUST + "dates.ics", world.AUGUST + "dates.atom",
        *(world.page_of(session).rstrip("/") + ".ics" for session in sessions),
    ]  # fmt: skip


def only(document: Any, tag: str) -> Any:
    found = list(document.iter(tag))
    assert len(found) == 1, tag
    return found[0]


def test_every_page_has_one_heading_a_language_and_says_what_it_is(client: Client) -> None:
    first, _ = world.august_2022()
    cast.force("cumbria", adopted=False)
    titles = set()
    for path in pages(first):
        answer = client.get(path)
        assert answer.status_code == 200, path
        document = world.document(answer)
        assert document.get("lang") == "en-GB"
        assert "".join(only(document, "h1").itertext()).strip()
        titles.add(only(document, "title").text)
        named = {meta.get("name") or meta.get("property"): meta.get("content") for meta in document.iter("meta")}
        assert len(named["description"]) > 20
        links = {link.get("rel"): link.get("href") for link in document.iter("link")}
        assert links["canonical"] == named["og:url"] == settings.ORIGIN + path
        assert f"{named['og:title']} \u2013 Standdown" == only(document, "title").text
        assert named["og:description"] == named["description"]
        inline = [script for script in document.iter("script") if script.get("src") is None]
        assert all(script.get("type") == "application/ld+json" for script in inline)
    assert len(titles) == len(pages(first)) - 1, "the two pages of thanks share a title"


def test_no_public_byte_holds_what_is_not_public(client: Client) -> None:
    """Canaries: names, numbers and addresses that stand in the database and nowhere else."""
    first, second = world.august_2022()
    cast.force("cumbria", adopted=False)
    force = Force.objects.get(slug="bedfordshire")
    coming = cast.session(first.course, force, day=world.in_days(20), capacity=317)
    trainer = cast.person(force, "Canaryone", family_name="Canarytwo", work_email="canarythree@force.example")
    cast.holder(Role.WELLBEING_LEAD, force, "Canaryfour", family_name="Canaryfive")
    with db.open_for("the test"):
        for session in (first, second, coming):
            SessionTrainer.objects.create(session=session, person=trainer)
        SessionForce.objects.filter(force=force).update(allotment=219)
        Team.objects.create(force=force, name="Canarysix")
        Account.objects.filter(person__given_name="Canaryfour").update(email="canaryseven@force.example")
        trainer.postings.update(number="Canaryeight")
        Demand.objects.create(force=force, month=dt.date(2022, 8, 1), count=443)
        silent = cast.force("canarynine", dates_public=False)
        session_hidden = cast.session(first.course, silent, day=dt.date(2022, 8, 9))
        draft = cast.session(first.course, force, day=dt.date(2022, 8, 10), status="draft", place="Canaryten")
    shown = b""
    for path in pages(first, second, coming) + files(first, second, coming):
        answer = client.get(path)
        shown += answer.content + str(answer.headers).encode()
        assert not re.search(rb"\w@\w|teams\.microsoft\.com|\b(?:317|219|443)\b", answer.content), path
    assert b"anary" not in shown.replace(b"Canarynine", b"").replace(b"canarynine", b"")
    for hidden in (session_hidden, draft):
        assert str(hidden.pk).encode() not in shown
        assert client.get(world.page_of(hidden)).status_code == 404
        assert client.get(world.page_of(hidden).rstrip("/") + ".ics").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/training/unknown/", "/training/..%2fdemobilising-and-defusing/", "/training/%00/",
        "/training/a%00b/2022/08/",
        f"/training/{'a' * 61}/", f"/training/{'a' * 5000}/", "/training/Demobilising-And-Defusing/", "/training/a--b/",
        "/training/-a/", "/training/%F0%9F%9A%A8/", "/training/%ff%fe/", "/training/demobilising-and-defusing'--/",
        f"{world.COURSE}sessions/not-a-key/", f"{world.COURSE}sessions/00000000-0000-0000-0000-000000000000/",
        f"{world.COURSE}sessions/00000000-0000-0000-0000-000000000000.ics", f"{FORCES}nowhere/",
        f"{FORCES}nowhere/ask/",
        f"{FORCES}{'a' * 61}/", "/training/unknown/forces/bedfordshire/", "/training/unknown/dates.ics",
        "/training/unknown/dates.atom", "/certificates/CE-7KQ4MD/", "/certificates/ce-7kq4md/",
        "/certificates/DD-7KQ4-MDHX/", "/certificates/../x/",
    ],
)  # fmt: skip
def test_what_is_not_there(client: Client, path: str) -> None:
    world.august_2022()
    for address in (path, path + "?page=%00&x=" + "9" * 3000):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer.content.count(b"<h1") == 1
        assert b"Traceback" not in answer.content


def test_a_date_is_found_only_under_its_own_course(client: Client) -> None:
    first, _ = world.august_2022()
    cast.course("another")
    assert client.get(f"/training/another/sessions/{first.pk}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused_with_what_is_allowed(client: Client, method: str) -> None:
    first, _ = world.august_2022()
    cast.force("cumbria", adopted=False)
    for path in pages(first) + files(first):
        answer = getattr(client, method)(path)
        if path.endswith("/ask/") and method == "post":
            continue
        assert answer.status_code == 405, path
        assert {"GET", "HEAD"} <= set(answer["Allow"].split(", "))
        assert method.upper() not in {"POST", "OPTIONS"} or method.upper() not in answer["Allow"]


def test_head_is_answered_everywhere(client: Client) -> None:
    first, _ = world.august_2022()
    cast.force("cumbria", adopted=False)
    for path in pages(first) + files(first):
        assert client.head(path).status_code == client.get(path).status_code, path


def test_a_course_is_never_looked_for_under_the_words_of_signed_in_work(client: Client) -> None:
    cast.course("courses")
    cast.course("sessions")
    for path in ("/training/courses/", "/training/sessions/"):
        assert client.get(path).headers.get("Location", "").startswith("/sign-in/")


# -- a force's own page -------------------------------------------------------------------------------------------


def test_the_page_of_a_force_that_has_adopted(client: Client) -> None:
    made, force = world.course(), world.bedfordshire()
    cast.session(made, force, day=world.in_days(20))
    cast.session(made, cast.force("kent"), day=world.in_days(10))
    text = world.words(client.get(FORCES + "bedfordshire/"))
    assert "Bedfordshire Police has adopted this training." in text
    assert text.count("9:00am\u20134:00pm") == 1
    assert "Ask for my force" not in text
    assert client.get(FORCES + "bedfordshire/ask/")["Location"] == FORCES + "bedfordshire/"


def test_asking_without_a_name_counts_one_and_keeps_nothing_else() -> None:
    world.course()
    cast.force("cumbria", adopted=False)
    client = Client(enforce_csrf_checks=True)
    form = client.get(FORCES + "cumbria/ask/")
    assert (form["Cache-Control"], form.status_code) == ("no-store", 200)
    assert client.post(FORCES + "cumbria/ask/").status_code == 403
    token = next(
        field.get("value") for field in world.document(form).iter("input") if field.get("name") == "csrfmiddlewaretoken"
    )
    done = client.post(FORCES + "cumbria/ask/", {"csrfmiddlewaretoken": token})
    assert (done.status_code, done["Location"]) == (303, FORCES + "cumbria/thanks/")
    assert Demand.objects.get().count == 1
    entry = Entry.objects.get(can="register-demand")
    assert (entry.actor_kind, entry.actor_id, entry.detail) == ("anyone", None, {})
    assert token not in client.get(done["Location"]).content.decode()


def test_a_force_that_merged_leads_to_the_one_in_its_place(client: Client) -> None:
    world.course()
    old = cast.force("north", stood_down=dt.date(2026, 4, 1))
    new = cast.force("north-and-south", stood_up=dt.date(2026, 4, 1))
    with db.open_for("the test"):
        Succession.objects.create(origin=old, successor=new, kind="merger", since=dt.date(2026, 4, 1))
    page = client.get(FORCES + "north/")
    assert "This force ended on 1 April 2026." in world.words(page)
    assert f'href="{FORCES}north-and-south/"' in page.content.decode()
    assert client.post(FORCES + "north/ask/")["Location"] == FORCES + "north/"
    home = client.get("/").content.decode()
    assert f'"{FORCES}north-and-south/"' in home
    assert f'"{FORCES}north/"' not in home


def test_a_force_that_keeps_its_dates_to_itself(client: Client) -> None:
    made, force = world.course(), cast.force("quiet", dates_public=False)
    cast.session(made, force, day=world.in_days(20))
    assert "keeps its dates off the public pages" in world.words(client.get(FORCES + "quiet/"))
    assert b"Quiet</a></h" not in client.get("/training/").content


# -- certificates -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["dd7kq4mdhx", " DD - 7KQ4\u2013MDHX ", "DD-7KQ4-MDHX"])
def test_a_number_is_looked_up_however_it_was_typed(client: Client, typed: str) -> None:
    answer = client.get("/certificates/", {"code": typed})
    assert (answer.status_code, answer["Location"]) == (302, "/certificates/DD-7KQ4-MDHX/")


@pytest.mark.parametrize("typed", ["", "x", "<script>", "DD 7KQ4 MDHX!", "CE-7KQ4MD", "9" * 5000, "\0"])
def test_what_cannot_be_a_code_is_refused_with_a_reason(client: Client, typed: str) -> None:
    answer = client.get("/certificates/", {"code": typed})
    assert answer.status_code == 400
    assert "There is a problem" in world.words(answer)
    assert len(shelf) == 0


def test_a_number_that_nobody_has_is_said_plainly(client: Client) -> None:
    answer = client.get("/certificates/DD-7KQ4-MDHX/")
    assert "No certificate with the number DD-7KQ4-MDHX has been issued here." in world.words(answer)
    assert (answer.status_code, answer["Cache-Control"], len(shelf)) == (404, "no-store", 0)


def test_the_pages_stand_without_any_course_or_force(client: Client) -> None:
    for path in ("/", "/service/", "/training/", "/sitemap.xml"):
        assert client.get(path).status_code == 200
