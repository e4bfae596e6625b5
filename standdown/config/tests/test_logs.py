"""What opens a link or a calendar never stands in a log, whatever became of the request."""

from __future__ import annotations

import io
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from standdown.config.logs import HIDDEN, Line, without_secrets
from standdown.foundation import clock, ids, links
from standdown.foundation.links import Link
from tests import cast

TOKEN = "AX3dY0pY7Gq1mPZ-8tYk2wAX3dY0pY7Gq1mPZ.kCq3_b1nE7"
FORMAT = "%(levelname)s %(name)s %(message)s"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that would be written, as our only way out writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Line(FORMAT))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize(
    ("line", "written"),
    [
        (f"Not Found: /training/mine/calendar/{TOKEN}.ics", f"Not Found: /training/mine/calendar/{HIDDEN}"),
        (f"Gone: /training/nominations/answer/{TOKEN}/", f"Gone: /training/nominations/answer/{HIDDEN}/"),
        (f'"GET /sign-in/?next=/a/{TOKEN}/ HTTP/1.1" 302', f'"GET /sign-in/?{HIDDEN} HTTP/1.1" 302'),
        (
            "Not Found: /training/sessions/0198f3c2-1111-7abc-8def-0123456789ab/",
            "Not Found: /training/sessions/0198f3c2-1111-7abc-8def-0123456789ab/",
        ),
        (
            "Not Found: /training/x/sessions/0198f3c2-1111-7abc-8def-0123456789ab.ics",
            "Not Found: /training/x/sessions/0198f3c2-1111-7abc-8def-0123456789ab.ics",
        ),
        (f"/a/0198f3c2-1111-7abc-8def-0123456789ab{TOKEN}/", f"/a/{HIDDEN}/"),
        ("a turn failed: OperationalError", "a turn failed: OperationalError"),
    ],
)
def test_addresses_are_written_without_what_opens_something(line: str, written: str) -> None:
    assert without_secrets(line) == written


def routes_with(word: str, found: Any = None, before: str = "/") -> Iterator[str]:
    """Every address that holds such a word, filled with a token."""
    for one in (found or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes_with(word, one, route)
        elif isinstance(one, URLPattern) and f":{word}>" in route:
            yield route.replace(f"<str:{word}>", TOKEN)


@pytest.mark.django_db
def test_no_address_of_ours_with_a_token_leaves_it_in_the_log(log: io.StringIO) -> None:
    client, addresses = Client(), list(routes_with("token"))
    answers = {client.get(address).status_code for address in addresses}
    answers |= {client.put(address).status_code for address in addresses}
    assert len(addresses) == 14
    assert 404 in answers
    assert 405 in answers
    assert "Not Found" in log.getvalue()
    assert TOKEN not in log.getvalue()
    assert TOKEN.partition(".")[0] not in log.getvalue()


@pytest.mark.django_db
def test_a_calendar_that_was_taken_back_and_a_link_whose_time_is_over_stay_out_of_it(log: io.StringIO) -> None:
    who = cast.person(cast.force())
    over = links.sign("certificate", Link(ids.new(), who.pk, clock.now().replace(year=2020)))
    client = Client()
    assert client.get(f"/training/certificates/link/{over}/").status_code == 410
    assert client.get(f"/training/mine/calendar/{over}.ics").status_code == 404
    assert ("Gone" in log.getvalue(), over in log.getvalue()) == (True, False)


def test_however_short_it_is_what_an_address_calls_a_token_is_hidden() -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: /x/%s/", ("short",), None)
    record.request = type("Request", (), {"resolver_match": type("Match", (), {"kwargs": {"token": "short"}})})
    assert Line(FORMAT).format(record) == f"WARNING django.request Not Found: /x/{HIDDEN}/"


def _looked_up(name: str) -> str:
    return {"nobody": ""}[name]


def _fails() -> None:
    try:
        _looked_up("Alice Ashdown")
    except KeyError as error:
        raise ValueError(TOKEN) from error


def test_of_an_error_the_kinds_and_the_places_are_written_and_not_its_words() -> None:
    with pytest.raises(ValueError, match=TOKEN) as caught:
        _fails()
    facts = (caught.type, caught.value, caught.tb)
    written = Line(FORMAT).format(logging.LogRecord("django.request", logging.ERROR, "", 0, "Failed", None, facts))
    assert written.startswith("ERROR django.request Failed\n")
    assert ("builtins.KeyError\n" in written, written.endswith("builtins.ValueError")) == (True, True)
    assert ("in _looked_up" in written, "in _fails" in written) == (True, True)
    assert ("KeyError: 'Alice Ashdown'" in written, TOKEN in written) == (False, False)


def test_everything_that_is_logged_goes_that_one_way() -> None:
    configured: Any = settings.LOGGING
    assert {name: one["formatter"] for name, one in configured["handlers"].items()} == {"console": "line"}
    assert logging.getLogger("django").handlers == []
    served = [one for one in logging.getLogger("django.server").handlers if type(one) is logging.StreamHandler]
    assert [type(one.formatter) for one in served] == [Line]
