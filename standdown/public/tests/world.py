"""A small public world for the tests: the first course in its own words, forces, dates, and the addresses of it all."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import html5lib

from standdown.foundation import access, clock
from standdown.people.models import Force
from standdown.training.courses import actions
from standdown.training.models import Course, Session
from tests import cast

COURSE = "/training/demobilising-and-defusing/"
AUGUST = COURSE + "2022/08/"


def course() -> Course:
    """The course that every installation begins with."""
    return actions.set_up_course(by=access.system("set up"), at=cast.AT)


def bedfordshire() -> Force:
    """Bedfordshire, which has adopted."""
    return cast.force("bedfordshire", name="Bedfordshire Police", short_name="Bedfordshire")


def met() -> Force:
    """The Met, under the name that files use."""
    return cast.force("metropolitan", name="Metropolitan Police Service", short_name="MET")


def august_2022() -> tuple[Session, Session]:
    """The two dates that it all began with."""
    made = course()
    first = cast.session(made, bedfordshire(), day=dt.date(2022, 8, 8))
    return first, cast.session(made, met(), day=dt.date(2022, 8, 31))


def in_days(number: int) -> dt.date:
    """A day so many days from the real today, because views ask the real clock."""
    return clock.london_day(clock.now()) + dt.timedelta(days=number)


def page_of(session: Session) -> str:
    """The address of a date's own page."""
    return f"{COURSE}sessions/{session.pk}/"


def document(response: Any) -> Any:
    """The page as a tree of elements; a page that is not well made fails."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(response.content.decode())


def words(response: Any) -> str:
    """The words that somebody reads, with single spaces: no scripts, no markup."""
    tree = document(response)
    for parent in tree.iter():
        for child in list(parent):
            if child.tag in {"script", "style"}:
                child.text = ""
    return re.sub(r"\s+", " ", " ".join(tree.itertext()))


def data(response: Any) -> list[dict[str, Any]]:
    """The JSON-LD of a page."""
    blocks = [element for element in document(response).iter("script") if element.get("type") == "application/ld+json"]
    assert len(blocks) == 1
    found = json.loads(blocks[0].text)
    assert found["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = found["@graph"]
    return graph
