"""What the benches of places stand on: a force with its lead, people, dates, and a browser that sends the form."""

from __future__ import annotations

import datetime as dt
import io
import sys
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from standdown.config.wsgi import application
from standdown.foundation import clock, db, ids
from standdown.people.models import Base, Force, Person, Posting, Team
from standdown.people.roles.policy import Role
from standdown.training.models import Course, Session
from tests import cast

CSRF = "a" * 32
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


class Scene:
    """A force whose lead puts people forward."""

    def __init__(self, slug: str = "bench") -> None:
        self.force: Force = cast.force(slug)
        self.lead = cast.holder(Role.WELLBEING_LEAD, self.force, "Lee")
        self.cookie: str = cast.client_for(self.lead).cookies["session"].value
        self.course: Course = cast.course(f"course-of-{slug}")

    def date(self, capacity: int, days: int = 60) -> Session:
        """A date so many days from now."""
        day = clock.london_day(clock.now()) + dt.timedelta(days=days)
        return cast.session(self.course, self.force, capacity=capacity, day=day)

    def people(self, number: int, teams: int = 0) -> list[tuple[Person, str]]:
        """So many who serve, with their work numbers."""
        people = [
            Person(given_name="Some", family_name=f"Body{one}", home_force=self.force, kind="officer",
                   work_email=f"{ids.new().hex}@bench.example")
            for one in range(number)
        ]  # fmt: skip
        with db.open_for("the bench"):
            base = Base.objects.create(force=self.force, name=f"Base {ids.new().hex[-8:]}") if teams else None
            made = [Team(force=self.force, base=base, name=f"Team {ids.new().hex[-12:]}") for _ in range(teams)]
            Team.objects.bulk_create(made)
            Person.objects.bulk_create(people, batch_size=1000)
            postings = [
                Posting(person=one, force=self.force, number=one.pk.hex[-12:], since=dt.date(2020, 1, 1),
                        team=made[count % teams] if teams else None)
                for count, one in enumerate(people)
            ]  # fmt: skip
            Posting.objects.bulk_create(postings, batch_size=1000)
        return [(one, one.pk.hex[-12:]) for one in people]

    def put_forward(self, date: Session, person: Person) -> str:
        """What the lead's browser sends; the status of the answer."""
        path, body, cookie = form(self, date, person)
        address, _, query = path.partition("?")
        return ask(address, query, body, cookie)


def form(scene: Scene, date: Session, person: Person) -> tuple[str, bytes, str]:
    """The address, the body and the cookie with which somebody is put forward."""
    sent = {
        "csrfmiddlewaretoken": CSRF, "key": str(ids.new()), "date": str(date.pk), "release": "yes", "stated": "on",
    }  # fmt: skip
    path = f"/training/nominations/put-forward/?person={person.pk}"
    return path, urllib.parse.urlencode(sent).encode(), f"session={scene.cookie}; csrf={CSRF}"


def ask(path: str, query: str = "", body: bytes | None = None, cookie: str = "") -> str:
    """One request straight into the application; the status of its answer."""
    environ = {
        "REQUEST_METHOD": "GET" if body is None else "POST", "PATH_INFO": path, "QUERY_STRING": query,
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost", "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http", "REMOTE_ADDR": "127.0.0.1", "wsgi.input": io.BytesIO(body or b""),
        "wsgi.errors": sys.stderr, "HTTP_COOKIE": cookie, "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body or b"")),
    }  # fmt: skip
    said: list[str] = []

    def start(status: str, _headers: list[tuple[str, str]], _error: object = None) -> Callable[[bytes], object]:
        said.append(status)
        return lambda _data: None

    answer: Any = application(environ, start)
    b"".join(answer)
    answer.close()
    return said[0]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent while it is open, but for the opening and closing of transactions."""
    sent: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(NOT_COUNTED):
            sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent
