from __future__ import annotations

import datetime as dt
import gzip
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date

from standdown.foundation import access, clock, db
from standdown.people.adoption import actions as adoption
from standdown.people.adoption.policy import AdoptionState
from standdown.people.models import AdoptionStep
from standdown.people.roles.policy import Role
from standdown.public.cache import Kept, Shelf, shelf
from standdown.public.sheets import until
from standdown.training.models import Session
from tests import cast

pytestmark = pytest.mark.django_db

MONTH = "/training/demobilising-and-defusing/2022/08/"
FORCE = "/training/demobilising-and-defusing/forces/bshire/"


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    shelf.clear()


@pytest.fixture
def month(client: Client) -> Session:
    return cast.session(cast.course(), cast.force(), day=dt.date(2022, 8, 8))


def statements(client: Client, path: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as sent:
        client.get(path, headers=headers)
    return len(sent)


def test_a_second_reader_costs_one_statement_and_gets_the_same_bytes(client: Client, month: Session) -> None:
    first = client.get(MONTH)
    assert statements(client, MONTH) == 1
    assert client.get(MONTH).content == first.content


def test_a_write_through_an_action_shows_at_the_next_look(client: Client) -> None:
    cast.course()
    force = cast.force("bshire", adopted=False)
    assert b"does not take part" in client.get(FORCE).content
    adopt(force)
    assert b"has adopted this training" in client.get(FORCE).content


def test_were_the_number_not_to_rise_the_old_page_would_be_served(client: Client, monkeypatch: Any) -> None:
    """The control: it is the number, and nothing else, that makes a page stale."""
    cast.course()
    force = cast.force("bshire", adopted=False)
    monkeypatch.setattr(db, "public_version", lambda: 1)
    client.get(FORCE)
    adopt(force)
    assert b"does not take part" in client.get(FORCE).content


def adopt(force: Any) -> None:
    with db.open_for("the test"):
        AdoptionStep.objects.create(
            force=force, state=AdoptionState.ADOPTED.value, since=dt.date(2021, 1, 1), recorded_at=cast.AT
        )


def test_anonymous_demand_leaves_the_public_pages_alone(client: Client) -> None:
    cast.course()
    force = cast.force("bshire", adopted=False)
    before = client.get(FORCE)["ETag"]
    adoption.register_demand(by=access.ANYONE, force=force, at=clock.now())
    assert client.get(FORCE)["ETag"] == before


def test_a_known_page_is_answered_without_bytes_and_without_making_it(client: Client, month: Session) -> None:
    etag = client.get(MONTH)["ETag"]
    with CaptureQueriesContext(connection) as sent:
        known = client.get(MONTH, headers={"If-None-Match": etag})
    assert (known.status_code, known.content, len(sent)) == (304, b"", 1)
    assert (known["ETag"], known["Cache-Control"], known["Vary"]) == (etag, "no-cache", "Accept-Encoding, Cookie")
    assert client.get(MONTH, headers={"If-None-Match": f'"x", {etag.removeprefix("W/")}'}).status_code == 304
    assert client.get(MONTH, headers={"If-None-Match": "*"}).status_code == 304
    assert client.get(MONTH, headers={"If-None-Match": '"x"'}).status_code == 200


def test_the_date_of_a_page_is_a_validator_too(client: Client, month: Session) -> None:
    client.get(MONTH)
    page = next(iter(shelf._pages.values()))
    for since, status in ((page.modified, 304), (page.modified + 60, 304), (page.modified - 1, 200)):
        answer = client.get(MONTH, headers={"If-Modified-Since": http_date(since)})
        assert answer.status_code == status
    assert client.get(MONTH, headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_compressed_and_plain_say_the_same(client: Client, month: Session) -> None:
    plain = client.get(MONTH)
    packed = client.get(MONTH, headers={"Accept-Encoding": "br;q=1.0, gzip;q=0.8"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content)
    assert "Content-Encoding" not in client.get(MONTH, headers={"Accept-Encoding": "gzip;q=0, br"})


def test_head_is_get_without_the_bytes(client: Client, month: Session) -> None:
    whole, head = client.get(MONTH), client.head(MONTH)
    assert (head.status_code, head.content) == (200, b"")
    assert [head[name] for name in ("Content-Length", "ETag", "Content-Type")] == [
        whole[name] for name in ("Content-Length", "ETag", "Content-Type")
    ]


def test_who_is_signed_in_is_never_served_from_the_shelf_nor_put_on_it(client: Client, month: Session) -> None:
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, cast.force("bshire"), "Quintessa"))
    theirs = lead.get(MONTH)
    assert len(shelf) == 0
    assert theirs["Cache-Control"] == "private, no-store"
    assert "ETag" not in theirs
    assert b"/me/" in theirs.content
    ours = client.get(MONTH)
    assert b"/me/" not in ours.content
    assert b"Quintessa" not in ours.content + theirs.content
    assert lead.get(MONTH)["Cache-Control"] == "private, no-store"


def test_a_waiting_message_keeps_a_page_off_the_shelf(client: Client, month: Session) -> None:
    client.cookies["messages"] = "something"
    assert client.get(MONTH)["Cache-Control"] == "private, no-store"
    assert len(shelf) == 0


def test_a_public_page_sets_no_cookie(client: Client, month: Session) -> None:
    assert not client.get(MONTH).cookies
    assert not client.get("/").cookies


def test_query_strings_make_no_second_copy(client: Client, month: Session) -> None:
    page = client.get(MONTH)
    assert client.get(MONTH + "?utm=x&%00=%ff&a[]=" + "9" * 2000).content == page.content
    assert len(shelf) == 1


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ([], dt.datetime(2026, 7, 1, 23, 0, tzinfo=dt.UTC)),
        ([dt.datetime(2026, 7, 1, 8, 0, tzinfo=dt.UTC)], dt.datetime(2026, 7, 1, 23, 0, tzinfo=dt.UTC)),
        ([dt.datetime(2026, 7, 1, 15, 0, tzinfo=dt.UTC)], dt.datetime(2026, 7, 1, 15, 0, tzinfo=dt.UTC)),
        ([dt.datetime(2026, 7, 2, 8, 0, tzinfo=dt.UTC)], dt.datetime(2026, 7, 1, 23, 0, tzinfo=dt.UTC)),
    ],
)
def test_a_page_holds_until_its_next_change_or_midnight_in_london(
    moments: list[dt.datetime], expected: dt.datetime
) -> None:
    assert until(dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.UTC), moments) == expected


