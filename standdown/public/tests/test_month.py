from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from standdown.foundation import clock, db
from standdown.people.models import Force
from standdown.public.cache import shelf
from standdown.public.dates import pages
from standdown.public.tests import world
from standdown.training.courses import page_sql
from standdown.training.courses import queries as courses
from standdown.training.models import SessionChange
from standdown.training.sessions import month_sql, queries
from tests import cast

pytestmark = pytest.mark.django_db
SLUG = "demobilising-and-defusing"


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    shelf.clear()


@pytest.mark.parametrize(
    "fact",
    [
        "dates in August 2022", "Monday 8 August 2022", "Wednesday 31 August 2022", "Bedfordshire", "MET", "Online",
        "9:00am\u20134:00pm", "7 hours", "Home Office forces pay nothing", "Police officers and police staff",
        "peer supporters", "mutual aid", "only with the agreement", "Microsoft Teams", "What if I miss it?",
        "has adopted the training", "sent its dates directly", "primary prevention", "supervisor", "around three days",
        "core group", "one person alone", "further help and support", "What traumatic stress is",
        "How organisations respond", "Listening and responding", "Looking after yourself", "One day covers",
        "all year round", "wellbeing lead", "may put your name forward", "cannot take applications from individuals",
        "What people said who took the course", "August 2022 has passed",
    ],
)  # fmt: skip
def test_august_2022_states_what_the_first_listing_stated(client: Client, fact: str) -> None:
    world.august_2022()
    assert fact in world.words(client.get(world.AUGUST))


def test_it_links_to_the_service_and_to_the_months_beside_it(client: Client) -> None:
    made = world.august_2022()[0].course
    force = Force.objects.get(slug="metropolitan")
    cast.session(made, force, day=dt.date(2022, 5, 3))
    cast.session(made, force, day=dt.date(2023, 1, 10))
    links = [link.get("href") for link in world.document(client.get(world.AUGUST)).iter("a")]
    for address in ("/service/", world.COURSE + "2022/05/", world.COURSE + "2023/01/", world.AUGUST + "dates.ics"):
        assert address in links


@pytest.mark.parametrize("number", [1, 3, 60])
def test_six_statements_whatever_the_number_of_dates(client: Client, number: int) -> None:
    made, forces = world.course(), (world.bedfordshire(), world.met())
    for day in range(number):
        cast.session(made, *forces, day=dt.date(2027, 3, 1 + day % 28))
    with CaptureQueriesContext(connection) as sent:
        answer = client.get(world.COURSE + "2027/03/")
    assert len(sent) == 6
    assert answer.content.decode().count('<li class="sd-session">') == number


def test_a_date_page_takes_at_most_six_statements(client: Client) -> None:
    first, _ = world.august_2022()
    with CaptureQueriesContext(connection) as sent:
        assert client.get(world.page_of(first)).status_code == 200
    assert len(sent) <= 6


def test_plain_sql_says_the_same_as_the_orm() -> None:
    made, force, other = world.course(), world.bedfordshire(), world.met()
    hidden = cast.force("hidden", dates_public=False)
    day = dt.date(2027, 3, 1)
    moved = cast.session(made, other, force, day=day)
    cancelled = cast.session(made, force, hidden, day=day, owner_force=force, status="cancelled")
    elsewhere = cast.session(made, force, day=dt.date(2027, 3, 2))
    cast.session(made, hidden, day=day)
    cast.session(made, force, day=day, status="draft")
    cast.session(made, force, starts_at=clock.from_wall(dt.date(2027, 4, 1), dt.time(0)))
    cast.session(made, force, day=dt.date(2026, 12, 31))
    with db.open_for("the test"):
        for hours in (48, 24):
            SessionChange.objects.create(
                session=moved, kind="moved", reason="venue", at=cast.AT - dt.timedelta(hours=hours),
                previous_starts_at=moved.starts_at - dt.timedelta(hours=hours),
            )  # fmt: skip
        SessionChange.objects.create(session=cancelled, kind="cancelled", reason="trainer", at=cast.AT)
        SessionChange.objects.create(
            session=elsewhere, kind="moved", reason="venue", at=cast.AT, previous_starts_at=elsewhere.starts_at
        )
    for month in (3, 4, 12):
        dates = month_sql.month(SLUG, 2027, month)
        assert list(dates.lines) == queries.month(made.pk, 2027, month)
        assert month_sql.neighbours(SLUG, 2027, month) == queries.neighbours(made.pk, 2027, month)
    assert [line.is_moved for line in month_sql.month(SLUG, 2027, 3).lines] == [True, False, False]
    assert month_sql.month(SLUG, 2027, 3) is month_sql.month(SLUG, 2027, 3), "nothing changed: the same object"


