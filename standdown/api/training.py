"""Courses and dates for other systems: the same public facts as the pages, nothing more."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import NinjaAPI, Query, Schema
from ninja.errors import HttpError

from standdown import __version__
from standdown.foundation import clock
from standdown.training.courses import queries as courses
from standdown.training.sessions import queries as sessions
from standdown.training.sessions.lines import SessionLine

MOST = 200

api = NinjaAPI(
    title="Standdown",
    version=__version__,
    description="Public facts about courses and their dates. Times are ISO 8601 in Europe/London.",
    docs_url=None,  # the usual viewer is fetched from elsewhere; the description is at openapi.json
    openapi_url="openapi.json",
    urls_namespace="api",
)


class CourseOut(Schema):
    """A published course."""

    slug: str
    title: str
    summary: str
    minutes: int
    version: int
    page: str


class ForceOut(Schema):
    """A force that a date is for."""

    slug: str
    name: str
    short_name: str
    home_office: bool


class SessionOut(Schema):
    """A published date of a course."""

    id: uuid.UUID
    reference: str
    course: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    status: str
    delivery: str
    platform: str
    place: str
    language: str
    nominations_close_at: dt.datetime
    previous_starts_at: dt.datetime | None
    forces: list[ForceOut]
    page: str


class Window(Schema):
    """Which dates: those that begin on or after one day and before another, in London."""

    since: dt.date | None = None
    until: dt.date | None = None
    limit: Annotated[int, Query(ge=1, le=MOST)] = MOST


@api.get("/courses", response=list[CourseOut], summary="Published courses")
def list_courses(request: HttpRequest) -> list[CourseOut]:
    """Every published course."""
    return [_course(course) for course in courses.courses()]


@api.get("/courses/{slug}/sessions", response=list[SessionOut], summary="Dates of a course")
def list_sessions(request: HttpRequest, slug: str, window: Query[Window]) -> list[SessionOut]:
    """The dates of a course in order: from today on, unless `since` says otherwise; at most 200."""
    course = courses.published_course(slug)
    if course is None:
        raise HttpError(404, "There is no course with this address.")
    since = clock.start_of_day(window.since or clock.london_day(clock.now()))
    until = clock.start_of_day(window.until) if window.until else None
    return [_session(line) for line in sessions.feed(course.id, since, until, window.limit)]


@api.get("/sessions/{session_id}", response=SessionOut, summary="One date")
def one_session(request: HttpRequest, session_id: uuid.UUID) -> SessionOut:
    """One published date."""
    line = sessions.session_line(session_id)
    if line is None:
        raise HttpError(404, "There is no date with this key.")
    return _session(line)


def _course(course: courses.PublishedCourse) -> CourseOut:
    return CourseOut(
        slug=course.slug,
        title=course.title,
        summary=course.summary,
        minutes=course.minutes,
        version=course.version_number,
        page=settings.ORIGIN + reverse("public:course", args=[course.slug]),
    )


def _session(line: SessionLine) -> SessionOut:
    return SessionOut(
        id=line.id,
        reference=line.reference,
        course=line.course_slug,
        starts_at=clock.london(line.starts_at),
        ends_at=clock.london(line.ends_at),
        status=line.status,
        delivery=line.delivery,
        platform=line.platform,
        place=line.place,
        language=line.language,
        nominations_close_at=clock.london(line.nominations_close_at),
        previous_starts_at=clock.london(line.previous_starts_at) if line.previous_starts_at else None,
        forces=[ForceOut.from_orm(force) for force in line.forces],
        page=settings.ORIGIN + reverse("public:session", args=[line.course_slug, line.id]),
    )
