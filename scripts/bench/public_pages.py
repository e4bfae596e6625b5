"""Takes the figures of the public pages in a process and a database of its own; prints them as JSON.

Requests go straight into the WSGI application: the whole of our middleware, no network. Every ratio is against a view
that answers two letters behind the same middleware, in turns with it, so that a slow minute slows both.

A page "made afresh" is what follows a write somewhere else: everything is read, put together, hashed and compressed
anew, but the words of a date that has not changed are remembered, as they are in earnest. "From nothing" forgets these.
"""

import datetime as dt
import gzip
import io
import itertools
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standdown.config.settings")

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from harness import per_second  # noqa: E402

from standdown.config import urls  # noqa: E402
from standdown.config.wsgi import application  # noqa: E402
from standdown.foundation import clock, db, ids  # noqa: E402
from standdown.foundation.gates import public  # noqa: E402
from standdown.public.cache import shelf  # noqa: E402
from standdown.public.dates import pages, rows, structured  # noqa: E402
from standdown.training.courses import page_sql  # noqa: E402
from standdown.training.models import Course, Session, SessionForce  # noqa: E402
from standdown.training.sessions import month_sql  # noqa: E402
from tests import cast  # noqa: E402

MONTH = "/training/demobilising-and-defusing/2027/03/"
FEED = "/training/demobilising-and-defusing/dates.ics"
STYLES = ROOT / "standdown" / "design" / "static" / "design" / "standdown.css"
# Everything that is remembered about the dates and words of this page in particular.
REMEMBERED = (
    month_sql._dates, month_sql._line, month_sql._force, page_sql._page, rows._drawn, rows._month_drawn,
    rows.month_changes, structured._event, structured._briefly, structured._month, pages._drawn, pages._summary,
)  # fmt: skip
IN_MONTH, IN_FEED, IN_ALL = 60, 200, 20_000


@public
def bare(_request: HttpRequest) -> HttpResponse:
    """The least that a view can do."""
    return HttpResponse("ok")


urls.urlpatterns.insert(0, path("bare/", bare))  # type: ignore[arg-type]