def test_a_course_and_its_words_in_one_statement_say_the_same_as_the_orm() -> None:
    world.course()
    page = page_sql.course_page(SLUG)
    facts = courses.published_course(SLUG)
    assert page is not None
    assert facts is not None
    assert (page.facts, page.blocks) == (facts, courses.blocks(facts.version_id))
    assert page_sql.course_page("unknown") is None


@pytest.mark.parametrize(
    ("month", "status"),
    [
        ("2022/08", 200), ("2022/8", 404), ("2022/00", 404), ("2022/13", 404), ("0001/01", 404), ("0000/01", 404),
        ("9999/12", 404), ("10000/01", 404), ("2022/09", 404), ("2022/07", 404), ("202a/08", 404), ("-001/08", 404),
    ],
)  # fmt: skip
def test_months_that_there_are_and_are_not(client: Client, month: str, status: int) -> None:
    world.august_2022()
    assert client.get(f"{world.COURSE}{month}/").status_code == status
    assert client.get(f"{world.COURSE}{month}/dates.ics").status_code == status


@pytest.mark.parametrize(
    ("first", "before", "after", "expected"),
    [
        (dt.date(2026, 11, 1), None, None, True),
        (dt.date(2027, 11, 1), None, None, True),
        (dt.date(2027, 12, 1), None, None, False),
        (dt.date(2026, 10, 1), dt.date(2022, 8, 1), None, False),
        (dt.date(2026, 10, 1), dt.date(2022, 8, 1), dt.date(2026, 12, 1), True),
    ],
)
def test_an_empty_month_is_a_page_only_where_somebody_may_come_by(
    first: dt.date, before: dt.date | None, after: dt.date | None, *, expected: bool
) -> None:
    assert pages.may_be_empty(first, before, after, cast.TODAY) is expected


def test_the_first_to_come_is_marked_as_next_and_what_is_over_as_past(client: Client) -> None:
    made, force = world.course(), world.bedfordshire()
    for days in (-1, 2, 3):
        cast.session(made, force, day=world.in_days(days))
    text = world.words(client.get("/training/"))
    assert (text.count("Next"), text.count("Past")) == (1, 0)


def test_cancelled_and_moved_dates_say_so(client: Client) -> None:
    first, second = world.august_2022()
    with db.open_for("the test"):
        type(first).objects.filter(pk=first.pk).update(status="cancelled")
        SessionChange.objects.create(session=first, kind="cancelled", reason="trainer", at=cast.AT)
        SessionChange.objects.create(
            session=second, kind="moved", reason="venue", at=cast.AT,
            previous_starts_at=clock.from_wall(dt.date(2022, 8, 30), dt.time(9)),
        )  # fmt: skip
    text = world.words(client.get(world.AUGUST))
    assert "Cancelled: No trainer is available." in text
    assert "Moved from Tuesday 30 August 2022, 9:00am." in text


def test_only_named_forces_of_another_kind_pay(client: Client) -> None:
    made, ours = world.course(), world.bedfordshire()
    other = cast.force("btp", name="British Transport Police", short_name="BTP", home_office=False)
    cast.session(made, ours, day=dt.date(2022, 8, 8))
    cast.session(made, other, day=dt.date(2022, 9, 8))
    august, september = (world.words(client.get(f"{world.COURSE}2022/{month}/")) for month in ("08", "09"))
    assert ("pay nothing" in august, "by agreement" in august) == (True, False)
    assert ("pay nothing" in september, "by agreement" in september) == (False, True)


@pytest.mark.parametrize(("day", "offset"), [(dt.date(2027, 7, 1), "+01:00"), (dt.date(2027, 12, 1), "+00:00")])
def test_summer_and_winter_time(client: Client, day: dt.date, offset: str) -> None:
    session = cast.session(world.course(), world.bedfordshire(), day=day)
    answer = client.get(f"{world.COURSE}{day:%Y/%m}/")
    assert "9:00am\u20134:00pm" in world.words(answer)
    assert f'datetime="{day}T09:00:00{offset}"' in answer.content.decode()
    event: dict[str, Any] = world.data(client.get(world.page_of(session)))[0]
    assert (event["startDate"], event["endDate"]) == (f"{day}T09:00:00{offset}", f"{day}T16:00:00{offset}")


def test_a_date_at_the_edge_of_a_month_stands_in_the_month_of_london(client: Client) -> None:
    """00:30 on 1 July in London is still 30 June in UTC."""
    cast.session(world.course(), world.bedfordshire(), starts_at=clock.from_wall(dt.date(2022, 7, 1), dt.time(0, 30)))
    assert "Friday 1 July 2022" in world.words(client.get(world.COURSE + "2022/07/"))
    assert client.get(world.COURSE + "2022/06/").status_code == 404
