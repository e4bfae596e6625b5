import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from standdown.foundation import clock, db
from standdown.people.models import Force
from standdown.training.models import Course, Session, SessionChange
from standdown.training.sessions import queries
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    return cast.course()


@pytest.fixture
def ashire() -> Force:
    return cast.force("ashire")


@pytest.fixture
def bshire() -> Force:
    return cast.force("bshire")


def change(of: Session, kind: str, reason: str, previous: dt.datetime | None = None) -> None:
    with db.open_for("the test"):
        at = cast.AT + dt.timedelta(minutes=SessionChange.objects.count())
        SessionChange.objects.create(session=of, kind=kind, reason=reason, previous_starts_at=previous, at=at)


def hide(force: Force) -> None:
    with db.open_for("the test"):
        Force.objects.filter(pk=force.pk).update(dates_public=False)


def test_a_month_lists_its_dates_in_order_with_their_forces(course: Course, ashire: Force, bshire: Force) -> None:
    late = cast.session(course, ashire, bshire, day=dt.date(2022, 8, 31))
    early = cast.session(course, bshire, day=dt.date(2022, 8, 8))
    cast.session(course, ashire, day=dt.date(2022, 9, 1))
    cast.session(course, ashire, day=dt.date(2022, 8, 9), status="draft")
    found = queries.month(course.pk, 2022, 8)
    assert [(line.id, line.short_names) for line in found] == [(early.pk, "Bshire"), (late.pk, "Ashire and Bshire")]
    assert (found[0].title, found[0].minutes, found[0].lasts_minutes) == ("Demobilising and defusing", 420, 420)
    assert (found[0].how, found[0].status_words) == ("Online, Microsoft Teams", "Published")
    assert found[0].free_for_all


def test_a_month_is_one_of_london(course: Course, ashire: Force) -> None:
    begins = clock.from_wall(dt.date(2027, 8, 1), dt.time(0, 15))  # still July in UTC
    inside = cast.session(course, ashire, starts_at=begins)
    assert [line.id for line in queries.month(course.pk, 2027, 8)] == [inside.pk]
    assert queries.month(course.pk, 2027, 7) == []
    assert queries.months_with_sessions(course.pk) == [(2027, 8, 1)]


def test_a_month_that_does_not_exist_is_an_error(course: Course) -> None:
    with pytest.raises(ValueError, match="month"):
        queries.month(course.pk, 2027, 13)


@pytest.mark.parametrize("number", [1, 3])
def test_a_month_takes_two_statements_however_many_dates(course: Course, ashire: Force, number: int) -> None:
    for day in range(1, number + 1):
        cast.session(course, ashire, day=dt.date(2027, 3, day))
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.month(course.pk, 2027, 3)) == number
    assert len(asked) == 2


def test_a_force_that_keeps_its_dates_private_is_left_out(course: Course, ashire: Force, bshire: Force) -> None:
    only_hidden = cast.session(course, bshire, day=dt.date(2027, 3, 2))
    mixed = cast.session(course, ashire, bshire, day=dt.date(2027, 3, 3))
    hide(bshire)
    assert [(line.id, line.short_names) for line in queries.month(course.pk, 2027, 3)] == [(mixed.pk, "Ashire")]
    assert queries.session_line(only_hidden.pk) is None
    assert [line.id for line in queries.coming(course.pk, cast.AT, 9)] == [mixed.pk]
    assert queries.coming(course.pk, cast.AT, 9, "bshire") == []
    assert [line.id for line in queries.feed(course.pk, cast.AT)] == [mixed.pk]
    assert queries.months_with_sessions(course.pk) == [(2027, 3, 1)]


def test_a_move_and_a_cancellation_show(course: Course, ashire: Force) -> None:
    moved = cast.session(course, ashire, day=dt.date(2027, 3, 2))
    cancelled = cast.session(course, ashire, day=dt.date(2027, 3, 3), status="cancelled")
    first, second = (clock.from_wall(dt.date(2027, 2, day), dt.time(9)) for day in (1, 2))
    change(moved, "moved", "venue", first)
    change(moved, "moved", "venue", second)
    change(cancelled, "cancelled", "numbers")
    one, two = queries.month(course.pk, 2027, 3)
    assert (one.previous_starts_at, one.is_moved, one.reason_words) == (second, True, "")
    assert (two.is_cancelled, two.reason, two.reason_words) == (True, "numbers", "Too few people were put forward")


def test_coming_dates_are_those_that_are_not_over(course: Course, ashire: Force, bshire: Force) -> None:
    cast.session(course, ashire, day=dt.date(2026, 3, 2))
    under_way = cast.session(course, ashire, bshire, starts_at=cast.AT - dt.timedelta(hours=1))
    later = cast.session(course, bshire, day=dt.date(2027, 3, 2))
    assert [line.id for line in queries.coming(course.pk, cast.AT, 9)] == [under_way.pk, later.pk]
    first = queries.coming(None, cast.AT, 1)
    assert [(line.id, line.short_names) for line in first] == [(under_way.pk, "Ashire and Bshire")]
    assert [line.id for line in queries.coming(course.pk, cast.AT, 9, "ashire")] == [under_way.pk]
    assert (under_way.pk, False) == (first[0].id, first[0].is_over(cast.AT))


def test_one_date_is_found_under_its_own_course_only(course: Course, ashire: Force) -> None:
    made = cast.session(course, ashire)
    draft = cast.session(course, ashire, status="draft")
    found = queries.session_line(made.pk, course.slug)
    assert found is not None
    assert (found.reference, found.full_names) == (made.reference, "Ashire Police")
    assert queries.session_line(made.pk, "another") is None
    assert queries.session_line(draft.pk) is None


def test_a_feed_ends_where_it_is_told_to(course: Course, ashire: Force) -> None:
    near = cast.session(course, ashire, day=dt.date(2027, 1, 4))
    cast.session(course, ashire, day=dt.date(2028, 1, 4))
    until = clock.start_of_day(dt.date(2027, 6, 1))
    assert [line.id for line in queries.feed(course.pk, cast.AT, until)] == [near.pk]


def test_the_neighbours_of_a_month_are_the_nearest_with_dates(course: Course, ashire: Force) -> None:
    for day in (dt.date(2022, 8, 8), dt.date(2026, 12, 1), dt.date(2027, 3, 1)):
        cast.session(course, ashire, day=day)
    with CaptureQueriesContext(connection) as asked:
        assert queries.neighbours(course.pk, 2026, 12) == (dt.date(2022, 8, 1), dt.date(2027, 3, 1))
    assert len(asked) == 1
    assert queries.neighbours(course.pk, 2022, 8) == (None, dt.date(2026, 12, 1))
    assert queries.neighbours(course.pk, 2028, 1) == (dt.date(2027, 3, 1), None)


def test_names_and_titles_are_in_the_language_of_the_page(course: Course) -> None:
    gwent = cast.force("gwent", welsh_name="Heddlu Gwent")
    made = cast.session(course, gwent)
    with translation.override("cy"):
        line = queries.session_line(made.pk)
        assert line is not None
        assert (line.full_names, line.title) == ("Heddlu Gwent", "Demobilising and defusing")