class Visitor:
    """One address asked again and again; remembers the last answer."""

    def __init__(self, address: str, *, fresh: bool = False, forgetful: bool = False, **headers: str) -> None:
        self.environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": "", "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "HTTP_HOST": "localhost", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
            "REMOTE_ADDR": "127.0.0.1", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
            "HTTP_ACCEPT_ENCODING": "gzip", **headers,
        }  # fmt: skip
        self.fresh = fresh
        self.forgetful = forgetful

    def __call__(self) -> bytes:
        if self.fresh:
            shelf.clear()
        if self.forgetful:
            for remembered in REMEMBERED:
                remembered.cache_clear()
        answer = application(dict(self.environ), self._start)
        try:
            return b"".join(answer)
        finally:
            answer.close()

    def _start(self, status: str, headers: list[tuple[str, str]], _error: object = None) -> Callable[[bytes], object]:
        self.status, self.headers = status, dict(headers)
        return lambda _data: None


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent while it is open."""
    sent: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


def sessions(course: Course, days: Iterator[dt.date], number: int) -> Session:
    """So many published dates, each for two of the forces; returns the last."""
    forces = list(cast.Force.objects.order_by("slug"))
    made = []
    for day in itertools.islice(days, number):
        starts = clock.from_wall(day, dt.time(9))
        made.append(
            Session(
                reference=ids.reference("TS", 8), course=course, version=course.current, status="published",
                delivery="online", platform="Microsoft Teams", capacity=16, starts_at=starts,
                ends_at=starts + dt.timedelta(hours=7), nominations_close_at=starts - dt.timedelta(days=7),
                changed_at=cast.AT,
            )
        )  # fmt: skip
    with db.open_for("the bench"):
        Session.objects.bulk_create(made, batch_size=500)
        SessionForce.objects.bulk_create(
            [
                SessionForce(session=session, force=forces[(number + offset) % len(forces)])
                for number, session in enumerate(made)
                for offset in (0, 7)
            ],
            batch_size=500,
        )
    return made[-1]


def _days(first: dt.date, length: int) -> Iterator[dt.date]:
    return (first + dt.timedelta(days=number % length) for number in itertools.count())


def share(call: Callable[[], object], against: Callable[[], object], *, rounds: int = 200, calls: int = 5) -> float:
    """How many a second `call` does, as a share of `against`: medians of single calls, in rounds that take turns.

    Counted in processor time: a long call is interrupted by other work of the machine more often than a short one.
    """
    times: dict[Callable[[], object], list[float]] = {call: [], against: []}
    for _ in range(rounds):
        for function in (call, against):
            function()
            for _ in range(calls):
                started = time.thread_time()
                function()
                times[function].append(time.thread_time() - started)
    return statistics.median(times[against]) / statistics.median(times[call])


def _statements(visitor: Visitor) -> int:
    visitor()
    with counted() as sent:
        visitor()
    return len(sent)


def figures() -> dict[str, float]:
    """Every figure by name."""
    call_command("migrate", verbosity=0)
    for number in range(40):
        cast.force(f"force-{number}", name=f"Force Number {number} Constabulary", short_name=f"Force {number}")
    course = cast.course()
    _long_words(course)
    session = sessions(course, _days(dt.date(2027, 3, 1), 28), IN_MONTH)
    fresh, warm = Visitor(MONTH, fresh=True), Visitor(MONTH)
    page = fresh()
    nothing = Visitor("/bare/")
    found: dict[str, float] = {
        "bytes": len(page) + len(gzip.compress(STYLES.read_bytes(), 9)),
        "month statements": _statements(fresh),
        "session statements": _statements(
            Visitor(f"/training/demobilising-and-defusing/sessions/{session.pk}/", fresh=True)
        ),
        "kept statements": _statements(warm),
        "bare per second": per_second(nothing),
        "fresh": share(fresh, nothing),
        "from nothing": share(Visitor(MONTH, fresh=True, forgetful=True), nothing, rounds=10),
        "kept": share(warm, nothing),
    }
    known = Visitor(MONTH, HTTP_IF_NONE_MATCH=warm.headers["ETag"])
    assert known() == b""
    assert known.status.startswith("304")
    found["known"] = share(known, nothing)
    found |= _feed(course, nothing)
    return found | _flat(course, fresh)


def _feed(course: Course, nothing: Visitor) -> dict[str, float]:
    sessions(course, _days(dt.date(2027, 5, 1), 90), IN_FEED - IN_MONTH)
    feed = Visitor(FEED)
    body = gzip.decompress(feed())
    known = Visitor(FEED, HTTP_IF_NONE_MATCH=feed.headers["ETag"])
    statements = _statements(known)
    assert known.status.startswith("304")
    events = float(body.count(b"BEGIN:VEVENT"))
    return {"feed events": events, "feed statements": statements, "feed known": share(known, nothing)}


def _flat(course: Course, fresh: Visitor) -> dict[str, float]:
    """The same month among few dates and among many: how many times as long it takes."""
    with db.open_for("the bench"):
        others = Session.objects.filter(starts_at__gte=clock.start_of_day(dt.date(2027, 4, 1)))
        SessionForce.objects.filter(session__in=others).delete()
        others.delete()
    nothing = Visitor("/bare/")
    few = share(fresh, nothing)
    sessions(course, _days(dt.date(2015, 1, 1), 365 * 12), IN_ALL - IN_MONTH)
    return {"flat": few / share(fresh, nothing)}


def _long_words(course: Course) -> None:
    words = "Words as long as a paragraph of the course's page tends to be, so that the page has its weight. " * 3
    with db.open_for("the bench"):
        for number, block in enumerate(course.versions.get().blocks.all()):
            block.text = f"{number} {words}"
            block.save()


if __name__ == "__main__":
    print(json.dumps(figures()))
