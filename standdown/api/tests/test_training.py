import datetime as dt
import uuid

import pytest
from django.test import Client

from tests import cast

pytestmark = pytest.mark.django_db


def test_the_description_is_there_and_names_only_these_paths(client: Client) -> None:
    found = client.get("/api/v1/openapi.json").json()
    assert sorted(found["paths"]) == [
        "/api/v1/courses",
        "/api/v1/courses/{slug}/sessions",
        "/api/v1/sessions/{session_id}",
    ]


def test_courses(client: Client) -> None:
    cast.course()
    assert client.get("/api/v1/courses").json() == [
        {
            "slug": "demobilising-and-defusing",
            "title": "Demobilising and defusing",
            "summary": "One day.",
            "minutes": 420,
            "version": 1,
            "page": "http://localhost:8000/training/demobilising-and-defusing/",
        }
    ]


def test_dates_in_a_window_with_london_times(client: Client) -> None:
    course, force = cast.course(), cast.force("ashire")
    cast.session(course, force, day=dt.date(2026, 8, 31))
    cast.session(course, force, day=dt.date(2026, 9, 1))
    answer = client.get(f"/api/v1/courses/{course.slug}/sessions?since=2026-08-31&until=2026-09-01")
    (line,) = answer.json()
    assert line["starts_at"] == "2026-08-31T09:00:00+01:00"
    assert line["forces"] == [{"slug": "ashire", "name": "Ashire Police", "short_name": "Ashire", "home_office": True}]
    assert client.get(f"/api/v1/sessions/{line['id']}").json() == line


def test_drafts_hidden_forces_and_unknown_keys_are_not_there(client: Client) -> None:
    course = cast.course()
    draft = cast.session(course, cast.force("ashire"), status="draft")
    hidden = cast.session(course, cast.force("bshire", dates_public=False))
    answers = [client.get(f"/api/v1/sessions/{key}") for key in (draft.pk, hidden.pk, uuid.uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer.content for answer in answers}) == 1
    assert client.get(f"/api/v1/courses/{course.slug}/sessions?since=2020-01-01").json() == []


@pytest.mark.parametrize(
    ("query", "status"),
    [("since=yesterday", 422), ("limit=0", 422), ("limit=201", 422), ("since=0001-01-01", 200), ("surprise=1", 200)],
)
def test_bad_questions_are_answered_with_what_is_wrong(client: Client, query: str, status: int) -> None:
    course = cast.course()
    assert client.get(f"/api/v1/courses/{course.slug}/sessions?{query}").status_code == status


def test_only_reading_is_offered(client: Client) -> None:
    assert client.post("/api/v1/courses").status_code == 405
    assert client.get("/api/v1/courses/none/sessions").status_code == 404