def kept(*, version: int = 1, body: bytes = b"x", modified: int = 0) -> Kept:
    return Kept(version, cast.AT + dt.timedelta(hours=1), "text/html", "", f'W/"{body!r}"', modified, body, body)


def test_a_page_leaves_the_shelf_when_its_time_or_its_number_is_over() -> None:
    made = Shelf()
    key = ("/", "en-gb", False)
    made.keep(key, kept())
    assert made.get(key, 1, cast.AT) is not None
    assert made.get(key, 2, cast.AT) is None
    assert made.get(key, 1, cast.AT + dt.timedelta(hours=1)) is None
    assert made.get(("/", "cy", False), 1, cast.AT) is None


def test_the_shelf_has_an_end() -> None:
    made = Shelf(most_bytes=20_000)
    for number in range(100):
        made.keep((f"/{number}", "", False), kept())
        made.get(("/0", "", False), 1, cast.AT)
        assert made.size <= 20_000
    assert made.get(("/0", "", False), 1, cast.AT) is not None, "what is read stays"
    assert made.get(("/1", "", False), 1, cast.AT) is None
    made.keep(("/large", "", False), kept(body=b"x" * 5000))
    assert made.get(("/large", "", False), 1, cast.AT) is None


def test_a_page_that_came_out_the_same_keeps_its_date() -> None:
    made = Shelf()
    made.keep(("/", "", False), kept(version=1, modified=100))
    assert made.keep(("/", "", False), kept(version=2, modified=200)).modified == 100
    assert made.keep(("/", "", False), kept(version=3, body=b"y", modified=300)).modified == 300
