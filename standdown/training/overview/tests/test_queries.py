import csv
import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from standdown.foundation import db
from standdown.people.models import Establishment, Force, Qualification, Team
from standdown.people.qualifications import demand
from standdown.people.roles.policy import Role
from standdown.training.models import Course, Interest, Nomination, Session, SessionForce
from standdown.training.overview import queries
from tests import cast

pytestmark = pytest.mark.django_db
AT, TODAY = cast.AT, cast.TODAY


@pytest.fixture
def course() -> Course:
    return cast.course()


def named(session: Session, force: Force, state: str, number: int | None, **facts: Any) -> Nomination:
    with db.open_for("the cast"):
        return Nomination.objects.create(
            session=session, force=force, person=cast.person(force, "Ann"), state=state, place_no=number,
            put_forward_at=AT, changed_at=AT, acting_as="lead", eligibility="stated", release="by-lead", terms="free",
            answer_by=AT + dt.timedelta(days=1) if state == "offered" else None, **facts,
        )  # fmt: skip


def test_a_date_says_how_it_fills_and_which_kept_places_are_unused(course: Course) -> None:
    ashire, bshire, cshire = cast.force("ashire"), cast.force("bshire"), cast.force("cshire")
    session = cast.session(course, ashire, bshire, capacity=8)
    with db.open_for("the cast"):
        SessionForce.objects.filter(session=session, force=bshire).update(allotment=4)
    named(session, ashire, "accepted", 1)
    named(session, ashire, "offered", 2)
    named(session, ashire, "waiting", None, queue_no=1)
    named(session, cshire, "accepted", 3, mutual_aid=True)
    named(session, ashire, "accepted", 9, over_capacity=True)
    (found,) = queries.coming(AT)
    assert (found.count.taken, found.count.offered, found.count.waiting, found.count.over) == (3, 1, 1, 1)
    assert (found.count.free, found.count.kept_unused) == (5, 4)
    assert (found.status, found.tone) == ("Kept places unused", "due")
    assert found.notes == [
        "4 kept for Bshire and not used, until 5 January", "1 beyond capacity", "1 by mutual aid",
    ]  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_the_screen_takes_the_same_statements_however_many_dates(
    course: Course, number: int, django_assert_max_num_queries: Any
) -> None:
    force = cast.force()
    for day in range(number):
        named(cast.session(course, force, day=dt.date(2027, 1, 12 + day)), force, "accepted", 1)
    with django_assert_max_num_queries(12):
        assert len(queries.coming(AT)) == number
        queries.waiting(AT)
        queries.adoption(TODAY)


def test_what_a_force_needs_is_shown_without_small_numbers() -> None:
    force = cast.force()
    with db.open_for("the cast"):
        team = Team.objects.create(force=force, name="Response")
        Establishment.objects.create(team=team, wanted=30, set_at=AT)
        gone = Team.objects.create(force=force, name="Closed", closed_on=TODAY)
        Establishment.objects.create(team=gone, wanted=50, set_at=AT)
        for day in (30, *[400] * 11):
            Qualification.objects.create(
                person=cast.person(force), force=force, skill="defuse", valid_from=TODAY, source="imported",
                valid_until=TODAY + dt.timedelta(days=day), latest_until=TODAY + dt.timedelta(days=1000), granted_at=AT,
            )  # fmt: skip
        elsewhere = cast.person(cast.force("bshire"))  # moved, and keeps their qualifications on the old register
        Qualification.objects.create(
            person=elsewhere, force=force, skill="defuse", valid_from=TODAY, source="imported", granted_at=AT,
            valid_until=TODAY + dt.timedelta(days=400), latest_until=TODAY + dt.timedelta(days=1000),
        )  # fmt: skip
    found = next(one for one in queries.needs(AT) if one.force == force)
    assert (found.able, found.ending, found.left, found.wanted, found.short) == (10, None, None, 30, 20)


def test_what_is_planned_and_who_waits_counts_towards_what_a_force_needs(course: Course) -> None:
    ashire, bshire = cast.force("ashire"), cast.force("bshire")
    kept = cast.session(course, ashire, capacity=8)
    pooled = cast.session(course, ashire, bshire, day=dt.date(2027, 1, 13))
    over = cast.session(course, ashire, day=dt.date(2026, 10, 1))
    with db.open_for("the cast"):
        SessionForce.objects.filter(session__in=[kept, over], force=ashire).update(allotment=4)
        for state in ("open", "held", "not-now"):
            Interest.objects.create(
                person=cast.person(ashire), force=ashire, course=course, shift="days", told_at=AT, state=state
            )
    named(kept, ashire, "accepted", 1)
    named(pooled, ashire, "accepted", 1)
    named(pooled, ashire, "offered", 2)
    named(pooled, ashire, "waiting", None, queue_no=1)
    found = demand.of_forces([ashire.pk, bshire.pk], AT)
    assert (found[ashire.pk].places, found[ashire.pk].interested) == (6, 2)
    assert (found[bshire.pk].places, found[bshire.pk].interested) == (0, 0)


def test_what_is_needed_is_taken_away_as_it_is_shown() -> None:
    force = cast.force()
    with db.open_for("the cast"):
        team = Team.objects.create(force=force, name="Response")
        Establishment.objects.create(team=team, wanted=31, set_at=AT)
    nadia = cast.client_for(cast.national_coordinator())
    page = nadia.get(reverse("overview:forecast")).content.decode()
    assert ("fewer than 10" in page, "Half as many as left" in page) == (True, True)
    file = nadia.get(reverse("overview:forecast-file", args=["csv"]))
    heading, line = list(csv.reader(file.content.decode("utf-8-sig").splitlines()))
    few = "fewer than 10"
    assert line == ["Ashire", few, few, few, "31", few, "0", "30"]
    assert len(heading) == len(line)
    assert nadia.get(reverse("overview:forecast-file", args=["xlsx"])).content.startswith(b"PK")
    assert nadia.get(reverse("overview:forecast-file", args=["exe"])).status_code == 404


def test_every_coming_date_stands_there(course: Course) -> None:
    force = cast.force()
    for number in range(45):
        cast.session(course, force, day=dt.date(2027, 1, 12) + dt.timedelta(days=number))
    assert len(queries.coming(AT)) == 45


def test_the_coming_dates_are_taken_away_as_a_file(course: Course) -> None:
    named(cast.session(course, cast.force("ashire"), capacity=8), cast.force("bshire"), "accepted", 1, mutual_aid=True)
    nadia = cast.client_for(cast.national_coordinator())
    file = nadia.get(reverse("overview:dates-file", args=["csv"]))
    heading, line = list(csv.reader(file.content.decode("utf-8-sig").splitlines()))
    assert len(heading) == len(line)
    assert line[3:] == ["Ashire", "Filling", "8", "1", "0", "7", "0", "1 by mutual aid"]
    assert nadia.get(reverse("overview:dates-file", args=["xlsx"])).content.startswith(b"PK")
    assert nadia.get(reverse("overview:dates-file", args=["exe"])).status_code == 404


def test_only_a_national_coordinator_opens_it(course: Course) -> None:
    cast.session(course, cast.force())
    nadia = cast.client_for(cast.national_coordinator())
    assert "Coming dates" in nadia.get(reverse("overview:national")).content.decode()
    assert nadia.get(reverse("overview:forecast")).status_code == 200
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, cast.force("bshire")))
    assert [lead.get(reverse(f"overview:{name}")).status_code for name in ("national", "forecast")] == [404, 404]


def test_a_leads_own_page_leads_to_what_they_need_now_and_then() -> None:
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, cast.force()))
    page = lead.get(reverse("me:page")).content.decode()
    for name in ("interest:list", "mutual_aid:list", "attendance:report", "force_words:list", "trainers:list"):
        assert f'href="{reverse(name)}"' in page
        assert lead.get(reverse(name)).status_code == 200
